"""What the last `onrecord verify` found: a small file of the installation, written by whoever runs the machine."""

from typing import Any

from onrecord.ledger.gateway.home import home, read_json, write_whole

NAME = "verified.json"


def keep(found: dict[str, Any]) -> None:
    """Write down what was found, in place of what was found before."""
    write_whole(home() / NAME, found, mode=0o644)


def kept() -> dict[str, Any] | None:
    """What was written down last; None where nothing was yet. Damaged, where it is not what was written."""
    return read_json(home() / NAME)
