"""`onrecord epoch`: how signing goes on after a backup was put back, by two people, one of them outside."""

import json
from typing import Annotated
from uuid import UUID, uuid4

import typer

from onrecord.access.rules import Denied
from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.actions.epochs import propose_epoch
from onrecord.duties.actions.record import record
from onrecord.duties.commands.terminal import viewer
from onrecord.ledger.commands import AsJson
from onrecord.ledger.facts import Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import ended_epochs, log_origin
from onrecord.ledger.rules.account import epoch_kept

epoch = typer.Typer(help="Under which name the record signs; how a new epoch begins when what was signed is not here.")
Log = Annotated[str, typer.Option("--log", help="Which log: default, or reads.")]
By = Annotated[str, typer.Option("--by", help="Sign-in name of the person who says it.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(epoch, name="epoch")


@epoch.callback(invoke_without_command=True)
def told(context: typer.Context, as_json: AsJson = False) -> None:
    """Say under which name each log signs, and which epochs ended."""
    if context.invoked_subcommand:
        return
    found = {using: (log_origin(using), list(ended_epochs(using).values())) for using in ("default", "reads")}
    if as_json:
        typer.echo(json.dumps({using: {"signs": name, "ended": ended} for using, (name, ended) in found.items()}))
        return
    for name, ended in found.values():
        typer.echo("\n".join([f"Signs as {name}.", *(epoch_kept(one.origin, one.signed, one.kept) for one in ended)]))


@epoch.command("propose")
def propose(
    why: Annotated[str, typer.Option("--why", help="What happened, and how you know. Those outside read it.")],
    by: By,
    log: Log = "default",
) -> None:
    """Ask the people outside to let signing go on. Put the newest copy of the database back first, if there is one."""
    try:
        made = propose_epoch(viewer(by), log, why, now())
    except (Denied, Refused) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Proposed. Somebody outside agrees by `onrecord epoch agree {made.id}`, or signed in.")


@epoch.command("agree")
def agree(
    proposal: Annotated[UUID, typer.Argument(help="The id of the proposal.")],
    why: Annotated[str, typer.Option("--why", help="Why you agree.")],
    by: By,
) -> None:
    """Agree, as somebody outside. The watch begins the new epoch at its next look."""
    try:
        record(viewer(by), Seconded.heard({"why": why}), uid=uuid4(), now=now(), regarding=[proposal])
    except (Denied, Refused, Unanswerable) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    typer.echo("Agreed. The new epoch begins at the next checkpoint; witnesses trust its name by telephone.")
