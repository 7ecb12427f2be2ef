"""What commands share: who asks, times as they are written, and words made safe for a terminal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onrecord.access.queries import viewer_of
from onrecord.access.rules import Viewer
from onrecord.duties.rules.times import read_moment
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import except_by

WIDE = 400

AsAt = Annotated[str, typer.Option("--as-at", help="As it was then: a date (its end) or a time; without it, now.")]
KnownAt = Annotated[str, typer.Option("--known-at", help="As known then: a date (its end) or a time; without it, now.")]


def viewer(user: str) -> Viewer:
    """The person who asks, or wrong usage."""
    found = viewer_of(user)
    if found is None:
        raise typer.BadParameter(f"Nobody called {user} holds a role here.", param_hint="--by")
    return found


def moment(text: str, option: str, otherwise: datetime) -> datetime:
    """A time an option gives, or wrong usage; `otherwise` where it gives none."""
    if not text:
        return otherwise
    try:
        return read_moment(text, HERE)
    except ValueError as error:
        raise typer.BadParameter(f"“{text}” is no time. {error}.", param_hint=option) from None


def plain(words: str) -> str:
    """Words from the record or from a file, without the signs by which text can command a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in words)


def tell_except_by(at: datetime, *, error: bool = False) -> None:
    """Say, under a list or a figure, by what it is not what was first recorded: lawful erasures, and no word if none.

    A list as it was known then is told from what stands here now. With `error` it goes where no program reads it.
    """
    for words in except_by(at):
        typer.echo(words, err=error)


def tell_table(heads: Iterable[str], rows: Iterable[Iterable[str]], *, error: bool = False) -> None:
    """A table: laid out for the terminal's width, or one line a row where there is no terminal."""
    table = Table(*heads, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(escape(plain(cell)) for cell in row))
    terminal = Console(stderr=error)
    to = terminal if terminal.is_terminal else Console(stderr=error, width=WIDE)
    to.print(table)
