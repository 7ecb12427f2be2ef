"""The doors under a crowd: 1, 4 and 8 who post at once, against the server that `onrecord serve` starts.

Accepted is asked, and none is lost: counted in the record itself, from another process. All come from one address, so
that nearly all are marked as many at once, which costs more than one alone.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db import connections

from benchmarks.screens import _cpu as cpu
from benchmarks.screens import _server as server
from benchmarks.store import Figure, found_store, report, scaled
from onrecord.intake.facts import ReportReceived
from onrecord.intake.models import Report
from onrecord.ledger.actions import append
from onrecord.ledger.queries import entries
from onrecord.ledger.rules.machine import PUBLIC

CLIENTS, SECONDS, CPU, LATE = (1, 4, 8), 60, 15, 500
PAIRS = 100
"""How many known and unknown children are compared."""
ALIKE = 0.1
"""How far from one half the chance may be that a known child is answered later than an unknown one."""
WORRY = "A car waited outside the school gate again on Tuesday. She got in without speaking to anybody."


class Sent(NamedTuple):
    """What came of one report: its id, the status, and how long it took in milliseconds."""

    uid: str
    status: int
    took: float


def run() -> list[Figure]:
    """Found a store with a child who is known, start the server, and post."""
    found_store()
    known = append([report(0)])[0].saying.fact
    assert isinstance(known, ReportReceived)
    child = {"child-given_name": known.child.given_name or "", "child-family_name": known.child.family_name or ""}
    for connection in connections.all():
        connection.close()
    figures: list[Figure] = []
    with server() as (port, process):
        _warm(port)
        for clients in CLIENTS:
            used, start = cpu(process), time.perf_counter()
            with ThreadPoolExecutor(clients) as crowd:
                parts = crowd.map(partial(_post, port, start + max(3, scaled(SECONDS))), range(clients))
                found = [one for part in parts for one in part]
            figures += _figures(clients, found, cpu(process) - used, time.perf_counter() - start)
        figures.append(_told_apart(port, child))
    return figures


def _warm(port: int) -> None:
    """The first report of a process makes its patterns and reads its rules."""
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda number: _post(port, time.perf_counter() + 5, number), range(8)))


def _post(port: int, until: float, number: int) -> list[Sent]:
    """One who posts, one report after the other, until a moment."""
    connection, found = HTTPConnection("127.0.0.1", port, timeout=60), []
    while time.perf_counter() < until:
        found.append(_one(connection, {"words": f"{WORRY} {number}"}))
    connection.close()
    return found


def _one(connection: HTTPConnection, said: dict[str, str]) -> Sent:
    uid = str(uuid4())
    body, start = urlencode({"id": uid} | said), time.perf_counter()
    connection.request("POST", "/m/2", body, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    return Sent(uid, answer.status, (time.perf_counter() - start) * 1000)


def _figures(clients: int, found: list[Sent], used: float, took: float) -> list[Figure]:
    accepted = [one for one in found if one.status == 200]
    kept = set(Report.objects.filter(agency=PUBLIC).values_list("uid", flat=True))
    there = entries([UUID(one.uid) for one in accepted if UUID(one.uid) in kept])
    times = sorted(one.took for one in found)
    late, each = round(times[int(len(times) * 0.95)]), used * 1000 / len(found)
    who = f"{clients} at once"
    return [
        Figure(f"refused of {len(found)}, {who}", len(found) - len(accepted), "", "0", len(found) == len(accepted)),
        Figure(f"accepted and lost, {who}", len(accepted) - len(there), "", "0", len(accepted) == len(there)),
        Figure(f"CPU of the server for each report, {who}", round(each, 1), "ms", f"under {CPU} ms", each < CPU),
        Figure(f"p95, {who}", late, "ms", f"under {LATE} ms at 8", clients < max(CLIENTS) or late < LATE),
        Figure(f"reports a second, {who}", round(len(found) / took, 1), "/s", "for comparison", True),
    ]


def _told_apart(port: int, known: dict[str, str]) -> Figure:
    """How often a known child is answered later than an unknown one: one half, where nobody can tell them apart."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    sorts: tuple[list[float], list[float]] = ([], [])
    for number in range(max(20, scaled(PAIRS))):
        unknown = {"child-given_name": f"Zed{number}", "child-family_name": f"Quill{number}"}
        for times, child in list(zip(sorts, (known, unknown), strict=True))[:: 1 if number % 2 else -1]:
            times.append(_one(connection, {"words": WORRY} | child).took)
    connection.close()
    later = sum(one > other for one in sorts[0] for other in sorts[1]) / (len(sorts[0]) * len(sorts[1]))
    holds = abs(later - 0.5) < ALIKE
    within = f"0.5, by {ALIKE} at most"
    return Figure("chance that a known child is answered later than an unknown one", round(later, 2), "", within, holds)
