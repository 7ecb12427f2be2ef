"""A second step that is lost, and lines of the rota that are withdrawn: who may say it, and what follows.

Somebody who lost their phone and their recovery codes begins anew. It takes two people of two agencies, never the
person themselves, so that a stolen account opens no other and not itself. With the second step goes the password: who
only knows that is not let in. Then a link is made, as for somebody new.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from onrecord.access.actions import NOT_YOURS, begin_anew, end_key
from onrecord.access.facts import (
    OUTSIDE_ROLES,
    InvitationProposed,
    KeyEnded,
    ReadingRotaSet,
    ReadingRotaWithdrawn,
    SecondStepEnded,
)
from onrecord.access.facts.people import NO_LINE
from onrecord.access.queries import (
    Gap,
    ReadingTime,
    addresses,
    agency_of,
    holders,
    holds,
    links_agreed,
    links_waiting,
    manager_above,
    outside_contacts,
    reading_times,
    seat_agency,
    sits_outside,
    unread,
    viewer_of,
    with_sign_in,
)
from onrecord.access.rules import (
    DECIDING,
    Denied,
    Viewer,
    check_set_rota,
    link_takes_two,
    may_invite,
    may_propose,
    same_agency,
)
from onrecord.ledger.actions import name_agreed
from onrecord.ledger.facts import Entry, Fact, Saying, WitnessesNamed
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.queries import lines
from onrecord.ledger.rules.effect import Line
from onrecord.notices.actions import queue
from onrecord.notices.rules import Item

SHORTEST = timedelta(hours=1)
LONGEST = timedelta(days=31)
"""The longest time for which one line of the rota may name one reader: longer, nobody has thought about it."""
STAYS = "Until somebody does, the alarm stays."
NO_SIGN_IN = "They cannot sign in, and so cannot read. Make them a link to set a password first."
CODES_FIRST = (
    "Nobody says this of themselves. A recovery code is the way back in. With none left, your manager proposes it."
)
MANAGER_ONLY = "It is proposed by a manager who may propose the person's role."
ANOTHER_OUTSIDE = "For somebody in an outside seat, somebody else outside agrees, and nobody inside."
LOST = "A sign-in is to begin anew, because a second step is lost. It waits for a second person."
LINK_ASKED = (
    "A link is proposed, to set the password of somebody who signs, decides or hears for others. It waits for a second "
    "person. If it is for you and you did not ask for it, say so at once."
)
TAKEN = "A key by which another system reports was taken back. What that system sends now is refused."
THEIR_KEY = "It is the key of another agency. Somebody of the agency whose key it is agrees or disagrees."
ANEW = "A sign-in begins anew: second step and password were taken away. If you did not expect it, say so at once."


def check_ways(viewer: Viewer, fact: Fact, now: datetime) -> None:
    """Raise Denied or Refused unless this person may say this of a second step, a link, or a line of the rota."""
    if isinstance(fact, SecondStepEnded):
        check_second_step(viewer, fact)
    if isinstance(fact, InvitationProposed):
        check_link(viewer, fact, now)
    if isinstance(fact, ReadingRotaWithdrawn):
        check_withdrawn(viewer, fact, now)


def check_second_step(viewer: Viewer, fact: SecondStepEnded) -> None:
    """Raise Denied or Refused unless this person may propose that somebody's sign-in begins anew."""
    if viewer.user == fact.user:
        raise Denied(CODES_FIRST)
    theirs = viewer_of(fact.user)
    outside = sits_outside(fact.user)
    if theirs is None or not theirs.holds(fact.role, fact.agency) or outside != (fact.role in OUTSIDE_ROLES):
        raise Refused((Wrong("role", fact.role, "They do not hold this role.", "held"),))
    if not (may_propose(viewer, fact.agency) if outside else may_invite(viewer, theirs)):
        raise Denied(MANAGER_ONLY)
    if not fact.why:
        raise Refused((Wrong("why", "", "Say in a sentence how you know it is them.", "must be answered"),))


def check_link(viewer: Viewer, fact: InvitationProposed, now: datetime) -> None:
    """Raise Denied or Refused unless this person may propose a link for that one, and it takes two."""
    theirs = viewer_of(fact.user)
    if theirs is None or not may_invite(viewer, theirs):
        raise Denied(NOT_YOURS)
    faults = []
    if not link_takes_two(theirs):
        faults.append(Wrong("user", fact.user, "A link for them needs nobody else. Make it at once.", "takes two"))
    elif links_waiting(fact.user) or fact.user in links_agreed(viewer, now):
        faults.append(Wrong("user", fact.user, "A link for them is proposed already.", "not proposed"))
    if not fact.why:
        faults.append(Wrong("why", "", "Say in a sentence how you know it is them.", "must be answered"))
    if faults:
        raise Refused(tuple(faults))


def check_their_key(viewer: Viewer, proposal: Line) -> None:
    """Raise Denied unless this person is of the agency whose key it is, which alone agrees that it is taken back."""
    theirs = viewer_of(str(proposal.coded.get("user", "")))
    if theirs is None or not same_agency(viewer, theirs):
        raise Denied(THEIR_KEY)


def check_other_outside(viewer: Viewer, proposal: Line) -> None:
    """Raise Denied unless this is the other person outside, who alone agrees that an outside sign-in begins anew."""
    others = {user for user, _, _ in outside_contacts()} - {str(proposal.coded.get("user", ""))}
    if viewer.user not in others:
        raise Denied(ANOTHER_OUTSIDE)


def alarms_ended(saying: Saying, alarms: Iterable[UUID], now: datetime) -> list[UUID]:
    """The alarms that nobody reads to which this line of the rota is an answer: all, or none while a gap stays open.

    Raises Refused, and says when nobody reads, where it is said to answer one and does not.
    """
    fact, waiting = saying.fact, list(alarms)
    if not isinstance(fact, ReadingRotaSet) or not waiting:
        return []
    line = ReadingTime(fact.user, fact.reads.earliest, fact.reads.latest, saying.id)
    gap = unread(now, agency_of(DECIDING) or "", line)
    if gap is None:
        return waiting
    if set(waiting) & set(saying.regarding):
        raise Refused((Wrong("reads", fact.reads.spoken(), f"{spoken_gap(gap)}. {STAYS}", "somebody who reads"),))
    return []


def spoken_gap(gap: Gap) -> str:
    """When nobody reads, in words."""
    start, end = (moment and f"{moment.astimezone(HERE):%A %-d %B, %H:%M}" for moment in gap)
    return f"Nobody reads from {start} until {end}" if end else f"Nobody reads from {start} on"


def check_rota(viewer: Viewer, fact: ReadingRotaSet) -> None:
    """Raise Denied or Refused unless this person may put this line on the rota."""
    check_set_rota(viewer)
    ours = [held.agency for held in viewer.holdings if held.sort == DECIDING]
    faults = []
    if not any(holds(fact.user, "front_door", agency) for agency in ours):
        faults.append(Wrong("user", fact.user, "Choose somebody who works at the front door.", "at the front door"))
    elif not with_sign_in().filter(username=fact.user).exists():
        faults.append(Wrong("user", fact.user, NO_SIGN_IN, "somebody who can sign in"))
    if not SHORTEST <= fact.reads.latest - fact.reads.earliest <= LONGEST:
        message = f"The end comes at least an hour after the beginning, and at most {LONGEST.days} days later."
        faults.append(Wrong("reads", fact.reads.spoken(), message, "a time of reading"))
    if faults:
        raise Refused(tuple(faults))


def check_withdrawn(viewer: Viewer, fact: ReadingRotaWithdrawn, now: datetime) -> None:
    """Raise Denied or Refused unless this person may withdraw this line, and it stands on the rota."""
    check_set_rota(viewer)
    standing = {str(time.entry): time.user for time in reading_times(now, agency_of(DECIDING) or "")}
    if standing.get(fact.line) != fact.user:
        raise Refused((Wrong("line", fact.line, NO_LINE, "a line of the rota"),))


def agreed_to(made: Entry, now: datetime) -> None:
    """What follows a second signature besides what the tables show: a sign-in begins anew, a key works no more,
    witnesses are named."""
    for line in lines(made.saying.regarding):
        user = str(line.coded.get("user", ""))
        if line.proposed and line.kind == SecondStepEnded.kind:
            begin_anew(user, now)
            tell_of(made, user, ANEW, now)
        if line.proposed and line.kind == WitnessesNamed.kind:
            name_agreed(line.id, now)
        if line.proposed and line.kind == KeyEnded.kind:
            end_key(user, str(line.coded["key"]), now)
            tell_of(made, user, TAKEN, now)


def tell_of(made: Entry, user: str, news: str, now: datetime, *, outside: bool = False) -> None:
    """Tell somebody what was done about their sign-in, and the managers above them, and the office.

    The people outside are told where it is one of them, or where it is theirs to hear: `outside`. Somebody new, who has
    no address yet, is told by whoever hands them the link.
    """
    told = {user, *_above(user)} | ({who for who, _, _ in outside_contacts()} if outside else set())
    known = addresses(told)
    item = Item(str(made.id)[:8], "", made.saying.agency, "", news, "a sign-in")
    for one in sorted(told):
        if one in known or one != user:
            queue(f"{made.id}/sign-in", one, known.get(one, ""), item, now, now, single=True)


def _above(user: str) -> set[str]:
    """Those who hear what is done about somebody's sign-in."""
    theirs = viewer_of(user)
    held = [one for one in theirs.holdings if one.role not in OUTSIDE_ROLES] if theirs else []
    managers = {who for one in held for who in holders(manager_above(one.role, one.agency), one.agency)}
    office = holders("business_manager", seat_agency("business_manager", "partnership") or "")
    outside = {who for who, _, _ in outside_contacts()} if sits_outside(user) else set()
    return managers | set(office) | outside
