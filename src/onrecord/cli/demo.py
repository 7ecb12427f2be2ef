"""`onrecord demo`: the product, running on an invented borough."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from typing import Annotated

import typer

from onrecord.borough.demo import populate
from onrecord.cli.founding import make_tables
from onrecord.cli.running import Port, free
from onrecord.ledger.commands import bar
from onrecord.ledger.gateway.clock import is_demo, now
from onrecord.ledger.gateway.home import home, origin, read_json, write_whole

ORIGIN = "demo.northbrook.onrecord.example"
READY = "demo.json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    port: Port = 8000,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser when it is ready.")] = True,
) -> None:
    """Run OnRecord on an invented borough. Everybody in it is invented; a real record is founded with `init`."""
    if not free(port):
        typer.echo(f"Port {port} is in use. Try --port with another number.", err=True)
        raise typer.Exit(1)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _begin()
    address = f"http://127.0.0.1:{port}"
    serve = _beside("serve", "--port", str(port))
    started = [serve]
    try:
        _populate()
        started.append(_beside("watch"))
        if not _answers(f"{address}/health", serve):
            typer.echo("The pages did not start; what went wrong stands above.", err=True)
            raise typer.Exit(1)
        typer.echo(f"OnRecord is running on an invented borough: {address}  (stop it with Ctrl-C)")
        if browser and os.environ.get("DISPLAY", os.name != "posix" or sys.platform == "darwin"):
            webbrowser.open(address)
        serve.wait()
    except KeyboardInterrupt:
        typer.echo("Stopped.")
    finally:
        for process in started:
            process.terminate()
            process.wait()


def _beside(*command: str) -> subprocess.Popen[bytes]:
    """Start another command of this program. The pages start while the borough is invented: that takes as long."""
    return subprocess.Popen([sys.executable, "-m", "onrecord", *command])


def _begin() -> None:
    """Make the tables. A half-made borough is thrown away, to be made again; a real record is refused."""
    if read_json(home() / "origin.json") is not None and not is_demo():
        typer.echo(f"{home()} holds the real record {origin()}. Choose another folder with ONRECORD_HOME.", err=True)
        raise typer.Exit(1)
    if not (home() / READY).exists():
        _clear()
        write_whole(home() / "origin.json", {"origin": ORIGIN}, mode=0o644)
    make_tables()


def _populate() -> None:
    """Make the invented borough, once."""
    if (home() / READY).exists():
        return
    with bar("Inventing a borough") as progress:
        populate(now(), progress)
    write_whole(home() / READY, {"made": now().isoformat()}, mode=0o644)


def _clear() -> None:
    """Remove what an interrupted demonstration left behind in this folder."""
    for name in ("origin.json", "demo-clock.json", "head-default.json", "head-reads.json"):
        (home() / name).unlink(missing_ok=True)
    for file in home().glob("*.sqlite3*"):
        file.unlink()


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    for _ in range(150):
        if process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  # our own loopback address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False
