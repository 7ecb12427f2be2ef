"""Lawful erasure: who proposes it, who agrees, and why it is refused. What it does stands in `ledger.actions.erase`.

Two people of two agencies, one of whom leads the agency whose record it is. About people at work, what is sealed and
what is disputed that agency proposes, and only somebody outside agrees.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onrecord.access.actions import note_opened
from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.queries import called, people
from onrecord.access.rules import PROPOSERS, SIGNERS, Denied, Viewer
from onrecord.duties.queries.erasing import At, asks_outside, hidden_at, lines_at, of_proposal, owner_of, refusals
from onrecord.duties.queries.erasing_reads import ReadsOf, reads_of
from onrecord.ledger.actions import Change, append, carry_out, hold, planned
from onrecord.ledger.facts import Entry, Erasing, ErasureProposed, Lowering, Saying, When
from onrecord.ledger.facts.declare import Door
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import NoSuchEntry, lines
from onrecord.ledger.rules.effect import Line, line_of
from onrecord.ledger.rules.erasing import targets
from onrecord.ledger.rules.machine import MACHINE

OWNERS = PROPOSERS | {"designated_officer"}
"""Roles that answer for what their agency recorded."""
OFFICE = "business_manager"
NOT_YOURS = (
    "An erasure is proposed by whoever leads the agency whose record it is, or by the partnership's business manager."
)
OWNER_FIRST = (
    "This is about people at work, sealed, disputed or the partnership's own. The agency whose record it is "
    "proposes it, and somebody outside agrees."
)
THEIR_RECORD = (
    "It is the record of another agency. Whoever leads that agency agrees or disagrees, or somebody outside where "
    "nobody does."
)
OFFICE_AGREES = "The partnership's business manager, or a second signer, agrees to what an agency erases of its own."
SEVERAL = "These are records of several agencies. Each of them answers for its own: propose them one by one."
NOTHING = "There is nothing of it to erase: the entry does not say it, or it is gone already."
NO_FIELD = "“{title}” has no such field that could be erased. An answer from a list is put right by a correction."


def may_erase(viewer: Viewer) -> bool:
    """Whether they may propose an erasure of anything at all."""
    return any(held.role in OWNERS for held in viewer.holdings)


def answers_for(viewer: Viewer, line: Line) -> bool:
    """Whether they may propose to erase something of this entry: it is their agency's, or they are the office.

    What the machine did of itself holds nobody's words.
    """
    if line.agency == MACHINE and catalogue()[line.kind].door is Door.MACHINE:
        return False
    owner = owner_of(line)
    return OFFICE in viewer.roles or any(held.agency == owner and held.role in OWNERS for held in viewer.holdings)


def reads_to_erase(viewer: Viewer, mention: UUID, before: int | None, now: datetime) -> ReadsOf:
    """The reads of a child of which this person may propose to erase the words. To look at them is a read too.

    Raises NoSuchEntry for who may propose nothing.
    """
    if not may_erase(viewer):
        raise NoSuchEntry(f"There is no child {mention}.")
    note_opened(viewer, "reads", (), now)
    found = reads_of(viewer, mention, before)
    return found._replace(found=[one for one in found.found if answers_for(viewer, line_of(one))])


def effect(viewer: Viewer, parts: Sequence[Erasing], basis: str, now: datetime) -> tuple[list[Change], list[str], bool]:
    """What erasing this would do, why it is refused, and whether somebody outside would be asked. Nothing is changed.

    Raises Denied, Refused and NoSuchEntry: for what is not theirs to see exactly as for what is not there.
    """
    wanted = _wanted(viewer, parts)
    owner = _owner(wanted)
    outside = asks_outside(wanted, parts, owner, now)
    _check_proposer(viewer, owner, outside=outside)
    note_opened(viewer, "erasure", tuple({mention for line in wanted for mention in line.mentions}), now)
    changes = planned(parts, basis, called(owner), now)
    if not changes:
        raise Refused((Wrong("parts", "", NOTHING, "something to erase"),))
    return changes, list(refusals(wanted, basis, now)), outside


def propose_erasure(viewer: Viewer, parts: Sequence[Erasing], basis: str, why: str, uid: UUID, now: datetime) -> Entry:
    """Propose to erase these. Raises Denied, NoSuchEntry, IdTaken, and Refused with every reason why it may not be."""
    with transaction.atomic():
        hold()
        _, refused, outside = effect(viewer, parts, basis, now)
        if refused:
            raise Refused(tuple(Wrong("parts", "", words, "article 17(3)") for words in refused))
        owner = _owner(_wanted(viewer, parts))
        whose = {"owner": owner, "owner_name": called(owner)}
        said = {"basis": basis, "why": why, "outside": "asked" if outside else None} | whose
        fact = ErasureProposed.heard(said | {"parts": [part.model_dump(exclude_none=True) for part in parts]})
        seat = next((held for held in viewer.holdings if held.agency == owner and held.role in OWNERS), viewer.seat)
        reason = Lowering(reason="takes_two", words=why)
        return append([Saying(uid, fact, viewer.user, seat.role, seat.agency, When.at(now), lowering=reason)])[0]


def check_agrees_to_erase(viewer: Viewer, proposal: Line) -> None:
    """Raise Denied unless this person may answer a proposal to erase, to which nobody outside is asked."""
    owner = proposal.coded["owner"]
    if proposal.agency != owner:
        leads = any(held.agency == owner and held.role in OWNERS for held in viewer.holdings)
        if not leads and not (viewer.roles & OUTSIDE_ROLES and nobody_leads(owner)):
            raise Denied(THEIR_RECORD)
    elif not viewer.roles & (SIGNERS | {OFFICE}):
        raise Denied(OFFICE_AGREES)


def nobody_leads(agency: str) -> bool:
    """Whether nobody answers for what an agency recorded."""
    return not any(held == agency and role in OWNERS for _, _, role, held in people())


def still_refused(proposal: Line, now: datetime) -> str:
    """Why a proposal to erase may not be agreed to now; "" where it may, and for every other proposal."""
    wanted = of_proposal(proposal)
    return " ".join(refusals(lines_at(wanted), proposal.coded["basis"], now)) if wanted else ""


def erase_agreed(made: Entry, now: datetime) -> list[Entry]:
    """Carry out what a second signature agreed to, if it was an erasure; what was recorded of it."""
    found = [line for line in lines(made.saying.regarding) if line.proposed and line.kind == ErasureProposed.kind]
    return [one for line in found for one in carry_out(line.id, now)]


def _wanted(viewer: Viewer, parts: Sequence[Erasing]) -> list[Line]:
    """The entries of which something is to go, as far as this person may know of them."""
    wanted = list(dict.fromkeys(At(part.log, UUID(part.entry)) for part in parts))
    ids = [one.uid for one in wanted]
    found = {line.id: line for line in lines_at(wanted)}
    if missing := [uid for uid in ids if uid not in found] or list(hidden_at(viewer, wanted)):
        raise NoSuchEntry(f"There is no entry {missing[0]}.")
    for part in parts:
        made = catalogue()[found[UUID(part.entry)].kind]
        if part.field not in {target.name for target in targets(made)}:
            raise Refused((Wrong("parts", part.field, NO_FIELD.format(title=made.title), "a sealed field"),))
    return [found[uid] for uid in ids]


def _owner(wanted: Sequence[Line]) -> str:
    owners = {owner_of(line) for line in wanted}
    if len(owners) != 1:
        raise Refused((Wrong("parts", "", SEVERAL, "one agency"),))
    return owners.pop()


def _check_proposer(viewer: Viewer, owner: str, *, outside: bool) -> None:
    leads = any(held.agency == owner and held.role in OWNERS for held in viewer.holdings)
    if outside and not leads:
        raise Denied(OWNER_FIRST)
    if not leads and OFFICE not in viewer.roles:
        raise Denied(NOT_YOURS)
