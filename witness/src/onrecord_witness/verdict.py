"""What became of a receipt: included and witnessed, promised until, or promise broken."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from onrecord_witness import Refused
from onrecord_witness.keys import Key
from onrecord_witness.merkle import check_inclusion
from onrecord_witness.note import Checkpoint, Note
from onrecord_witness.policy import Policy
from onrecord_witness.proof import Proof
from onrecord_witness.receipt import Receipt
from onrecord_witness.tiles import Tiles

KEPT = ("witnessed", "included", "promised")
"""Verdicts with which nothing is wrong."""


@dataclass(frozen=True)
class Witnessed:
    """Whose cosignatures on a checkpoint hold, when they were made, and whether they are enough."""

    times: dict[str, int]
    enough: bool
    asked: bool

    @property
    def newest(self) -> int:
        """When a witness signed last; 0 when none did."""
        return max(self.times.values(), default=0)


@dataclass(frozen=True)
class Verdict:
    """A word for programs, a sentence for people, and the proof where the entry is included."""

    code: str
    words: str
    proof: Proof | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.code in KEPT


def witnessed(note: Note, policy: Policy | None, own: Key | None) -> Witnessed:
    """Who signed a checkpoint besides the log: of the policy's witnesses, or, without one, this witness itself."""
    if policy is not None:
        times = policy.cosigned_at(note)
        return Witnessed(times, policy.enough(times), policy.quorum != "none")
    moment = note.signed_at(own) if own else None
    times = {own.name: moment} if own and moment is not None else {}
    return Witnessed(times, bool(times), own is not None)


def fits(receipt: Receipt, origin: str, policy: bytes | None) -> None:
    """That the receipt is of this log, in whichever epoch, and was given under this policy. Refused otherwise."""
    if origin != receipt.origin and not origin.startswith(f"{receipt.origin}/epoch-"):
        raise Refused(f"the receipt is of {receipt.origin}, not of {origin}")
    if policy is not None and receipt.policy and sha256(policy).hexdigest() != receipt.policy:
        raise Refused("the receipt was given under another policy: hand in the file that was in force then")


def proof_in(tiles: Tiles, note: Note, made: Checkpoint, leaf: bytes) -> Proof | None:
    """The proof that a log holds this entry, made from its files; None where it does not hold it."""
    if tiles.root() != made.root:
        raise Refused("the log's own files do not give the root that it signed")
    index = tiles.find(leaf)
    return None if index is None else Proof(index, tuple(tiles.inclusion(index)), str(note).encode())


def check_proof(proof: Proof, made: Checkpoint, leaf: bytes) -> None:
    """That the entry stands in the checkpoint. Refused if the proof does not show it."""
    check_inclusion(proof.index, made.size, leaf, proof.hashes, made.root)


def judge(receipt: Receipt, proof: Proof | None, made: Checkpoint, by: Witnessed, now: int, live: bool) -> Verdict:
    """What became of it, as of now. `live`: the checkpoint is the log's own newest, not a copy from another day."""
    if proof is not None:
        check_proof(proof, made, receipt.leaf)
        if by.asked and by.enough:
            last = f" by {', '.join(sorted(by.times))}, last on {spoken(by.newest)}"
            return Verdict("witnessed", f"Included and witnessed: entry {proof.index} of {made.size}{last}.", proof)
        if not by.asked and not receipt.policy:
            words = f"Included: entry {proof.index} of {made.size}, signed by the log. No witness was promised."
            return Verdict("included", words, proof)
    lacking = "included, and too few witnesses have signed" if proof else "not included"
    if now <= receipt.due:
        return Verdict("promised", f"Promised until {spoken(receipt.due)}. It is {lacking} yet.", proof)
    dated = max(by.newest, now if live else 0)
    if dated > receipt.due:
        words = f"Promise broken: this is evidence. It was due on {spoken(receipt.due)}, and on {spoken(dated)} it was"
        return Verdict("broken", f"{words} {lacking}. Keep the receipt and this copy of the log.", proof)
    words = f"Not shown: it was due on {spoken(receipt.due)} and is {lacking} in this copy, which nobody signed since."
    return Verdict("unknown", f"{words} Ask the log for a newer copy. If there is none, the promise is broken.", proof)


def spoken(moment: int) -> str:
    """A moment as people read it. Who signs can say any number of seconds."""
    try:
        return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return f"{moment} seconds after 1970, beyond the calendar"
