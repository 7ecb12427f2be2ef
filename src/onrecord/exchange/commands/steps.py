"""`onrecord import steps`: one line for each step that was taken in another case system."""

import json
from dataclasses import asdict

import typer

from onrecord.access.queries import agencies, called
from onrecord.access.rules import Denied
from onrecord.duties.commands.terminal import viewer
from onrecord.exchange.actions import FileRefused, import_steps
from onrecord.exchange.commands.telling import By, Csv, read, refuse
from onrecord.exchange.rules.steps import COLUMNS, NEEDED, read_steps
from onrecord.exchange.rules.table import read_table
from onrecord.ledger.commands import AsJson, bar
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.clock import now


def steps(file: Csv, by: By, as_json: AsJson = False) -> None:
    """Record steps taken in another system. Each line answers exactly one open duty, or nothing is recorded."""
    who, at, data = viewer(by), now(), read(file)
    try:
        lines, faults = read_steps(read_table(data, COLUMNS, NEEDED), _agencies(), at, HERE)
        with bar("Recording steps") as progress:
            done = import_steps(who, lines, faults, at, progress)
    except (FileRefused, Denied) as refusal:
        refuse(refusal, as_json)
    if as_json:
        typer.echo(json.dumps([asdict(one) | {"id": str(one.id)} for one in done]))
        return
    new = sum(bool(one.rule) for one in done)
    typer.echo(f"{new} step{'s' if new != 1 else ''} recorded; {len(done) - new} on record before.")


def _agencies() -> dict[str, tuple[str, str]]:
    """Every agency's id and sort, by its id and by its name, folded."""
    known = agencies()
    names = {called(agency).casefold(): (agency, sort) for agency, sort in known.items()}
    return names | {agency.casefold(): (agency, sort) for agency, sort in known.items()}
