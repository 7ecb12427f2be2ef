"""Checking what a court or an inquiry was handed: proofs of entries, and what of them was opened."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord_witness import Refused, verdict
from onrecord_witness.commands import Asked, log_of, tell
from onrecord_witness.disclosed import shown, spoken
from onrecord_witness.home import Home, key_from
from onrecord_witness.keys import LOG
from onrecord_witness.merkle import leaf_hash
from onrecord_witness.note import Checkpoint, Note, opened
from onrecord_witness.policy import Policy
from onrecord_witness.proof import Proof


def proof(asked: Asked) -> int:
    """Whether an entry stands in a signed record, from one page and without the log; and what of it was opened."""
    held, entry = Proof.read((asked.proof or _no_proof()).read_bytes()), asked.entry.read_bytes()
    stands = _stands(asked, held, entry)
    fields = shown(entry, asked.opened.read_bytes()) if asked.opened else {}
    words = f"{stands.words}\nIt says, as was recorded:\n{spoken(fields)}" if asked.opened else stands.words
    said = {"holds": True, "index": held.index, "size": stands.size, "witnessed": stands.by}
    tell(asked, said | ({"opened": fields} if asked.opened else {}), words)
    return 0


def bundle(asked: Asked) -> int:
    """Every entry of a folder that was handed over: its proof, and what of it was opened."""
    paths = sorted(asked.folder.glob("*.entry"))
    if not paths:
        raise Refused(f"there is no entry in {asked.folder}")
    rows = [_handed(asked, path) for path in paths]
    faults = sum(not row["holds"] for row in rows)
    lines = [f"{'holds' if row['holds'] else 'FAULT'}  {row['entry']}: {row['words']}" for row in rows]
    lines.append(f"{len(rows) - faults} of {len(rows)} hold.")
    tell(asked, {"holds": not faults, "entries": rows}, "\n".join(lines))
    return int(bool(faults))


def _handed(asked: Asked, path: Path) -> dict[str, Any]:
    """One entry of a bundle: whether it holds, and what it says."""
    try:
        entry, opened_at = path.read_bytes(), path.with_suffix(".opened")
        stands = _stands(asked, Proof.read(path.with_suffix(".tlog-proof").read_bytes()), entry)
        fields = shown(entry, opened_at.read_bytes()) if opened_at.exists() else {}
    except (Refused, OSError) as fault:
        why = str(fault) if isinstance(fault, Refused) else f"{Path(fault.filename).name} cannot be read"
        return {"entry": path.stem, "holds": False, "words": f"{why}.", "opened": {}}
    words = f"{stands.words}\n{spoken(fields)}" if fields else f"{stands.words} Nothing of it was opened."
    return {"entry": path.stem, "holds": True, "words": words, "opened": fields}


@dataclass(frozen=True)
class Stands:
    """That an entry stands in a signed record of so many entries, who else signed, and both in words."""

    size: int
    by: list[str]
    words: str


def _stands(asked: Asked, held: Proof, entry: bytes) -> Stands:
    """That the proof shows the entry, and who signed. Refused where it does not, or too few signed."""
    home = Home(asked.home)
    origin = asked.origin or Checkpoint.read(Note.read(held.checkpoint).text).origin
    keys = (key_from(asked.key, LOG),) if asked.key else log_of(home, origin).keys
    note, made = opened(held.checkpoint, keys, origin)
    verdict.check_proof(held, made, leaf_hash(entry))
    policy = Policy.read(asked.policy.read_bytes()) if asked.policy else None
    by = verdict.witnessed(note, policy, home.key() if home.has_key() else None)
    if policy and not by.enough:
        raise Refused("the entry is in the record, and too few witnesses have signed the checkpoint that says so")
    names = f", witnessed by {', '.join(sorted(by.times))}" if by.times else ""
    words = f"The entry stands at number {held.index} of the {made.size} entries of {origin}, signed{names}."
    return Stands(made.size, sorted(by.times), words)


def _no_proof() -> Path:
    raise Refused("hand in the proof with --proof")
