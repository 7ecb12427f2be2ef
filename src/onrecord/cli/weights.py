"""The weights by which children are recognised: teaching them by what people judged, and adopting them."""

import json
from typing import Annotated

import typer

from onrecord.access.rules import Denied
from onrecord.cli.law import By
from onrecord.duties.actions.weights import adopt_weights, teach_weights
from onrecord.duties.commands.terminal import tell_except_by, viewer
from onrecord.ledger.commands import AsJson
from onrecord.ledger.gateway.clock import now
from onrecord.linkage.actions import NotAdopted
from onrecord.linkage.gateway.model import NoSuchModel
from onrecord.linkage.queries import adopted
from onrecord.linkage.rules.lessons import Measured

weights = typer.Typer(help="The weights by which children are recognised.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(weights, name="weights")


@weights.command("show")
def show() -> None:
    """Which weights are in use."""
    typer.echo(adopted() or "Those that are shipped with OnRecord.")


@weights.command("teach")
def teach(by: By, as_json: AsJson = False) -> None:
    """Teach weights by what people judged, and measure them by judgements that they were not taught by.

    Nothing is weighed by them until they are adopted. Answers 1 when they are worse than those in use.
    """
    try:
        digest, made, card = teach_weights(viewer(by), now())
    except Denied as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    if as_json:
        told = {"digest": digest, "taught": made.learnt_from, "held_out": made.held_out, "dropped": made.dropped}
        typer.echo(json.dumps(told | {"worse": made.worse, "by_two": made.by_two, "card": str(card)}))
    else:
        typer.echo(f"Taught by {made.learnt_from:,} judgements, measured by {made.held_out:,} others.")
        typer.echo(f"In use: {_told(made.before)}")
        typer.echo(f"Taught: {_told(made.after)}")
        typer.echo(f"Shown now, and shown no more: {made.dropped:,} pairs.")
        for words in made.worse:
            typer.echo(words)
        typer.echo(f"Weights: {digest}\nWritten: {card}")
    tell_except_by(now(), error=as_json)
    if made.worse:
        raise typer.Exit(1)


@weights.command("adopt")
def adopt(
    digest: Annotated[str, typer.Argument(help="The weights, as `teach` named them.")],
    why: Annotated[str, typer.Option(help="Why.")],
    by: By,
) -> None:
    """Recognise children by other weights. Where somebody would be shown no more, two have to agree."""
    try:
        made = adopt_weights(viewer(by), digest, why, now())
    except (Denied, NotAdopted, NoSuchModel) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    typer.echo("Proposed: it waits for a second signature." if made.proposed else "Adopted.")


def _told(one: Measured) -> str:
    return (
        f"{one.precision:.1%} right of {one.linked:,} held to be one child, {one.recall:.1%} found of {one.same:,} "
        f"that are; an answer costs {one.loss:.3f}."
    )
