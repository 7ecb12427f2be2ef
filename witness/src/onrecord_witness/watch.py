"""Watching a log from outside: what it shows today against what it showed before, its silence, and its promises."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord_witness import Refused, verdict
from onrecord_witness.home import Home, Trusted, read, write
from onrecord_witness.judge import FORK
from onrecord_witness.note import Checkpoint, Note, opened
from onrecord_witness.policy import Policy
from onrecord_witness.receipt import Receipt
from onrecord_witness.source import Missing, Source
from onrecord_witness.tiles import Tiles

AHEAD = 300
"""Seconds by which a witness's clock may stand before ours. What is dated later breaks no silence."""


@dataclass(frozen=True)
class Alarm:
    """Something that a person has to look at: a word for programs, a sentence, and where the evidence is."""

    code: str
    words: str
    evidence: Path | None = None


@dataclass(frozen=True)
class Plan:
    """What is watched: a log, where it stands, and how long it may be silent (seconds)."""

    log: Trusted
    source: str
    silence: int
    policy: bytes | None = None
    receipts: Path | None = None


def look(home: Home, plan: Plan, now: int) -> list[Alarm]:
    """Look once. Every alarm there is; none when all is well."""
    source = Source(plan.source)
    try:
        data = source.read("checkpoint")
    except Missing as fault:
        return [Alarm("unreachable", f"{fault}."), *_silence(home, plan, now, 0)]
    try:
        note, made = opened(data, plan.log.keys, plan.log.origin)
    except Refused as fault:
        kept = home.evidence(plan.log, f"NOT SIGNED AS IT SHOULD BE: {fault}.", {"shown": data})
        return [Alarm("forged", f"What stands at {plan.source} is refused: {fault}.", kept)]
    try:
        policy = Policy.read(plan.policy) if plan.policy is not None else None
        by = verdict.witnessed(note, policy, home.key() if home.has_key() else None)
    except Refused as fault:
        return [Alarm("forged", f"A witness's signature is refused: {fault}.")]
    alarms = list(_changed(home, plan, note, made, Tiles(source, made.size)))
    heard = max((at for at in by.times.values() if at - now <= AHEAD), default=0)
    if not alarms:
        heard = max(heard, _remember(home, plan, note, now))
        alarms += _promises(plan, note, made, by, now)
    if by.asked and policy is not None and not by.enough:
        alarms.append(Alarm("unwitnessed", "Too few witnesses have signed the newest checkpoint."))
    alarms += [
        Alarm("ahead", f"{name} signed with a time that is still to come, {verdict.spoken(at)}: their clock is wrong.")
        for name, at in sorted(by.times.items())
        if at - now > AHEAD
    ]
    return [*alarms, *_silence(home, plan, now, heard)]


def _changed(home: Home, plan: Plan, note: Note, made: Checkpoint, tiles: Tiles) -> Iterator[Alarm]:
    """What was shown before and is not contained in what is shown now."""
    whole = contains(tiles, made)
    if not whole:
        yield Alarm("damaged", "The log's own files do not give the root that it signed, or are not all there.")
    for before, then in _before(home, plan):
        files = {"seen": str(before).encode(), "sent": str(note).encode()}
        if then.size > made.size:
            what = f"ROLLED BACK: the log showed {then.size} entries before, and shows {made.size} now."
            yield Alarm("rolled-back", what, home.evidence(plan.log, what, files))
        elif then.size == made.size and then.root != made.root:
            what = FORK.format(origin=made.origin, old=then.size)
            yield Alarm("fork", "Two checkpoints of the same size differ.", home.evidence(plan.log, what, files))
        elif whole and not contains(tiles, then):
            what = f"CHANGED: the first {then.size} entries of `sent` are not those of `seen`. The log signed both."
            yield Alarm("changed", what, home.evidence(plan.log, what, files))


def contains(tiles: Tiles, then: Checkpoint) -> bool:
    """Whether a log's files give the root of an earlier checkpoint."""
    try:
        return tiles.root(then.size) == then.root
    except Refused:
        return False


def _before(home: Home, plan: Plan) -> Iterator[tuple[Note, Checkpoint]]:
    """What this witness signed last, and what it last saw here."""
    if home.has_key() and (seen := home.seen(plan.log)):
        yield seen
    held = _held(home, plan)
    if held.get("note"):
        note = Note.read(str(held["note"]).encode())
        yield note, Checkpoint.read(note.text)


def _remember(home: Home, plan: Plan, note: Note, now: int) -> int:
    """Write down what is shown now; since when it has been shown."""
    held = _held(home, plan)
    text = str(held.get("note", "")).rpartition("\n\n")[0] + "\n"
    since = int(held["since"]) if text == note.text else now
    write(_path(home, plan), {"note": str(note), "since": since})
    return since


def _silence(home: Home, plan: Plan, now: int, heard: int) -> list[Alarm]:
    """Whether nothing new was signed for too long."""
    seen = home.seen(plan.log) if home.has_key() else None
    held = _held(home, plan)
    signed = seen[0].signed_at(home.key()) if seen else None
    last = max(heard, signed or 0, int(held.get("since", 0)))
    if last and now - last <= plan.silence:
        return []
    since = f"since {verdict.spoken(last)}" if last else "yet"
    return [Alarm("silent", f"Silence: nothing new was signed by {plan.log.origin} {since}.")]


def _promises(plan: Plan, note: Note, made: Checkpoint, by: verdict.Witnessed, now: int) -> Iterator[Alarm]:
    """Receipts that were handed to this witness and are not kept."""
    tiles = Tiles(Source(plan.source), made.size)
    for path in sorted(plan.receipts.iterdir()) if plan.receipts and plan.receipts.is_dir() else ():
        try:
            receipt = Receipt.read(path.read_bytes(), plan.log.receipts)
            verdict.fits(receipt, made.origin, plan.policy)
            found = verdict.proof_in(tiles, note, made, receipt.leaf)
            judged = verdict.judge(receipt, found, made, by, now, live=True)
        except (Refused, OSError) as fault:
            yield Alarm("receipt", f"{path.name}: {fault}.")
            continue
        if not judged.holds:
            yield Alarm(judged.code, f"{path.name}: {judged.words}", path)


def _path(home: Home, plan: Plan) -> Path:
    return home.of(plan.log) / f"shown-{sha256(plan.source.encode()).hexdigest()[:16]}.json"


def _held(home: Home, plan: Plan) -> dict[str, Any]:
    path = _path(home, plan)
    return read(path, "") if path.exists() else {}


def told(alarms: list[Alarm], *, as_json: bool) -> str:
    """The alarms as lines, or for a program."""
    if as_json:
        rows = [{"code": one.code, "words": one.words, "evidence": str(one.evidence or "")} for one in alarms]
        return json.dumps({"alarms": rows})
    lines = [f"ALARM  {one.words}" + (f" Kept: {one.evidence}" if one.evidence else "") for one in alarms]
    return "\n".join(lines) or "All is well."
