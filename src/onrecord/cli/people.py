"""`onrecord people`: who holds which role, on any day, and what is proposed about people."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any
from uuid import uuid4

import typer
from django.urls import reverse

from onrecord.access.actions import TakesTwo
from onrecord.access.facts import (
    AbsenceNoted,
    AddressChanged,
    InvitationProposed,
    ReadingRotaSet,
    RoleEnded,
    RoleHeld,
    SecondStepEnded,
)
from onrecord.access.queries import Held, called, role_history
from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable, record
from onrecord.duties.actions.doors import invite
from onrecord.duties.commands.terminal import AsAt, KnownAt, moment, tell_except_by, tell_table, viewer
from onrecord.ledger.commands import AsJson
from onrecord.ledger.facts import Fact, When
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now

By = Annotated[str, typer.Option("--by", help="Sign-in name of the person who says it.")]
Why = Annotated[str, typer.Option("--why", help="Why: the second person reads it.")]
User = Annotated[str, typer.Argument(help="Sign-in name of the person it is about.")]
Role = Annotated[str, typer.Argument(help="Role, such as practitioner.")]
Agency = Annotated[str, typer.Argument(help="Agency, by its short id.")]

people = typer.Typer(help="Who holds which role on any day; propose a role or its end; absences and the rota.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(people, name="people")


@people.callback(invoke_without_command=True)
def history(context: typer.Context, as_at: AsAt = "", known_at: KnownAt = "", as_json: AsJson = False) -> None:
    """List every role that anybody had held by a day, by name, with who proposed and who agreed. Leavers stay in it."""
    if context.invoked_subcommand:
        return
    at = now()
    found = role_history(moment(as_at, "--as-at", at), moment(known_at, "--known-at", at))
    if as_json:
        typer.echo(json.dumps([_told(one) for one in found]))
        tell_except_by(at, error=True)
        return
    rows = ((one.name, one.role.replace("_", " "), called(one.agency), str(one.since), _until(one)) for one in found)
    tell_table(("Name", "Role", "Agency", "From", "Until"), rows)
    typer.echo(f"{len(found)} role{'s' if len(found) != 1 else ''}.")
    tell_except_by(at)


@people.command("propose")
def propose(
    user: User,
    name: Annotated[str, typer.Argument(help="Their name.")],
    role: Role,
    agency: Agency,
    why: Why,
    by: By,
    since: Annotated[str, typer.Option("--since", help="From which day; without it, today.")] = "",
) -> None:
    """Propose somebody for a role. It counts when a second person, of another agency, agrees."""
    day = since or now().date().isoformat()
    said = {"user": user, "name": name, "role": role, "agency": agency, "since": day, "why": why}
    _say(RoleHeld, said, by)


@people.command("end")
def end(user: User, role: Role, agency: Agency, why: Why, by: By) -> None:
    """Propose that a role ends. An outside seat ends only if the person in it agrees."""
    _say(RoleEnded, {"user": user, "role": role, "agency": agency, "why": why}, by)


@people.command("invite")
def make_link(
    user: User,
    by: By,
    site: Annotated[str, typer.Option("--site", help="Where the pages are.")] = "http://localhost:8000",
    why: Annotated[str, typer.Option("--why", help="Where it takes two: propose it, and say why.")] = "",
) -> None:
    """Make a link by which somebody sets their own password. It works once, for seven days, and is shown once.

    For those who sign, decide on sealed reports, lead an agency or sit outside it takes two: `--why` proposes it. When
    a second person has agreed, the same command makes the link.
    """
    try:
        secret = invite(viewer(by), user, now())
    except TakesTwo as refusal:
        if not why:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None
        _say(InvitationProposed, {"user": user, "why": why}, by)
        return
    except Denied as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{site.rstrip('/')}{reverse('invitation-link', args=[secret])}")
    typer.echo("Give it to the person themselves. It works once, for seven days.", err=True)


@people.command("begin-anew")
def begin_anew(user: User, role: Role, agency: Agency, why: Why, by: By) -> None:
    """Propose that somebody's sign-in begins anew: phone and recovery codes are lost. A second person agrees."""
    _say(SecondStepEnded, {"user": user, "role": role, "agency": agency, "why": why}, by)


@people.command("address")
def address(
    user: User,
    to: Annotated[str, typer.Argument(help="E-mail address.")],
    by: By,
    why: Annotated[str, typer.Option("--why", help="Why, if it is not your own.")] = "",
) -> None:
    """Change where notices go: one's own at once, somebody else's as a proposal."""
    _say(AddressChanged, {"user": user, "address": to} | ({"why": why} if why else {}), by)


@people.command("away")
def away(
    user: User,
    first: Annotated[str, typer.Argument(help="First day away.")],
    last: Annotated[str, typer.Argument(help="Last day away.")],
    cover: Annotated[str, typer.Argument(help="Sign-in name of the person who covers.")],
    by: By,
) -> None:
    """Note that somebody is away and who covers. No clock stops."""
    _say(AbsenceNoted, {"user": user, "first": first, "last": last, "cover": cover}, by)


@people.command("rota")
def rota(
    user: User,
    start: Annotated[str, typer.Argument(help="From: a time, such as 2026-11-23T09:00.")],
    end: Annotated[str, typer.Argument(help="Until: a time, such as 2026-11-23T17:00.")],
    by: By,
) -> None:
    """Say who reads the front door, from when until when."""
    at = now()
    times = moment(start, "START", at), moment(end, "END", at)
    reads = When(earliest=min(times), latest=max(times))
    _say(ReadingRotaSet, {"user": user, "reads": reads.model_dump(mode="json")}, by)


def _say(kind: type[Fact], said: dict[str, Any], by: str) -> None:
    """Record it by the one door; say that it is proposed, or why it is refused."""
    try:
        made = record(viewer(by), kind.heard(said), uid=uuid4(), now=now()).entry
    except Refused as refused:
        for fault in refused.faults:
            typer.echo(f"{fault.field}: {fault.message}", err=True)
        raise typer.Exit(1) from None
    except (Denied, Unanswerable) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    waits = "Proposed: it counts when a second person, of another agency, agrees." if made.proposed else "Recorded."
    typer.echo(f"{made.id}  {waits}")


def _told(one: Held) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in asdict(one).items()
    }


def _until(one: Held) -> str:
    return f"{one.ended_at:%Y-%m-%d}" if one.ended_at else ""
