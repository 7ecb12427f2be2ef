"""Mentions become keyed hashes; judgements become rows."""

from collections.abc import Sequence

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.gateway.rows import Row, insert, row_type
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
        fact = entry.saying.fact
        if isinstance(fact, LinkJudged) and len(entry.saying.about) == 2:
            one, other = sorted(entry.saying.about)
            Judgement.objects.create(one=one, other=other, verdict=fact.verdict, seq=entry.seq)


def _keys(entry: Entry) -> list[Row]:
    child = getattr(entry.saying.fact, "child", None)
    if not isinstance(child, Person):
        return []
    mention = mention_of(entry.id, "child")
    hashes = dict.fromkeys(keyed(sort, text) for sort, text in keys_of(child))
    return [Keyed(mention=mention, entry=entry.id, seq=entry.seq, hashed=hashed) for hashed in hashes]
