"""`onrecord take mail`: e-mails become reports with receipts."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from onrecord.access.rules import Denied
from onrecord.duties.commands.terminal import tell_table, viewer
from onrecord.exchange.actions.mail import BEFORE, FAILED, TAKEN, Taken, take_mail
from onrecord.exchange.commands.telling import By, refuse
from onrecord.intake.gateway import messages_in
from onrecord.ledger.commands import AsJson, bar
from onrecord.ledger.gateway.clock import now

Mail = Annotated[Path, typer.Argument(exists=True, readable=True, help="An .eml or .mbox file, or a folder of them.")]


def mail(file: Mail, by: By, as_json: AsJson = False) -> None:
    """Take every e-mail of a file or a folder. Answers 1 when one was not taken; none is ever moved or removed."""
    who, found = viewer(by), list[Taken]()
    try:
        with bar("Taking e-mails") as progress:
            for message in messages_in(file):
                found += take_mail(who, [message], now())
                progress(len(found), len(found))
    except Denied as refusal:
        refuse(refusal, as_json)
    except OSError as error:
        typer.echo(
            f"{error.filename} cannot be read: {error.strerror}. What was taken before it is told below.", err=True
        )
        found.append(Taken(Path(str(error.filename)).name, 1, FAILED, why="It cannot be read."))
    _tell(found, as_json)
    if any(one.state == FAILED for one in found):
        raise typer.Exit(1)


def _tell(found: list[Taken], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(one) | {"id": str(one.id) if one.id else None} for one in found]))
        return
    for one in found:
        if one.state == TAKEN:
            typer.echo(f"{one.file}, message {one.message}, is report {one.id}.\n{one.receipt}")
    rows = (
        (one.file, str(one.message), one.state, str(one.id)[:8] if one.id else "", str(one.files or ""), one.why)
        for one in found
    )
    tell_table(("File", "Message", "What became of it", "Report", "Files kept", "Why not"), rows)
    counts = {state: sum(one.state == state for one in found) for state in (TAKEN, BEFORE, FAILED)}
    typer.echo(", ".join(f"{count} {state}" for state, count in counts.items()) + ". Keep the receipts.")
