"""Reports that came in one file stand as one line that opens, each with its own clock; danger is never folded."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from onrecord.duties.queries import open_decisions
from onrecord.duties.views.batches import folded
from onrecord.exchange.actions import take_notifications
from onrecord.exchange.rules.notifications import COLUMNS, NEEDED, notifications
from onrecord.exchange.rules.table import read_table
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.clock import now, playing
from tests.pages.browsing import hours, text
from tests.partnership import START, Store

Take = Callable[..., None]


@pytest.fixture
def take(store: Store) -> Take:
    """Take a file with so many rows, of which the first so many say that there is danger now."""

    def _take(rows: int, danger: int = 0) -> None:
        lines = (f"Child{n},He was found at the station.,{'yes' if n < danger else 'no'}" for n in range(rows))
        data = "\n".join(["child.given_name,words,danger_now", *lines]).encode()
        given = notifications(read_table(data, COLUMNS, NEEDED), "police", now(), HERE)
        take_notifications(store.viewer("officer"), given, now())

    return _take


def titles(page: str) -> list[str]:
    """The headings of the list: of single reports and of files."""
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r'<h2 class="onr-card__title">(.*?)</h2>', page)]


def test_a_file_is_one_line_and_opens_to_all_of_its_reports(take: Take, browser: Callable[[str], Client]) -> None:
    take(3)
    page = text(browser("front-door").get("/front-door"))
    assert titles(page) == ["3 reports in one file"]
    inside = re.findall(r'<h3 class="onr-card__title"><a[^>]*>(.*?)</a></h3>(.*?)</div>', page)
    assert [child for child, _ in inside] == ["Child0", "Child1", "Child2"]
    assert all("onr-clock" in clock for _, clock in inside)
    assert len(open_decisions()) == 3


def test_danger_stands_first_and_by_itself(take: Take, browser: Callable[[str], Client]) -> None:
    take(4, danger=2)
    assert titles(text(browser("front-door").get("/front-door"))) == ["Child0", "Child1", "2 reports in one file"]


def test_one_report_of_a_file_is_a_report_like_any(take: Take, browser: Callable[[str], Client]) -> None:
    take(2, danger=1)
    assert titles(text(browser("front-door").get("/front-door"))) == ["Child0", "Child1"]


def test_two_files_and_a_report_between_them_are_three_lines(
    take: Take, browser: Callable[[str], Client], store: Store
) -> None:
    take(2)
    with playing(hours(1)):
        store.report()
    with playing(hours(2)):
        take(3)
        page = text(browser("front-door").get("/front-door"))
    assert titles(page) == ["2 reports in one file", "Zephyrine Quillfeather", "3 reports in one file"]


def test_what_is_late_in_a_file_is_counted_outside_it(take: Take, browser: Callable[[str], Client]) -> None:
    take(2)
    with playing(hours(48)):
        page = text(browser("front-door").get("/front-door"))
    assert "Each has a clock of its own; <strong>2 late</strong>." in page


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_no_more_however_many_came(
    rows: int, take: Take, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    take(rows)
    client = browser("front-door")
    with django_assert_max_num_queries(12):
        client.get("/front-door")


def test_nothing_is_lost_and_nothing_moves_in_folding() -> None:
    plain = {"due": None, "flags": [], "proposed": "", "earlier": 0, "agency": "", "unsigned": False}
    plain |= {"received_at": START}
    lines = [plain | {"uid": str(n), "batch": batch} for n, batch in enumerate(["", "", "a", "a", "b", "a"])]
    groups = [[line["uid"] for line in group["lines"]] for group in folded(lines, START)]
    assert groups == [["0"], ["1"], ["2", "3"], ["4"], ["5"]]
