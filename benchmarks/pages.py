"""How many times a page asks the database, at 1, 3 and 50 rows; its note in the reads ledger is counted by itself."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from benchmarks.store import SPACE, START, Figure, found_store, report
from onrecord.access.models import User
from onrecord.access.queries import viewer_of
from onrecord.duties.actions import record, tick
from onrecord.intake.actions import route_waiting
from onrecord.intake.queries import waiting
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.linkage.facts import LinkJudged

MOST, NOTE = 12, 2
NOTING = ("INSERT", '"ledger_head" t ')
"""What the statements hold that write a note: one takes the head row, one adds the entry with what follows from it."""
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LATER = START + timedelta(days=3)
PAGES: tuple[tuple[str, str, Callable[[UUID], str]], ...] = (
    ("front door", "front", lambda uid: "/front-door"),
    ("report at the front door", "front", lambda uid: f"/front-door/{uid}"),
    ("receipt", "teacher", lambda uid: f"/report/{uid}"),
    ("child's file", "front", lambda uid: f"/children/{mention_of(uid, 'child')}"),
    ("my duties", "front", lambda uid: "/duties"),
    ("my reports", "teacher", lambda uid: "/my-reports"),
    ("what is late", "scrutineer", lambda uid: "/watch"),
    ("people", "office", lambda uid: "/people"),
    ("reads", "office", lambda uid: "/reads"),
)


@override_settings(STORAGES=PLAIN)
def run() -> list[Figure]:
    """Open each page as somebody whose page it is, with more and more on it, all of it late, and all of one child."""
    found_store()
    figures: list[Figure] = []
    made: list[Entry] = []
    for rows in (1, 3, 50):
        with playing(START):
            made += append([report(number) for number in range(len(made), rows)])
            route_waiting()
            _judge(made)
        with playing(LATER):
            tick(LATER, sign=False)
            _check(rows)
            for name, user, address in PAGES:
                figures += _figures(f"{name} at {rows} rows", user, address(made[-1].id))
    return figures


def _judge(made: list[Entry]) -> None:
    """Every report is judged to be about the same child as the one before it: a chain of as many judgements."""
    front = viewer_of("front")
    assert front is not None
    for number in range(1, len(made)):
        pair = [mention_of(one.id, "child") for one in made[number - 1 : number + 1]]
        uid = uuid5(SPACE, f"judged/{number}")
        record(front, LinkJudged(verdict="same", why="Compared."), uid=uid, now=START, about=pair)


def _check(rows: int) -> None:
    """A list that is empty asks for nothing and proves nothing."""
    front = viewer_of("front")
    assert front is not None
    found = len(waiting(front, START))
    assert found == rows, f"{found} reports wait, not {rows}"


def _figures(name: str, user: str, address: str) -> list[Figure]:
    client = Client()
    client.force_login(User.objects.get(username=user))
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as record_, CaptureQueriesContext(connections["reads"]) as reads:
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    both = [(made is reads, one["sql"]) for made in (record_, reads) for one in made if not _frames(one["sql"])]
    noted = sum(beside and any(word in sql for word in NOTING) for beside, sql in both)
    asked = len(both) - noted
    return [
        Figure(f"queries of {name}", asked, "", f"at most {MOST}", asked <= MOST),
        Figure(f"of its note in the reads ledger, {name}", noted, "", f"at most {NOTE}", noted <= NOTE),
    ]


def _frames(sql: str) -> bool:
    return sql.startswith(FRAME)
