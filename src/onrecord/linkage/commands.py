"""`onrecord link`: lists of children linked in batch."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from onrecord.ledger.commands import AsJson, bar
from onrecord.ledger.gateway.clock import now
from onrecord.linkage.rules.done import Done
from onrecord.linkage.rules.fair import WIDEST, gap
from onrecord.linkage.rules.lists import ListRefused

SHOWN = 20
LINKING = "onrecord.linkage.gateway.linking"
"""Read only when it is asked for: Splink takes a second to read, and no other command needs it."""
HELD, ON_SPARK = "onrecord.linkage.gateway.held", "onrecord.linkage.gateway.spark"
NO_SPARK = "Spark is not installed. Run ./onrecord spark, or install requirements-spark.lock."


class Engine(StrEnum):
    """What the linking runs on."""

    DUCKDB = "duckdb"
    SPARK = "spark"


Rows = Iterable[Sequence[str | None]]
Opened = Callable[[str], tuple[Rows, Mapping[tuple[str, str], str]]]
"""What opens the record to somebody, by sign-in name: the mentions as rows of a list, and what was judged of them."""
Inputs = Annotated[
    list[Path] | None,
    typer.Option(
        "--input",
        exists=True,
        dir_okay=False,
        readable=True,
        help="A list, CSV or Parquet; may be repeated. Without one, the record itself.",
    ),
]
Output = Annotated[Path, typer.Option("--output", dir_okay=False, help="Where the links go, a CSV file.")]
Truth = Annotated[
    Path | None,
    typer.Option("--truth", exists=True, dir_okay=False, help="Who is who, to measure by: unique_id and person, CSV."),
]
Shared = Annotated[
    Path | None,
    typer.Option(
        "--shared",
        exists=True,
        file_okay=False,
        help="With Spark on several machines: a folder that all of them see. What is put there is taken away again.",
    ),
]


def register(app: typer.Typer, opened: Opened | None = None) -> None:
    """Add the command. Without `opened` it links files only."""

    def link_lists(
        output: Output,
        inputs: Inputs = None,
        engine: Annotated[Engine, typer.Option("--engine", help="What it runs on.")] = Engine.DUCKDB,
        shared: Shared = None,
        truth: Truth = None,
        by: Annotated[str, typer.Option("--by", help="Who links the record, by sign-in name.")] = "",
        as_json: AsJson = False,
    ) -> None:
        """Link lists of children, or the record. Beside the links: groups, the model and its quality card.

        Nothing enters the record. Answers 1 when a file is refused, or when names of one tradition are served worse.
        """
        if not output.parent.is_dir():
            raise typer.BadParameter(f"There is no folder {output.parent}.", param_hint="--output")
        if not inputs and (opened is None or not by):
            raise typer.BadParameter("Give a list, or say with --by who links the record.", param_hint="--input")
        hold = _holding(engine, shared)
        record = opened(by) if opened and not inputs else None
        try:
            with bar("Linking") as progress:
                done = _linked(inputs or [], record, output, truth, progress, hold)
        except ListRefused as refusal:
            _refuse(refusal, as_json)
        except OSError as error:
            words = f"{output} cannot be written: {error.strerror}."
            raise typer.BadParameter(words, param_hint="--output") from None
        typer.echo(json.dumps(asdict(done)) if as_json else "\n".join(_told(done)))
        if gap(done.traditions) > WIDEST:
            raise typer.Exit(1)

    app.command("link")(link_lists)


def _holding(engine: Engine, shared: Path | None) -> Callable[..., None]:
    """What holds records together, on the engine that was asked for."""
    made: Callable[..., None]
    if engine is Engine.DUCKDB:
        made = import_module(HELD).hold_together
        return made
    try:
        made = import_module(ON_SPARK).holding(shared)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "pyspark":
            raise
        raise typer.BadParameter(NO_SPARK, param_hint="--engine") from None
    except RuntimeError as no_java:
        raise typer.BadParameter(str(no_java), param_hint="--engine") from None
    return made


def _linked(
    inputs: list[Path],
    record: tuple[Rows, Mapping[tuple[str, str], str]] | None,
    output: Path,
    truth: Path | None,
    progress: Callable[[int, int], None],
    hold: Callable[..., None],
) -> Done:
    linking = import_module(LINKING)
    made: Done
    if record is None:
        made = linking.link(inputs, output, now(), truth, progress, hold)
    else:
        made = linking.link_record(*record, output, now(), progress, hold)
    return made


def _told(done: Done) -> list[str]:
    at = done.threshold
    words = [
        f"{done.records:,} records of {done.lists} lists: {done.links:,} links, {done.people:,} people.",
        f"Linked from weight {at.weight:g}, chosen without truth: before grouping, {at.precision:.1%} of the links are "
        f"expected to be right, and {at.recall:.1%} of what shares a key to be found.",
        *done.unread,
    ]
    words += [
        f"{one.name}: {one.precision:.1%} right, {one.recall:.1%} found, of {one.pairs:,} pairs."
        for one in done.traditions
    ]
    if gap(done.traditions) > WIDEST:
        words.append(f"Naming traditions lie {gap(done.traditions):.1%} apart; {WIDEST:.0%} is the most that is fair.")
    return [*words, *(f"Written: {file}" for file in done.files)]


def _refuse(refusal: ListRefused, as_json: bool) -> None:
    if as_json:
        typer.echo(
            json.dumps({"linked": 0, "refused": str(refusal), "faults": [asdict(one) for one in refusal.faults]})
        )
        raise typer.Exit(1)
    typer.echo(str(refusal), err=True)
    for one in refusal.faults[:SHOWN]:
        place = ", ".join(part for part in (one.file, f"row {one.row}" if one.row else "", one.column) if part)
        stood = f" “{_plain(one.value)}”:" if one.value else ""
        typer.echo(f"  {place}:{stood} {one.message} Rule: {one.rule}.", err=True)
    if len(refusal.faults) > SHOWN:
        typer.echo(f"And {len(refusal.faults) - SHOWN} more; --json lists them all.", err=True)
    raise typer.Exit(1)


def _plain(words: str) -> str:
    """Words of a file, without the signs by which text can command a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in words)
