"""Restricting a child's file: who may, whom it names, and that the people outside hear of it at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from onrecord.access.facts import FileRestricted, RestrictionLifted, RestrictionReviewed, TrustedSignInEnded
from onrecord.access.queries import addresses, called, members, outside_contacts, tied, viewer_of
from onrecord.access.queries.restricted import restrictions_on
from onrecord.access.queries.teams import Team
from onrecord.access.rules import Denied, Viewer
from onrecord.duties.queries.restricted import kept_from
from onrecord.ledger.facts import Entry, Saying
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.queries import lines
from onrecord.linkage.queries import clusters
from onrecord.notices.actions import queue
from onrecord.notices.rules import Item

HALF_A_YEAR = timedelta(days=184)
NOT_YOURS = (
    "Only an agency that works with the child passes the child on, restricts the file, or says whether it stays "
    "restricted."
)
LENT = (
    "This file is restricted, and whoever receives the child could not open it. Two lift the restriction first. "
    "Whoever receives the child can restrict it again."
)
YOURS = "You restricted this file. Somebody else looks again whether it has to be."
NOT_RESTRICTED = "This file is not restricted by the entry named (regarding)."
NOBODY = "Name somebody who works with this child, or a team of your agency: else nobody could open the file."
NO_SUCH = "There is nobody with the sign-in name “{user}” who works with this child."
NO_TEAM = "Your agency has no team “{team}”."
TOO_LATE = "Choose a day that is still to come, and at most six months from now."
NEWS = {
    FileRestricted.kind: "A child's file was restricted.",
    TrustedSignInEnded.kind: "The sign-in of an adult whom a child trusts was ended.",
}


def check_restriction(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """Raise Denied or Refused unless this person may restrict this file, say whether it stays so, or lend it."""
    fact = saying.fact
    lent = fact.lends and getattr(fact, fact.lends)
    if not lent and not isinstance(fact, FileRestricted | RestrictionReviewed | RestrictionLifted):
        return
    about = tuple(dict.fromkeys((*saying.about, *(one for line in lines(saying.regarding) for one in line.mentions))))
    people = {one for person in clusters(about).values() for one in person}
    if not people or not tied(viewer, people) or kept_from(viewer, about):
        raise Denied(NOT_YOURS)
    if lent:
        _refuse([Wrong(fact.lends, lent, LENT, "a file that is not restricted")] if restrictions_on(people) else [])
        return
    if isinstance(fact, FileRestricted):
        _refuse([*_named(viewer, fact, people), *_too_late(fact, now)])
        return
    if not saying.regarding or not set(saying.regarding) <= set(restrictions_on(people)):
        raise Denied(NOT_RESTRICTED)
    if isinstance(fact, RestrictionReviewed):
        if any(line.by == viewer.user for line in lines(saying.regarding)):
            raise Denied(YOURS)
        _refuse(_too_late(fact, now))


def tell_closed(made: Entry, now: datetime) -> None:
    """Tell everybody in an outside seat that something of a child was closed to somebody: by which agency, no name."""
    if made.kind not in NEWS:
        return
    told = [user for user, _, _ in outside_contacts()]
    known, item = addresses(told), Item(str(made.id)[:8], "", called(made.saying.agency), "", NEWS[made.kind])
    for user in told:
        queue(str(made.id), user, known.get(user, ""), item, now, now, single=True)


def _named(viewer: Viewer, fact: FileRestricted, people: set[UUID]) -> list[Wrong]:
    unknown = [user for user in fact.users if not _works(user, people)]
    faults = [Wrong("users", user, NO_SUCH.format(user=user), "known person") for user in unknown]
    agencies = dict.fromkeys(held.agency for held in viewer.holdings)
    if fact.team and not members([Team(agency, fact.team) for agency in list(agencies)[:1]]):
        faults.append(Wrong("team", fact.team, NO_TEAM.format(team=fact.team), "known team"))
    if not fact.users and not fact.team:
        faults.append(Wrong("users", "", NOBODY, "must be answered"))
    return faults


def _works(user: str, people: set[UUID]) -> bool:
    found = viewer_of(user)
    return found is not None and bool(tied(found, people))


def _too_late(fact: FileRestricted | RestrictionReviewed, now: datetime) -> list[Wrong]:
    today = now.astimezone(HERE).date()
    fits = today <= fact.until <= today + HALF_A_YEAR
    return [] if fits else [Wrong("until", fact.until.isoformat(), TOO_LATE, "within six months")]


def _refuse(faults: Sequence[Wrong]) -> None:
    if faults:
        raise Refused(tuple(faults))
