"""What is said of people at work and of outside seats: who may say it, what takes a second person, who is told.

A role is given and ended by two people of two agencies. Nobody inside can end, mute or stand in for an outside contact:
the attempt is on record, both outside bodies are told, and it counts only if the contact agrees.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from onrecord.access.actions import make_person
from onrecord.access.facts import (
    OUTSIDE_ROLES,
    AbsenceNoted,
    AddressChanged,
    InvitationProposed,
    KeyEnded,
    NoReaderFound,
    OutsideChangeRefused,
    ReadingRotaSet,
    RoleEnded,
    RoleFoundEmpty,
    RoleHeld,
    SeatAccepted,
    SeatConfirmed,
    SecondStepEnded,
    TeamJoined,
    TeamLeft,
    TrainingHeld,
    TrustedSignInGiven,
    VacancyAnswered,
)
from onrecord.access.queries import (
    addresses,
    outside_contacts,
    sits_outside,
)
from onrecord.access.rules import SIGNERS, Denied, Viewer, may_propose
from onrecord.duties.actions.erasing import check_agrees_to_erase
from onrecord.duties.actions.in_place import check_in_place
from onrecord.duties.actions.posts import check_absence, check_address, check_ended, check_held, check_team
from onrecord.duties.actions.unlocking import (
    LINK_ASKED,
    LOST,
    alarms_ended,
    check_other_outside,
    check_rota,
    check_their_key,
    tell_of,
)
from onrecord.duties.facts import RulebookAdopted, SeatFoundVacant
from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.actions import append
from onrecord.ledger.facts import (
    Entry,
    EpochProposed,
    ErasureProposed,
    Fact,
    Lowering,
    Saying,
    WitnessesNamed,
    WitnessFileAgrees,
)
from onrecord.ledger.queries import envelopes
from onrecord.ledger.rules.effect import Line, author_asked
from onrecord.ledger.rules.machine import machine_saying
from onrecord.notices.actions import queue
from onrecord.notices.rules import OF_A_SEAT, Item

ONLY_THEY = (
    "Only the outside contact can change this, and nobody for them. "
    "That it was tried is on record, and the people outside are told."
)
ABOUT_ONE = frozenset({RoleHeld.kind, RoleEnded.kind, SecondStepEnded.kind, InvitationProposed.kind, TrainingHeld.kind})
"""What is said of one person, who does not sign it."""
ASK_OUTSIDE = frozenset({RulebookAdopted.kind, WitnessesNamed.kind, EpochProposed.kind, ErasureProposed.kind})
"""What the people outside answer, where it says that they are asked."""
ERASED = "Something was erased from the record, by law. What, under what and by whom stands in the list of erasures."
NOT_INSIDE = "Nobody inside signs this. It counts when the person in the outside seat agrees."


def tampers(viewer: Viewer, fact: Fact) -> str:
    """What of an outside contact somebody tries to change who may not even propose it; "" for nothing."""
    if isinstance(fact, WitnessesNamed | WitnessFileAgrees):
        return "witnesses"
    return "" if getattr(fact, "user", viewer.user) == viewer.user else _tampers(viewer, fact)


def _tampers(viewer: Viewer, fact: Fact) -> str:
    match fact:
        case SeatAccepted() | SeatConfirmed():
            return "seat"
        case AddressChanged() if sits_outside(fact.user):
            return "address"
        case AbsenceNoted() if sits_outside(fact.user):
            return "absence"
        case RoleEnded() if fact.role in OUTSIDE_ROLES and not may_propose(viewer, fact.agency):
            return "role"
        case SecondStepEnded() if sits_outside(fact.user) and not may_propose(viewer, fact.agency):
            return "sign_in"
        case InvitationProposed() if sits_outside(fact.user) and not viewer.roles & OUTSIDE_ROLES:
            return "sign_in"
    return ""


def refuse_tampering(viewer: Viewer, facts: Iterable[Fact], now: datetime) -> None:
    """Raise Denied for the first of these that tampers with an outside contact, after putting it on record."""
    for fact in facts:
        if what := tampers(viewer, fact):
            refuse_attempt(viewer, str(getattr(fact, "user", "")), what, now)


def refuse_attempt(viewer: Viewer, user: str, what: str, now: datetime) -> None:
    """Put on record that somebody tried to change something of an outside contact, tell those outside, raise Denied."""
    said = machine_saying(OutsideChangeRefused(user=user or None, what=what), now, uid=uuid4())
    with transaction.atomic():
        made = append([replace(said, agency=viewer.seat.agency, on_behalf=viewer.user)])[0]
        _tell(made, user, "Somebody tried to change who hears or signs from outside. It was refused.", now)
    raise Denied(ONLY_THEY)


def complete(saying: Saying, already: list[Entry], now: datetime) -> Saying:
    """What is said of people answers by itself what it puts right: an empty role, a gap in the rota, an empty seat."""
    if already:
        return replace(saying, regarding=already[0].saying.regarding) if _of_people(saying.fact) else saying
    match saying.fact:
        case RoleHeld(role=role, agency=agency):
            found = _open(RoleFoundEmpty.kind, role=role, agency=agency)
        case RoleEnded(user=user, role=role) if role in OUTSIDE_ROLES:
            found = _accepted(user, role)
        case ReadingRotaSet():
            found = alarms_ended(saying, _open(NoReaderFound.kind), now)
        case SeatAccepted(role=role):
            found = _open(SeatFoundVacant.kind, role=role)
        case SeatConfirmed(user=user, role=role):
            found = [*_accepted(user, role), *_open(SeatFoundVacant.kind, role=role)]
        case _:
            return saying
    return replace(saying, regarding=tuple(dict.fromkeys((*saying.regarding, *found))))


def second_reason(saying: Saying) -> Lowering | None:
    """Why this waits for a second person, as its author says it; None where it counts at once."""
    match saying.fact:
        case RoleHeld(why=why) | RoleEnded(why=why) | SecondStepEnded(why=why) | InvitationProposed(why=why):
            return Lowering(reason="takes_two", words=why or "")
        case AddressChanged(user=user, why=why) if user != saying.by:
            return Lowering(reason="takes_two", words=why or "")
        case VacancyAnswered(how="not_needed", words=words):
            return Lowering(reason="takes_two", words=words)
        case Fact(by_two=why, ends_concern=ends) if why and (ends is None or getattr(saying.fact, ends[0]) == ends[1]):
            return Lowering(reason="takes_two", words=saying.fact.spoken(why))
    return None


def check_people(viewer: Viewer, fact: Fact) -> None:
    """Raise Denied or Refused unless this person may say this of that one."""
    match fact:
        case RoleHeld():
            check_held(viewer, fact)
        case RoleEnded():
            check_ended(viewer, fact)
        case AddressChanged():
            check_address(viewer, fact)
        case AbsenceNoted():
            check_absence(viewer, fact)
        case TeamJoined() | TeamLeft():
            check_team(viewer, fact)
        case ReadingRotaSet():
            check_rota(viewer, fact)
        case SeatAccepted() | SeatConfirmed():
            _check_seat(viewer, fact)


def _check_seat(viewer: Viewer, fact: SeatAccepted | SeatConfirmed) -> None:
    if fact.user != viewer.user or fact.role not in viewer.roles & OUTSIDE_ROLES:
        raise Denied("An outside seat is accepted by the person who was given it, and by nobody for them.")


def check_agrees(viewer: Viewer, proposal: Line, now: datetime) -> None:
    """Raise Denied unless this person may answer this proposal: agree or disagree."""
    if check_in_place(viewer, proposal):
        return
    if proposal.kind == KeyEnded.kind:
        check_their_key(viewer, proposal)
    elif proposal.kind == ErasureProposed.kind and not proposal.coded.get("outside"):
        check_agrees_to_erase(viewer, proposal)
    elif proposal.kind not in ASK_OUTSIDE or not proposal.coded.get("outside"):
        _check_signer(viewer, proposal, now)
    elif viewer.user not in {held for held, _, _ in outside_contacts()}:
        raise Denied("The people outside could hear or sign less by it. One of them answers, and nobody inside.")


def _check_signer(viewer: Viewer, proposal: Line, now: datetime) -> None:
    user, role = str(proposal.coded.get("user", "")), proposal.coded.get("role")
    if proposal.kind == RoleEnded.kind and role in OUTSIDE_ROLES:
        others = {held for held, seat, _ in outside_contacts() if seat != role}
        if viewer.user != user and not (viewer.user in others and _unanswered(proposal, now)):
            raise Denied(NOT_INSIDE)
    elif proposal.kind == RoleHeld.kind and role in OUTSIDE_ROLES and (outside := outside_contacts()):
        if viewer.user == user or viewer.user not in {held for held, _, _ in outside}:
            raise Denied("A new outside contact is agreed to by somebody who holds an outside seat already.")
    elif proposal.kind == SecondStepEnded.kind and role in OUTSIDE_ROLES:
        check_other_outside(viewer, proposal)
    elif not viewer.roles & SIGNERS:
        raise Denied("The second signature is given by a second signer of the joint daily list, or from outside.")
    elif proposal.kind in ABOUT_ONE and viewer.user == user:
        raise Denied("This is about you. Somebody else signs it.")


def may_sign(viewer: Viewer, proposal: Line, now: datetime) -> bool:
    """Whether this person may answer this proposal now."""
    apart = proposal.agency != viewer.seat.agency or author_asked(proposal) == viewer.user
    if proposal.by == viewer.user or not apart:
        return False
    try:
        check_agrees(viewer, proposal, now)
    except Denied:
        return False
    return True


def tell_erased(carried: list[Entry], now: datetime) -> None:
    """Tell the people outside, once, that something was erased: of what, they see in the list of erasures."""
    if carried:
        tell_outside(carried[0], ERASED, now)


def tell_outside(made: Entry, news: str, now: datetime, matter: str = OF_A_SEAT) -> None:
    """Tell everybody who holds an outside seat, once; `matter` stands in the subject line."""
    _tell(made, "", news, now, matter)


def follow(made: Entry, now: datetime) -> None:
    """What follows a proposal about people: a sign-in name for who is to come; the people outside are told."""
    fact = made.saying.fact
    if isinstance(fact, RoleHeld | TrustedSignInGiven):
        make_person(fact.user, fact.name)
    if isinstance(fact, SecondStepEnded):
        tell_of(made, fact.user, LOST, now)
    if isinstance(fact, InvitationProposed):
        tell_of(made, fact.user, LINK_ASKED, now, outside=True)
    if isinstance(fact, RoleHeld | RoleEnded) and fact.role in OUTSIDE_ROLES:
        what = "be given" if isinstance(fact, RoleHeld) else "lose"
        _tell(made, fact.user, f"Somebody is proposed to {what} an outside seat. Sign in to agree or disagree.", now)


def _of_people(fact: Fact) -> bool:
    return isinstance(fact, RoleHeld | RoleEnded | ReadingRotaSet | SeatAccepted | SeatConfirmed)


def _open(kind: str, **coded: str) -> list[UUID]:
    """The facts of a kind that say this and are not answered yet."""
    found = [row.uid for row in envelopes([kind]) if coded.items() <= row.coded.items()]
    return list(Owed.objects.filter(opening__in=found, state=OPEN).values_list("opening", flat=True).distinct())


def _accepted(user: str, role: str) -> list[UUID]:
    rows = envelopes([SeatAccepted.kind])
    return [row.uid for row in rows if (row.coded["user"], row.coded["role"]) == (user, role)]


def _unanswered(proposal: Line, now: datetime) -> bool:
    """Whether the person in the seat has had the time that the rulebook gives, and has not answered."""
    return Owed.objects.filter(opening=proposal.id, role=proposal.coded["role"], state=OPEN, due_at__lte=now).exists()


def _tell(made: Entry, user: str, news: str, now: datetime, matter: str = OF_A_SEAT) -> None:
    """Tell the person it is about, if outside, and everybody else who holds an outside seat."""
    about = {user} if sits_outside(user) else set()
    told = sorted(about | {held for held, _, _ in outside_contacts()})
    known, item = addresses(told), Item(str(made.id)[:8], "", made.saying.agency, "", news, matter)
    for one in told:
        queue(str(made.id), one, known.get(one, ""), item, now, now, single=True)
