"""What a child said, in the child's own words: the newest that stand on the file, as they stand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.case.facts import ExploitationAssessed, SafeContactSet
from onrecord.ledger.queries import stand_among
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import Line, Standing

SAID_IN = {SafeContactSet.kind: "words", ExploitationAssessed.kind: "child_says"}
"""The kinds in which a child is quoted, each with the field."""
NEWEST, PART = 6, 500
"""So many of the newest such entries are opened at first; where they quote nobody all others, a part at a time."""


class OwnWords(NamedTuple):
    """What a child said, when, and what was first written where that was put right since."""

    words: str
    at: datetime
    first: str


def quoted_in(counting: Iterable[Standing]) -> list[Line]:
    """The entries in which the child may be quoted, the newest first."""
    found = [made.line for made in counting if made.line.kind in SAID_IN]
    return sorted(found, key=lambda line: (line.happened_at, line.seq), reverse=True)


def own_words(lines: Iterable[Line], right: Mapping[UUID, PutRight]) -> OwnWords | None:
    """The newest words among these entries; None where the child is not quoted."""
    for line in lines:
        made, name = right[line.id], SAID_IN[line.kind]
        if words := getattr(made.entry.saying.fact, name, None):
            first = getattr(made.first.saying.fact, name, None) or ""
            return OwnWords(words, line.happened_at, first if name in made.fields else "")
    return None


def said_last(
    lines: Sequence[Line], right: Mapping[UUID, PutRight], among: Sequence[Line], now: datetime
) -> OwnWords | None:
    """The same of however many entries: `right` holds the newest, opened; the others are opened where it needs them."""
    found = own_words(lines[:NEWEST], right)
    for start in () if found else range(NEWEST, len(lines), PART):
        part = lines[start : start + PART]
        if found := own_words(part, stand_among(among, [line.id for line in part], now)):
            break
    return found
