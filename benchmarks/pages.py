"""How many queries a list asks of the database, at 1, 3 and 50 rows."""

from datetime import timedelta

from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.store import START, Figure, found_store, report
from onrecord.access.models import User
from onrecord.ledger.actions import append
from onrecord.ledger.gateway.clock import playing

LISTS = (("front-door", "front"), ("my-duties", "front"), ("watch", "scrutineer"), ("my-reports", "teacher"))
MOST = 12
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@override_settings(STORAGES=PLAIN)
def run() -> list[Figure]:
    """Open each list as somebody whose list it is, with more and more on it, all of it late."""
    found_store()
    figures: list[Figure] = []
    done = 0
    for rows in (1, 3, 50):
        with playing(START):
            append([report(number) for number in range(done, rows)])
        done = rows
        with playing(START + timedelta(days=3)):
            for name, user in LISTS:
                count = _queries(name, user)
                figures.append(Figure(f"queries of {name} at {rows} rows", count, "", f"at most {MOST}", count <= MOST))
    return figures


def _queries(name: str, user: str) -> int:
    client = Client()
    client.force_login(User.objects.get(username=user))
    client.get(reverse(name))
    with CaptureQueriesContext(connections["default"]) as default, CaptureQueriesContext(connections["reads"]) as reads:
        answer = client.get(reverse(name))
    assert answer.status_code == 200, answer.status_code
    asked = [query["sql"] for query in (*default, *reads)]
    return sum(not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for sql in asked)
