"""`onrecord keys`: the keys by which other systems report, and how one is taken back."""

import json
from typing import Annotated

import typer

from onrecord.access.queries import Key, every_key
from onrecord.access.rules import Denied
from onrecord.duties.actions.doors import take_back
from onrecord.duties.commands.terminal import tell_table, viewer
from onrecord.ledger.commands import AsJson
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now

keys = typer.Typer(help="The keys by which other systems report: list them, take one back.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(keys, name="keys")


@keys.callback(invoke_without_command=True)
def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List every key, the newest first: its mark, for whom it speaks, made, last used, taken back."""
    if context.invoked_subcommand:
        return
    found = every_key()
    if as_json:
        typer.echo(json.dumps([dict(zip(Key._fields, _plain(one), strict=True)) for one in found]))
        return
    tell_table(("Mark", "Speaks for", "Made", "Last used", "Taken back"), (_plain(one) for one in found))
    typer.echo(f"{len(found)} key{'s' if len(found) != 1 else ''}.")


@keys.command("end")
def end(
    mark: Annotated[str, typer.Argument(help="Mark of the key, as the list shows it.")],
    why: Annotated[str, typer.Option("--why", help="Why: those who are told read it.")],
    by: Annotated[str, typer.Option("--by", help="Sign-in name of the person who takes it back.")],
) -> None:
    """Take a key back. What that system sends from then on is refused. Of another agency it is a proposal to it."""
    try:
        made = take_back(viewer(by), mark, why, now())
    except (Denied, Refused) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    waits = "Proposed: the key works until somebody of the agency whose key it is agrees."
    typer.echo(f"{waits if made.proposed else 'Taken back.'} Those who are concerned are told.")


def _plain(key: Key) -> tuple[str, ...]:
    times = (f"{at:%Y-%m-%d %H:%M}" if at else "" for at in (key.made_at, key.used_at, key.ended_at))
    return key.mark, key.user, *times
