"""The witness itself: what it answers to a log that asks for its signature (C2SP tlog-witness).

It signs only a checkpoint that contains everything it has signed before. It writes that down before it answers.
"""

import hmac
from dataclasses import dataclass
from pathlib import Path

from onrecord_witness import Refused
from onrecord_witness.home import Home, Trusted
from onrecord_witness.merkle import EMPTY, check_consistency
from onrecord_witness.note import Checkpoint, Note, cosign
from onrecord_witness.request import Request

PLAIN, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
Seen = tuple[Note, Checkpoint] | None


@dataclass(frozen=True)
class Answer:
    """A status of HTTP with its body, the same in a plain sentence, and where evidence was kept."""

    status: int
    body: bytes
    words: str
    kind: str = PLAIN
    evidence: Path | None = None

    @classmethod
    def no(cls, status: int, why: str) -> "Answer":
        """A refusal that says why."""
        return cls(status, f"{why}\n".encode(), f"Not signed: {why}.")


def answer(home: Home, body: bytes, now: int) -> Answer:
    """Answer a request. Whatever stands in it, this gives an answer and signs nothing that it should not."""
    try:
        request = Request.read(body)
        made = Checkpoint.read(request.note.text)
    except Refused as fault:
        return Answer.no(400, str(fault))
    log = home.trusted(made.origin)
    if log is None:
        return Answer.no(404, "unknown log: this witness does not watch it")
    try:
        signed = [key for key in log.keys if request.note.signed_at(key) is not None]
    except Refused as fault:
        return Answer.no(403, f"invalid signature: {fault}")
    if not signed:
        return Answer.no(403, "invalid signature: no key of this log that is trusted here signed it")
    if request.old > made.size:
        return Answer.no(400, "the old size is larger than the new one")
    with home.turn(log):
        return _judged(home, log, request, made, now)


def _judged(home: Home, log: Trusted, request: Request, made: Checkpoint, now: int) -> Answer:
    seen = home.seen(log)
    size = seen[1].size if seen else 0
    if request.old != size:
        kept = _kept(home, log, seen, request) if _forked(seen, made) else None
        words = f"Not signed: this witness has seen {size} entries, and was asked to go on from {request.old}."
        return Answer(409, f"{size}\n".encode(), words, SIZE, kept)
    try:
        _grows(seen, request, made)
    except Refused as fault:
        kept = _kept(home, log, seen, request) if seen else None
        body = f"consistency proof: {fault}\n".encode()
        return Answer(
            422, body, f"Not signed: {fault}." + (f" The evidence is in {kept}." if kept else ""), PLAIN, kept
        )
    return _signed(home, log, seen, request.note, made, now)


def _signed(home: Home, log: Trusted, seen: Seen, note: Note, made: Checkpoint, now: int) -> Answer:
    name, secret = home.secret()
    before = seen[0].signed_at(home.key()) if seen else None
    if before and now < before:
        return Answer.no(503, "this machine's clock stands before the last signature made here: put it right")
    line = cosign(secret, name, note.text, now)
    own = [one for one in note.lines if any((one.name, one.key_id) == (key.name, key.key_id) for key in log.keys)]
    home.keep(log, Note(note.text, (*own, line)))
    return Answer(200, f"{line}\n".encode(), f"Signed: {made.origin} at {made.size} entries.")


def _grows(seen: Seen, request: Request, made: Checkpoint) -> None:
    """That the new checkpoint contains what was seen. Refused if that is not shown."""
    if made.size == 0 and not hmac.compare_digest(made.root, EMPTY):
        raise Refused("an empty log has the root of an empty tree")
    if seen is None or seen[1].size == 0:
        if request.proof:
            raise Refused("a first checkpoint needs no proof")
        return
    check_consistency(seen[1].size, made.size, seen[1].root, made.root, request.proof)


def _forked(seen: Seen, made: Checkpoint) -> bool:
    return bool(seen and made.size == seen[1].size and made.root != seen[1].root)


def _kept(home: Home, log: Trusted, seen: Seen, request: Request) -> Path | None:
    if seen is None:
        return None
    made = Checkpoint.read(request.note.text)
    what, sort = (FORK, "evidence") if _forked(seen, made) else (UNPROVED, "unproved")
    files = {"seen": str(seen[0]).encode(), "sent": str(request.note).encode()}
    kept = home.evidence(log, what.format(origin=made.origin, old=seen[1].size, new=made.size), files, sort)
    if kept and not (kept / "request").exists():
        (kept / "request").write_bytes(bytes(request))
    return kept


FORK = """FORK: this is evidence.
The log {origin} signed two checkpoints of {old} entries whose roots differ: `seen` and `sent`. Both bear its signature.
An honest log never does that: two people were shown two different records. Anybody can check it: the size is line 2,
the root line 3, the signature below the empty line. Keep this folder, and tell whoever oversees the log."""
UNPROVED = """NOT PROVED.
The log {origin} signed `sent`, of {new} entries. Nobody has shown that it contains `seen`, of {old} entries, which it
signed before. Either the proof that was sent along is wrong, or the record was changed. Compare with the log's own
files: onrecord-witness compare seen sent --log FOLDER_OR_ADDRESS. If they do not fit, this folder is evidence."""
