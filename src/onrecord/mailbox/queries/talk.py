"""What was written between a child and those who answer, with what waits for an answer: for staff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import names
from onrecord.duties.queries import DutyView, owed_for
from onrecord.intake.facts import DECISIONS, DecisionMade, ReportSetAside
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import entries, stand_among, thread
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import ANSWERS, Line, standing
from onrecord.ledger.rules.machine import UNSIGNED
from onrecord.ledger.rules.sentence import sentence
from onrecord.mailbox.facts import (
    FACTS,
    AddedWeighed,
    FileSent,
    IdentityKept,
    IdentityOpened,
    MayBeWatched,
    MessageRead,
    OffenceClear,
    ShownChosen,
    WayFound,
    WordsGivenUp,
)
from onrecord.mailbox.facts.another import stepped_aside
from onrecord.mailbox.rules import may_show, not_shown

KINDS = frozenset(fact.kind for fact in FACTS)


@dataclass(frozen=True)
class Said:
    """One thing of a mailbox: when, by whom, in a sentence; whether it was shown there; the file, if it is one."""

    at: datetime
    by: str
    text: str
    first: str
    """What was first written, where it was put right since."""
    shown: bool
    file: UUID | None
    closed: bool
    """Whether it is a message that stays closed until the child chooses what it holds."""


@dataclass(frozen=True)
class Talk:
    """The mailbox of a report, as staff see it."""

    made: Entry
    said: tuple[Said, ...]
    owed: tuple[DutyView, ...]
    watched: bool
    clear: bool
    no_words: bool
    of_child: bool
    shows: str
    identity: UUID | None
    identity_opened: bool
    decided: bool
    """Whether it is decided what becomes of the report: also that it is none, and was set aside."""
    set_aside: bool
    aside: frozenset[str]
    """Who answered before the child asked for somebody else, and writes no more."""
    proposed: frozenset[UUID]
    """What is proposed to say nothing new, and waits for a second person."""

    @property
    def waits(self) -> tuple[DutyView, ...]:
        """What the child is owed now."""
        return tuple(view for view in self.owed if view.waits)


def talk(known: Sequence[Line], now: datetime) -> Talk:
    """Everything that was said in the mailbox of a report, the oldest first. `known` is its thread."""
    counting = [line for line, _ in standing(known, now)]
    ours = [line for line in counting if line.kind in KINDS]
    opened = stand_among(known, [known[0].id, *(line.id for line in ours)], now)
    people = names(line.by for line in ours)
    read = {target for line in ours if line.kind == MessageRead.kind for target in line.regarding}
    chosen = [opened[line.id].first.saying.fact for line in ours if line.kind == ShownChosen.kind]
    shows = chosen[-1].shows if chosen and isinstance(chosen[-1], ShownChosen) else ()
    said = [
        _said(opened[line.id], people, shown=line.id in read, closed=not may_show(line.coded.get("holds", ()), shows))
        for line in ours
        if line.kind not in (MessageRead.kind, IdentityKept.kind)
    ]
    kinds = {line.kind for line in ours}
    return Talk(
        made=opened[known[0].id].first,
        said=tuple(said),
        owed=tuple(_owed(known, now)),
        watched=is_watched(ours),
        clear=OffenceClear.kind in kinds,
        no_words=WordsGivenUp.kind in kinds,
        of_child=known[0].coded.get("said_by") == "child",
        shows=chosen[-1].spoken("shows") if chosen else "",
        identity=next((line.id for line in ours if line.kind == IdentityKept.kind), None),
        identity_opened=IdentityOpened.kind in kinds,
        decided=any(line.kind in DECISIONS for line in counting),
        set_aside=[line.kind for line in counting if line.kind in DECISIONS][-1:] == [ReportSetAside.kind],
        aside=stepped_aside([(line.kind, line.by, line.coded) for line in counting]),
        proposed=_proposed(known),
    )


def is_watched(lines: Iterable[Line]) -> bool:
    """Whether somebody may be watching, as far as these lines say, in order."""
    ways = [line for line in lines if line.kind in (MayBeWatched.kind, WayFound.kind)]
    return bool(ways) and ways[-1].coded.get("how") != "here_again"


def unread(uid: UUID, now: datetime) -> list[UUID]:
    """The messages of a mailbox that were not shown in it yet, and may show as they stand now."""
    known = [line for line, _ in standing(thread(uid), now)]
    return [line.id for line in not_shown(known, shown_now(known))]


def shown_now(known: Iterable[Line]) -> frozenset[str]:
    """What else may show in a mailbox, as the child chose last."""
    chosen = [line.id for line in known if line.kind == ShownChosen.kind][-1:]
    facts = [made.saying.fact for made in entries(chosen)] if chosen else []
    return frozenset(code for fact in facts if isinstance(fact, ShownChosen) for code in fact.shows)


def disputable(uid: UUID) -> UUID:
    """With what whoever reported disagrees: the last decision on it, in effect or proposed; before one, the report."""
    decisions = [line.id for line in thread(uid) if line.kind == DecisionMade.kind]
    return decisions[-1] if decisions else uid


def to_answer(found: Talk, kind: str) -> tuple[UUID, ...]:
    """What a fact of this kind, said now, would answer besides the report: everything open that it discharges."""
    open_now = (view for view in found.waits if any(match.kind == kind for match in view.rule.discharged_by))
    return tuple(dict.fromkeys(view.opening for view in open_now if view.opening != found.made.id))


def _proposed(known: Iterable[Line]) -> frozenset[UUID]:
    lines = list(known)
    answered = {target for line in lines if line.kind in ANSWERS for target in line.regarding}
    weighed = (line for line in lines if line.kind == AddedWeighed.kind and line.proposed and line.id not in answered)
    return frozenset(target for line in weighed for target in line.regarding)


def _owed(known: Iterable[Line], now: datetime) -> Iterable[DutyView]:
    """What is owed for the report and what was said in its mailbox, and a fact of the mailbox discharges."""
    found = owed_for([line.id for line in known], now)
    views = sorted((view for views in found.values() for view in views), key=lambda view: (view.due_at, view.key))
    return (view for view in views if any(match.kind in KINDS for match in view.rule.discharged_by))


def _said(made: PutRight, people: Mapping[str, str], *, shown: bool, closed: bool) -> Said:
    one = made.first
    by = people.get(one.saying.by, UNSIGNED)
    file = one.id if isinstance(one.saying.fact, FileSent) else None
    return Said(one.recorded_at, by, sentence(made.entry), made.first_sentence, shown, file, closed)
