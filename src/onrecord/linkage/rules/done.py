"""What a linking of lists did."""

from dataclasses import dataclass

from onrecord.linkage.rules.fair import Tradition
from onrecord.linkage.rules.threshold import Expected


@dataclass(frozen=True)
class Done:
    """What a linking did: how much was read and linked, above what, what was not read, and where it was written."""

    records: int
    lists: int
    pairs: int
    links: int
    people: int
    threshold: Expected
    unread: tuple[str, ...]
    traditions: tuple[Tradition, ...]
    files: tuple[str, ...]
