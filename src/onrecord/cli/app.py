"""Every command, gathered from the stages."""

from typing import Annotated

import typer
from django.db import OperationalError, ProgrammingError

from onrecord import __version__
from onrecord.borough import commands as borough
from onrecord.cli import demo, docs, epoch, keys, law, linking, people, running, weights
from onrecord.duties import commands as duties
from onrecord.exchange import commands as exchange
from onrecord.ledger import commands as ledger
from onrecord.ledger.gateway.home import NoHome, home

app = typer.Typer(
    name="onrecord",
    help="OnRecord: the safeguarding record in which no report can be lost unseen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Say the version.", is_eager=True)] = False,
) -> None:
    """Say the version, if that is what was asked."""
    if version:
        typer.echo(f"OnRecord {__version__}")
        raise typer.Exit


for stage in (demo, running, ledger, duties, law, people, keys, epoch, linking, weights, exchange, borough, docs):
    stage.register(app)


def run() -> int:
    """Run the command that was asked for; its exit status. A record that is not set up is said, not traced."""
    try:
        app(standalone_mode=True)
    except NoHome as missing:
        return _say(str(missing))
    except (OperationalError, ProgrammingError) as error:
        if "no such table" not in str(error) and "does not exist" not in str(error):
            raise
        return _say(f"The record in {home()} is not set up. Run `onrecord init` or `onrecord demo` first.")
    return 0


def _say(words: str) -> int:
    typer.echo(words, err=True)
    return 1
