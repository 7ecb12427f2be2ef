"""The commands of duties: record a file of facts, list what is on record, list what is owed."""

import typer

from onrecord.duties.commands.filing import record
from onrecord.duties.commands.listing import duties, facts


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (record, facts, duties):
        app.command()(command)
