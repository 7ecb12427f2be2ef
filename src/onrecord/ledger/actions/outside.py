"""What others' signatures and receipts prove of the record: the parts of `verify` that look outside it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from onrecord.ledger.actions.checks import FRESH, Findings
from onrecord.ledger.models import StoredCheckpoint, StoredCosignature, StoredLeaf
from onrecord.ledger.queries import Epoch, as_stored, given_receipts, policies, policy_in_force, policy_line
from onrecord.ledger.rules.bracket import Brackets
from onrecord.ledger.rules.cosign import cosigned_at, witness_key
from onrecord.ledger.rules.leaf import BadLeaf, Leaf
from onrecord.ledger.rules.note import BadNote, Checkpoint, Verifier, signed_text
from onrecord.ledger.rules.policy import NONE, Policy, read_policy
from onrecord.ledger.rules.receipt import HOURS


class Cosigned(NamedTuple):
    """A witness's signature that holds: whose key, over how many entries of which origin, and when."""

    key: str
    size: int
    origin: str
    at: datetime


def cosigned(using: str, notes: list[StoredCheckpoint], found: Findings) -> list[Cosigned]:
    """Check 5: every witness's signature that is kept here, over a checkpoint that is kept here."""
    texts: dict[int, set[str]] = {}
    for text in {note.note.rpartition("\n\n")[0] + "\n" for note in notes}:
        with suppress(BadNote):
            texts.setdefault(Checkpoint.read(text).size, set()).add(text)
    held = []
    for row in StoredCosignature.objects.using(using).order_by("id").iterator(chunk_size=2000):
        origin = next((text.partition("\n")[0] for text in texts.get(row.size, ()) if _holds(row, text)), None)
        if origin is None:
            found.add(5, f"a witness's signature over {row.size} entries is over no checkpoint that is kept here")
        else:
            held.append(Cosigned(row.witness, row.size, origin, row.signed_at))
    return held


def _holds(row: StoredCosignature, text: str) -> bool:
    try:
        return cosigned_at(row.line, text, witness_key(row.witness)) == row.signed_at
    except BadNote:
        return False


def brackets(signed: list[Cosigned], ended: Mapping[str, Epoch]) -> Brackets:
    """The times that witnesses' clocks put entries between. What an ended epoch lost says nothing of what is here."""
    return Brackets((one.size, one.at) for one in signed if _stands(one, ended))


def _stands(one: Cosigned, ended: Mapping[str, Epoch]) -> bool:
    return one.origin not in ended or one.size <= ended[one.origin].kept


def check_left(left: Iterable[tuple[str, str]], head: Checkpoint | None, keys: Iterable[str], found: Findings) -> None:
    """Check 4: what lies ready for witnesses was signed by a key that counts, and is no longer than the head.

    The head is written first, so a longer one there says that an old head file was put in its place.
    """
    known = [Verifier.read(vkey) for vkey in keys]
    for whose, note in left:
        try:
            made = Checkpoint.read(signed_text(note, known))
        except BadNote as fault:
            found.add(4, f"{whose} holds a checkpoint that is not ours: {fault}")
            continue
        if head and made.origin == head.origin and made.size > head.size:
            found.add(4, f"{whose} holds a checkpoint of {made.size} entries; the head file says {head.size}")


def check_quorum(signed: list[Cosigned], origin: str, now: datetime, found: Findings) -> None:
    """Check 4: that every signature is by a witness who was named, and that enough of them signed lately."""
    named = {str(one.key) for text in policies().values() for one in read_policy(text).witnesses.values()}
    for key in sorted({one.key for one in signed} - named):
        found.add(4, f"{key.partition('+')[0]} signed, and no policy on record names them")
    policy, line = policy_in_force(), policy_line()
    if policy is None or line is None or now - line.recorded_at < FRESH:
        return
    lately = [one for one in signed if one.origin == origin and now - one.at <= FRESH]
    if not policy.enough(_names(policy, lately)):
        found.add(4, f"fewer witnesses than asked for, {policy.spoken()}, have signed in the last day")


def _names(policy: Policy, signed: list[Cosigned]) -> set[str]:
    keys = {one.key for one in signed}
    return {one.name for one in policy.witnesses.values() if str(one.key) in keys}


def check_receipts(notes: list[StoredCheckpoint], signed: list[Cosigned], now: datetime, found: Findings) -> None:
    """Check 10: what receipts were given for is here, and stands in time where they promise it."""
    for uid in given_receipts().lost:
        found.add(10, f"a receipt was given for entry {uid}, and it is not here as it was received")
    _in_time(max((note.size for note in notes), default=0), "a signed checkpoint", now, found)
    policy, line = policy_in_force(), policy_line()
    if policy and line and policy.quorum != NONE:
        held = max(_enough(policy, signed), line.seq + 1)  # nobody was promised a witness before they were named
        _in_time(held, "a checkpoint signed by the witnesses promised", now, found)


def _enough(policy: Policy, signed: list[Cosigned]) -> int:
    """The largest size that the witnesses asked for have signed; 0 while there is none."""
    by_size: dict[int, list[Cosigned]] = {}
    for one in signed:
        by_size.setdefault(one.size, []).append(one)
    return max((size for size, made in by_size.items() if policy.enough(_names(policy, made))), default=0)


def _in_time(held: int, where: str, now: datetime, found: Findings) -> None:
    """The first entry beyond what is held: none that was promised longer ago than a receipt allows."""
    row = StoredLeaf.objects.filter(seq__gte=held).order_by("seq").first()
    if row is None:
        return
    try:
        due = Leaf.read(as_stored(row.payload)).recorded_at + timedelta(hours=HOURS)
    except (BadLeaf, OverflowError):  # which other checks say
        return
    if due < now:
        found.add(10, f"entry {row.seq} was promised in {where} by {due:%Y-%m-%d %H:%M}, and stands in none")
