"""Entries become the ledger's own read tables: the outside of each, whom it is about, what it answers."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.rows import Row, insert, row_type
from onrecord.ledger.models import About, Envelope, Regards
from onrecord.ledger.queries import coded

TABLES = (Envelope, About, Regards)
Outside, Naming, Answering = row_type(Envelope), row_type(About), row_type(Regards)


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    kinds = {entry.id: entry.kind for entry in entries}
    insert(_envelope(entry, kinds) for entry in entries)
    insert(Naming(uid=entry.id, seq=entry.seq, mention=mention) for entry in entries for mention in entry.mentions)
    insert(
        Answering(uid=entry.id, seq=entry.seq, target=target)
        for entry in entries
        for target in dict.fromkeys(entry.saying.regarding)
    )


def _envelope(entry: Entry, kinds: Mapping[UUID, str]) -> Row:
    saying = entry.saying
    return Outside(
        seq=entry.seq,
        uid=entry.id,
        kind=entry.kind,
        recorded_at=entry.recorded_at,
        happened_at=saying.happened.earliest,
        by=saying.by,
        role=saying.role,
        agency=saying.agency,
        proposed=entry.proposed,
        coded=coded(saying.fact, saying.regarding, kinds),
        regarding=tuple(dict.fromkeys(saying.regarding)),
        mentions=entry.mentions,
    )
