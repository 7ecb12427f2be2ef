"""Proofs for a court or an inquiry: that an entry stands in the signed record, to be checked without us."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from onrecord.ledger.models import StoredCheckpoint, StoredCosignature
from onrecord.ledger.queries import as_stored, leaf_of, leaves, policy_in_force, witnessed_note
from onrecord.ledger.rules.merkle import root_of
from onrecord.ledger.rules.note import Checkpoint
from onrecord.ledger.rules.proofs import Range, inclusion_ranges, tlog_proof


class NotSigned(ValueError):
    """No checkpoint holds the entry yet."""


class Proved(NamedTuple):
    """An entry's bytes, without a word of what it says, and the proof that they stand in the record."""

    entry: bytes
    proof: str


def prove(uids: Sequence[UUID], using: str = "default") -> list[Proved]:
    """The proofs of entries, each with the best checkpoint there is: witnessed as the policy asks, else the newest.

    The record is walked once for all of them. Raises NoSuchEntry and NotSigned.
    """
    rows = [leaf_of(uid, using) for uid in uids]
    notes = [_best(row.seq, using) for row in rows]
    sizes = [Checkpoint.read(note.partition("\n\n")[0] + "\n").size for note in notes]
    hashes = [as_stored(one.leaf_hash) for one in islice(leaves(using), max(sizes, default=0))]
    known: dict[Range, bytes] = {}
    made = []
    for row, note, size in zip(rows, notes, sizes, strict=True):
        ranges = inclusion_ranges(row.seq, size)
        known |= {one: root_of(hashes[slice(*one)]) for one in ranges if one not in known}
        made.append(Proved(as_stored(row.payload), tlog_proof(row.seq, [known[one] for one in ranges], note)))
    return made


def _best(seq: int, using: str) -> str:
    holding = StoredCheckpoint.objects.using(using).filter(size__gt=seq).order_by("-made_at")
    newest, policy = holding.first(), policy_in_force()
    if newest is None:
        raise NotSigned("No checkpoint holds this entry yet: run `onrecord checkpoint`, and ask the witnesses.")
    names = {str(one.key): one.name for one in policy.witnesses.values()} if policy else {}
    signed: dict[int, set[str]] = {}
    for row in StoredCosignature.objects.using(using).filter(size__gt=seq):
        signed.setdefault(row.size, set()).add(names.get(row.witness, ""))
    enough = [size for size, by in signed.items() if policy and policy.enough(by)]
    best = holding.filter(size=max(enough)).first() if enough else newest
    return witnessed_note(best or newest, using)
