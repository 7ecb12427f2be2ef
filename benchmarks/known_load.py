"""A million known children in minutes: what appending each of them would leave behind, written without the append.

Keys, seals and all that is said are real. Every leaf bears the digests of one of them, since a look-up checks none, and
no read table is written but those that a look-up reads.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import connection, transaction

from benchmarks.people_made import COLUMNS, Made
from benchmarks.store import SPACE
from onrecord.ledger.actions.append import FAST
from onrecord.ledger.actions.store import NewRow, add_rows
from onrecord.ledger.facts import Saying, mention_of
from onrecord.ledger.gateway.keys import salts, seal, seal_key_id
from onrecord.ledger.gateway.rows import insert, row_type
from onrecord.ledger.queries import size
from onrecord.ledger.rules.leaf import Leaf, digests, disclosures
from onrecord.ledger.rules.merkle import leaf_hash
from onrecord.linkage.gateway import numbered
from onrecord.linkage.models import MatchKey, Mentioned
from onrecord.linkage.rules import keys_of, mentioned

AT_ONCE, HANDS = 2_000, 2
Named, Keyed = row_type(Mentioned), row_type(MatchKey)


class Same(NamedTuple):
    """What is the same in all of them: the digests of a leaf and what is disclosed besides who the child is."""

    leaf: Leaf
    disclosed: tuple[str, ...]


class Ready(NamedTuple):
    """A record, ready to be written."""

    uid: UUID
    payload: bytes
    leaf_hash: bytes
    sealed: bytes
    hashes: list[int]


Spread = Callable[..., Iterable[list[Ready]]]
"""What makes each part ready: `map`, or that of several processes."""


def load(made: Sequence[Made], first: Saying, at: datetime, spread: Spread = map) -> None:
    """Put these records into the store as if a register had said them at a moment (aware), as `first` says one."""
    fields = {name: value for name, value in first.opened().items() if name not in ("body.child", "body.source")}
    opened = disclosures(fields, salts(len(fields)))
    marks = digests([*opened, *disclosures({"child": "", "source": ""}, salts(2))])
    same = Same(Leaf(first.id, first.fact.kind, first.fact.version, at, marks), tuple(opened))
    parts = [made[start : start + AT_ONCE] for start in range(0, len(made), AT_ONCE)]
    for part in spread(partial(_ready, same), parts):
        _write(part, at)


@contextmanager
def by_all_hands() -> Iterator[Spread]:
    """Two processes make the parts ready, and the indexes of the keys are made at once in the end."""
    _indexed(False)
    with get_context("fork").Pool(HANDS) as pool:
        yield pool.imap
    _indexed(True)


def id_of(one: Made) -> UUID:
    """The id of the entry that says a record."""
    return uuid5(SPACE, f"known/{one.cells[0]}")


def _indexed(wanted: bool) -> None:
    """With or without the indexes of the keys, which are made at once in the end."""
    with connection.schema_editor() as editor:
        for index in MatchKey._meta.indexes:
            (editor.add_index if wanted else editor.remove_index)(MatchKey, index)


def _ready(same: Same, part: Sequence[Made]) -> list[Ready]:
    return [_one(same, one) for one in part]


def _one(same: Same, one: Made) -> Ready:
    said, uid = child_of(one), id_of(one)
    opened = [*same.disclosed, *disclosures({"body.child": said, "body.source": one.cells[1]}, salts(2))]
    payload = Leaf(uid, *_rest(same.leaf)).payload()
    sealed = seal(uid.bytes, zlib.compress("\n".join(opened).encode(), FAST))
    return Ready(uid, payload, leaf_hash(payload), sealed, numbered(keys_of(mentioned(said))))


def _rest(leaf: Leaf) -> tuple[Any, ...]:
    return leaf.kind, leaf.version, leaf.recorded_at, leaf.digests


def _write(part: Sequence[Ready], at: datetime) -> None:
    with transaction.atomic():
        start, key = size(), seal_key_id()
        placed = list(enumerate(part, start))
        add_rows("default", [NewRow(seq, *one[:4], key) for seq, one in placed], at)
        whose = ((seq, one.uid, mention_of(one.uid, "child")) for seq, one in placed)
        insert(Named(seq=seq, entry=uid, mention=mention, corrected=False) for seq, uid, mention in whose)
        insert(Keyed(hashed=hashed, seq=seq) for seq, one in placed for hashed in one.hashes)


def child_of(one: Made) -> dict[str, str]:
    """A record of the invented population, as a report would say it, as it is stored: without a house."""
    said = dict(zip(COLUMNS, one.cells, strict=True))
    given = " ".join(part for part in (said["given_name"], said["middle_name"]) if part)
    named = {"given_name": given, "family_name": said["surname"], "born": _born(said["dob"]), "sex": said["gender"]}
    return {name: value for name, value in (named | {k: said[k] for k in ("phone", "postcode")}).items() if value}


def _born(said: str) -> str:
    day, _, rest = said.partition("/")
    return "-".join([*reversed(rest.split("/")), day]) if rest else said
