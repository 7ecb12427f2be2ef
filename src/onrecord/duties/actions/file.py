"""Record a file of facts: all of it, in one transaction, or nothing."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from onrecord.access.rules import Denied, Viewer, check_record
from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.actions.people import refuse_tampering
from onrecord.duties.actions.record import NeedsReason, ReasonRefused, never_a_reason, record_all
from onrecord.duties.actions.singly import alone
from onrecord.duties.queries.walls import closed_to
from onrecord.duties.rules.lines import Asked, LineFault, Lines
from onrecord.intake.actions import report
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.actions import IdTaken, receipt
from onrecord.ledger.facts import Entry, Saying, Seconded, When, Wrong, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.queries import about, entries

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Accepted:
    """A line that was recorded: its entry, its receipt, and whether it waits for a second signature."""

    line: int
    id: UUID
    receipt: str
    proposed: bool


class LinesRefused(ValueError):
    """Nothing of the file was recorded. Holds every fault of every line."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        """Keep the faults in the order of the file, and say how many there are."""
        super().__init__(f"Nothing was recorded: {len(faults)} fault{'s' if len(faults) != 1 else ''} in the file.")
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))


def record_lines(
    viewer: Viewer, given: Lines, now: datetime, progress: Progress = lambda done, of: None
) -> list[Accepted]:
    """Record every line, in order, so that a line may answer one before it. Raises LinesRefused and Denied.

    Every line is tried, also after one that is refused, so that all faults are told at once. An attempt to lower for a
    reason that is never one is on record even though the file is not.
    """
    refuse_tampering(viewer, (asked.fact for asked in given.asked), now)
    check_record(viewer)
    known = {entry.id: entry for entry in entries([asked.id for asked in given.asked] + list(given.broken))}
    faults, broken = [*given.faults, *_together(viewer, given, now)], given.broken - known.keys()
    done: list[Accepted] = []
    try:
        with transaction.atomic():
            for count, asked in enumerate(given.asked, start=1):
                found = _try(viewer, asked, known.get(asked.id), broken, now)
                progress(count, len(given.asked))
                if isinstance(found, Accepted):
                    done.append(found)
                    continue
                faults += found
                broken |= {asked.id} - known.keys()
            if faults:
                raise LinesRefused(faults)
    except LinesRefused:
        for asked in given.asked:
            _note_attempt(viewer, asked, now)
        raise
    return done


def _together(viewer: Viewer, given: Lines, now: datetime) -> list[LineFault]:
    """The lines that sign with others at once what is signed by itself."""
    found = alone(viewer, ((asked.id, asked.fact, asked.regarding) for asked in given.asked), now)
    return [
        LineFault(asked.line, "regarding", str(target), found[target], "signed by itself")
        for asked in given.asked
        for target in asked.regarding
        if target in found and isinstance(asked.fact, Seconded)
    ]


def _try(
    viewer: Viewer, asked: Asked, known: Entry | None, broken: set[UUID], now: datetime
) -> Accepted | list[LineFault]:
    if waits := [uid for uid in asked.regarding if uid in broken]:
        message = "It answers a line of this file that has a fault. Put that one right first."
        return [LineFault(asked.line, "regarding", str(waits[0]), message, "answers a line that can be recorded")]
    try:
        with transaction.atomic():
            entry = _say(viewer, asked, known, now)
            return Accepted(asked.line, entry.id, receipt(entry.id), entry.proposed)
    except (Denied, NeedsReason, ReasonRefused, ValueError) as refusal:
        return [LineFault(asked.line, *fault) for fault in _faults(asked, refusal)]


def _say(viewer: Viewer, asked: Asked, known: Entry | None, now: datetime) -> Entry:
    """Say one line through its own door. Said before, it happened when it was said to have happened then."""
    happened = asked.happened or (known.saying.happened if known else When.at(now))
    if isinstance(asked.fact, ReportReceived):
        _check_report(asked)
        return report(viewer, asked.fact, asked.id, happened, asked.on_behalf)[0]
    if never := never_a_reason(asked.fact, asked.lowering):
        raise ReasonRefused(never["reason"])
    return record_all(viewer, [(_saying(viewer, asked, happened), asked.lowering)], now)[0].entry


def _saying(viewer: Viewer, asked: Asked, happened: When) -> Saying:
    seat, mentions = viewer.seat, tuple(_mention(viewer, uid) for uid in asked.about)
    who = (viewer.user, seat.role, seat.agency)
    return Saying(asked.id, asked.fact, *who, happened, asked.on_behalf, mentions, asked.regarding)


def _mention(viewer: Viewer, uid: UUID) -> UUID:
    """The mention meant: one that an entry made, or the child of the entry with this id. Refused if there is none."""
    for mention in (uid, mention_of(uid, "child")):
        if about([mention]) and not closed_to(viewer, mention):
            return mention
    raise Refused((Wrong("about", str(uid), "No entry names anybody under this id.", "a mention, or a report's id"),))


def _check_report(asked: Asked) -> None:
    """A report is about the child it names, answers nothing and lowers nothing."""
    said = {"about": asked.about, "regarding": asked.regarding, "lowering": asked.lowering}
    message = "A report is about the child it names and answers nothing. Leave this out."
    shown = {name: ", ".join(map(str, value)) for name, value in said.items() if value}
    faults = tuple(Wrong(name, value, message, "not in a report") for name, value in shown.items())
    if faults:
        raise Refused(faults)


def _note_attempt(viewer: Viewer, asked: Asked, now: datetime) -> None:
    """Put on record, by the door that does so, an attempt to lower for a reason that is never one."""
    if never_a_reason(asked.fact, asked.lowering) is None or isinstance(asked.fact, ReportReceived):
        return
    stored = tuple(entry.id for entry in entries(asked.regarding))
    both = {uid: (uid, mention_of(uid, "child")) for uid in asked.about}
    closed = partial(closed_to, viewer)
    named = tuple(uid for uid, meant in both.items() if about(meant) and not any(map(closed, meant)))
    with suppress(ReasonRefused):
        bare = replace(asked, regarding=stored, about=named)
        record_all(viewer, [(_saying(viewer, bare, When.at(now)), asked.lowering)], now)


def _faults(asked: Asked, refusal: Exception) -> list[tuple[str, str, str, str]]:
    """A refusal as field, value, message and rule."""
    reason, words = (asked.lowering or {}).get("reason", ""), str(refusal)
    match refusal:
        case Refused():
            return [(_path(fault.field), fault.value, fault.message, fault.rule) for fault in refusal.faults]
        case Denied():
            return [("kind", asked.fact.kind, words, "those who may say it")]
        case NeedsReason():
            return [("lowering", reason, words, "a lowering needs a reason and a second signature")]
        case ReasonRefused():
            return [("lowering.reason", reason, words, "never a reason to lower anything")]
        case Unanswerable():
            return [("regarding", ", ".join(map(str, asked.regarding)), words, "an entry it can answer")]
        case IdTaken():
            return [("id", str(asked.id), words, "an id stands for one thing")]
    return [("body", "", "The value cannot stand in the field it is to put right.", "a value the field can hold")]


def _path(name: str) -> str:
    return name if name.partition(".")[0] in ("about", "regarding", "lowering") else f"body.{name}"
