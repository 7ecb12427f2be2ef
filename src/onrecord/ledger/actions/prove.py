"""Proofs for a court or an inquiry: that an entry stands in the signed record, to be checked without us."""

from typing import NamedTuple
from uuid import UUID

from onrecord.ledger.models import StoredCheckpoint, StoredCosignature
from onrecord.ledger.queries import as_stored, leaf_of, leaves, policy_in_force, witnessed_note
from onrecord.ledger.rules.note import Checkpoint
from onrecord.ledger.rules.proofs import filled, inclusion_ranges, tlog_proof


class NotSigned(ValueError):
    """No checkpoint holds the entry yet."""


class Proved(NamedTuple):
    """An entry's bytes, without a word of what it says, and the proof that they stand in the record."""

    entry: bytes
    proof: str


def prove(uid: UUID, using: str = "default") -> Proved:
    """The proof of an entry, with the best checkpoint there is: witnessed as the policy asks, else the newest.

    Raises NoSuchEntry and NotSigned.
    """
    row = leaf_of(uid, using)
    note = _best(row.seq, using)
    size = Checkpoint.read(note.partition("\n\n")[0] + "\n").size
    hashes = filled(inclusion_ranges(row.seq, size), (as_stored(one.leaf_hash) for one in leaves(using)))
    return Proved(as_stored(row.payload), tlog_proof(row.seq, hashes, note))


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
