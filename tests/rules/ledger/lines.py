"""Lines for tests of rules: a short way to say them, and histories that nobody would think of."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st

from onrecord.ledger.facts import Corrected, Declined, Seconded
from onrecord.ledger.rules.effect import Line

SPACE = UUID(int=7)
START = datetime(2026, 10, 5, 8, tzinfo=UTC)
PEOPLE = {"ann": "social-care", "bea": "social-care", "col": "police", "dee": "health"}


def uid(seq: int) -> UUID:
    """The id of the line with this number."""
    return uuid5(SPACE, str(seq))


def line(seq: int, kind: str, *answers: int, by: str = "ann", minutes: int | None = None, **more: Any) -> Line:
    """A line: its number, its kind, the numbers it answers, who said it, how long after START."""
    at = START + timedelta(minutes=seq if minutes is None else minutes)
    happened = more.pop("happened", at)
    return Line(
        seq,
        uid(seq),
        kind,
        at,
        happened,
        by,
        more.pop("agency", PEOPLE.get(by, by)),
        more.pop("proposed", False),
        more.pop("coded", {}),
        tuple(uid(answer) for answer in answers),
        more.pop("mentions", ()),
    )


@st.composite
def histories(
    draw: st.DrawFn, kinds: tuple[tuple[str, dict[str, Any]], ...] = (("a.fact", {"level": "low"}),)
) -> list[Line]:
    """Histories of up to 14 lines: facts, proposals, second signatures, refusals, corrections; many at equal times."""
    made: list[Line] = []
    minute = 0
    for seq in range(draw(st.integers(1, 14))):
        minute += draw(st.integers(0, 2))
        answers = (draw(st.integers(0, seq - 1)),) if seq and draw(st.booleans()) else ()
        said = list(kinds)
        if answers:
            said += [(Seconded.kind, {}), (Declined.kind, {}), (Corrected.kind, {"field": "level", "value": "high"})]
        kind, coded = draw(st.sampled_from(said))
        proposed = kind not in (Seconded.kind, Declined.kind) and draw(st.booleans())
        by = draw(st.sampled_from(sorted(PEOPLE)))
        made.append(line(seq, kind, *answers, by=by, minutes=minute, coded=coded, proposed=proposed))
    return made
