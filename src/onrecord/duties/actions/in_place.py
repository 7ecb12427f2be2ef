"""What is said in somebody else's place: another's words put right, details of a colleague, details taken back.

It is a proposal. Those in whose place it is said agree, or somebody who knows them, or somebody outside; or it does not
count. What would lower something is signed as any lowering is, and not here.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from onrecord.access.facts import OUTSIDE_ROLES, StaffDetailsGiven
from onrecord.access.queries import addresses, agencies, holders, manager_above, people, viewer_of
from onrecord.access.rules import Denied, Viewer, is_named
from onrecord.ledger.facts import Corrected, Entry, Lowering, Saying
from onrecord.ledger.facts.held import ANOTHER, MET, NAMED, whose_words
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import above, corrected, entries, lines
from onrecord.ledger.rules.effect import Line, author_asked, line_of
from onrecord.ledger.rules.met import who_met
from onrecord.notices.actions import queue
from onrecord.notices.rules import Item

REASON = "in_their_place"
WORDS = "Whoever said these words agrees first, or somebody outside. Nobody signs it for them."
THEIRS = "The agency that said it agrees first, or somebody outside. Nobody signs it for them."
KNOWS = "Somebody of the person's own agency agrees, or the business manager, or somebody outside."
NOT_YOURSELF = "This is about you. Somebody else signs it."
NEWS = "Somebody else proposes to put right what you said. Sign in to agree or disagree."
PROPOSED = (
    "Somebody else proposes to put right something you recorded. It waits for a second person. Sign in to read it, "
    "or to disagree."
)
DONE = (
    "A colleague put right something you recorded. What you said stands beside it. Sign in to read it, or to disagree."
)
ADMINISTRATOR = "administrator"
ASKED = ("author", "agrees", "met")
"""What of a correction only the record fills in: the person, the agency, or those who met, that are asked first."""
OF_A_MEETING = (
    "It is proposed to put otherwise what was decided at a meeting to which your agency came. It counts only if an "
    "agency agrees that came. Sign in to agree or disagree."
)


def in_place(viewer: Viewer, saying: Saying, now: datetime) -> Saying | None:
    """The same as a proposal, where it is said in somebody else's place; None where it is not."""
    fact = saying.fact
    if isinstance(fact, StaffDetailsGiven) and fact.user != saying.by:
        given = fact.model_copy(update={"given_by": "office" if viewer.seat.sort == "partnership" else "colleague"})
        return replace(saying, fact=given, lowering=Lowering(reason=REASON, words=fact.why or ""))
    if isinstance(fact, Corrected) and (line := next(iter(lines(saying.regarding)), None)):
        if line.kind == StaffDetailsGiven.kind:
            return replace(saying, lowering=Lowering(reason=REASON, words=fact.why))
        return _put_right(viewer, saying, fact, line, now)
    return None


def _put_right(viewer: Viewer, saying: Saying, fix: Corrected, said: Line, now: datetime) -> Saying | None:
    """What another agency said, or another's words. Whoever said them agrees first, where they still sign in there.

    What a child, a family or a worker said is nobody's to put otherwise alone, whoever wrote it down; nor is what a
    meeting decided, to which another agency agrees that came.
    """
    whose = whose_words(catalogue()[said.kind], fix.field, said.coded)
    speaker = _named(said, now) if whose == NAMED else "" if whose == MET else said.by
    ours, theirs = said.agency in {held.agency for held in viewer.holdings}, bool(whose) and speaker != viewer.user
    if ours and not theirs and whose != ANOTHER:
        return None
    asked = {
        "author": speaker if theirs and speaker and (whose == NAMED or _still_there(said)) else None,
        "agrees": said.agency if not ours and whose not in (MET, NAMED) and _signs_in(said.agency) else None,
        "met": _others_who_met(viewer, said) if whose == MET else (),
    }
    return replace(saying, fact=fix.model_copy(update=asked), lowering=Lowering(reason=REASON, words=fix.why))


def _named(said: Line, now: datetime) -> str:
    """The one person who signs in and whom it names as whose words they are; "" where it names nobody else, or two."""
    stands = corrected(entries([said.id]), now)[said.id].entry.saying.fact
    name = stands.spoken(stands.in_name_of)
    found = {user for user, called, role, _ in people() if role != ADMINISTRATOR and is_named(called, name)}
    return found.pop() if len(found) == 1 else ""


def _others_who_met(viewer: Viewer, said: Line) -> tuple[str, ...]:
    """The agencies that came to the meeting, but those of whoever asks."""
    met, ours = who_met(above([said.id]), [said.id], catalogue()), {held.agency for held in viewer.holdings}
    return tuple(agency for agency in one_of_each(met) if agency not in ours and _signs_in(agency))


def one_of_each(sorts: Collection[str]) -> tuple[str, ...]:
    """The agencies of these sorts. Of several of one sort nobody knows which is meant, so that none of them is."""
    known = agencies()
    several = Counter(known.values())
    return tuple(agency for agency, sort in known.items() if sort in sorts and several[sort] == 1)


def unfilled(saying: Saying, already: list[Entry]) -> Saying:
    """Without what only the record fills in, or as it filled it in before: nobody types who agrees."""
    fact, stands = saying.fact, already[0].saying.fact if already else None
    if isinstance(fact, Corrected):
        filled = {one: getattr(stands, one, Corrected.model_fields[one].default) for one in ASKED}
        return replace(saying, fact=fact.model_copy(update=filled))
    if isinstance(fact, StaffDetailsGiven):
        return replace(saying, fact=fact.model_copy(update={"given_by": getattr(stands, "given_by", None)}))
    return saying


def check_in_place(viewer: Viewer, proposal: Line) -> bool:
    """Whether it was said in somebody else's place; raises Denied unless this person is one of those who agree."""
    if proposal.kind == StaffDetailsGiven.kind:
        _check_knows(viewer, str(proposal.coded["user"]))
        return True
    author, outside = author_asked(proposal), bool(viewer.roles & OUTSIDE_ROLES)
    if author:
        if not outside and viewer.user != author:
            raise Denied(WORDS)
        return True
    asked = _agencies_asked(proposal)
    if asked and not (outside or any(_works_at(viewer, agency) for agency in asked)):
        raise Denied(THEIRS)
    return bool(asked)


def _agencies_asked(proposal: Line) -> tuple[str, ...]:
    """The agencies of which one agrees first to what a correction would put otherwise; none where nobody is asked."""
    if proposal.kind != Corrected.kind:
        return ()
    agency = proposal.coded.get("agrees")
    return (*([str(agency)] if agency else []), *map(str, proposal.coded.get("met", ())))


def check_no_meeting(proposal: Line) -> None:
    """Raise Denied where those in whose place it was said agree, and no meeting for them."""
    if proposal.kind == StaffDetailsGiven.kind or author_asked(proposal) or _agencies_asked(proposal):
        raise Denied(THEIRS)


def check_not_about(viewer: Viewer, proposal: Line) -> None:
    """Raise Denied for somebody whose own details are to be taken back."""
    said = lines(proposal.regarding) if proposal.kind == Corrected.kind else []
    if any(line.kind == StaffDetailsGiven.kind and line.coded["user"] == viewer.user for line in said):
        raise Denied(NOT_YOURSELF)


def follow_in_place(made: Entry, now: datetime) -> None:
    """Tell whoever said what would be put right, or was; where they left, the manager who answers for them."""
    fix = made.saying.fact
    said = entries(made.saying.regarding)[0] if isinstance(fix, Corrected) else None
    if said is None or not isinstance(fix, Corrected) or said.kind == StaffDetailsGiven.kind:
        return
    told = {fix.author} if fix.author else _tell_of(said)
    news = {OF_A_MEETING: {user for agency in fix.met for user in hearing(agency)}}
    asked = PROPOSED if not (fix.author or fix.agrees) else NEWS
    news[asked if made.proposed else DONE] = told
    for line, users in news.items():
        matter = "what a meeting decided" if line == OF_A_MEETING else "something you said"
        item, known = Item(str(said.id)[:8], "", made.saying.agency, "", line, matter), addresses(users)
        for user in sorted(users - {made.saying.by}):
            queue(f"{made.id}/in-place", user, known.get(user, ""), item, now, now, single=False)


def _tell_of(said: Entry) -> set[str]:
    """Whoever said it; where they left, the manager who answers for them."""
    if _still_there(line_of(said)):
        return {said.saying.by}
    return set(holders(manager_above(said.saying.role, said.saying.agency), said.saying.agency))


def hearing(agency: str) -> set[str]:
    """Who of an agency hears of what a meeting decided: the nearest manager, else those who work with children."""
    return set(holders(manager_above("practitioner", agency), agency) or holders("practitioner", agency))


def _check_knows(viewer: Viewer, user: str) -> None:
    if viewer.user == user:
        raise Denied(NOT_YOURSELF)
    theirs = viewer_of(user)
    colleague = theirs is not None and any(_works_at(viewer, held.agency) for held in theirs.holdings)
    if not colleague and not viewer.roles & (OUTSIDE_ROLES | {"business_manager"}):
        raise Denied(KNOWS)


def _still_there(said: Line) -> bool:
    """Whether whoever said something still signs in for the agency for which they said it."""
    theirs = viewer_of(said.by)
    return theirs is not None and _works_at(theirs, said.agency)


def _works_at(viewer: Viewer, agency: str) -> bool:
    return any(held.agency == agency and held.role != ADMINISTRATOR for held in viewer.holdings)


def _signs_in(agency: str) -> bool:
    """Whether anybody of an agency can sign in and agree."""
    return any(held == agency and role != ADMINISTRATOR for _, _, role, held in people())
