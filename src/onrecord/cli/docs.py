"""`onrecord docs`: the reference pages that are made from the code, and whether they still say what it does."""

import difflib
import json
from pathlib import Path
from typing import Annotated

import typer

from onrecord.ledger.commands import AsJson
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.page import markdown
from onrecord.rulebook.gateway import RulebookRefused, read, shipped
from onrecord.web.catalogue import pages

ROOT = Path(__file__).resolve().parents[3]
FOLDER = (ROOT if (ROOT / "pyproject.toml").exists() else Path()) / "docs" / "generated"
"""In a checkout its own folder, from wherever the command is called; installed, the folder one stands in."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(docs)


def docs(
    check: Annotated[bool, typer.Option("--check", help="Compare only; answers 1, with the difference.")] = False,
    folder: Annotated[Path, typer.Option(help="Where the pages stand.")] = FOLDER,
    as_json: AsJson = False,
) -> None:
    """Write the reference pages: facts, processing record, duties, file columns. With --check, say how they differ."""
    try:
        made = texts()
    except RulebookRefused as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    found = {name: _difference(folder / name, text) for name, text in made.items()}
    differing = {name: lines for name, lines in found.items() if lines}
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
    if as_json:
        typer.echo(json.dumps({"pages": sorted(made), "differed": sorted(differing), "written": not check}))
    elif check:
        lines = [line for difference in differing.values() for line in difference]
        typer.echo("\n".join(lines) or "The pages say what the code does.")
    else:
        typer.echo(f"{len(made)} pages written, {len(differing)} of them new or changed.")
    if check and differing:
        raise typer.Exit(1)


def texts() -> dict[str, str]:
    """The text of each page, by the name of its file, from the shipped rulebook and every kind of fact."""
    return {f"{page.name}.md": markdown(page) for page in pages(catalogue(), read(shipped()))}


def _difference(path: Path, text: str) -> list[str]:
    """What would change in a file, as a unified difference; nothing when it says the same."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = before.splitlines(), text.splitlines()
    return list(difflib.unified_diff(*lines, f"{path.name} as it stands", f"{path.name} as made", lineterm=""))
