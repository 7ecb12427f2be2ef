"""Ten screens of the invented borough, eight clients at once, against the server that `onrecord serve` starts.

What a client waits holds the time in the queue: eight ask at once, two processes answer. So the server's own CPU for
each answer and how busy the machine was before are told beside it.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import connections
from django.test import Client

from benchmarks.store import Figure, scaled
from onrecord.access.models import User
from onrecord.access.queries import viewer_of
from onrecord.access.rules import Viewer
from onrecord.borough.demo import populate
from onrecord.cli.founding import make_tables
from onrecord.intake.queries import mine, waiting
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.home import home, write_whole

ORIGIN = "demo.bench.onrecord.example"
CLIENTS, WITHIN, STARTING = 8, 300, 60
TOKEN = "x" * 32
"""A form's token: as good as any other, because the cookie holds the same."""
SOUGHT = {"given_name": "Amelia", "family_name": "Hart", "why": "contacted", "words": "Her school rang me."}


class Screen(NamedTuple):
    """A screen: who opens it, its addresses, and what is sent where it is a form."""

    name: str
    user: str
    addresses: tuple[str, ...]
    sent: str = ""


class Answer(NamedTuple):
    """What a client got: of which screen, the status, and how long it waited in milliseconds."""

    name: str
    status: int
    waited: float


def run() -> list[Figure]:
    """Invent the borough, start the server, and let eight clients open every screen again and again."""
    write_whole(home() / "origin.json", {"origin": ORIGIN})
    make_tables()
    populate(datetime.now(UTC))  # noqa: TID251  # a benchmark stands at the edge
    screens = _screens()
    cookies = {screen.user: _signed_in(screen.user) for screen in screens}
    rounds, busy = max(3, scaled(25)), os.getloadavg()[0]
    for connection in connections.all():
        connection.close()
    with _server() as (port, process):
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(lambda number: _client(port, screens, cookies, number, 1), range(CLIENTS)))
            used, start = _cpu(process), time.perf_counter()
            found = list(clients.map(lambda n: _client(port, screens, cookies, n, rounds), range(CLIENTS)))
        took, used = time.perf_counter() - start, _cpu(process) - used
    answers = [answer for one in found for answer in one]
    return [*_figures(screens, answers), *_beside(answers, took, used, busy)]


def _figures(screens: list[Screen], answers: list[Answer]) -> list[Figure]:
    figures = []
    for screen in screens:
        waited = sorted(answer.waited for answer in answers if answer.name == screen.name)
        late = round(waited[int(len(waited) * 0.95)])
        within = f"under {WITHIN} ms; half within {round(waited[len(waited) // 2])} ms"
        figures.append(Figure(f"p95 of {screen.name}, {CLIENTS} clients", late, "ms", within, late < WITHIN))
    failed = sum(answer.status != 200 for answer in answers)
    return [*figures, Figure(f"errors in {len(answers)} answers", failed, "", "0", failed == 0)]


def _beside(answers: list[Answer], took: float, used: float, busy: float) -> list[Figure]:
    plain = "for comparison"
    return [
        Figure("answers a second", round(len(answers) / took), "/s", plain, True),
        Figure("CPU of the server for each answer", round(used * 1000 / len(answers), 1), "ms", plain, True),
        Figure("cores the server had, of all", round(used / took, 2), f"of {os.cpu_count()}", plain, True),
        Figure("machine's load before", round(busy, 2), "", plain, True),
    ]


def _screens() -> list[Screen]:
    front, teacher = _viewer("amira-sattar"), _viewer("yasmin-akhtar")
    waits = [one.row.uid for one in waiting(front, datetime.now(UTC), 0, 20)]  # noqa: TID251
    own = [row.uid for row in mine(teacher)][:20]
    return [
        Screen("report form", teacher.user, ("/report",)),
        Screen("receipt", teacher.user, tuple(f"/report/{uid}" for uid in own)),
        Screen("front-door list", front.user, ("/front-door",)),
        Screen("report at the front door", front.user, tuple(f"/front-door/{uid}" for uid in waits)),
        Screen("my duties", "daniel-whitlow", ("/duties",)),
        Screen("what is late", "owen-tregarth", ("/watch",)),
        Screen("child's file", front.user, tuple(f"/children/{mention_of(uid, 'child')}" for uid in [*waits, *own])),
        Screen("sealed list", "sian-bevan", ("/sealed",)),
        Screen("people", "helen-marsh", ("/people",)),
        Screen("search", front.user, ("/search",), urlencode(SOUGHT | {"csrfmiddlewaretoken": TOKEN})),
    ]


def _viewer(user: str) -> Viewer:
    found = viewer_of(user)
    assert found is not None
    return found


def _signed_in(user: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=user))
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


def _client(port: int, screens: list[Screen], cookies: dict[str, str], number: int, rounds: int) -> list[Answer]:
    """One client: it opens every screen in turn, beginning at another than its neighbours."""
    connection, found = HTTPConnection("127.0.0.1", port, timeout=60), []
    turn = [*screens[number:], *screens[:number]] if number < len(screens) else screens
    for time_ in range(rounds):
        for screen in turn:
            address = screen.addresses[(time_ * CLIENTS + number) % len(screen.addresses)]
            found.append(_asked(connection, screen, address, cookies[screen.user]))
    connection.close()
    return found


def _asked(connection: HTTPConnection, screen: Screen, address: str, cookie: str) -> Answer:
    headers = {"Cookie": cookie}
    if screen.sent:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    start = time.perf_counter()
    connection.request("POST" if screen.sent else "GET", address, screen.sent or None, headers)
    answer = connection.getresponse()
    answer.read()
    return Answer(screen.name, answer.status, (time.perf_counter() - start) * 1000)


@contextmanager
def _server() -> Iterator[tuple[int, int]]:
    """The port and the process of the real server, while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "onrecord", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=sys.stderr)
    try:
        for _ in range(STARTING * 5):
            if _listens(port):
                break
            time.sleep(0.2)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _cpu(process: int) -> float:
    """The CPU seconds that a process and those it started have used."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            said = (folder / "stat").read_text().rpartition(")")[2].split()
            if process in (int(folder.name), int(said[1])):
                ticks += int(said[11]) + int(said[12])
    return ticks / os.sysconf("SC_CLK_TCK")
