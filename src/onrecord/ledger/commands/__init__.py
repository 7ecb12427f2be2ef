"""The ledger's commands: check it, sign it, rebuild what follows from it, read a receipt, back it up."""

import typer

from onrecord.ledger.commands.backups import backup, restore
from onrecord.ledger.commands.checking import (
    AsJson,
    bar,
    checkpoint,
    console,
    prove,
    rebuild,
    receipt,
    rotate,
    verify,
    witnesses,
)

__all__ = ["AsJson", "bar", "console", "register"]


def register(app: typer.Typer) -> None:
    """Add the ledger's commands."""
    for command in (verify, rebuild, checkpoint, receipt, witnesses, rotate, prove, backup, restore):
        app.command()(command)
