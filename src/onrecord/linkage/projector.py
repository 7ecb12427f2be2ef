"""Mentions become keyed hashes; judgements become rows."""

import json
from collections.abc import Sequence
from uuid import UUID

from onrecord.ledger.facts import Corrected, Entry, Person, mention_of
from onrecord.ledger.gateway.rows import Row, insert, row_type
from onrecord.ledger.queries import lines
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.gateway import keyed
from onrecord.linkage.models import Judgement, MatchKey
from onrecord.linkage.rules import keys_of

TABLES = (MatchKey, Judgement)
Keyed = row_type(MatchKey)


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    insert(row for entry in entries for row in _keys(entry))
    for entry in entries:
        insert(_put_right(entry))
        fact = entry.saying.fact
        if isinstance(fact, LinkJudged) and len(entry.saying.about) == 2:
            one, other = sorted(entry.saying.about)
            Judgement.objects.create(one=one, other=other, verdict=fact.verdict, seq=entry.seq)


def _keys(entry: Entry) -> list[Row]:
    child = getattr(entry.saying.fact, "child", None)
    return _rows(entry.id, entry.seq, child) if isinstance(child, Person) else []


def _rows(entry: UUID, seq: int, child: Person) -> list[Row]:
    mention = mention_of(entry, "child")
    hashes = dict.fromkeys(keyed(sort, text) for sort, text in keys_of(child))
    return [Keyed(mention=mention, entry=entry, seq=seq, hashed=hashed) for hashed in hashes]


def _put_right(entry: Entry) -> list[Row]:
    """The keys of a child as they are called since a correction: found by either name. One that waits is found too."""
    fact = entry.saying.fact
    if not isinstance(fact, Corrected) or fact.field != "child":
        return []
    child = Person.model_validate(json.loads(fact.value))
    found = [row for line in lines(entry.saying.regarding) for row in _rows(line.id, line.seq, child)]
    known = set(MatchKey.objects.filter(mention__in={row.mention for row in found}).values_list("mention", "hashed"))
    return [row for row in found if (row.mention, row.hashed) not in known]
