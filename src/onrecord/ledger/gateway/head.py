"""The last signed head of a log: a small file outside the database and its backups."""

from pathlib import Path

from onrecord.ledger.gateway.home import Damaged, home, read_json, write_whole


def head_path(using: str) -> Path:
    """The file that remembers the last signed head."""
    return home() / f"head-{using}.json"


def keep_head(using: str, note: str) -> None:
    """Put a signed note in the place of the last one: whole, or not at all."""
    write_whole(head_path(using), {"note": note}, mode=0o644)


def head_note(using: str) -> str:
    """The note as it stands. Damaged, where there is none."""
    try:
        return str((read_json(head_path(using)) or {})["note"])
    except KeyError:
        raise Damaged(f"{head_path(using).name} is missing or empty.") from None


def head_text(using: str) -> str:
    """What the note says, whoever signed it. Damaged, where there is none."""
    return head_note(using).partition("\n\n")[0] + "\n"
