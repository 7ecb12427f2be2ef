"""What a line of the joint daily list needs beside the proposal: from what to what, whose view, and why singly."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onrecord.access.queries import behind_wall, names
from onrecord.access.rules import Viewer
from onrecord.duties.facts import DisagreementRaised, DisagreementSettled
from onrecord.duties.queries.thread import by_whom
from onrecord.duties.rules.singly import signs_of, singly
from onrecord.duties.rules.stale import raised_since
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import Entry, Fact, Person
from onrecord.ledger.facts.entry import LOWERING_REASONS
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import entries, threads_about
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import CORRECTED, Line, standing
from onrecord.ledger.rules.sentence import sentence
from onrecord.linkage.facts import KnownBeforeAnswered
from onrecord.linkage.queries import clusters

FRONTLINE = "practitioner"
DISAGREES = DisagreementRaised.kind
UNKNOWN_BEFORE = "nobody has said yet whether the child was known before"
OF_PEOPLE = "it changes who may act, or how they are told"
WAITS = "waits for a decision"
LEVELS = (("Who works with the child", True), ("Above them", False))
NOBODY_SAID = {
    True: "Nobody who works with the child has said how serious it is.",
    False: "Nobody above them has said how serious it is.",
}
PROPOSED = "As proposed above."
REPORTED, PROPOSED_SIDE = "As it was reported", "As it would be decided"


@dataclass(frozen=True)
class Side:
    """How one person sees it: who they are, the level or the worry in words, what they said, and why it is lowered.

    Nobody is there where `who` is empty: then `said` says that.
    """

    heading: str
    who: str
    level: str
    said: str
    why: str = ""


@dataclass(frozen=True)
class Weighed:
    """A proposal as the joint daily list shows it."""

    before: str
    after: str
    sides: tuple[Side, ...]
    """Of a level, whoever works with the child and whoever stands above; of a decision, whoever reported and whoever
    decides. None of anything else."""
    whole: bool
    """Whether the two sides hold all of what was reported and of what is proposed."""
    views: tuple[tuple[str, str], ...]
    singly: tuple[str, ...]
    raised: tuple[str, ...]
    """What was raised since it was proposed: then it has to be proposed again."""

    @property
    def disputed(self) -> bool:
        """Whether somebody disagrees who has not said that it is settled."""
        return bool(self.views)


class Joint:
    """Some proposals with everything on record about their children, as far as somebody may know of it.

    It opens what it needs, in a number of queries that does not grow: whoever shows it notes `said` first.
    """

    def __init__(
        self,
        viewer: Viewer,
        proposals: Sequence[Entry],
        now: datetime,
        today: date,
        known: Mapping[UUID, Collection[UUID]] | None = None,
    ) -> None:
        """Look everything up at once. `known` are the mentions of each child by one of them, where they were asked."""
        mentions = [mention for made in proposals for mention in made.mentions]
        found = known or (clusters(mentions) if mentions else {})
        self.children = {mention: {mention, *found.get(mention, ())} for mention in mentions}
        everybody = {one for people in self.children.values() for one in people}
        everybody -= behind_wall(viewer, everybody) if everybody else set()
        every = threads_about(everybody) if everybody else []
        self._lines = [line for line, _ in standing(every, now) if everybody.intersection(line.mentions)]
        self._first = [line for line in every if not line.proposed and everybody.intersection(line.mentions)]
        wanted = {line.id for line in self._lines if _opens(line)}
        wanted |= {line.id for line in every if line.kind == CORRECTED}
        wanted |= {target for made in proposals for target in made.saying.regarding}
        wanted -= {line.id for line in every if catalogue()[line.kind].kept_apart}
        opened = {made.id: made for made in (*entries(wanted), *proposals)}
        self.said = {uid: put_right(made, _only(fixes_of(every, now), opened), opened) for uid, made in opened.items()}
        self.people = names(made.saying.by for made in opened.values())
        self.weighed = {made.id: _weighed(made, self, now, today) for made in proposals}

    def about(self, proposal: Entry) -> list[Line]:
        """The lines that count about the children of one proposal, without itself."""
        return self._of(proposal, self._lines)

    def signs(self, proposal: Entry) -> list[Line]:
        """The same, and as it was first said: what is put right takes away no reason to look at it by itself."""
        return [*self.about(proposal), *self._of(proposal, self._first)]

    def _of(self, proposal: Entry, said: Sequence[Line]) -> list[Line]:
        people = {one for mention in proposal.mentions for one in self.children[mention]}
        return [line for line in said if line.id != proposal.id and people.intersection(line.mentions)]


def _only(fixes: Mapping[UUID, list[UUID]], opened: Collection[UUID]) -> dict[UUID, list[UUID]]:
    return {target: [uid for uid in found if uid in opened] for target, found in fixes.items()}


def _weighed(made: Entry, known: Joint, now: datetime, today: date) -> Weighed:
    lines = known.about(made) if made.mentions else []
    said = [known.said[line.id] for line in lines if _opens(line) and line.id in known.said]
    settled = {target for line in lines if line.kind == DisagreementSettled.kind for target in line.regarding}
    field = _ranked(made.saying.fact)
    levels = [one.entry for one in said if field and field == _ranked(one.entry.saying.fact)]
    sides = _levels([*levels, made], made, known.people, field) if field else _decided(made, known)
    last = levels[-1] if levels else None
    before = last.saying.fact.spoken(field) if last else _outcome_before(made, lines)
    return Weighed(
        before,
        made.saying.fact.spoken(field) if field else _outcome(made.saying.fact),
        sides,
        bool(sides) and not field and len(sides) > len(made.saying.regarding),
        tuple(_view(one.entry) for one in said if one.entry.kind == DISAGREES and one.entry.id not in settled),
        (*singly(signs_of(known.signs(made), _born(said), now), today), *_not_looked_up(made, lines))
        if made.mentions
        else (OF_PEOPLE,),
        _raised(made, known),
    )


def _not_looked_up(made: Entry, lines: Sequence[Line]) -> tuple[str, ...]:
    """Why what ends a report is signed by itself while nobody said whether the child was known before: it may be one of
    several.
    """
    answered = {target for line in lines if line.kind == KnownBeforeAnswered.kind for target in line.regarding}
    ended = {line.id for line in lines if line.kind == ReportReceived.kind and line.id in made.saying.regarding}
    return () if ended <= answered else (UNKNOWN_BEFORE,)


def _raised(made: Entry, known: Joint) -> tuple[str, ...]:
    """The titles of what was raised since. A meeting held later may have had it before it: the door asks that."""
    found = raised_since(known.about(made), made.seq, catalogue()) if made.mentions else ()
    return tuple(dict.fromkeys(catalogue()[line.kind].title for line in found))


def _opens(line: Line) -> bool:
    """Whether the list shows something of it: who the child is, how serious somebody found it, that they disagree."""
    made = catalogue()[line.kind]
    return line.kind == DISAGREES or "child" in made.model_fields or bool(_ranked(made))


def _ranked(made: Fact | type[Fact]) -> str:
    """The field that says how serious it is; "" where there is none."""
    kind = made if isinstance(made, type) else type(made)
    options = ((name, kind.options(name)) for name in kind.model_fields)
    return next((name for name, found in options if found is not None and found.ranked), "")


def _outcome(fact: Fact) -> str:
    return fact.spoken(fact.ends_concern[0]) if fact.ends_concern else ""


def _outcome_before(made: Entry, lines: Iterable[Line]) -> str:
    """What was decided before about the report that a proposal would end."""
    ends = made.saying.fact.ends_concern
    if not ends:
        return ""
    options = made.saying.fact.options(ends[0])
    answered = set(made.saying.regarding)
    found = [line for line in lines if line.kind == made.kind and answered.intersection(line.regarding)]
    return options.words[found[-1].coded[ends[0]]] if found and options else WAITS


def _levels(said: Sequence[Entry], proposal: Entry, people: Mapping[str, str], field: str) -> tuple[Side, ...]:
    """The newest word of each who works with the child, and of each above them. The proposal is not said twice."""
    found = []
    for heading, front in LEVELS:
        newest = {one.saying.by: one for one in said if (one.saying.role == FRONTLINE) is front}
        found += [
            Side(
                heading,
                by_whom(one, people),
                one.saying.fact.spoken(field),
                PROPOSED if one.id == proposal.id else sentence(one),
            )
            for one in newest.values()
        ] or [Side(heading, "", "", NOBODY_SAID[front])]
    return tuple(found)


def _decided(made: Entry, known: Joint) -> tuple[Side, ...]:
    """What was reported, in the words of everybody who did, beside what is decided about it, with the whys."""
    answered = [known.said[target].entry for target in made.saying.regarding if target in known.said]
    told = [one for one in answered if type(one.saying.fact).opens_concern]
    why = made.saying.lowering
    if not told or not made.saying.fact.weighs:
        return ()
    reason = f"{LOWERING_REASONS.words[why.reason]}. “{why.words}”" if why else ""
    after = ". ".join(filter(None, (_outcome(made.saying.fact), _worry(made.saying.fact))))
    reported = [Side(REPORTED, by_whom(one, known.people), _worry(one.saying.fact), sentence(one)) for one in told]
    return (*reported, Side(PROPOSED_SIDE, by_whom(made, known.people), after, sentence(made), reason))


def _worry(fact: Fact) -> str:
    return fact.spoken(fact.by_one[0]) if fact.by_one and fact.by_one[0] else ""


def _view(made: Entry) -> tuple[str, str]:
    fact = made.saying.fact
    return fact.spoken("whose"), sentence(made)


def _born(said: Iterable[PutRight]) -> date | None:
    """The birth date of the child, where somebody gave one; the youngest, where they differ."""
    children = [getattr(one.entry.saying.fact, "child", None) for one in said]
    return max((child.born for child in children if isinstance(child, Person) and child.born), default=None)
