"""`onrecord inquiry`: watch failures of the past being caught."""

import json
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from onrecord.borough.inquiry import OF, Played, play_rows, scenarios
from onrecord.borough.raised import Raised
from onrecord.ledger.commands import AsJson, bar
from onrecord.ledger.facts.fields import HERE


def register(app: typer.Typer) -> None:
    """Add the borough's command."""
    app.command()(inquiry)


def inquiry(
    rows: Annotated[
        list[int] | None, typer.Argument(help="Rows of the failure list; all with a story if none.")
    ] = None,
    proper: Annotated[
        bool, typer.Option("--proper", help="Play the same stories done properly: nothing may be raised.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Play failures of the past in a store of their own: what was raised, owed by whom, and who was told.

    Answers 1 if a played row is silent; with --proper, if anything is raised.
    """
    known = scenarios()
    wanted = list(dict.fromkeys(rows or known))
    if unknown := [row for row in wanted if row not in known]:
        played = ", ".join(map(str, known))
        typer.echo(f"Row {', '.join(map(str, unknown))} has no story yet. These can be played: {played}.", err=True)
        raise typer.Exit(2)
    with bar("Playing") as progress:
        found = play_rows(wanted, enacted=not proper, progress=progress)
    if as_json:
        typer.echo(json.dumps(plain(found), ensure_ascii=False))
    else:
        _tell(found)
    if any(row.raised if proper else not row.caught for row in found):
        raise typer.Exit(1)


def plain(found: list[Played]) -> dict[str, Any]:
    """The answer as JSON values; times in ISO 8601, UTC."""
    rows = [
        {
            "row": row.row,
            "title": row.title,
            "caught": row.caught,
            "recorded": [{"at": made.at.isoformat(), "by": made.by, "what": made.words} for made in row.recorded],
            "raised": [_raised(item) for item in row.raised],
        }
        for row in found
    ]
    return {"rows": rows, "caught": sum(row.caught for row in found), "of": OF}


def _raised(item: Raised) -> dict[str, Any]:
    told = [{"who": told.who, "at": told.at.isoformat(), "outside": told.outside} for told in item.told]
    return {
        "what": item.what,
        "rule": item.rule,
        "at": item.at.isoformat(),
        "due": item.due.isoformat(),
        "owed_by": item.owed_by,
        "told": told,
    }


def _tell(found: list[Played]) -> None:
    console = Console(highlight=False)
    for row in found:
        console.print(f"\n[bold]Row {row.row}. {escape(row.title)}[/]  {_mark(row)}")
        console.print(_lines("Recorded", [(spoken(made.at), f"{made.by}: {made.words}") for made in row.recorded]))
        for item in row.raised:
            told = [(spoken(told.at), f"{told.who}{' (OUTSIDE)' if told.outside else ''}") for told in item.told]
            owed = [("rule", item.rule), ("owed by", item.owed_by), ("due", spoken(item.due))]
            console.print(_lines(f"Raised: {item.what}", [*owed, *((f"told {at}", who) for at, who in told)]))
    caught = sum(row.caught for row in found)
    console.print(f"\n{caught} of {len(found)} rows played were caught. The failure list has {OF} rows.")


def _mark(row: Played) -> str:
    if row.caught:
        return "[green]caught[/]"
    return "[yellow]raised, and nobody outside was told[/]" if row.raised else "nothing was raised"


def _lines(heading: str, rows: list[tuple[str, str]]) -> Group:
    """A heading, and under it two columns that wrap each in its own place."""
    grid = Table.grid(padding=(0, 2, 0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    for left, right in rows:
        grid.add_row(left, escape(right))
    return Group(Padding(f"[bold]{escape(heading)}[/]", (0, 0, 0, 1)), grid)


def spoken(moment: datetime) -> str:
    """A moment in local time; midnight is the end of the day before."""
    local = moment.astimezone(HERE)
    if (local.hour, local.minute) == (0, 0):
        return f"end of {local - timedelta(minutes=1):%a %-d %b %Y}"
    return f"{local:%a %-d %b %Y %H:%M}"
