"""`onrecord export log`: the record as files that a witness checks, and whoever wants a mirror copies."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from onrecord.exchange.actions.log import NotPublished, export_log
from onrecord.exchange.commands.telling import refuse
from onrecord.ledger.commands import AsJson, bar

Folder = Annotated[Path, typer.Argument(file_okay=False, help="The folder. What stands there already is added to.")]
Reads = Annotated[bool, typer.Option("--reads", help="Export the reads ledger: that somebody read, not who or what.")]


def log(folder: Folder, reads: Reads = False, as_json: AsJson = False) -> None:
    """Write the signed record as tiles, entries, checkpoint and keys. It holds no name and no word of a report."""
    using = "reads" if reads else "default"
    try:
        with bar("Writing the reads" if reads else "Writing the record") as progress:
            done = export_log(folder, using, progress)
    except NotPublished as refusal:
        refuse(refusal, as_json)
    except OSError as error:
        raise typer.BadParameter(f"{folder} cannot be written: {error.strerror}.", param_hint="FOLDER") from None
    if as_json:
        typer.echo(json.dumps(asdict(done)))
        return
    files = f"{done.added} file{'s' if done.added != 1 else ''}"
    typer.echo(f"{done.origin}: {done.size} entries in {folder}; {files} new, none changed.")
    typer.echo(f"To read aloud to whoever trusts it: {done.marks[0]}, and of the key for receipts: {done.marks[1]}.")
