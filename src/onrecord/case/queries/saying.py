"""What somebody sees before they say something of a child: who it is, what it answers, and what was judged before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from onrecord.access.queries import names
from onrecord.access.rules import Viewer
from onrecord.case.facts import ExploitationAssessed
from onrecord.case.queries.file import Found, naming
from onrecord.duties.queries import owed_about
from onrecord.duties.queries.thread import by_whom
from onrecord.ledger.facts import Fact, Person
from onrecord.ledger.queries import entries
from onrecord.ledger.rules.answers import answers
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, standing

SHOWN = 3
"""How many earlier assessments stand beside a new one."""


@dataclass(frozen=True)
class Earlier:
    """An earlier assessment: its level, when, by whom, by when it was to be reviewed, and everything it says."""

    level: str
    at: datetime
    by: str
    answers: list[tuple[str, str]]
    waits: bool


@dataclass(frozen=True)
class ToSay:
    """A child of whom something is to be said."""

    found: Found
    called: tuple[Person, ...]
    regarding: tuple[UUID, ...]
    earlier: list[Earlier]

    @property
    def child(self) -> str:
        """The child, as named."""
        return self.called[0].spoken() if self.called else "A child not named"


def to_say(viewer: Viewer, found: Found, fact: type[Fact], now: datetime) -> ToSay:
    """What is seen before saying it; of an assessment also the earlier ones, the newest first."""
    first, fixes = naming(found), fixes_of(found.lines, now)
    newest = _newest(found.lines) if fact is ExploitationAssessed else []
    wanted = [*first, *(line.id for line in newest)]
    opened = {made.id: made for made in entries([*wanted, *(uid for one in wanted for uid in fixes.get(one, ()))])}
    right = {uid: put_right(opened[uid], fixes, opened) for uid in wanted}
    children = (getattr(right[uid].entry.saying.fact, "child", None) for uid in first)
    called = tuple(child for child in children if isinstance(child, Person))
    return ToSay(found, called, _answered(viewer, found, fact, now), _earlier(found, newest, right, now))


def _answered(viewer: Viewer, found: Found, fact: type[Fact], now: datetime) -> tuple[UUID, ...]:
    """What it answers: that for which somebody's agency owes it, else the first naming of the child."""
    if not fact.response:
        return ()
    ids, ours = {line.id for line in found.lines}, {held.agency for held in viewer.holdings}
    owed = [view for view in owed_about(found.mentions, now) if view.opening in ids and view.waits]
    asks = [view for view in owed if any(one.kind == fact.kind for one in view.rule.discharged_by)]
    return tuple(dict.fromkeys(view.opening for view in asks if view.agency in ours)) or (naming(found)[0],)


def _newest(lines: Sequence[Line]) -> list[Line]:
    made = [line for line in lines if line.kind == ExploitationAssessed.kind]
    return sorted(made, key=attrgetter("seq"), reverse=True)[:SHOWN]


def _earlier(found: Found, newest: list[Line], right: Mapping[UUID, PutRight], now: datetime) -> list[Earlier]:
    counting = {line.id for line, _ in standing(found.lines, now)}
    people = names(right[line.id].first.saying.by for line in newest) if newest else {}
    return [
        Earlier(
            level=right[line.id].entry.saying.fact.spoken("level"),
            at=line.happened_at,
            by=by_whom(right[line.id].first, people),
            answers=answers(right[line.id].entry.saying.fact),
            waits=line.id not in counting,
        )
        for line in newest
    ]
