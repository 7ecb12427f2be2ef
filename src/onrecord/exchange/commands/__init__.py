"""The commands of exchange: `onrecord import` reads lists, `take` takes what others wrote, `export` gives outside."""

import typer

from onrecord.exchange.commands.census import cin
from onrecord.exchange.commands.log import log
from onrecord.exchange.commands.mail import mail
from onrecord.exchange.commands.paper import paper
from onrecord.exchange.commands.police import police
from onrecord.exchange.commands.steps import steps

lists = typer.Typer(help="Read other people's lists into the record, whole or not at all.", no_args_is_help=True)
leaving = typer.Typer(help="Write files for people outside, who check them without us.", no_args_is_help=True)
taking = typer.Typer(help="Take in what somebody wrote elsewhere, so that nobody types it twice.", no_args_is_help=True)

for group, commands in ((lists, (cin, steps)), (taking, (mail, paper, police)), (leaving, (log,))):
    for command in commands:
        group.command()(command)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(lists, name="import")
    app.add_typer(taking, name="take")
    app.add_typer(leaving, name="export")
