"""What a duty is about, opened for those who owe it: the fact that opened it, and what that fact answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.queries import names, post
from onrecord.access.rules import Viewer, can_record, can_work_case
from onrecord.duties.actions.adopt import changes_in
from onrecord.duties.actions.among import Whom, gathered, whom_of
from onrecord.duties.actions.lowers import what_lowers
from onrecord.duties.facts import RulebookAdopted
from onrecord.duties.queries import SIGNATURE, DutyView
from onrecord.duties.queries.children import children
from onrecord.duties.queries.rereading import Rereading, is_rereading, rereading
from onrecord.duties.queries.restricted import kept_from
from onrecord.intake.actions import note_near
from onrecord.intake.facts import ReportReceived
from onrecord.intake.queries import hidden_among
from onrecord.intake.queries.close import called_in
from onrecord.ledger.facts import Entry, Person
from onrecord.ledger.facts.entry import LOWERING_REASONS
from onrecord.ledger.queries import corrected, entries, stand_among
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.machine import MACHINE, SOMEBODY, UNSIGNED
from onrecord.ledger.rules.sentence import sentence


@dataclass(frozen=True)
class Opened:
    """The fact that opened a duty, in words; the report it goes back to; of a proposal, why and what it would lower."""

    title: str
    said: str
    by: str
    at: datetime
    report: str
    reason: str
    words: str
    lowers: tuple[str, ...]
    edition: str
    """The digest of the edition of the rulebook that it adopts; "" where it adopts none."""
    first: list[str]
    """What was first said in the report and in it, where that was put right since."""
    called: tuple[Person, ...] = ()
    """How the child is called in the report and in it."""
    rereading: Rereading | None = None
    """What is read again without what was decided, of a duty to do so."""


def open_duty(viewer: Viewer, view: DutyView, known: Sequence[Line], now: datetime) -> Opened | None:
    """What a duty is about, noted as a read first; None for those who only watch.

    `known` is what the opening of the duty answers, and everything that answers any of it.
    """
    if not can_record(viewer) or not (view.owed_by(viewer) or view.came_to(viewer)):
        return None
    if is_rereading(view):
        return _open_blind(viewer, view, now)
    opening, signing = next(line for line in known if line.id == view.opening), view.rule.id == SIGNATURE and view.waits
    whom = whom_of(opening.kind, opening.mentions, opening.coded.get("verdict", "")) if signing else Whom(frozenset())
    closed = hidden_among(viewer, known, whom.people)
    if view.opening in closed:
        return None
    found = gathered(opening.kind, whom, opening.regarding, closed, opening.coded.get("field", "")) if signing else None
    opened, said = _among(opening, known, now, found.to_open(now) if found else ())
    made = opened[opening.id]
    lowers = what_lowers(replace(found, opened=opened), made.saying, now) if found else []
    changes = changes_in(made, now) if view.waits else ()
    held = frozenset[str]() if signing else None  # where they live is not compared: this page weighs a lowering
    note_near(viewer, "report", (view.opening,), now, called=said.called, held=held)
    return replace(said, lowers=(*(lower.words for lower in lowers), *changes))


def _open_blind(viewer: Viewer, view: DutyView, now: datetime) -> Opened | None:
    """What is read again, noted first: nothing of the proposal, nor who made it, is opened while it waits."""
    found = rereading(viewer, view)
    if found is None:
        return None
    about = (view.opening, *(uid for uid in found.opened if uid != view.opening))
    note_near(viewer, "report", about, now, called=found.called)
    right = {found.made.id: PutRight(found.made, found.made)}
    return replace(in_words(found.made, {}, {}, right), rereading=found)


def named_children(viewer: Viewer, views: list[DutyView], moment: datetime) -> dict[UUID, str]:
    """The children, for those who work with them; noted as one read before they are shown."""
    wanted = {view.mention for view in views if view.mention and can_work_case(viewer, view.agency)}
    wanted -= kept_from(viewer, wanted)
    found = children(wanted) if wanted else {}
    if found:
        note_opened(viewer, "report", tuple(dict.fromkeys(entry for entry, _ in found.values())), moment)
    return {mention: said for mention, (_, said) in found.items()}


def described_among(line: Line, known: Sequence[Line], now: datetime) -> Opened:
    """A fact in words, with the report it goes back to; `known` as for `open_duty`."""
    return _among(line, known, now)[1]


def _among(
    line: Line, known: Sequence[Line], now: datetime, also: Iterable[UUID] = ()
) -> tuple[dict[UUID, Entry], Opened]:
    """The same, with the entries that were opened for it, and others also."""
    right = stand_among(known, [line.id, *line.regarding, *also], now)
    opened = {uid: one.first for uid, one in right.items()}
    return opened, in_words(opened[line.id], opened, names([opened[line.id].saying.by]), right)


def described(made: list[Entry], now: datetime) -> dict[UUID, Opened]:
    """Facts in words, each with the report it goes back to, in a number of queries that does not grow with them."""
    above = {entry.id: entry for entry in entries(target for one in made for target in one.saying.regarding)}
    people = names(one.saying.by for one in made)
    now_said = corrected([*made, *above.values()], now)
    return {one.id: in_words(one, above, people, now_said) for one in made}


def said_by(made: Entry, people: dict[str, str]) -> str:
    """Who said something, with the role in which they said it."""
    saying = made.saying
    if saying.by == MACHINE:
        return "The watch"
    if saying.by == SOMEBODY:
        return UNSIGNED
    return f"{people.get(saying.by, saying.by)}, {post(saying.role, saying.agency)}"


def in_words(
    made: Entry, above: Mapping[UUID, Entry], people: dict[str, str], now_said: Mapping[UUID, PutRight]
) -> Opened:
    """A fact in words. `above` is what it answers, `now_said` how both stand now; all of it is opened already."""
    saying, why = made.saying, made.saying.lowering
    roots = [above[target] for target in saying.regarding if target in above]
    reports = [root for root in roots if isinstance(root.saying.fact, ReportReceived)]
    return Opened(
        title=saying.fact.title,
        said=sentence(now_said[made.id].entry),
        by=said_by(made, people),
        at=made.recorded_at,
        report=sentence(now_said[reports[0].id].entry) if reports else "",
        reason=LOWERING_REASONS.words[why.reason] if why else "",
        words=why.words if why else "",
        lowers=(),
        edition=saying.fact.digest if isinstance(saying.fact, RulebookAdopted) else "",
        first=[said for one in (*reports[:1], made) if (said := now_said[one.id].first_sentence)],
        called=tuple(called_in(now_said[one.id] for one in (*reports[:1], made))),
    )
