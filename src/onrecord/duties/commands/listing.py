"""`onrecord facts` and `onrecord duties`: what is on record and what is owed, at a date, as known at a date."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from onrecord.access.queries import agency_of
from onrecord.access.rules import Denied
from onrecord.duties.actions.listing import list_facts
from onrecord.duties.commands.terminal import AsAt, KnownAt, moment, plain, tell_except_by, tell_table, viewer
from onrecord.duties.queries import duties_as_at
from onrecord.duties.rules import Duty
from onrecord.duties.rules.fold import ENDED, LATE, MET, MET_LATE, OPEN
from onrecord.ledger.commands import AsJson
from onrecord.ledger.facts import When
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.effect import InEffect
from onrecord.ledger.rules.sentence import sentence

STATES = (OPEN, LATE, MET, MET_LATE, ENDED)

By = Annotated[str, typer.Option("--by", help="Sign-in name of the person who asks.")]
Kind = Annotated[str, typer.Option("--kind", help="Only facts of this kind.")]
About = Annotated[UUID | None, typer.Option("--about", help="Only facts about this mention, or this report's child.")]
State = Annotated[str, typer.Option("--state", help=f"Only duties in this state: {', '.join(STATES)}.")]


def facts(
    kind: Kind = "", about: About = None, as_at: AsAt = "", known_at: KnownAt = "", by: By = "", as_json: AsJson = False
) -> None:
    """List the facts in effect, as sentences. For the deciding front door only; each look is noted as a read."""
    at = now()
    if kind and kind not in set(catalogue()):
        raise typer.BadParameter(f"There is no fact called {kind}.", param_hint="--kind")
    then, known = moment(as_at, "--as-at", at), moment(known_at, "--known-at", at)
    try:
        if not by:
            raise Denied("Say who asks (--by). Only the front door that decides can see this.")
        found = list_facts(viewer(by), at, then, known, kind=kind, about=about)
    except Denied as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(json.dumps([_fact(one) for one in found]))
        tell_except_by(at, error=True)
        return
    for one in found:
        happened = plain(_when(one.entry.saying.happened))
        fixed = f" (put right: {', '.join(one.corrected)})" if one.corrected else ""
        typer.echo(f"{one.entry.id}  {happened}: {plain(sentence(one.entry))}{fixed}")
    typer.echo(f"{len(found)} fact{'s' if len(found) != 1 else ''} in effect.")
    tell_except_by(at)


def _fact(one: InEffect) -> dict[str, Any]:
    entry, saying = one.entry, one.entry.saying
    return {
        "id": str(entry.id),
        "kind": entry.kind,
        "happened": saying.happened.model_dump(mode="json"),
        "recorded_at": entry.recorded_at.isoformat(),
        "effective_at": one.effective_at.isoformat(),
        "by": saying.by,
        "role": saying.role,
        "agency": saying.agency,
        "on_behalf": saying.on_behalf,
        "about": [str(mention) for mention in entry.mentions],
        "regarding": [str(target) for target in saying.regarding],
        "sentence": sentence(entry),
        "corrected": list(one.corrected),
        "body": saying.fact.model_dump(mode="json", exclude_none=True),
    }


def duties(as_at: AsAt = "", known_at: KnownAt = "", state: State = "", as_json: AsJson = False) -> None:
    """List what is owed, folded anew from the record. References, rules and agencies; no names, and nothing sealed."""
    at = now()
    if state and state not in STATES:
        raise typer.BadParameter(f"A state is one of: {', '.join(STATES)}.", param_hint="--state")
    found = duties_as_at(moment(as_at, "--as-at", at), moment(known_at, "--known-at", at))
    told = (duty for duty in found if duty.wall is None and state in ("", duty.state))
    kept = sorted(told, key=lambda duty: (duty.due_at, duty.key))
    if as_json:
        typer.echo(json.dumps(_told(kept)))
        tell_except_by(at, error=True)
        return
    rows = ((one["reference"], one["title"], _seat(one), _local(one["due_at"]), one["state"]) for one in _told(kept))
    tell_table(("Reference", "Owed", "By", "Due", "State"), rows)
    typer.echo(f"{len(kept)} dut{'ies' if len(kept) != 1 else 'y'}.")
    tell_except_by(at)


def _told(found: Iterable[Duty]) -> list[dict[str, Any]]:
    agencies: dict[str, str] = {}
    return [_duty(duty, agencies) for duty in found]


def _duty(duty: Duty, agencies: dict[str, str]) -> dict[str, Any]:
    """A duty as plain values. An agency owes by its id, or by its sort: then it is the one of that sort here."""
    if duty.owed_of not in agencies:
        agencies[duty.owed_of] = agency_of(duty.owed_of) or duty.owed_of
    return {
        "reference": str(duty.opening)[:8],
        "key": str(duty.key),
        "rule": duty.rule.id,
        "title": duty.rule.title,
        "occurrence": duty.occurrence,
        "opening": str(duty.opening),
        "owed_by": {"role": duty.role, "agency": agencies[duty.owed_of]},
        "started_at": duty.started_at.isoformat(),
        "due_at": duty.due_at.isoformat(),
        "state": duty.state,
        "done_at": duty.done_at.isoformat() if duty.done_at else None,
    }


def _seat(told: dict[str, Any]) -> str:
    return f"{told['owed_by']['role'].replace('_', ' ')}, {told['owed_by']['agency']}"


def _when(happened: When) -> str:
    """The words it was said in, or the local day or days."""
    first, last = (f"{end.astimezone(HERE):%-d %B %Y}" for end in (happened.earliest, happened.latest))
    return happened.said or (first if first == last else f"{first} to {last}")


def _local(due: str) -> str:
    return f"{datetime.fromisoformat(due).astimezone(HERE):%Y-%m-%d %H:%M}"
