"""The rulebook's commands, and "already known?" by the command line."""

import json
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from onrecord.access.rules import Denied
from onrecord.duties.actions import adopt, proposal_effects
from onrecord.duties.actions.adopt import RulebookUnfit
from onrecord.duties.commands.terminal import viewer
from onrecord.duties.queries import rulebook_in_force
from onrecord.duties.queries.effects import AT_ONCE
from onrecord.intake.actions import NeedsWhy, known_before
from onrecord.ledger.commands import AsJson
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import NoSuchEntry
from onrecord.rulebook.facts import Rulebook, Value
from onrecord.rulebook.gateway import RulebookRefused, read, shipped
from onrecord.rulebook.rules import local_day, spoken, value_on

Folder = Annotated[Path | None, typer.Argument(help="A folder of rules; without one, the rules shipped with OnRecord.")]
By = Annotated[str, typer.Option("--by", help="Sign-in name of the person who asks.")]

law = typer.Typer(help="The law as data: what is in force, what an edition would change, adopting it.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(law, name="rulebook")
    app.command()(known)


@law.command("show")
def show(as_json: AsJson = False) -> None:
    """The rules in force: what is owed, within what time, by what source."""
    made = rulebook_in_force(now())
    if made is None:
        typer.echo("No rulebook has been adopted yet. Run `onrecord init`.", err=True)
        raise typer.Exit(1)
    day = local_day(now(), made.calendar)
    rows = [(rule, value_on(rule.within, day)) for rule in made.rules]
    if as_json:
        told = [{"id": rule.id, "title": rule.title, "within": _within(value)} for rule, value in rows]
        typer.echo(json.dumps({"digest": made.digest, "rules": told}))
        return
    typer.echo(f"Edition {made.digest}")
    for rule, value in rows:
        typer.echo(f"{rule.id}: {rule.title}. {_within(value)}. {source(value)}")


@law.command("check")
def check(folder: Folder = None, as_json: AsJson = False) -> None:
    """Read a folder of rules and say every fault. Answers 1 when there is one."""
    made = _read(folder)
    effect = proposal_effects(made, now(), _progress)
    told = {"digest": made.digest, "rules": len(made.rules), "changes": [change.words for change in effect.changes]}
    told |= {"open_duties": effect.open_duties, "later": effect.later, "gone": effect.gone, "lowers": effect.lowers}
    if as_json:
        typer.echo(json.dumps(told))
        return
    typer.echo(f"{len(made.rules)} rules, no fault. Edition {made.digest}.")
    for change in effect.changes:
        typer.echo(f"- {change.words}")
    if effect.lowers:
        whose = "somebody outside has to agree" if effect.outside else "it needs a second signature"
        typer.echo(f"{effect.later} duties would be due later and {effect.gone} gone: {whose}.")


@law.command("adopt")
def adopt_edition(why: Annotated[str, typer.Option(help="Why.")], by: By, folder: Folder = None) -> None:
    """Adopt an edition. One that lowers anything is only proposed until a second person agrees."""
    try:
        entry = adopt(_read(folder), why, now(), viewer(by))
    except (Denied, RulebookUnfit) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    typer.echo("Proposed: it lowers something, and waits for a second signature." if entry.proposed else "Adopted.")


def known(
    report: Annotated[UUID, typer.Argument(help="The id of a stored report.")],
    by: By,
    why: Annotated[str, typer.Option(help="Why, of what a child wrote themselves.")] = "",
    as_json: AsJson = False,
) -> None:
    """Whether a report's child was known before. For the deciding front door only; the look-up is noted as a read."""
    try:
        found = known_before(viewer(by), report, now(), why)
    except (Denied, NeedsWhy, NoSuchEntry) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    rows = [
        {
            "by": one.source,
            "since": one.since.isoformat(),
            "why": list(one.likeness.words),
            "strong": one.likeness.strong,
        }
        for one in found
    ]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    typer.echo("Not known before, as far as the lists here go." if not rows else "Known before:")
    for one in found:
        sure = "" if one.likeness.strong else "could also be somebody else; "
        typer.echo(f"- by {one.source}, since {one.since:%-d %B %Y} ({sure}{'; '.join(one.likeness.words)})")


def source(value: Value | None) -> str:
    """Where a value comes from, in words, and how sure we are."""
    if value is None or value.source is None:
        return "Our own default: no national figure was found"
    checked = f"{value.source.document}, {value.source.paragraph}"
    sure = {"confirmed": "read in a public copy", "local": "one area's procedure", "unchecked": "not checked yet"}
    return f"{checked} ({sure[value.source.status]}, {value.source.checked_on:%-d %B %Y})"


def _progress(done: int, whole: int) -> None:
    """Where there is more than is compared at once, say how far it is, apart from the answer."""
    if whole > AT_ONCE:
        typer.echo(f"{done} of {whole} open duties compared.", err=True)


def _within(value: Value | None) -> str:
    return f"Within {spoken(value.term)}" if value else "Not in force"


def _read(folder: Path | None) -> Rulebook:
    try:
        return read(folder or shipped())
    except RulebookRefused as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
