"""What whoever reported sees in the mailbox.

A child sees messages, and what is next. Everybody else sees that it was received, read and decided, and the way to
object: the same for a child who was known before and for one who was not, word for word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import names
from onrecord.duties.facts import InstructionAnswered
from onrecord.duties.queries import DECISION, DutyView, last_beat, owed_for
from onrecord.duties.queries.authors import told_rung
from onrecord.duties.rules.challenge import OUTSIDE, SETTLED, Dispute, disputes
from onrecord.intake.facts import DECISIONS, ReferrerTold, ReportAcknowledged, ReportReceived, ReportSetAside
from onrecord.intake.queries import past_everybody
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import stand_among, thread
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import Line, standing
from onrecord.mailbox.facts import ChildWrote, FileSent, IdentityOpened, MessageWritten, ShownChosen
from onrecord.mailbox.queries.talk import is_watched
from onrecord.mailbox.rules import may_show

READING = DECISIONS | {ReportAcknowledged.kind, ReferrerTold.kind, MessageWritten.kind}
"""What nobody says of a report without having read it."""
SHOWN = frozenset({ChildWrote.kind, FileSent.kind, MessageWritten.kind, ShownChosen.kind})


@dataclass(frozen=True)
class Message:
    """A message: whether whoever reported wrote it, when, its words; who wrote it, where that may show.

    A message that holds what the child has not chosen stays closed: it has no words here, nor what it is about. One
    that was put right shows as it stands now and never its first words, which may have to go from a phone.
    """

    own: bool
    at: datetime
    words: str
    by: str
    closed: bool = False
    put_right: bool = False
    file: bool = False
    """Whether it is a file that whoever reported sent. Only that it came is shown."""


@dataclass(frozen=True)
class Next:
    """What is owed next: by when, whether that has passed, and whether somebody outside was told, or when they are."""

    by: datetime
    late: bool
    outside: bool
    outside_by: datetime | None


@dataclass(frozen=True)
class Told:
    """An instruction not to report: by when somebody outside looks into it, and what came of it, once they did.

    What they wrote is not here: nobody knows who reads a mailbox.
    """

    by: datetime | None
    late: bool
    finding: str
    at: datetime | None


@dataclass(frozen=True)
class Box:
    """A mailbox as it is shown to whoever has the words."""

    received_at: datetime
    of_child: bool
    read_at: datetime | None
    decided_at: datetime | None
    set_aside: bool
    """Whether two people thought that it is no report. Only a child is told that, and not just that it was decided."""
    decided_by: datetime | None
    late: bool
    """Whether it had to be decided by now, and is not."""
    messages: tuple[Message, ...]
    next: Next | None
    shows: frozenset[str]
    disputed: bool
    watched: bool
    opened_at: datetime | None
    """When it was opened who reported; None while it was not."""
    told: tuple[Told, ...]


def box(made: Entry, now: datetime) -> Box:
    """The mailbox of a report, opened by its own words."""
    known = thread(made.id)
    counting = [line for line, _ in standing(known, now)]
    of_child = isinstance(made.saying.fact, ReportReceived) and made.saying.fact.said_by == "child"
    wanted = [line.id for line in counting if line.kind in SHOWN]
    opened = stand_among(known, wanted, now) if of_child and wanted else {}
    shows = _shows(opened.values())
    owed = [view for views in owed_for([line.id for line in known], now).values() for view in views]
    decision = next((view for view in owed if view.rule.id == DECISION), None)
    return Box(
        received_at=made.recorded_at,
        of_child=of_child,
        read_at=_first(counting, READING),
        decided_at=_first(counting, DECISIONS),
        set_aside=[line.kind for line in counting if line.kind in DECISIONS][-1:] == [ReportSetAside.kind],
        decided_by=decision.due_at if decision else None,
        late=decision is not None and decision.late,
        messages=tuple(_messages(opened, shows)),
        next=_next(owed, now),
        shows=shows,
        disputed=bool(own_disputes(made, known, now)),
        watched=is_watched(counting),
        opened_at=_first(counting, {IdentityOpened.kind}),
        told=() if of_child else tuple(_told(one, now) for one in past_everybody(made.id)[0]),
    )


def _told(made: Entry, now: datetime) -> Told:
    known = thread(made.id)
    answers = [line.id for line, _ in standing(known, now) if line.kind == InstructionAnswered.kind][-1:]
    owed = next(iter(owed_for([made.id], now).get(made.id, ())), None)
    by, late = (owed.due_at, owed.late) if owed else (None, False)
    if not answers:
        return Told(by, late, "", None)
    last = stand_among(known, answers, now)[answers[0]]
    return Told(by, late, last.entry.saying.fact.spoken("finding"), last.first.recorded_at)


def own_disputes(made: Entry, known: Sequence[Line], now: datetime) -> list[Dispute]:
    """The disagreements of whoever reported it that are neither settled nor answered from outside.

    Everybody who does not sign in is recorded alike. What they said is about the mention that their own report made.
    """
    of_theirs = {line.id for line in known if line.by == made.saying.by and set(line.mentions) == set(made.mentions)}
    return [one for one in disputes(known, now) if one.id in of_theirs and one.state not in (SETTLED, OUTSIDE)]


def _first(counting: Iterable[Line], kinds: Iterable[str]) -> datetime | None:
    wanted = frozenset(kinds)
    return next((line.recorded_at for line in counting if line.kind in wanted), None)


def _shows(opened: Iterable[PutRight]) -> frozenset[str]:
    """What else may show, as chosen last."""
    chosen = [one.first.saying.fact.shows for one in opened if isinstance(one.first.saying.fact, ShownChosen)]
    return frozenset(chosen[-1]) if chosen else frozenset()


def _messages(opened: Mapping[UUID, PutRight], shows: frozenset[str]) -> Iterable[Message]:
    people = names(one.first.saying.by for one in opened.values()) if "names" in shows else {}
    for made in opened.values():
        one, said, fact = made.first, made.first.saying.fact, made.entry.saying.fact
        if isinstance(said, ChildWrote):
            yield Message(True, one.recorded_at, said.words, "")
        elif isinstance(said, FileSent):
            yield Message(True, one.recorded_at, "", "", file=True)
        elif isinstance(fact, MessageWritten):
            open_now = may_show(fact.holds, shows)
            words, by, fixed = fact.words if open_now else "", people.get(one.saying.by, ""), bool(made.fields)
            yield Message(False, one.recorded_at, words, by, closed=not open_now, put_right=fixed)


def _next(owed: Iterable[DutyView], now: datetime) -> Next | None:
    """The soonest of what a message would answer. It is told alike whether or not the report is sealed.

    Somebody outside was told where anything that is late for the report went there, its decision too.
    """
    waiting = [view for view in owed if view.waits]
    answers = [view for view in waiting if _by_message(view)]
    if not answers:
        return None
    view = min(answers, key=lambda view: (view.due_at, view.key))
    beat = last_beat(now)
    looked = beat.at if beat else None
    late = [one for one in waiting if one.late]
    outside = any(step.outside for one in late for step in one.promised[: told_rung(one, looked)])
    ahead = [step.at for one in late for step in one.promised if step.outside and step.at > now]
    return Next(view.due_at, view.late, outside, min(ahead, default=None))


def _by_message(view: DutyView) -> bool:
    return any(match.kind == MessageWritten.kind for match in view.rule.discharged_by)
