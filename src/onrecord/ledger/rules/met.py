"""Who met, where something that was said of a meeting is theirs to say or to agree to."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import Line


def who_met(lines: Iterable[Line], said: Iterable[UUID], kinds: Mapping[str, type[Fact]]) -> frozenset[str]:
    """The sorts of agency that came to the meeting nearest above these entries; none where none is above them."""
    by_id = {line.id: line for line in lines}
    layer = [by_id[uid] for uid in said if uid in by_id]
    seen: set[UUID] = set()
    while layer:
        came = [sort for line in layer for sort in line.coded.get(kinds[line.kind].attended, ())]
        if came:
            return frozenset(came)
        seen.update(line.id for line in layer)
        above = {uid for line in layer for uid in line.regarding} - seen
        layer = [by_id[uid] for uid in above if uid in by_id]
    return frozenset()
