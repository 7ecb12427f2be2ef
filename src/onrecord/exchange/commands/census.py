"""`onrecord import cin`: a Children in Need census, read into the record whole or not at all."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from onrecord.access.rules import Denied
from onrecord.duties.commands.terminal import plain, tell_table, viewer
from onrecord.exchange.actions import Imported, ReturnChanged, import_census
from onrecord.exchange.gateway import read_xml
from onrecord.exchange.queries import NoSuchAgency, returning_agency
from onrecord.exchange.rules import Census, CensusRefused, Fault, read_census
from onrecord.ledger.commands import AsJson, bar
from onrecord.ledger.gateway.clock import now

SHOWN = 20

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The census, an XML file.")]
By = Annotated[str, typer.Option("--by", help="Sign-in name of the person who imports; without it, the machine does.")]


def cin(file: File, by: By = "", as_json: AsJson = False) -> None:
    """Read a Children in Need census as the register of known children. A broken file is refused whole."""
    who = viewer(by) if by else None
    try:
        with bar("Reading children") as progress:
            census = read_census(read_xml(file), returning_agency()[1], progress)
        done = import_census(census, now(), who)
    except CensusRefused as refusal:
        _tell_faults(refusal, as_json)
        raise typer.Exit(1) from None
    except (ReturnChanged, NoSuchAgency, Denied) as refusal:
        typer.echo(json.dumps({"recorded": 0, "refused": str(refusal)}) if as_json else str(refusal), err=not as_json)
        raise typer.Exit(1) from None
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}.", param_hint="FILE") from None
    _tell(census, done, as_json)


def _tell(census: Census, done: Imported, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(done) | {"warnings": [asdict(each) for each in census.warnings]}))
        return
    words = [f"{_children(done.read)} read.", _opened(done)]
    if done.unborn:
        words.append(f"{done.unborn} without a birth date, born or not: recorded without one.")
    count = len(census.warnings)
    words.append(f"{count} warning{'s' if count != 1 else ''}{':' if count else '.'}")
    typer.echo(" ".join(words))
    for rule, places in Counter(each.rule for each in census.warnings).most_common():
        first = next(each for each in census.warnings if each.rule == rule)
        typer.echo(f"  {places} × {rule} First: {_place(first)}, “{plain(first.value)}”.")


def _opened(done: Imported) -> str:
    if not done.new:
        return "This return was read before: nothing new was recorded."
    before = f"{_children(done.read - done.new)} on record already. " if done.new < done.read else ""
    return f"{before}{done.look_backs} look-back{'s' if done.look_backs != 1 else ''} opened."


def _tell_faults(refusal: CensusRefused, as_json: bool) -> None:
    if as_json:
        told = {"recorded": 0, "refused": str(refusal), "faults": [asdict(fault) for fault in refusal.faults]}
        typer.echo(json.dumps(told))
        return
    typer.echo(str(refusal), err=True)
    rows = ((str(one.child or ""), str(one.line), one.element, one.value, one.rule) for one in refusal.faults[:SHOWN])
    tell_table(("Child", "Line", "Element", "Value", "Rule"), rows, error=True)
    if len(refusal.faults) > SHOWN:
        typer.echo(f"And {len(refusal.faults) - SHOWN} more; --json lists them all.", err=True)


def _place(fault: Fault) -> str:
    return f"child {fault.child}, line {fault.line}" if fault.child else f"line {fault.line}"


def _children(count: int) -> str:
    return f"{count} child{'ren' if count != 1 else ''}"
