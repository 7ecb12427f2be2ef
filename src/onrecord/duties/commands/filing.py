"""`onrecord record`: a file of facts, all of it or nothing."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from onrecord.access.rules import Denied
from onrecord.duties.actions.file import Accepted, LinesRefused, record_lines
from onrecord.duties.commands.terminal import tell_table, viewer
from onrecord.duties.rules.lines import read_lines
from onrecord.ledger.commands import AsJson, bar
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue

MOST = 1_000
"""Lines. They are one transaction, for which every other report waits: some eight milliseconds each."""
SHOWN = 20

File = Annotated[Path, typer.Argument(help="Facts as JSON, one a line; - reads them from the standard input.")]
By = Annotated[str, typer.Option("--by", help="Sign-in name of the person who records.")]


def record(file: File, by: By, as_json: AsJson = False) -> None:
    """Record a file of facts, all of it or nothing. Every fault is told; every accepted line has a receipt."""
    who, at, data = viewer(by), now(), _read(file)
    given = read_lines(data, dict(catalogue()), at, HERE)
    if len(given.asked) > MOST:
        message = f"A file has at most {MOST} lines, so that nobody's report waits for it. Split it."
        raise typer.BadParameter(message, param_hint="FILE")
    try:
        with bar("Recording") as progress:
            done = record_lines(who, given, at, progress)
    except LinesRefused as refusal:
        _tell_faults(refusal, as_json)
        raise typer.Exit(1) from None
    except Denied as refusal:
        typer.echo(json.dumps({"recorded": 0, "refused": str(refusal)}) if as_json else str(refusal), err=not as_json)
        raise typer.Exit(1) from None
    _tell(done, as_json)


def _read(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}.", param_hint="FILE") from None


def _tell(done: list[Accepted], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(one) | {"id": str(one.id)} for one in done]))
        return
    for one in done:
        waits = " It waits for a second signature before it counts." if one.proposed else ""
        typer.echo(f"Line {one.line} is recorded as {one.id}.{waits}\n{one.receipt}")
    typer.echo(f"{len(done)} line{'s' if len(done) != 1 else ''} recorded. Keep the receipts.")


def _tell_faults(refusal: LinesRefused, as_json: bool) -> None:
    if as_json:
        told = {"recorded": 0, "refused": str(refusal), "faults": [asdict(fault) for fault in refusal.faults]}
        typer.echo(json.dumps(told))
        return
    typer.echo(str(refusal), err=True)
    rows = ((str(one.line), one.field, one.value, one.message, one.rule) for one in refusal.faults[:SHOWN])
    tell_table(("Line", "Field", "Value", "What to do", "Rule"), rows, error=True)
    if len(refusal.faults) > SHOWN:
        typer.echo(f"And {len(refusal.faults) - SHOWN} more; --json lists them all.", err=True)
