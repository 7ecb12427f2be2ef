"""The page that says how many children were known to whom: for those who watch, and it names nobody."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import signed_in, text
from tests.partnership import START
from tests.stages.mailbox.ground import told_by

PAGE = "/known-to-whom"


def counted(response: Any) -> dict[str, str]:
    tree = html.fromstring(response.content.decode())
    rows = tree.xpath("//table//tbody/tr")
    return {
        row.xpath("normalize-space(th)"): row.xpath("normalize-space(td[1]/span[@class='onr-list__value'])")
        for row in rows
    }


def test_it_counts_by_list_and_before_a_day(store: Any) -> None:
    told_by()
    told_by("public")
    scrutineer = signed_in("scrutineer")
    with playing(START + timedelta(hours=1)):
        found = counted(scrutineer.get(PAGE))
    assert (found["Said by the child"], found["Said by somebody who did not sign in"]) == ("1", "1")
    before = counted(scrutineer.get(PAGE, {"before-day": "5", "before-month": "10", "before-year": "2026"}))
    assert set(before.values()) == {"0"}


def test_a_day_that_is_none_is_said_beside_it(store: Any) -> None:
    page = text(signed_in("scrutineer").get(PAGE, {"before-day": "31", "before-month": "2", "before-year": "2026"}))
    assert "Give a real date, for example 27 3 2026." in page
    assert 'value="31"' in page


def test_nobody_else_opens_it_and_it_names_no_child(store: Any) -> None:
    told_by()
    assert signed_in("front-door").get(PAGE).status_code == 403
    assert "Zephyrine" not in text(signed_in("scrutineer").get(PAGE))


def test_its_queries_do_not_grow(store: Any) -> None:
    browser, found = signed_in("scrutineer"), []
    for number in (1, 3, 12):
        for _ in range(number):
            told_by()
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            browser.get(PAGE)
        found.append(len(asked))
    assert len(set(found)) == 1
    assert found[0] <= 12
