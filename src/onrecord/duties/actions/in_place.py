"""What is said in somebody else's place: another agency's words put right, details of a colleague, details taken back.

It is a proposal. Those in whose place it is said agree, or somebody who knows them, or somebody outside; or it does not
count. What would lower something is signed as any lowering is, and not here.
"""

from dataclasses import replace
from datetime import datetime

from onrecord.access.facts import OUTSIDE_ROLES, StaffDetailsGiven
from onrecord.access.queries import addresses, holders, manager_above, people, viewer_of
from onrecord.access.rules import Denied, Viewer
from onrecord.ledger.facts import Corrected, Entry, Lowering, Saying
from onrecord.ledger.queries import entries, lines
from onrecord.ledger.rules.effect import Line
from onrecord.notices.actions import queue
from onrecord.notices.rules import Item

REASON = "in_their_place"
THEIRS = "The agency that said it agrees first, or somebody outside. Nobody signs it for them."
KNOWS = "Somebody of the person's own agency agrees, or the business manager, or somebody outside."
NOT_YOURSELF = "This is about you. Somebody else signs it."
NEWS = "Somebody of another agency proposes to put right what you said. Sign in to agree or disagree."
ADMINISTRATOR = "administrator"


def in_place(viewer: Viewer, saying: Saying) -> Saying | None:
    """The same as a proposal, where it is said in somebody else's place; None where it is not."""
    fact = saying.fact
    if isinstance(fact, StaffDetailsGiven) and fact.user != saying.by:
        given = fact.model_copy(update={"given_by": "office" if viewer.seat.sort == "partnership" else "colleague"})
        return replace(saying, fact=given, lowering=Lowering(reason=REASON, words=fact.why or ""))
    if isinstance(fact, Corrected) and (line := next(iter(lines(saying.regarding)), None)):
        if line.kind == StaffDetailsGiven.kind:
            return replace(saying, lowering=Lowering(reason=REASON, words=fact.why))
        if line.agency not in {held.agency for held in viewer.holdings}:
            fix = fact.model_copy(update={"agrees": line.agency if _signs_in(line.agency) else None})
            return replace(saying, fact=fix, lowering=Lowering(reason=REASON, words=fact.why))
    return None


def unfilled(saying: Saying, already: list[Entry]) -> Saying:
    """Without what only the record fills in, or as it filled it in before: nobody types who agrees."""
    fact, stands = saying.fact, already[0].saying.fact if already else None
    if isinstance(fact, Corrected):
        return replace(saying, fact=fact.model_copy(update={"agrees": getattr(stands, "agrees", None)}))
    if isinstance(fact, StaffDetailsGiven):
        return replace(saying, fact=fact.model_copy(update={"given_by": getattr(stands, "given_by", None)}))
    return saying


def check_in_place(viewer: Viewer, proposal: Line) -> bool:
    """Whether it was said in somebody else's place; raises Denied unless this person is one of those who agree."""
    if proposal.kind == StaffDetailsGiven.kind:
        _check_knows(viewer, str(proposal.coded["user"]))
        return True
    agency = proposal.coded.get("agrees") if proposal.kind == Corrected.kind else None
    if agency and not (viewer.roles & OUTSIDE_ROLES or _works_at(viewer, str(agency))):
        raise Denied(THEIRS)
    return bool(agency)


def check_no_meeting(proposal: Line) -> None:
    """Raise Denied where those in whose place it was said agree, and no meeting for them."""
    if proposal.kind == StaffDetailsGiven.kind or proposal.coded.get("agrees"):
        raise Denied(THEIRS)


def check_not_about(viewer: Viewer, proposal: Line) -> None:
    """Raise Denied for somebody whose own details are to be taken back."""
    said = lines(proposal.regarding) if proposal.kind == Corrected.kind else []
    if any(line.kind == StaffDetailsGiven.kind and line.coded["user"] == viewer.user for line in said):
        raise Denied(NOT_YOURSELF)


def follow_in_place(made: Entry, now: datetime) -> None:
    """Tell whoever said what another agency would put right; where they left, the manager who answers for them."""
    if getattr(made.saying.fact, "agrees", None):
        (said,) = entries(made.saying.regarding)
        agency = said.saying.agency
        theirs = viewer_of(said.saying.by)
        here = theirs is not None and _works_at(theirs, agency)
        told = [said.saying.by] if here else holders(manager_above(said.saying.role, agency), agency)
        known, item = addresses(told), Item(str(said.id)[:8], "", made.saying.agency, "", NEWS, "something you said")
        for user in told:
            queue(f"{made.id}/in-place", user, known.get(user, ""), item, now, now, single=False)


def _check_knows(viewer: Viewer, user: str) -> None:
    if viewer.user == user:
        raise Denied(NOT_YOURSELF)
    theirs = viewer_of(user)
    colleague = theirs is not None and any(_works_at(viewer, held.agency) for held in theirs.holdings)
    if not colleague and not viewer.roles & (OUTSIDE_ROLES | {"business_manager"}):
        raise Denied(KNOWS)


def _works_at(viewer: Viewer, agency: str) -> bool:
    return any(held.agency == agency and held.role != ADMINISTRATOR for held in viewer.holdings)


def _signs_in(agency: str) -> bool:
    """Whether anybody of an agency can sign in and agree."""
    return any(held == agency and role != ADMINISTRATOR for _, _, role, held in people())
