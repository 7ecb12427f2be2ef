"""`onrecord link`, with the record opened to whoever may see it."""

from collections.abc import Mapping

import typer

from onrecord.access.rules import Denied
from onrecord.duties.actions.pairs import open_all
from onrecord.duties.commands.terminal import viewer
from onrecord.ledger.gateway.clock import now
from onrecord.linkage import commands
from onrecord.linkage.commands import Rows
from onrecord.linkage.queries import last_words


def register(app: typer.Typer) -> None:
    """Add the command."""
    commands.register(app, _opened)


def _opened(by: str) -> tuple[Rows, Mapping[tuple[str, str], str]]:
    try:
        return open_all(viewer(by), now()), last_words()
    except Denied as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
