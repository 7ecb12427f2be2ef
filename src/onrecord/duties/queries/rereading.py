"""A lowering that is read again: what was known before it; what was done, once somebody outside has said theirs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import behind_wall
from onrecord.access.rules import Viewer
from onrecord.duties.queries.lists import DutyView
from onrecord.intake.queries import hidden
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import above, entries, threads_about
from onrecord.ledger.rules.corrections import fixes_of, put_right
from onrecord.ledger.rules.effect import CORRECTED, Line, standing
from onrecord.ledger.rules.machine import MACHINE
from onrecord.ledger.rules.sentence import sentence
from onrecord.linkage.queries import clusters

REREAD = "lowering-reread"


@dataclass(frozen=True)
class Rereading:
    """What was known before, each with its time, in sentences; what was decided, where it may be seen by now."""

    before: list[tuple[datetime, str, str]]
    decided: list[str]
    opened: tuple[UUID, ...]


def rereading(viewer: Viewer, view: DutyView) -> Rereading | None:
    """What somebody outside reads again, without who said it; None for every other duty."""
    if view.rule.id != REREAD:
        return None
    over = {line.id: line for line in above([view.opening])}
    proposal = over[over[view.opening].regarding[0]]
    known, fixes = _known(viewer, proposal)
    opened = {one.id: one for one in entries({*known, *(uid for found in fixes.values() for uid in found)})}
    said = [put_right(opened[uid], fixes, opened) for uid in known]
    after = [] if view.waits else entries([proposal.id])
    before = [(one.first.recorded_at, one.first.saying.fact.title, sentence(one.entry)) for one in said]
    return Rereading(before, [_done(one) for one in after], (*opened, *(one.id for one in after)))


def _known(viewer: Viewer, proposal: Line) -> tuple[list[UUID], dict[UUID, list[UUID]]]:
    """What people had said of the child that counted just before it was proposed to lower it; and what put it right."""
    people = {one for mention, same in clusters(proposal.mentions).items() for one in {mention, *same}}
    people -= behind_wall(viewer, people)
    before = [line for line in threads_about(people) if line.seq < proposal.seq]
    counted = [line for line, _ in standing(before, proposal.recorded_at) if people.intersection(line.mentions)]
    said = [line.id for line in counted if line.by != MACHINE and line.kind != CORRECTED]
    unseen = hidden(viewer, said)
    shown = [uid for uid in said if uid not in unseen]
    fixes = fixes_of(before, proposal.recorded_at)
    return shown, {uid: fixes[uid] for uid in shown if uid in fixes}


def _done(made: Entry) -> str:
    why = made.saying.lowering
    return sentence(made) + (f" Why it was lowered: “{why.words}”" if why else "")
