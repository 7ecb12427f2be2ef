"""A child's file with 2,000 facts: its first page in as many queries as of a short file, and its paper in seconds."""

import time
from base64 import b64decode
from uuid import uuid5

from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from benchmarks.pages import MOST, PLAIN, _frames
from benchmarks.store import SPACE, START, Figure, found_store, report, scaled
from onrecord.access.models import User
from onrecord.borough.words import SAID
from onrecord.case.facts import ExploitationAssessed
from onrecord.intake.actions import route_waiting
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Saying, When, mention_of
from onrecord.ledger.gateway.clock import playing

FACTS, FEW, PAGE, AT_ONCE, WITHIN = 2000, 60, 50, 200, 5
TITLE = b'class="onr-timeline__title"'


@override_settings(STORAGES=PLAIN)
def run() -> list[Figure]:
    """One child, assessed again and again: the first page of the file, and all of it on paper."""
    found_store()
    with playing(START):
        first = append([report(0)])[0]
        route_waiting()
        _said(first, 0, FEW)
        few, _, _ = _opened(first)
        every = scaled(FACTS)
        _said(first, FEW, every)
        many, took, shown = _opened(first)
        printed, used, size = _printed(first)
    assert shown == PAGE, f"{shown} entries are listed, not {PAGE}"
    return [
        Figure(
            f"queries of a file with {every} facts", many, "", f"at most {MOST}, as many as with {FEW}", many == few
        ),
        Figure(f"first page of a file with {every} facts", round(took * 1000), "ms", "for comparison", True),
        Figure(f"a file with {every} facts as PDF", round(printed, 2), "s", f"under {WITHIN} s", printed < WITHIN),
        Figure("CPU that this took", round(used, 2), "s", "for comparison", True),
        Figure("its size", round(size / 1e6, 1), "MB", "for comparison", True),
    ]


def _said(first: Entry, start: int, end: int) -> None:
    for begin in range(start, end, AT_ONCE):
        append([_assessed(first, number) for number in range(begin, min(begin + AT_ONCE, end))])


def _assessed(first: Entry, number: int) -> Saying:
    fact = ExploitationAssessed.heard(SAID["case.exploitation_assessed"] | {"review_on": "2026-12-01"})
    uid, about = uuid5(SPACE, f"assessed/{number}"), (mention_of(first.id, "child"),)
    return Saying(uid, fact, "front", "front_door", "social-care", When.at(START), about=about, regarding=(first.id,))


def _opened(first: Entry) -> tuple[int, float, int]:
    """How often the page asks the record, how many seconds it took, and how many entries stand on it."""
    client, url = _client(), f"/children/{mention_of(first.id, 'child')}"
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as asked:
        start = time.perf_counter()
        answer = client.get(url)
        took = time.perf_counter() - start
    assert answer.status_code == 200, answer.status_code
    return sum(not _frames(one["sql"]) for one in asked), took, answer.content.count(TITLE)


def _printed(first: Entry) -> tuple[float, float, int]:
    """How many seconds the file took on paper, how many of them on a processor, and how many bytes it has."""
    client, url = _client(), f"/children/{mention_of(first.id, 'child')}/print"
    start, used = time.perf_counter(), time.process_time()
    page = client.post(url).getvalue()
    took, used = time.perf_counter() - start, time.process_time() - used
    made = b64decode(page.partition(b"application/pdf;base64,")[2].partition(b'"')[0])
    assert made.startswith(b"%PDF"), page[:200]
    return took, used, len(made)


def _client() -> Client:
    client = Client()
    client.force_login(User.objects.get(username="front"))
    return client
