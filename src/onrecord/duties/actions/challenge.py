"""Who may disagree, answer a disagreement, ask, and hold a case. Asked before anything is recorded."""

from collections.abc import Collection, Sequence
from uuid import UUID

from onrecord.access.queries import agencies, first_of_each_sort, tied, viewer_of
from onrecord.access.rules import CASE_ROLES, DECIDING, Denied, Viewer, can_work_cases
from onrecord.duties.facts import (
    CaseHandedOver,
    CaseHeld,
    DisagreementContinued,
    DisagreementRaised,
    DisagreementSettled,
    RequestAnswered,
    StageAnswered,
)
from onrecord.duties.queries.restricted import kept_from
from onrecord.duties.rules.challenge import level_of, stage_of
from onrecord.intake.queries import hidden_among
from onrecord.ledger.facts import Fact, Saying
from onrecord.ledger.facts.declare import Door
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import above, lines, threads_about
from onrecord.ledger.rules.effect import Line, upward
from onrecord.linkage.queries import clusters
from onrecord.rulebook.facts import OUTSIDE

NO_SCHOOLS = frozenset({"partnership", OUTSIDE, "public"})
"""Sorts of agency in which nobody works with children."""
NOT_YOURS = "You can disagree with what answers something of yours, or is about a child with whom you work."
DECIDED_IT = (
    "Whoever wrote this disagreement down decided what it is about. That it is settled is for another agency to say "
    "that works with the child, and that heard it."
)
AS_SAID = (
    "What was said in a disagreement is not put otherwise. Answer at the next stage, or let whoever disagrees say "
    "that it is settled."
)


def check_challenge(viewer: Viewer, saying: Saying) -> None:
    """Raise Denied or Refused unless this person may say this of that entry."""
    fact = saying.fact
    if fact.sorts and not any(held.sort in fact.sorts for held in viewer.holdings):
        sorts = ", ".join(sorted(fact.sorts)).replace("_", " ")
        raise Denied(f"“{fact.title}” can be recorded by: {sorts}.")
    _check_place(saying, fact)
    match fact:
        case DisagreementRaised():
            _check_raised(viewer, saying, fact)
        case StageAnswered():
            _check_stage(viewer, saying, fact)
        case DisagreementContinued() | DisagreementSettled():
            _check_own(viewer, saying)
        case RequestAnswered():
            if any(line.by == viewer.user for line in lines(saying.regarding)):
                raise Denied("You made this request yourself. Somebody else answers it.")
        case CaseHeld() | CaseHandedOver():
            _check_case(viewer, saying, fact)


def _check_place(saying: Saying, fact: Fact) -> None:
    """What says something of an entry names it; what stands alone names none."""
    if fact.of_an_entry and not saying.regarding:
        raise _wrong("regarding", f"“{fact.title}” says something of an entry. Say of which (regarding).")
    if fact.on_no_file and (saying.regarding or saying.about):
        raise _wrong("regarding", f"“{fact.title}” stands on nobody's file. Say in words what it is about.")


def may_dispute(viewer: Viewer, uid: UUID) -> bool:
    """Whether somebody may disagree with an entry: they said it or what it answers, or work with whom it is about."""
    found = above([uid])
    return may_dispute_among(viewer, uid, found, hidden_among(viewer, found))


def may_dispute_among(viewer: Viewer, uid: UUID, known: Sequence[Line], closed: Collection[UUID]) -> bool:
    """The same, where that entry was looked up with everything that it answers, and what of it is closed to them."""
    found = [line for line in known if line.id in upward(known, [uid])]
    line = next((one for one in found if one.id == uid), None)
    if line is None or catalogue()[line.kind].door is not Door.STAFF:
        return False
    if line.by == viewer.user:
        return True
    if uid in closed:
        return False
    judged = clusters(line.mentions)
    people = {one for person in judged.values() for one in person} | set(line.mentions)
    works = can_work_cases(viewer) and bool(tied(viewer, people)) and not kept_from(viewer, line.mentions, judged)
    return works or any(one.by == viewer.user for one in found)


def answering_side(line: Line) -> tuple[str, str]:
    """Who answers first for an entry: the desk, and the sort of agency that recorded it.

    Where several agencies are of its sort, or nobody there works with children, the agency that decides about reports
    takes it up with them: a duty of a sort goes to the first agency of it, which has to learn nothing of this child.
    """
    joined = agencies()
    sort = joined.get(line.agency, "")
    own = first_of_each_sort(joined).get(sort) == line.agency and sort not in NO_SCHOOLS
    level = level_of(line)
    return level, sort if own and level != "front_door" else DECIDING


def _check_raised(viewer: Viewer, saying: Saying, fact: DisagreementRaised) -> None:
    if not all(may_dispute(viewer, uid) for uid in saying.regarding):
        raise Denied(NOT_YOURS)
    level, sort = answering_side(_first(saying.regarding))
    if (fact.level, fact.decided_by) != (level, sort):
        raise _wrong("decided_by", f"This was decided by: {level}, {sort}. Say so, so that they answer.")


def _check_stage(viewer: Viewer, saying: Saying, fact: StageAnswered) -> None:
    """The stage follows from what is answered; from the second on, nobody answers who decided or answered before."""
    answered = lines(saying.regarding)
    stages = {stage_of(line) for line in answered}
    if stages != {fact.stage}:
        raise _wrong("stage", "This is not the stage at which the disagreement stands.")
    raised = [line for line in above(saying.regarding) if line.kind == DisagreementRaised.kind]
    if any(line.by == viewer.user for line in raised):
        raise Denied("You raised this disagreement. The other side answers it.")
    decided = {uid for line in raised for uid in line.regarding}
    before = {line.by for line in lines(decided)} | {line.by for line in answered if line.kind == StageAnswered.kind}
    if fact.stage != "first" and viewer.user in before:
        raise Denied("You decided this, or answered before. Somebody else answers at this stage.")


def check_as_said(said: Fact, field: str) -> None:
    """Raise Refused for putting otherwise by what a disagreement goes on or ends. Words may be put right."""
    if isinstance(said, DisagreementRaised | StageAnswered) and field in said.coded():
        raise _wrong("field", AS_SAID)


def _check_own(viewer: Viewer, saying: Saying) -> None:
    """Whoever raised it says that it is settled or not; for somebody else's words, anybody of the agency that heard.

    Where that agency said what is disputed, or asked for a lowering about the child, only whoever heard the words: no
    colleague or manager ends it for them. Where whoever heard them decided it, another agency of the child's does.
    """
    raised = [line for line in above(saying.regarding) if line.kind == DisagreementRaised.kind]
    ours = {held.agency for held in viewer.holdings}
    if not raised:
        raise _wrong("regarding", "Name the disagreement that this is about (regarding).")
    for line in raised:
        people = {one for same in clusters(line.mentions).values() for one in same} | set(line.mentions)
        asked = (one for one in threads_about(people) if one.proposed)
        disputed = [*lines(line.regarding), *asked]
        others = line.coded["whose"] not in ("worker", "reporter")
        if others and isinstance(saying.fact, DisagreementSettled) and line.by in {one.by for one in disputed}:
            _check_heard(viewer, ours, line, disputed)
        elif line.by != viewer.user and not (
            others and line.agency in ours and line.agency not in {one.agency for one in disputed}
        ):
            raise Denied("Only whoever disagrees says that it is settled, or that it is not. Nobody can for them.")


def _check_heard(viewer: Viewer, ours: set[str], raised: Line, disputed: Sequence[Line]) -> None:
    """What whoever decided it wrote down for somebody is settled by another agency that works with the child."""
    if not ours.isdisjoint(one.agency for one in disputed) or not tied(viewer, raised.mentions):
        raise Denied(DECIDED_IT)


def _check_case(viewer: Viewer, saying: Saying, fact: CaseHeld | CaseHandedOver) -> None:
    if not saying.about or not tied(viewer, saying.about):
        raise Denied("Only an agency that works with the child says who holds the case.")
    if isinstance(fact, CaseHandedOver):
        held = [line for line in lines(saying.regarding) if line.kind in (CaseHeld.kind, CaseHandedOver.kind)]
        first = {line.id for line in above(saying.regarding) if line.kind == CaseHeld.kind}
        if len(held) != len(saying.regarding) or not first <= set(saying.regarding):
            raise _wrong(
                "regarding", "Name the entry by which the case was first held, and the one by which it is now."
            )
        if (fact.to == "worker") != (fact.worker is not None):
            raise _wrong("worker", "Say who holds it now, or that nobody does.")
    worker = viewer_of(fact.worker) if fact.worker else None
    if fact.worker and (worker is None or not worker.roles & CASE_ROLES):
        raise _wrong("worker", "Choose somebody who works with children.")


def _first(uids: Sequence[UUID]) -> Line:
    known = {line.id: line for line in lines(uids)}
    return known[uids[0]]


def _wrong(field: str, message: str) -> Refused:
    return Refused((Wrong(field, "", message, field),))
