"""`onrecord take paper`: the words of a PDF, a Word file or an e-mail as a draft for `onrecord record`."""

import json
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from onrecord.access.rules import Denied
from onrecord.duties.commands.terminal import viewer
from onrecord.exchange.actions.paper import draft, join
from onrecord.exchange.commands.telling import By, read, refuse
from onrecord.intake.gateway import read_paper
from onrecord.intake.rules.papers import Unreadable
from onrecord.ledger.commands import AsJson
from onrecord.ledger.queries import NoSuchEntry

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A .pdf, .docx, .eml or .txt file.")
]
Join = Annotated[UUID | None, typer.Option("--join", help="Keep the file sealed with this report, which you recorded.")]


def paper(file: File, by: By, join_to: Join = None, as_json: AsJson = False) -> None:
    """Print the draft of a report, to be completed for `onrecord record`; then --join keeps the file with it."""
    who, data = viewer(by), read(file)
    try:
        found = read_paper(data, file.name)
        if join_to is None:
            typer.echo(json.dumps(draft(who, found), ensure_ascii=False))
            return
        kept = join(who, join_to, found)
    except (Unreadable, Denied, NoSuchEntry) as refusal:
        refuse(refusal, as_json)
    told = [{"id": str(one.id), "name": one.saying.fact.spoken("name")} for one in kept]
    count = len(told)
    typer.echo(json.dumps(told) if as_json else f"{count} file{'s' if count != 1 else ''} kept sealed with the report.")
