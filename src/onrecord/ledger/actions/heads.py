"""Heads: what was signed last, as a file outside the database remembers it, and as witnesses do."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from onrecord.ledger.actions.witness import held_outside
from onrecord.ledger.gateway.head import head_note, head_path, keep_head
from onrecord.ledger.gateway.home import Damaged, home
from onrecord.ledger.gateway.keys import signer, signers
from onrecord.ledger.queries import first_origin, newest_checkpoint
from onrecord.ledger.rules.merkle import Frontier
from onrecord.ledger.rules.note import BadNote, Checkpoint, open_note, signed_by_all

HEAD = "Put it back: it remembers what was signed. Without it a record that was cut could be signed as whole."
RESTORED = (
    "Was the database restored from a backup? Reports are still taken. Nothing is signed until this is settled: put "
    "the newest copy back, or `onrecord epoch propose`."
)


OLDER = (
    "It is older than a checkpoint of {size} entries signed here, which {by} holds. Put the newest head file back, or "
    "write that checkpoint into it."
)


class Frozen(RuntimeError):
    """The log is not what was signed before. No further checkpoint is signed until a person has looked."""


class Signed(NamedTuple):
    """What was signed here before, and who remembers it, in words; nobody but ourselves where there are none."""

    by: str
    made: Checkpoint


def first_head(using: str) -> None:
    """Write down, once, that nothing is signed yet. From then on a head that is missing is a fault."""
    if not head_path(using).exists() and newest_checkpoint(using) is None:
        remember(using, Checkpoint(first_origin(using), 0, Frontier().root()))


def remember(using: str, made: Checkpoint) -> str:
    """Sign a head and keep it outside the database; the signed note. While a key is changed, both of them sign."""
    note = signed_by_all(made.text(), signers("checkpoint"))
    keep_head(using, note)
    return note


def last_head(using: str) -> Checkpoint:
    """What was signed last, as the file outside the database remembers it. Frozen, where it does not.

    Only the key that signs today counts: while a key is changed both sign the head, so one that was put away before
    signs none any more, and one that is still to follow never signs alone.
    """
    try:
        return Checkpoint.read(open_note(head_note(using), signer("checkpoint").verifier()))
    except Damaged as missing:
        raise Frozen(f"{missing} {HEAD}") from None
    except BadNote:
        raise Frozen(f"{head_path(using).name} is not what was signed here. {HEAD}") from None


def signed_before(using: str) -> list[Signed]:
    """Our own last head, then what witnesses hold of this log that was signed here. Raises Frozen."""
    head = last_head(using)
    return [Signed("", head), *(Signed(who, made) for who, made in held_outside(head.origin, using))]


def newest_head(using: str, signed: Sequence[Signed]) -> None:
    """Frozen, where somebody holds a longer checkpoint signed here than the head file, which is always written first.

    An old head in its place would let everything after it be cut or changed.
    """
    for one in signed[1:]:
        if one.made.size > signed[0].made.size:
            raise Frozen(f"{head_path(using).name}: {OLDER.format(size=one.made.size, by=one.by)}")


@contextmanager
def one_at_a_time(using: str) -> Iterator[None]:
    """Inside, nobody else signs this log."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / f"head-{using}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
