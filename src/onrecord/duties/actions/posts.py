"""Roles, addresses and absences: who may say them of whom. Asked before anything is recorded; nothing here writes."""

import re

from onrecord.access.facts import (
    OUTSIDE_ROLES,
    PEERS,
    AbsenceNoted,
    AddressChanged,
    RoleEnded,
    RoleHeld,
    TeamJoined,
    TeamLeft,
)
from onrecord.access.queries import Team, agencies, holds, members, post, viewer_of
from onrecord.access.rules import Denied, Viewer, may_propose
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.rules.machine import RESERVED

USER = re.compile(r"[a-z][a-z0-9-]{1,60}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def check_held(viewer: Viewer, fact: RoleHeld) -> None:
    """Raise Denied or Refused unless this person may propose this role for that one."""
    sort = agencies().get(fact.agency)
    _check_proposes(viewer, fact.agency)
    faults = []
    if sort is None:
        faults.append(Wrong("agency", fact.agency, "Choose an agency that takes part.", "known agency"))
    elif (sort == "outside") != (fact.role in OUTSIDE_ROLES | PEERS):
        message = "An outside seat belongs to an outside body, and an outside body has no other."
        faults.append(Wrong("role", fact.role, message, "outside seats outside"))
    if not USER.fullmatch(fact.user) or fact.user in RESERVED:
        message = "Use small letters, digits and hyphens, such as jo-marlowe."
        faults.append(Wrong("user", fact.user, message, "a sign-in name"))
    if holds(fact.user, fact.role, fact.agency):
        faults.append(Wrong("role", fact.role, "They hold this role already.", "not held"))
    _refuse([*faults, *_no_reason(fact.why)])


def check_ended(viewer: Viewer, fact: RoleEnded) -> None:
    """Raise Denied or Refused unless this person may propose that this role ends, and it is held."""
    if viewer.user != fact.user:
        _check_proposes(viewer, fact.agency)
    held = holds(fact.user, fact.role, fact.agency)
    message = f"They do not hold the role: {post(fact.role, fact.agency)}."
    _refuse([*([] if held else [Wrong("role", fact.role, message, "held")]), *_no_reason(fact.why)])


def check_address(viewer: Viewer, fact: AddressChanged) -> None:
    """Oneself, at once; for somebody inside also a manager of theirs, and then a second person."""
    own = viewer.user == fact.user
    if not own and not _manages(viewer, fact.user):
        raise Denied("An address is changed by the person it reaches, or proposed by a manager of theirs.")
    message = "Enter an e-mail address, such as jo.marlowe@council.example."
    wrong = [] if EMAIL.fullmatch(fact.address) else [Wrong("address", fact.address, message, "an e-mail address")]
    _refuse([*wrong, *([] if own else _no_reason(fact.why))])


def check_absence(viewer: Viewer, fact: AbsenceNoted) -> None:
    """Raise Denied or Refused unless this person may say that somebody is away, and who covers."""
    if viewer.user != fact.user and not _manages(viewer, fact.user):
        raise Denied("An absence is noted by the person who is away, or by a manager of theirs.")
    faults = []
    if fact.last < fact.first:
        faults.append(Wrong("last", str(fact.last), "The last day is before the first.", "not before the first"))
    if fact.cover == fact.user or not _agencies_of(fact.cover) & _agencies_of(fact.user):
        faults.append(Wrong("cover", fact.cover, "Choose somebody else of the same agency.", "of the same agency"))
    _refuse(faults)


def check_team(viewer: Viewer, fact: TeamJoined | TeamLeft) -> None:
    """Raise Denied or Refused unless this person may put somebody in a team of their agency, or take them out."""
    if not may_propose(viewer, fact.agency):
        raise Denied("A team is put together by a manager of that agency, or by the partnership's business manager.")
    part = next((part for of, user, part in members([Team(fact.agency, fact.team)]) if user == fact.user), None)
    if isinstance(fact, TeamLeft):
        return _refuse([] if part else [Wrong("user", fact.user, "They are not in this team.", "in the team")])
    faults = []
    if fact.agency not in _agencies_of(fact.user) or agencies().get(fact.agency) == "outside":
        faults.append(Wrong("user", fact.user, "Choose somebody who works in this agency.", "of the agency"))
    if part == fact.part:
        faults.append(Wrong("part", fact.part, "They do this in the team already.", "something new"))
    return _refuse(faults)


def _check_proposes(viewer: Viewer, agency: str) -> None:
    if not may_propose(viewer, agency):
        raise Denied("A role is proposed by a manager of that agency, or by the partnership's business manager.")


def _refuse(faults: list[Wrong]) -> None:
    if faults:
        raise Refused(tuple(faults))


def _no_reason(why: str | None) -> list[Wrong]:
    """Whoever signs second reads why; so it has to be said."""
    return [] if why else [Wrong("why", "", "Say why in a sentence.", "must be answered")]


def _agencies_of(user: str) -> set[str]:
    found = viewer_of(user)
    return {held.agency for held in found.holdings} if found else set()


def _manages(viewer: Viewer, user: str) -> bool:
    return any(may_propose(viewer, agency) for agency in _agencies_of(user))
