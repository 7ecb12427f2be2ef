"""Where a disagreement stands, read from lines: at which stage it is, and whether whoever raised it says it is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.duties.facts import DisagreementContinued, DisagreementRaised, DisagreementSettled, StageAnswered
from onrecord.duties.facts.challenge import STAGES
from onrecord.ledger.rules.effect import Line, below, standing

OPEN, ANSWERED, SETTLED, OUTSIDE = "open", "answered", "settled", "outside"
LAST = "outside"
OF_THE_DOOR = "intake."


@dataclass(frozen=True)
class Dispute:
    """A disagreement: what it is about, since when, its stage, how it stands, and the last thing said in it.

    `open`: an answer is owed. `answered`: the side that decided says that it agrees. `settled`: whoever disagreed says
    so. `outside`: somebody outside has written a view. Only the first is `standing`.
    """

    id: UUID
    by: str
    agency: str
    whose: str
    about: tuple[UUID, ...]
    since: datetime
    stage: str
    state: str
    last: UUID
    agreed: bool = False
    """Whether whoever answered last agreed with it, wholly or in part."""

    @property
    def standing(self) -> bool:
        """Whether what it is about is disputed now."""
        return self.state == OPEN


def disputes(lines: Iterable[Line], known_at: datetime) -> list[Dispute]:
    """Every disagreement among these whole threads, the oldest first.

    Each is read as it was said: no correction moves a stage, or takes an agreement back.
    """
    said = {line.id: line for line in lines}
    known = [said[line.id] for line, _ in standing(said.values(), known_at)]
    return [_dispute(line, below(known, line.id)) for line in known if line.kind == DisagreementRaised.kind]


def disputed(lines: Iterable[Line], known_at: datetime) -> dict[UUID, datetime]:
    """What is disputed now, each entry with the moment since when."""
    found: dict[UUID, datetime] = {}
    for one in disputes(lines, known_at):
        for target in one.about if one.standing else ():
            found[target] = min(one.since, found.get(target, one.since))
    return found


def following(stage: str | None) -> str:
    """The stage after this one; the first where there was none, and the last after the last."""
    every = list(STAGES.words)
    return every[0] if stage is None else every[min(every.index(stage) + 1, len(every) - 1)]


def stage_of(line: Line) -> str | None:
    """At which stage an answer to this is given; None where it is no part of a disagreement."""
    if line.kind == DisagreementRaised.kind:
        return following(None)
    if line.kind == DisagreementContinued.kind:
        return LAST
    return following(str(line.coded["stage"])) if line.kind == StageAnswered.kind else None


def level_of(line: Line) -> str:
    """Who answers first for what this line says: the front door for what it decides, else those who work on it."""
    return "front_door" if line.kind.startswith(OF_THE_DOOR) else "practitioner"


def _dispute(raised: Line, thread: list[Line]) -> Dispute:
    stage, state, last, agreed = following(None), OPEN, raised.id, False
    for line in thread[1:]:
        if line.kind == StageAnswered.kind:
            if state != OPEN or line.coded["stage"] != stage:
                continue  # where no answer is owed, or another one, nobody's word changes how it stands
            last, agreed = line.id, line.coded["outcome"] != "not_agreed"
            if stage == LAST:
                state = OUTSIDE
            elif not agreed:
                stage, state = following(stage), OPEN
            else:
                state = ANSWERED
        elif line.kind == DisagreementContinued.kind and state != SETTLED:
            stage, state, last = LAST, OPEN, line.id
        elif line.kind == DisagreementSettled.kind:
            state = SETTLED
    about = raised.regarding
    whose = str(raised.coded["whose"])
    return Dispute(raised.id, raised.by, raised.agency, whose, about, raised.recorded_at, stage, state, last, agreed)
