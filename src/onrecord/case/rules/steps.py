"""What can be said of a meeting, in the order in which it comes up: each fact, and what of the meeting it answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from onrecord.case.facts import (
    FACTS,
    ActionAgreed,
    ActionDone,
    ActionNotDone,
    AttendanceChecked,
    ChildDiscussed,
    DecisionsCirculated,
    DissentAnswered,
    DissentRecorded,
    DissentSettled,
    MeetingCalled,
    MeetingCalledOff,
    MeetingHeld,
    MeetingPutOff,
    MinutesCirculated,
    MinutesDisputed,
    MinutesLocked,
    MinutesRecorded,
)
from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import Line, upward
from onrecord.ledger.rules.met import who_met

KINDS: Mapping[str, type[Fact]] = {fact.kind: fact for fact in FACTS}


class Step(NamedTuple):
    """One thing to say: the fact, the words of the way to it, the kind it answers; `past` asks when it was.

    `each` is said of every such entry by itself, all else once of the whole meeting, where the fact says so. In which
    order, after what no more, and by whom: the fact says it itself, and every door keeps it.
    """

    fact: type[Fact]
    words: str
    on: str
    each: bool = False
    past: bool = False

    @property
    def of_meeting(self) -> bool:
        """Whether it answers the meeting itself, and so may be about one of its children only."""
        return self.on == MeetingHeld.kind

    @property
    def over(self) -> frozenset[str]:
        """The kinds after which it is not said any more."""
        return self.fact.not_after | ({self.fact.kind} if self.fact.only_once else set())


STEPS: Mapping[str, Step] = {
    "held": Step(MeetingHeld, "It took place: say who came", MeetingCalled.kind, past=True),
    "put-off": Step(MeetingPutOff, "Put it off to another day", MeetingCalled.kind),
    "called-off": Step(MeetingCalledOff, "Call it off", MeetingCalled.kind),
    "came": Step(AttendanceChecked, "Check who is named as having come", MeetingHeld.kind),
    "child": Step(ChildDiscussed, "Add what was decided about a child", MeetingHeld.kind),
    "action": Step(ActionAgreed, "Add an action", MeetingHeld.kind),
    "dissent": Step(DissentRecorded, "Record that somebody disagrees", MeetingHeld.kind),
    "decisions": Step(DecisionsCirculated, "Send round what was decided", MeetingHeld.kind),
    "minutes": Step(MinutesRecorded, "Write the minutes", MeetingHeld.kind),
    "sent-round": Step(MinutesCirculated, "Say that the minutes were sent round", MinutesRecorded.kind),
    "correction": Step(MinutesDisputed, "Say what is wrong in the minutes", MinutesRecorded.kind),
    "lock": Step(MinutesLocked, "Lock the minutes, ten working days after they went round", MinutesCirculated.kind),
    "answer": Step(DissentAnswered, "Answer it", DissentRecorded.kind, each=True),
    "came-answer": Step(DissentAnswered, "Answer it", AttendanceChecked.kind, each=True),
    "settled": Step(DissentSettled, "It is settled for me", DissentRecorded.kind, each=True),
    "done": Step(ActionDone, "It is done", ActionAgreed.kind, each=True),
    "not-done": Step(ActionNotDone, "It is not done yet", ActionAgreed.kind, each=True),
}


def answered(step: Step, lines: Iterable[Line], on: UUID | None) -> UUID | None:
    """What of a meeting this answers: the entry that is named, else the newest that fits; None where nothing does."""
    given = list(lines)
    fits = [line.id for line in given if line.kind == step.on and not _over(step, line, given)]
    if step.each or on is not None:
        return on if on in fits else None
    return fits[-1] if fits else None


def ways(
    lines: Iterable[Line], sorts: Collection[str], roles: Collection[str], first: Sequence[Line] = ()
) -> list[tuple[str, str]]:
    """What somebody in these roles, of agencies of these sorts, can say of the meeting itself, in words.

    `first` are its lines as they were first said.
    """
    given = list(lines)
    found = [(slug, step, answered(step, given, None)) for slug, step in STEPS.items() if not step.each]
    said = [(slug, step, on) for slug, step, on in found if on is not None]
    return [(slug, step.words) for slug, step, on in said if may_say(step, on, given, sorts, roles, first)]


def ways_on(line: Line, lines: Iterable[Line], sorts: Collection[str], roles: Collection[str]) -> list[tuple[str, str]]:
    """The same of one entry of it, such as an action."""
    given = list(lines)
    each = [(slug, step) for slug, step in STEPS.items() if step.each and step.on == line.kind]
    return [
        (slug, step.words)
        for slug, step in each
        if not _over(step, line, given) and may_say(step, line.id, given, sorts, roles)
    ]


def may_say(
    step: Step,
    on: UUID,
    lines: Iterable[Line],
    sorts: Collection[str],
    roles: Collection[str],
    first: Sequence[Line] = (),
) -> bool:
    """Whether this is theirs to say, as the fact declares it: by their role, and by whom it names, now or at first."""
    if step.fact.roles and not step.fact.roles.intersection(roles):
        return False
    given = {line.id: line for line in lines}
    if step.fact.of_those_who_met:
        return not (who_met(given.values(), [on], KINDS) | who_met(first, [on], KINDS)).isdisjoint(sorts)
    if not step.fact.theirs:
        return True
    over = [given[uid] for uid in upward(given.values(), [on])]
    named = [line.coded[step.fact.theirs] for line in over if step.fact.theirs in line.coded]
    return any(sort in ([one] if isinstance(one, str) else one) for one in named for sort in sorts)


def _over(step: Step, line: Line, lines: Iterable[Line]) -> bool:
    """Whether it was said already: of this entry where it is said of each, of the meeting else."""
    return any(one.kind in step.over and (not step.each or line.id in one.regarding) for one in lines)
