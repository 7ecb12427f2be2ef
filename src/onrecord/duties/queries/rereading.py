"""A lowering that is read again: what was known before it; what was judged and done, once the reader said theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.duties.facts import LoweringReread
from onrecord.duties.queries.lists import DutyView
from onrecord.duties.queries.walls import parted
from onrecord.intake.queries.close import called_in
from onrecord.ledger.facts import Entry, Person
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import above, entries, threads_about
from onrecord.ledger.rules.corrections import fixes_of, put_right
from onrecord.ledger.rules.effect import CORRECTED, Line, standing
from onrecord.ledger.rules.machine import MACHINE
from onrecord.ledger.rules.sentence import sentence
from onrecord.linkage.queries import clusters


@dataclass(frozen=True)
class Rereading:
    """What was known before, each with its time, in sentences; what was judged and decided, where it may be seen now.

    `made` is the fact that asks for it, `opened` everything that was opened, `called` how the child is called in it.
    """

    made: Entry
    before: list[tuple[datetime, str, str]]
    decided: list[str]
    opened: tuple[UUID, ...]
    called: tuple[Person, ...]


def is_rereading(view: DutyView) -> bool:
    """Whether a duty is to read a lowering again."""
    return any(match.kind == LoweringReread.kind for match in view.rule.discharged_by)


def rereading(viewer: Viewer, view: DutyView) -> Rereading | None:
    """What somebody outside reads again, without who said it; None where it stands behind a wall for them."""
    over = {line.id: line for line in above([view.opening])}
    proposal = over[over[view.opening].regarding[0]]
    people = {one for mention, same in clusters(proposal.mentions).items() for one in {mention, *same}}
    seen = parted(viewer, threads_about(people))[0]
    if all(line.id != view.opening for line in seen):
        return None
    known, judged, fixes = _known(seen, proposal, people)
    after = [] if view.waits else [*judged, proposal.id]
    shown = {view.opening, *known, *after}
    opened = {one.id: one for one in entries({*shown, *(fix for uid in shown for fix in fixes.get(uid, ()))})}
    said = [put_right(opened[uid], fixes, opened) for uid in known]
    before = [(one.first.recorded_at, one.first.saying.fact.title, sentence(one.entry)) for one in said]
    decided = [_done(put_right(opened[uid], fixes, opened).entry) for uid in after]
    return Rereading(opened[view.opening], before, decided, tuple(opened), tuple(called_in(said)))


def _known(
    seen: Sequence[Line], proposal: Line, people: set[UUID]
) -> tuple[list[UUID], list[UUID], dict[UUID, list[UUID]]]:
    """What people had said of the child that counted just before it was proposed to lower it; what they had judged,
    decided or argued by then, which the reader is to find without them; and what put all of it right.
    """
    before = [line for line in seen if line.seq < proposal.seq]
    counted = [line for line, _ in standing(before, proposal.recorded_at) if people.intersection(line.mentions)]
    said = [line for line in counted if line.by != MACHINE and line.kind != CORRECTED]
    weighing = {line.id for line in said if catalogue()[line.kind].weighs}
    shown = [line.id for line in said if line.id not in weighing]
    judged = [line.id for line in said if line.id in weighing]
    return shown, judged, fixes_of(before, proposal.recorded_at)


def _done(made: Entry) -> str:
    why = made.saying.lowering
    return sentence(made) + (f" Why it was lowered: “{why.words}”" if why else "")
