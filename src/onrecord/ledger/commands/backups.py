"""`onrecord backup` and `onrecord restore`: sealed copies of the record, until when each holds what went since."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from onrecord.ledger.actions import destroy_key, make_backup, note_backup, restore_backup
from onrecord.ledger.actions.backup import NoBackup
from onrecord.ledger.commands.checking import AsJson
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.backups import NotCopied
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.home import Damaged
from onrecord.ledger.gateway.sealing import NotOpened
from onrecord.ledger.queries import backups, erasures
from onrecord.ledger.rules.backups import Backup, spoken, standing_in

ONE_PLACE = (
    "Its key stands on this machine only: if the machine is lost, so is this backup. With --key a copy of it stands in "
    "a second place too."
)
NO_DAY = "Say the last day it is kept, such as 2027-01-31. After that day its key is destroyed, and nobody opens it."
PUT_BACK = (
    "Put keys/ back beside it from its own backup, name the folder in ONRECORD_HOME, and run `onrecord verify`. See "
    "docs/guides/backups.md for what PostgreSQL needs and what the watch says."
)

What = Annotated[str, typer.Argument(help="What was copied, and where it is kept. Nothing: only say how it stands.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day it is kept.")]
Into = Annotated[Path | None, typer.Option("--to", dir_okay=False, help="Write a sealed backup into this file.")]
Second = Annotated[Path | None, typer.Option("--key", help="A folder elsewhere, for a copy of its key.")]
Gone = Annotated[str, typer.Option("--destroy", help="Destroy the key with this id now, before its day too.")]
KeyFile = Annotated[Path | None, typer.Option("--key", dir_okay=False, help="Its key, from the second place.")]


def backup(
    what: What = "",
    until: Until = None,
    to: Into = None,
    key: Second = None,
    destroy: Gone = "",
    as_json: AsJson = False,
) -> None:
    """Make a sealed backup, or put on record one made otherwise; say until when backups hold what was erased.

    A sealed backup has a key of its own. The watch destroys that key after the last day, and nobody opens it any more.
    """
    at = now()
    if (what or to) and not until:
        raise typer.BadParameter(NO_DAY, param_hint="--until")
    last = until.date() if until else at.date()
    try:
        if destroy:
            destroy_key(destroy, at)
        if to:
            made = make_backup(to, what or str(to), last, key, at)
            typer.echo(f"{made.saying.fact.spoken('what')}: sealed in {to}.", err=as_json)
            typer.echo("" if key else ONE_PLACE, err=True)
        elif what:
            note_backup(what, last, at)
    except (Refused, NotCopied, NoBackup) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    _tell(as_json)


def restore(
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A sealed backup.")],
    folder: Annotated[Path, typer.Argument(help="A new folder, for what was in it.")],
    key: KeyFile = None,
) -> None:
    """Open a sealed backup into a new folder. Answers 1 when its key is gone, or when it was changed."""
    try:
        restore_backup(source, folder, key)
    except (NotOpened, Damaged) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"What was in {source} is in {folder}. {PUT_BACK}")


def _tell(as_json: bool) -> None:
    found, today = backups(), now().date()
    stands = standing_in(found, [one.at for one in erasures()], today)
    if as_json:
        told = {"until": stands.until and stands.until.isoformat(), "since": stands.since and stands.since.isoformat()}
        typer.echo(json.dumps(told | {"overdue": stands.overdue, "backups": [_plain(one) for one in found]}))
        return
    for one in found:
        typer.echo(f"{one.made_at:%Y-%m-%d}  {one.what}, {_state(one)}")
    typer.echo(f"Of what was erased: {spoken(stands)}")


def _state(one: Backup) -> str:
    if one.destroyed_at:
        return f"key {one.sealed} destroyed on {one.destroyed_at:%Y-%m-%d}"
    return f"kept until {one.until}" + (f", sealed under the key {one.sealed}" if one.sealed else ", not sealed")


def _plain(one: Backup) -> dict[str, str | None]:
    gone = one.destroyed_at.isoformat() if one.destroyed_at else None
    return {"what": one.what, "until": one.until.isoformat(), "key": one.sealed, "destroyed": gone}
