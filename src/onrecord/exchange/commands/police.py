"""`onrecord take police`: a file of notifications becomes reports, each with a receipt written beside the file."""

import json
from dataclasses import asdict

import typer

from onrecord.access.rules import Denied
from onrecord.duties.commands.terminal import viewer
from onrecord.exchange.actions import FileRefused, take_notifications
from onrecord.exchange.commands.telling import By, Csv, read, refuse
from onrecord.exchange.gateway import receipts_beside
from onrecord.exchange.rules.notifications import COLUMNS, NEEDED, notifications
from onrecord.exchange.rules.table import read_table
from onrecord.ledger.commands import AsJson, bar
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.clock import now


def police(file: Csv, by: By, as_json: AsJson = False) -> None:
    """Take a file of police notifications, all of it or nothing. The receipts stand in FILE.receipts.csv."""
    who, at, data = viewer(by), now(), read(file)
    try:
        given = notifications(read_table(data, COLUMNS, NEEDED), who.seat.agency, at, HERE)
        with receipts_beside(file) as keep, bar("Taking notifications") as progress:
            done = take_notifications(who, given, at, progress)
            kept = keep([(one.row, one.reference, one.id, one.received_at, one.receipt) for one in done])
    except (FileRefused, Denied) as refusal:
        refuse(refusal, as_json)
    except OSError as error:
        message = f"The receipts cannot be written beside {file}: {error.strerror}. Run it again where they can."
        raise typer.BadParameter(message, param_hint="FILE") from None
    if as_json:
        told = [asdict(one) | {"id": str(one.id), "received_at": one.received_at.isoformat()} for one in done]
        typer.echo(json.dumps(told))
        return
    count = len(done)
    typer.echo(f"{count} notification{'s' if count != 1 else ''} taken. The receipts stand in {kept}.")
