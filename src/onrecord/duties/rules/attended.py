"""Who came to meetings, as far as a second signature hangs on it: what is put right in it is weighed by that effect."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple
from uuid import UUID

from onrecord.duties.rules.quorum import ATTENDED, sorts_met
from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import ANSWERS, CORRECTED, Standing


class Meetings(NamedTuple):
    """The meetings on record; those that could sign; each that signed, with how often such a field was put right."""

    known: AbstractSet[UUID] = frozenset()
    quorate: AbstractSet[UUID] = frozenset()
    signed: AbstractSet[tuple[UUID, int]] = frozenset()


NO_MEETINGS = Meetings()


def weighed(counting: Sequence[Standing], kinds: Mapping[str, type[Fact]]) -> Meetings:
    """The meetings among the lines that count."""
    held = [line for line, _ in counting if kinds[line.kind].quorum is not None]
    if not held:
        return NO_MEETINGS
    signing = {
        UUID(line.coded["meeting"]) for line, _ in counting if line.kind in ANSWERS and line.coded.get("meeting")
    }
    fixed = [line for line, _ in counting if line.kind == CORRECTED and line.coded.get("field") in ATTENDED]
    times = Counter(target for line in fixed for target in line.regarding)
    return Meetings(
        frozenset(line.id for line in held),
        frozenset(line.id for line in held if sorts_met(kinds[line.kind], line.coded)),
        frozenset((line.id, times[line.id]) for line in held if line.id in signing),
    )


def changed(before: Meetings, after: Meetings) -> bool:
    """Whether a meeting that could not sign now could, or one that signed is put otherwise."""
    return bool((after.quorate & before.known) - before.quorate or before.signed - after.signed)
