"""Entries as they stand now, each with what was first said where a correction counts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from onrecord.ledger.facts import Entry, Saying
from onrecord.ledger.queries.entries import entries
from onrecord.ledger.queries.lines import threads
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, corrected_fact


def corrected(made: Iterable[Entry], known_at: datetime) -> dict[UUID, PutRight]:
    """These entries as corrected, by id. However many there are, it asks twice at most."""
    given = {one.id: one for one in made}
    found = fixes_of(threads(given), known_at) if given else {}
    wanted = {uid for target, fixes in found.items() if target in given for uid in fixes}
    opened = {one.id: one for one in entries(wanted)} if wanted else {}
    mine = {target: fixes for target, fixes in found.items() if target in given}
    return {uid: put_right(one, mine, opened) for uid, one in given.items()}


def as_they_stand(uids: Iterable[UUID], known_at: datetime) -> dict[UUID, PutRight]:
    """The entries with these ids as corrected, by id. However many there are, it asks twice."""
    wanted = list(uids)
    return stand_among(threads(wanted), wanted, known_at) if wanted else {}


def stand_among(known: Iterable[Line], uids: Iterable[UUID], known_at: datetime) -> dict[UUID, PutRight]:
    """The same, among lines that were looked up with everything that answers them. It asks once."""
    wanted, found = list(uids), fixes_of(known, known_at)
    mine = {target: found[target] for target in wanted if target in found}
    opened = {one.id: one for one in entries([*wanted, *(uid for fixes in mine.values() for uid in fixes)])}
    return {uid: put_right(opened[uid], mine, opened) for uid in wanted if uid in opened}


def would_be(fix: Saying, known_at: datetime) -> Entry:
    """The one entry that a correction names, as it would stand with it. Raises Refused for a value it cannot hold."""
    (original,) = entries(fix.regarding)
    stands = corrected([original], known_at)[original.id].entry
    made, _ = corrected_fact(stands, [Entry(original.seq + 1, original.recorded_at, replace(fix, lowering=None))])
    return replace(stands, saying=replace(stands.saying, fact=made))
