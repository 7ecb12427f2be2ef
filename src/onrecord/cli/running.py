"""Setting up and running: init, serve, watch, tick, doctor, token."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from onrecord.access.actions import make_token
from onrecord.cli.founding import PlanRefused, found, make_tables, read_plan
from onrecord.cli.ills import ills
from onrecord.cli.unsafe import note_serving
from onrecord.duties.actions import Ticked
from onrecord.duties.actions import tick as look
from onrecord.duties.commands.terminal import viewer
from onrecord.ledger.commands import AsJson, console
from onrecord.ledger.gateway.clock import ClockRefused, move_on, now
from onrecord.ledger.gateway.home import home, must_be_set_up, origin, read_json
from onrecord.web.health import measured

Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
YEARS = 10 * 366 * 24
"""The furthest that one step moves a demonstration's clock, in hours: further, no date can be counted."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (init, serve, tick, watch, doctor, token, bench):
        app.command()(command)


def init(plan: Annotated[Path, typer.Argument(help="The founding file; see docs/guides/operator.md.")]) -> None:
    """Found a real record in this folder. Refused unless people outside have accepted to hear what is not answered."""
    if read_json(home() / "origin.json") is not None:
        make_tables()
        typer.echo(f"{home()} holds the record {origin()}. Its tables are up to date; nothing else was changed.")
        return
    try:
        made = read_plan(plan)
    except PlanRefused as refusal:
        typer.echo(f"Nothing was founded.\n{refusal}", err=True)
        raise typer.Exit(1) from None
    make_tables()
    found(made, now())
    typer.echo(f"The record {made.origin} has begun in {home()}. Back up {home() / 'keys'} apart from the database.")


def serve(port: Port = 8000, host: Host = "127.0.0.1", workers: int = 2) -> None:
    """Serve the pages and the API. Run `onrecord watch` beside it.

    A worker for each core. Each has four threads: with one, pages of eight at once come a quarter sooner, but one slow
    upload keeps everybody else of its worker waiting until it has come in.
    """
    origin()
    if not free(port, host):
        typer.echo(f"Port {port} on {host} is in use or may not be used. Try --port with another number.", err=True)
        raise typer.Exit(1)
    call_command("collectstatic", interactive=False, verbosity=0)
    note_serving(workers)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    os.execv(sys.executable, [*command, "onrecord.web.wsgi:application"])  # noqa: S606  # a fixed command


def tick(
    on: Annotated[
        int, typer.Option("--on", help="Demonstration only: first move its clock on by hours.", min=0, max=YEARS)
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Look once at what is due, as the watch does."""
    if on:
        try:
            move_on(timedelta(hours=on))
        except ClockRefused as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None
    _tell(look(now()), as_json)


def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Which benchmarks; all, when none is named.")] = None,
) -> None:
    """Measure, side by side in one run, the figures that OnRecord promises. Answers 1 when one does not hold."""
    root = settings.ROOT
    if not (root / "benchmarks").is_dir():
        typer.echo("The benchmarks are part of the source: run this in a clone.", err=True)
        raise typer.Exit(2)
    raise typer.Exit(subprocess.call([sys.executable, "-m", "benchmarks.run", *(names or [])], cwd=root))


def watch(every: Annotated[int, typer.Option(help="Seconds between two looks.", min=1)] = 30) -> None:
    """Look again and again at what is due, until stopped. One watch is enough; two do no harm."""
    origin()
    stop = _stoppable()
    while not stop():
        try:
            done = look(now())
            if done.escalated or done.failed or done.frozen or done.stuck:
                _tell(done, as_json=False)
        except Exception as error:  # the watch outlives whatever went wrong, and says so
            console.print(f"The watch could not finish a look: {type(error).__name__}: {error}")
            connections.close_all()
        _wait(every, stop)


def doctor(as_json: AsJson = False) -> None:
    """Say what is wrong with this installation. Answers 1 when something is."""
    must_be_set_up()
    found_ill = list(ills())
    told = measured(now()) | {"ills": found_ill}
    if as_json:
        typer.echo(json.dumps(told))
    else:
        for name, value in told.items():
            typer.echo(f"{name}: {value}") if name != "ills" else None
        typer.echo("\n".join(f"- {ill}" for ill in found_ill) or "Nothing wrong was found.")
    if found_ill:
        raise typer.Exit(1)


def token(user: Annotated[str, typer.Argument(help="Sign-in name it speaks for.")]) -> None:
    """Make a key by which another system can report for somebody. It is shown once."""
    typer.echo(make_token(viewer(user).user, now()))


def free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether this machine lets us listen there."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _tell(done: Ticked, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(vars(done)))
        return
    typer.echo(
        f"{done.escalated} duties went to somebody new. {done.delivered} notices delivered, {done.failed} failed. "
        f"{done.seats_vacant} outside seats vacant."
    )
    if done.stuck:
        typer.echo(f"{done.stuck} duties could not climb. The log says why.", err=True)
    if done.frozen:
        typer.echo(f"No checkpoint was signed. {done.frozen}", err=True)


def _stoppable() -> Callable[[], bool]:
    """A question that becomes true when the process is asked to end."""
    asked: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: asked.append(number))
    return lambda: bool(asked)


def _wait(seconds: int, stop: Callable[[], bool]) -> None:
    end = now() + timedelta(seconds=seconds)
    while now() < end and not stop():
        time.sleep(0.2)
