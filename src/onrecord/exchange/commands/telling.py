"""What the commands of exchange share: reading a file, and telling every fault of it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from onrecord.duties.commands.terminal import tell_table
from onrecord.exchange.rules.table import FileRefused

SHOWN = 20
LARGEST = 20 * 1024 * 1024

By = Annotated[str, typer.Option("--by", help="Sign-in name of the person who answers for it.")]
Csv = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A CSV file; see the guide.")]


def read(file: Path) -> bytes:
    """The bytes of a file, or wrong usage."""
    try:
        if file.stat().st_size > LARGEST:
            raise typer.BadParameter(f"{file} is larger than {LARGEST // 1024 // 1024} megabytes.", param_hint="FILE")
        return file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}.", param_hint="FILE") from None


def refuse(refusal: Exception, as_json: bool) -> NoReturn:
    """Say why nothing was recorded, every fault with its row, column, value and rule; and answer 1."""
    faults = refusal.faults if isinstance(refusal, FileRefused) else ()
    if as_json:
        told = {"recorded": 0, "refused": str(refusal), "faults": [asdict(fault) for fault in faults]}
        typer.echo(json.dumps(told))
        raise typer.Exit(1)
    typer.echo(str(refusal), err=True)
    if faults:
        rows = ((str(one.row), one.column, one.value, one.message, one.rule) for one in faults[:SHOWN])
        tell_table(("Row", "Column", "Value", "What to do", "Rule"), rows, error=True)
    if len(faults) > SHOWN:
        typer.echo(f"And {len(faults) - SHOWN} more; --json lists them all.", err=True)
    raise typer.Exit(1)
