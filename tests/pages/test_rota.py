"""The rota on its page: a line is withdrawn with a reason, and the days without a reader are said."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import ReadingRotaSet, ReadingRotaWithdrawn
from onrecord.access.models import Reading
from onrecord.ledger.facts import Entry, When
from onrecord.ledger.models import Envelope
from tests.pages.browsing import sheet, text
from tests.partnership import START, Store

DAY = timedelta(days=1)


def put(store: Store, days: float) -> Entry:
    """A day shift, so many days from now."""
    start = START + days * DAY
    reads = When(earliest=start, latest=start + timedelta(hours=8))
    return store.say("head", ReadingRotaSet(user="front-door", reads=reads)).entry


@pytest.fixture
def lines(store: Store) -> list[Entry]:
    """Thirteen of the next fourteen days have a reader."""
    Reading.objects.all().delete()
    return [put(store, days) for days in range(14) if days != 5]


def test_a_line_is_withdrawn_and_the_gap_is_shown(store: Store, browser: Any, lines: list[Entry]) -> None:
    client = browser("team-manager")
    assert "Nobody reads on Saturday 10 October.</strong>" in text(client.get("/people/rota"))
    name = f"line{str(lines[1].id)[:8]}"
    page = text(client.post("/people/rota", sheet(name, why=" ")))
    assert "Say in a sentence why it is withdrawn." in page
    assert Reading.objects.count() == 13
    page = text(client.post("/people/rota", sheet(name, why="She is ill."), follow=True))
    assert "Withdrawn. If nobody reads now or in the next 24 hours, the head of service is told." in page
    assert "Nobody reads on Tuesday 6 October, Saturday 10 October.</strong>" in page
    assert Reading.objects.filter(entry=lines[1].id).count() == 0
    (row,) = Envelope.objects.filter(kind=ReadingRotaWithdrawn.kind)
    assert row.coded == {"user": "front-door", "line": str(lines[1].id)}


def test_where_somebody_reads_each_day_that_is_said(store: Store, browser: Any) -> None:
    page = text(browser("head").get("/people/rota"))
    assert ("Somebody reads on each of the next 14 days." in page, "Nobody reads on" in page) == (True, False)


def test_an_absence_cuts_a_line_in_two_and_it_is_withdrawn_once(store: Store, browser: Any) -> None:
    days = {
        f"{end}-{part}": value
        for end in ("first", "last")
        for part, value in zip(("day", "month", "year"), ("7", "10", "2026"), strict=True)
    }
    said = sheet("away", **days) | {"user": "front-door", "cover": "team-manager"}
    browser("front-door").post("/people/away", said)
    page = text(browser("head").get("/people/rota"))
    assert (page.count("<li>Asha Verne:"), page.count(">Withdraw<span")) == (2, 1)
    assert "Nobody reads on Wednesday 7 October.</strong>" in page


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_database_as_much_for_fifty_as_for_one(store: Store, browser: Any, rows: int) -> None:
    Reading.objects.all().delete()
    for number in range(rows):
        put(store, number)
    client = browser("head")
    client.get("/people/rota")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/people/rota"))
    assert page.count("<li>Asha Verne:") == rows
    assert len(asked) <= 12
