"""Whether something was raised about a child after a lowering was proposed, so that whoever agreed had not seen it."""

from collections.abc import Iterable, Mapping

from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import CORRECTED, Line


def raised_since(lines: Iterable[Line], seen: int, kinds: Mapping[str, type[Fact]]) -> list[Line]:
    """The lines that count, came after the entry with this number, and raise a concern or say how serious it is."""
    return [line for line in lines if line.seq > seen and not line.proposed and _raises(kinds[line.kind], line)]


def _raises(made: type[Fact], line: Line) -> bool:
    """A report, a level above the lowest, or a level put right upwards: downwards it would have been proposed."""
    if line.kind == CORRECTED:
        return "counts" in line.coded
    ranked = ((made.options(name), code) for name, code in line.coded.items() if name in made.model_fields)
    serious = any(options is not None and options.ranked and options.rank(code) > 0 for options, code in ranked)
    return serious or (made.opens_concern and made.by_one is not None)
