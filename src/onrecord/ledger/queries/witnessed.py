"""Who outside has signed what, and what is promised because of it."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby, takewhile
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from onrecord.ledger.facts import Entry, WitnessesNamed, WitnessFileAgrees, WitnessFileDiffers
from onrecord.ledger.models import Envelope, Opening, StoredCheckpoint, StoredCosignature, StoredLeaf
from onrecord.ledger.queries.entries import NoSuchEntry, as_stored, entries, newest_of, opened
from onrecord.ledger.queries.lines import LAST, envelopes, last_of
from onrecord.ledger.rules.cosign import cosigned_at, witness_key
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.leaf import Leaf
from onrecord.ledger.rules.note import BadNote, Checkpoint
from onrecord.ledger.rules.policy import Policy, read_policy
from onrecord.ledger.rules.receipt import Promise, Standing, standing

NOBODY = "nobody"
"""How a policy without a quorum is put on record."""
MOST = 400
"""Cosignatures looked at, from each end: those that kept a promise are the first after it, or the last there are."""


def promised(before: int | None) -> Promise:
    """What is promised to whoever stands at this number in the record; to the next to come, without one."""
    named = _named(before)
    return _promise(named[0].coded if named else None)


def leaf_and_promise(uid: UUID, using: str = "default") -> tuple[StoredLeaf, Promise]:
    """The stored leaf of an entry, and what was promised when it was recorded: one question. Raises NoSuchEntry.

    On the leaf stands `signed_at`, when the first checkpoint that holds it was made, and `sealed`, what it opens to.
    """
    counting = Envelope.objects.filter(kind=WitnessesNamed.kind, proposed=False, seq__lt=OuterRef("seq"))
    named = counting.order_by("-seq").values("coded")[:1]
    holding = StoredCheckpoint.objects.filter(size__gt=OuterRef("seq")).order_by("made_at").values("made_at")[:1]
    sealed = Opening.objects.filter(uid=OuterRef("uid")).values("sealed")
    every = StoredLeaf.objects.using(using).annotate(sealed=Subquery(sealed))
    asked = every.annotate(named=Subquery(named), signed_at=Subquery(holding))
    found = asked.filter(uid=uid).first()
    if found is None:
        raise NoSuchEntry(f"There is no entry {uid}.")
    return found, _promise(found.named)


def opened_with_promise(uid: UUID) -> tuple[Entry, tuple[StoredLeaf, Promise]]:
    """An entry, opened, with its stored leaf and what was promised. Raises NoSuchEntry."""
    row, promise = leaf_and_promise(uid)
    made = opened(row.seq, uid, as_stored(row.payload), as_stored(row.sealed))  # type: ignore[attr-defined]
    return made, (row, promise)


def _promise(coded: Mapping[str, str] | None) -> Promise:
    if coded is None:
        return Promise()
    return Promise("" if coded["signers"] == NOBODY else coded["signers"], coded["digest"])


def policy_in_force(before: int | None = None) -> Policy | None:
    """The policy that was last put on record, or last before a number; None while there is none."""
    named = newest_of(WitnessesNamed.kind, LAST if before is None else before)
    fact = named.saying.fact if named else None
    return read_policy(fact.policy) if isinstance(fact, WitnessesNamed) else None


def policy_line() -> Line | None:
    """The line of the naming that is in force: its number, and since when."""
    return next(iter(_named(None)), None)


def _named(before: int | None) -> list[Line]:
    """The last naming that counts. One that would ask less counts when it is named again, after it was agreed to."""
    return last_of([WitnessesNamed.kind], 1, before, proposals=False)


def file_alarms() -> list[Line]:
    """What was said of how the file of witnesses differs from the record since both last agreed, newest first."""
    said = last_of([WitnessFileDiffers.kind, WitnessFileAgrees.kind])
    return list(takewhile(lambda line: line.kind == WitnessFileDiffers.kind, said))


def witness_file() -> str:
    """In which way the file of witnesses differs from the record, as the watch last said; "" where they agree."""
    return next((str(line.coded["how"]) for line in file_alarms()), "")


def policies() -> dict[str, str]:
    """Every policy that was ever in force, by the digest that receipts name it by."""
    rows = envelopes([WitnessesNamed.kind])
    facts = [entry.saying.fact for entry in entries(row.uid for row in rows if not row.proposed)]
    return {fact.digest: fact.policy for fact in facts if isinstance(fact, WitnessesNamed)}


def last_cosigned(witness: str, using: str = "default") -> StoredCosignature | None:
    """What the witness with this key signed last, if it has signed anything."""
    return StoredCosignature.objects.using(using).filter(witness=witness).order_by("-size", "-signed_at").first()


def cosigned_size(witness: str, using: str = "default") -> int:
    """The size of the newest checkpoint that the witness with this key signed; 0 when it has signed none."""
    newest = last_cosigned(witness, using)
    return newest.size if newest else 0


def checkpoint_texts(size: int, using: str = "default") -> list[tuple[int, str]]:
    """The sizes and texts of our checkpoints from a size on, the newest first, each once."""
    rows = StoredCheckpoint.objects.using(using).filter(size__gte=size).order_by("-size", "-made_at")[: 10 * MOST]
    return [(of, next(same).note.rpartition("\n\n")[0] + "\n") for of, same in groupby(rows, key=lambda row: row.size)]


def witnessed_note(made: StoredCheckpoint, using: str = "default") -> str:
    """A checkpoint with the newest signature of each witness over it."""
    rows = StoredCosignature.objects.using(using).filter(size=made.size).order_by("signed_at")
    return made.note + "".join(f"{line}\n" for line in {row.witness: row.line for row in rows}.values())


def cosignatures(seq: int, using: str = "default") -> list[StoredCosignature]:
    """Cosignatures over checkpoints that hold the entry with this number, in the order of their times.

    On each stands `note`, our newest checkpoint of its size; None where there is none.
    """
    made = StoredCheckpoint.objects.filter(size=OuterRef("size")).order_by("-made_at").values("note")[:1]
    every = StoredCosignature.objects.using(using).annotate(note=Subquery(made))
    rows = every.filter(size__gt=seq).order_by("signed_at", "id")
    first, last = rows.values("pk")[:MOST], rows.reverse().values("pk")[:MOST]
    return list(every.filter(Q(pk__in=first) | Q(pk__in=last)).order_by("signed_at", "id"))


def receipt_standing(uid: UUID, now: datetime) -> Standing:
    """What became of the promise that an entry's receipt makes. Raises NoSuchEntry."""
    return standing_of(*leaf_and_promise(uid), now)


def standing_of(row: StoredLeaf, promise: Promise, now: datetime) -> Standing:
    """The same, of a leaf as `leaf_and_promise` answers it."""
    kept_at = _witnessed_at(row.seq) if promise.quorum else row.signed_at  # type: ignore[attr-defined]
    return standing(Leaf.read(bytes(row.payload)).recorded_at, kept_at, promise, now)


def _witnessed_at(seq: int) -> datetime | None:
    """When one checkpoint that holds the entry had the signatures that the policy asks for."""
    policy = policy_in_force(seq)
    names = {str(one.key): one.name for one in policy.witnesses.values()} if policy else {}
    signed: dict[int, set[str]] = {}
    for row in cosignatures(seq):
        if row.witness in names and _holds(row):
            signed.setdefault(row.size, set()).add(names[row.witness])
        if policy and policy.enough(signed.get(row.size, ())):
            return row.signed_at
    return None


def _holds(row: StoredCosignature) -> bool:
    """Whether the witness signed our checkpoint of that size: a row by itself proves nothing to whoever reported."""
    text = (row.note or "").rpartition("\n\n")[0] + "\n"  # type: ignore[attr-defined]
    try:
        ours = Checkpoint.read(text).size == row.size
        return ours and cosigned_at(row.line, text, witness_key(row.witness)) == row.signed_at
    except BadNote:
        return False
