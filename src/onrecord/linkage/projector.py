"""Mentions become keyed hashes; judgements become rows."""

import json
from collections.abc import Sequence
from uuid import UUID

from onrecord.ledger.facts import Corrected, Entry, Person, mention_of
from onrecord.ledger.gateway.rows import Row, insert, row_type
from onrecord.ledger.queries import lines
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.gateway import numbered
from onrecord.linkage.models import Judgement, MatchKey, Mentioned
from onrecord.linkage.rules import keys_of, mention

TABLES = (Mentioned, MatchKey, Judgement)
Named, Keyed = row_type(Mentioned), row_type(MatchKey)


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    found = [
        (entry, child) for entry in entries if isinstance(child := getattr(entry.saying.fact, "child", None), Person)
    ]
    insert(_named(entry.id, entry.seq) for entry, _ in found)
    insert(row for entry, child in found for row in _keys(entry.seq, child))
    for entry in entries:
        _put_right(entry)
        fact = entry.saying.fact
        if isinstance(fact, LinkJudged) and len(entry.saying.about) == 2:
            one, other = sorted(entry.saying.about)
            Judgement.objects.create(one=one, other=other, verdict=fact.verdict, seq=entry.seq)


def _named(entry: UUID, seq: int) -> Row:
    return Named(seq=seq, entry=entry, mention=mention_of(entry, "child"), corrected=False)


def _keys(seq: int, child: Person) -> list[Row]:
    return [Keyed(hashed=hashed, seq=seq) for hashed in numbered(keys_of(mention(child)))]


def _put_right(entry: Entry) -> None:
    """The keys of a child as they are called since a correction: found by either name. One that waits is found too."""
    fact = entry.saying.fact
    if not isinstance(fact, Corrected) or fact.field != "child":
        return
    child = Person.model_validate(json.loads(fact.value))
    for line in lines(entry.saying.regarding):
        known = set(MatchKey.objects.filter(seq=line.seq).values_list("hashed", flat=True))
        insert([_named(line.id, line.seq)], again=True)
        Mentioned.objects.filter(seq=line.seq).update(corrected=True)
        insert(row for row in _keys(line.seq, child) if row.hashed not in known)
