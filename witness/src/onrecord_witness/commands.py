"""The commands: each does one thing, says it plainly, and answers 0, or 1 when it finds fault."""

import argparse
import json
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord_witness import Refused, clock, verdict, whole
from onrecord_witness.home import Home, Trusted, key_from, write_bytes
from onrecord_witness.judge import answer
from onrecord_witness.keys import LOG, Key
from onrecord_witness.note import Checkpoint, Note, opened
from onrecord_witness.policy import Policy
from onrecord_witness.proof import Proof
from onrecord_witness.receipt import Receipt
from onrecord_witness.server import made_server
from onrecord_witness.source import Missing, Source
from onrecord_witness.tiles import Tiles
from onrecord_witness.watch import Plan, contains, look, told

Asked = argparse.Namespace
KEEP = "If they are the log's own, this is evidence: keep both checkpoints and the files."


def tell(asked: Asked, made: Mapping[str, Any], words: str) -> None:
    """Say it, in words or for a program."""
    sys.stdout.write((json.dumps(dict(made)) if asked.json else words) + "\n")
    sys.stdout.flush()


def keygen(asked: Asked) -> int:
    """Make the key. Its public half is what the log puts in its policy."""
    key = Home(asked.home).make_key(asked.name)
    words = (
        f"Your key is in {asked.home}. Keep a copy of that folder where only you reach it. Give this to the log:\n{key}"
    )
    tell(asked, {"key": str(key), "home": str(asked.home)}, words)
    return 0


def trust(asked: Asked) -> int:
    """Watch a log. Its key must have come from its keepers by another way than its pages."""
    home, key = Home(asked.home), key_from(asked.key, LOG)
    origin = asked.origin or key.name
    before = None if asked.replace else home.trusted(origin)
    keys = dict.fromkeys([*(before.keys if before else ()), key])
    receipts = dict.fromkeys(before.receipts if before else ())
    if asked.receipts:
        receipts[key_from(asked.receipts, LOG)] = None
    source = asked.log or (before.source if before else "")
    home.trust(Trusted(origin, tuple(keys), tuple(receipts), source))
    marks = [spoken_mark(one) for one in (key, *list(receipts)[-1:])]
    words = f"Trusted: {origin}, {len(keys)} key{'s' if len(keys) > 1 else ''}.\nRead this to its keepers: {marks[0]}"
    words += f"\nand, of the key that signs receipts: {marks[1]}" if receipts else ""
    tell(asked, {"origin": origin, "keys": [str(one) for one in keys], "marks": marks}, words)
    return 0


def spoken_mark(key: Key) -> str:
    """What two people read to each other to know that they hold the same key."""
    mark = sha256(key.public).hexdigest()
    return " ".join(mark[at : at + 4] for at in range(0, 16, 4))


def sign(asked: Asked) -> int:
    """Answer a request that came as a file: the answer's bytes are those that HTTP would carry."""
    made = answer(Home(asked.home), asked.request.read_bytes(), clock.now())
    if made.status == 200 and asked.out:
        write_bytes(asked.out, made.body)
    body = made.body.decode()
    words = made.words if asked.out or made.status != 200 else body.rstrip("\n")
    kept = str(made.evidence or "")
    tell(asked, {"status": made.status, "body": body, "words": made.words, "evidence": kept}, words)
    return int(made.status != 200)


def serve(asked: Asked) -> int:
    """Answer over HTTP until stopped. Put TLS in front of it."""
    home = Home(asked.home)
    key = home.key()
    server = made_server(home, asked.host, asked.port, clock.now)
    address = f"http://{asked.host}:{server.server_port}"
    tell(asked, {"address": address, "key": str(key)}, f"{key.name} answers at {address}  (stop it with Ctrl-C)")
    try:
        server.serve_forever()
    finally:
        server.server_close()
    return 0


def compare(asked: Asked) -> int:
    """Whether the newer checkpoint contains the older one."""
    home = Home(asked.home)
    notes = [_checkpoint(home, path) for path in (asked.old, asked.new)]
    if len({made.origin for _, made in notes}) > 1:
        raise Refused("the two checkpoints are of two logs")
    old, new = sorted((made for _, made in notes), key=lambda made: made.size)
    log = log_of(home, old.origin)
    if old.size == new.size:
        return _same(asked, home, log, notes)
    where = asked.log or log.source
    if not where:
        raise Refused("they have different sizes: say with --log where the log's files are, and they can be compared")
    source = Source(where)
    newest = opened(source.read("checkpoint"), log.keys, log.origin)[1]
    if newest.size < new.size:
        raise Refused(f"the files in {where} are of {newest.size} entries: they are older than the newer checkpoint")
    tiles = Tiles(source, newest.size)
    if not all(contains(tiles, made) for made in (old, new, newest)):
        words = f"NOT THE SAME RECORD: the files in {where} do not give the roots of both. {KEEP}"
        tell(asked, {"holds": False}, words)
        return 1
    words = f"The {new.size} entries begin with the {old.size} that were signed before, unchanged."
    tell(asked, {"holds": True, "old": old.size, "new": new.size}, words)
    return 0


def _same(asked: Asked, home: Home, log: Trusted, notes: list[tuple[Note, Checkpoint]]) -> int:
    (first, one), (second, other) = notes
    if one.root == other.root:
        tell(asked, {"holds": True, "old": one.size, "new": one.size}, f"Both say the same of {one.size} entries.")
        return 0
    what = f"FORK: two checkpoints of {one.size} entries of {one.origin} differ, and the log signed both."
    kept = home.evidence(log, what, {"seen": str(first).encode(), "sent": str(second).encode()})
    tell(asked, {"holds": False, "evidence": str(kept or "")}, f"{what} This is evidence. Kept: {kept}")
    return 1


def _checkpoint(home: Home, path: Path) -> tuple[Note, Checkpoint]:
    data = path.read_bytes()
    log = log_of(home, Checkpoint.read(Note.read(data).text).origin)
    return opened(data, log.keys, log.origin)


def receipt(asked: Asked) -> int:
    """What became of a receipt, from the log's files or from a proof."""
    home = Home(asked.home)
    handed = asked.receipt.read_bytes()
    log = log_of(home, asked.origin or Note.read(handed).text.split("\n")[1:2][0])
    held = Receipt.read(handed, log.receipts)
    policy = _promised(asked, held, asked.log or log.source)
    verdict.fits(held, log.origin, policy)
    own = home.key() if home.has_key() else None
    if asked.proof:
        shown: Proof | None = Proof.read(asked.proof.read_bytes())
        note, made = opened(Proof.read(asked.proof.read_bytes()).checkpoint, log.keys, log.origin)
    else:
        source = Source(asked.log or log.source or _no_log())
        note, made = opened(source.read("checkpoint"), log.keys, log.origin)
        shown = verdict.proof_in(Tiles(source, made.size), note, made, held.leaf)
        asked.live = asked.live or source.remote
    by = verdict.witnessed(note, Policy.read(policy) if policy is not None else None, own)
    judged = verdict.judge(held, shown, made, by, clock.now(), asked.live)
    if asked.keep and judged.proof:
        write_bytes(asked.keep, bytes(judged.proof))
    said = {"verdict": judged.code, "words": judged.words, "entry": held.entry, "due": held.due}
    tell(asked, said, judged.words)
    return int(not judged.holds)


def _promised(asked: Asked, held: Receipt, where: str) -> bytes | None:
    """The policy that was handed in, or the one that the receipt names, where the log's files hold it."""
    if asked.policy or not held.policy or not where:
        return asked.policy.read_bytes() if asked.policy else None
    try:
        return Source(where).read(f"policy/{held.policy}")
    except Missing:
        return None


def verify(asked: Asked) -> int:
    """Read a whole log again."""
    home, source = Home(asked.home), Source(asked.where)
    keys, origin = _keys(home, source, asked)
    found = whole.check(source, keys, origin)
    faults = list(found.faults)
    policy = Policy.read(asked.policy.read_bytes()) if asked.policy else None
    by = verdict.witnessed(found.note, policy, home.key() if home.has_key() else None)
    if policy and not by.enough:
        faults.append("too few witnesses have signed the checkpoint")
    made = found.checkpoint
    lines = [f"FAULT  {fault}" for fault in faults]
    names = f" Witnessed by {', '.join(sorted(by.times))}." if by.times else ""
    lines.append(f"{made.origin}: {made.size} entries {'do not hold' if faults else 'hold'}.{names}")
    tell(asked, {"holds": not faults, "origin": made.origin, "size": made.size, "faults": faults}, "\n".join(lines))
    return int(bool(faults))


def _keys(home: Home, source: Source, asked: Asked) -> tuple[tuple[Key, ...], str]:
    if asked.key:
        return (key_from(asked.key, LOG),), asked.origin
    log = log_of(home, asked.origin or _shown(source))
    return log.keys, log.origin


def _shown(source: Source) -> str:
    """The origin that a log's checkpoint names. Nothing was checked yet."""
    return Checkpoint.read(Note.read(source.read("checkpoint")).text).origin


def watch(asked: Asked) -> int:
    """Look again and again. With --once it answers 1 when there is an alarm."""
    home = Home(asked.home)
    known = [log.origin for log in home.logs() if log.source == asked.where]
    origin = asked.origin or (known[0] if known else _shown(Source(asked.where)))
    policy = asked.policy.read_bytes() if asked.policy else None
    plan = Plan(log_of(home, origin), asked.where, int(asked.silence * 3600), policy, asked.folder)
    before: list[str] | None = None
    while True:
        alarms = look(home, plan, clock.now())
        codes = [alarm.words for alarm in alarms]
        if codes != before:
            sys.stdout.write(told(alarms, as_json=asked.json) + "\n")
            sys.stdout.flush()
        if asked.once:
            return int(bool(alarms))
        before = codes
        clock.wait(asked.every)


def log_of(home: Home, origin: str) -> Trusted:
    """A log that is trusted here. Refused for any other."""
    log = home.trusted(origin)
    if log is None:
        raise Refused(f"the log {origin} is not trusted here: run `onrecord-witness trust KEY` first")
    return log


def _no_log() -> str:
    raise Refused("say with --log where the log's files are, or hand in a proof with --proof")
