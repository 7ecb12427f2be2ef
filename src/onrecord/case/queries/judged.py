"""The exploitation assessments of a child: the one in effect, and all of them over time. Only actions open them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onrecord.case.facts import ExploitationAssessed
from onrecord.case.facts.assessment import LEVELS, Harm
from onrecord.duties.queries import DutyView
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import Line, Standing
from onrecord.rulebook.rules import end_of_day


@dataclass(frozen=True)
class Level:
    """The judgement in effect: its code, since when, and when it is owed again. `stale` when that time is over."""

    code: str
    since: datetime
    again: datetime | None
    stale: bool
    fact: ExploitationAssessed
    first_said: list[tuple[str, str]]
    """What was first written, where it was put right since."""

    @property
    def again_on(self) -> datetime | None:
        """The last moment in time: a day that ends at midnight ends on the day before."""
        return self.again - timedelta(microseconds=1) if self.again else None

    @property
    def happening(self) -> tuple[Harm, ...]:
        """Harm that is happening."""
        return self.fact.happening

    @property
    def could_happen(self) -> tuple[Harm, ...]:
        """Harm that could happen."""
        return self.fact.could_happen


def judgements(counting: Iterable[Standing]) -> list[Line]:
    """The assessments that count, in the order in which they took effect."""
    judged = [made for made in counting if made.line.kind == ExploitationAssessed.kind]
    return [made.line for made in sorted(judged, key=lambda made: (made.effective_at, made.line.seq))]


def judged_last(counting: Iterable[Standing]) -> Line | None:
    """The assessment that is in effect; None where there is none.

    A lower level takes two: while a challenge sets aside what two agreed to, what one person said again after it does
    not stand in its place.
    """
    found = None
    for line in judgements(counting):
        if found is None or line.proposed or _rank(line) >= _rank(found):
            found = line
    return found


def _rank(line: Line) -> int:
    return list(LEVELS).index(str(line.coded["level"]))


def reviewed_by(line: Line) -> datetime | None:
    """When the day is over by which an assessment is to be reviewed."""
    said = line.coded.get("review_on")
    return end_of_day(date.fromisoformat(str(said)), HERE.key) if said else None


def level_from(line: Line, made: PutRight, owed: Sequence[DutyView], now: datetime) -> Level | None:
    """The level of an assessment, opened. `owed` are the duties about the child."""
    fact = made.entry.saying.fact
    if not isinstance(fact, ExploitationAssessed):
        return None
    repeats = [view.due_at for view in owed if view.waits and view.rule.repeats and _judges(view)]
    again = min((one for one in (*repeats, reviewed_by(line)) if one), default=None)
    stale = again is not None and again <= now
    return Level(str(line.coded["level"]), line.happened_at, again, stale, fact, made.first_said)


def _judges(view: DutyView) -> bool:
    return any(one.kind == ExploitationAssessed.kind for one in view.rule.discharged_by)
