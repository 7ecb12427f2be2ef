"""Who is trusted still: everybody whom the child named, until an agreed replacement takes their place."""

from collections.abc import Iterable

from onrecord.case.facts import TrustedAdultNamed, TrustedAdultReplaced
from onrecord.ledger.rules.effect import Line


def still_trusted(counting: Iterable[Line]) -> list[Line]:
    """Of the lines that count those that name somebody in whose place nobody was put, in ledger order."""
    named = [line for line in counting if line.kind in (TrustedAdultNamed.kind, TrustedAdultReplaced.kind)]
    gone = {target for line in named if line.kind == TrustedAdultReplaced.kind for target in line.regarding}
    return [line for line in named if line.id not in gone]
