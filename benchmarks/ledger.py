"""What it costs to check the record: its tree, its openings, proofs from its files, a witness's answer."""

import time
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from benchmarks.append import case
from benchmarks.store import Figure, scaled
from onrecord.ledger.facts import Saying
from onrecord.ledger.gateway.keys import make_keys, salts, seal
from onrecord.ledger.queries import unsealed
from onrecord.ledger.rules.leaf import digests, disclosures
from onrecord.ledger.rules.merkle import Frontier, leaf_hash
from onrecord.ledger.rules.note import Checkpoint, Signer
from onrecord.ledger.rules.proofs import consistency_ranges, filled
from onrecord.ledger.rules.request import request
from onrecord.ledger.rules.tiles import Tiler
from onrecord_witness.home import Home, Trusted
from onrecord_witness.judge import answer
from onrecord_witness.keys import LOG, Key
from onrecord_witness.source import Source
from onrecord_witness.tiles import Tiles

ORIGIN = "bench.onrecord.example"
PAYLOAD = 245
"""Bytes of an entry, as in the study."""
NOW = 1_790_000_000


def run() -> list[Figure]:
    """Each of them alone, on as many invented entries as asked for."""
    count = scaled(1_000_000)
    entries = [number.to_bytes(8, "big") * (PAYLOAD // 8) for number in range(count)]
    leaves = [leaf_hash(entry) for entry in entries]
    with TemporaryDirectory() as folder:
        return [_tree(entries), _openings(), _proofs(Path(folder), leaves), _witness(Path(folder), leaves)]


def _tree(entries: list[bytes]) -> Figure:
    """The tree checked, entry by entry, against hashing the same bytes and no more."""

    def checked() -> None:
        tree = Frontier()
        for entry in entries:
            tree = tree.grow([leaf_hash(entry)])
        tree.root()

    times = _seconds(checked) / _seconds(lambda: [sha256(entry).digest() for entry in entries])
    words = f"time to check the tree of {len(entries):,} entries, beside hashing the same bytes"
    return Figure(words, round(times, 1), "times", "at most 8", times <= 8)


def _openings() -> Figure:
    """What entries say, opened and held against what they commit to; a field counts as one."""
    make_keys()
    sayings: list[Saying] = [saying for number in range(scaled(1_000)) for saying in case(number)]
    made = []
    for saying in sayings:
        opened = disclosures(saying.opened(), salts(len(saying.opened())))
        uid = uuid4()
        made.append((uid, seal(uid.bytes, zlib.compress("\n".join(opened).encode(), 1)), digests(opened), len(opened)))
    seconds = _seconds(lambda: [_holds(digests(unsealed(uid, sealed)), known) for uid, sealed, known, _ in made])  # type: ignore[func-returns-value]
    speed = sum(fields for *_, fields in made) / seconds
    return Figure("openings checked, CPU", round(speed), "openings/s", "20,000 or more", speed >= 20_000)


def _proofs(folder: Path, leaves: list[bytes]) -> Figure:
    """Proofs of entries far apart, made from the files of the exported log, each from the disc."""
    tiler = Tiler()
    for leaf in leaves:
        for path, data in tiler.add(leaf):
            _write(folder / path, data)
    for path, data in tiler.rest():
        _write(folder / path, data)
    asked = range(0, len(leaves), max(1, len(leaves) // 200))
    seconds = _seconds(lambda: [Tiles(Source(str(folder)), len(leaves)).inclusion(index) for index in asked])
    speed = len(asked) / seconds
    words = f"proofs from tiles at {len(leaves):,} entries"
    return Figure(words, round(speed), "proofs/s", "200 or more", speed >= 200)


def _witness(folder: Path, leaves: list[bytes]) -> Figure:
    """One answer to a request: keys read, proof and signatures checked, state kept, signed."""
    home, key = Home(folder / "witness"), Signer(ORIGIN, b"\1" * 32)
    home.make_key("bench.example/witness")
    home.trust(Trusted(ORIGIN, (Key.read(str(key.verifier()), LOG),)))
    sizes = [len(leaves) // 2 + step for step in range(10)]
    bodies, old = [], 0
    for size in sizes:
        note = key.sign(Checkpoint(ORIGIN, size, Frontier().grow(leaves[:size]).root()).text())
        bodies.append(request(old, filled(consistency_ranges(old, size), leaves), note))
        old = size
    slowest = 0.0
    for body in bodies:
        start = time.perf_counter()
        assert answer(home, body, NOW).status == 200
        slowest = max(slowest, time.perf_counter() - start)
    return Figure("a witness's slowest answer of ten", round(slowest * 1000, 1), "ms", "under 100", slowest < 0.1)


def _holds(found: tuple[str, ...], known: tuple[str, ...]) -> None:
    assert found == known


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the quickest of three."""
    return min(_once(work) for _ in range(3))


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
