"""The page of sealed reports: the designated officer decides, one person outside reads, for others there is none."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.duties.actions import tick
from onrecord.intake.queries import report as report_row
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import every
from tests.pages.browsing import DECIDED, hours, sheet, text

MOST = 12
NAMES_HIM = "Piotr Lund picks her up after school."


def read_notes() -> list[tuple[str, str]]:
    """Who opened what, in order, by the reads ledger."""
    made = (entry for batch in every("reads") for entry in batch if entry.kind == "access.record_opened")
    return [(entry.saying.by, entry.saying.fact.what) for entry in made]


def test_the_officer_reads_and_decides(store: Any, browser: Any) -> None:
    store.report(words="Another child altogether.")
    made, client = store.report(words=NAMES_HIM), browser("designated")
    page = text(client.get("/sealed"))
    assert (NAMES_HIM in page, "Another child" in page) == (True, False)
    assert 'Sealed reports</strong> <span class="onr-count">1<' in page
    assert read_notes() == [("designated", "report")]
    page = text(client.get(f"/sealed/{made.id}"))
    assert "The report went to the designated officer and one person outside, sealed, as somebody who works" in page
    assert client.post(f"/sealed/{made.id}", sheet("decide", **DECIDED)).status_code == 302
    assert report_row(made.id).outcome == "assess"  # type: ignore[union-attr]
    assert "No sealed report is waiting." in text(client.get("/sealed"))


def test_a_half_typed_decision_keeps_every_word(store: Any, browser: Any) -> None:
    made = store.report(words=NAMES_HIM)
    page = text(browser("designated").post(f"/sealed/{made.id}", sheet("decide", why="Because of the car.")))
    assert "Because of the car." in page
    assert "Choose what happens next." in page


def test_one_outside_reads_and_is_asked_for_nothing(store: Any, browser: Any) -> None:
    made, client = store.report(words=NAMES_HIM), browser("scrutineer")
    assert NAMES_HIM in text(client.get("/sealed"))
    page = text(client.get(f"/sealed/{made.id}"))
    assert (NAMES_HIM in page, "form-decide" in page, "Known before" in page) == (True, False, False)
    assert read_notes() == [("scrutineer", "report")] * 2


@pytest.mark.parametrize("user", ["head", "front-door", "director", "teacher", "admin", "manager", "inspectorate"])
def test_for_everybody_else_there_is_none(store: Any, browser: Any, user: str) -> None:
    made, client = store.report(words=NAMES_HIM), browser(user)
    assert client.get(f"/sealed/{made.id}").status_code == 404
    nothing = client.get(f"/front-door/{uuid4()}")
    assert client.get(f"/front-door/{made.id}").status_code == nothing.status_code


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for number in range(rows):
        store.report(words=NAMES_HIM, child={"given_name": "Zephyrine", "family_name": f"Quill{number}"})
    client = browser("designated")
    client.get("/sealed")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = client.get("/sealed")
    assert text(page).count('class="onr-card__title"') == rows
    assert len(asked) <= MOST


def test_the_scrutineer_sees_how_many_and_the_manager_does_not(store: Any, browser: Any) -> None:
    store.report(words=NAMES_HIM)
    told = [" 1 in October 2026." in text(browser(user).get("/watch")) for user in ("scrutineer", "manager")]
    assert told == [True, False]


def test_what_is_late_there_is_with_the_people_outside_and_not_with_the_manager(store: Any, browser: Any) -> None:
    made = store.report(words=NAMES_HIM)
    with playing(hours(70)):
        tick(hours(70))
        told = [str(made.id)[:8] in text(browser(user).get("/watch")) for user in ("scrutineer", "manager", "head")]
    assert told == [True, False, False]


def test_the_duty_leads_the_officer_to_the_page(store: Any, browser: Any) -> None:
    made, client = store.report(words=NAMES_HIM), browser("designated")
    page = text(client.get("/duties"))
    assert page.count(str(made.id)[:8]) > 0
    key = page.partition('class="onr-card')[2].partition('href="/duties/')[2].partition('"')[0]
    assert f'href="/sealed/{made.id}"' in text(client.get(f"/duties/{key}"))


def test_that_it_was_read_is_not_on_the_list_of_who_read_what(store: Any, browser: Any) -> None:
    plain, made = store.report(words="Another child altogether."), store.report(words=NAMES_HIM)
    browser("front-door").get(f"/front-door/{plain.id}")
    browser("designated").get(f"/sealed/{made.id}")
    page = text(browser("manager").get("/reads"))
    assert (str(plain.id)[:8] in page, str(made.id)[:8] in page, "Carys Bright, Designated" in page) == (
        True,
        False,
        False,
    )


def test_the_way_to_the_childs_file_is_shown_to_those_who_may_go_it(store: Any, browser: Any) -> None:
    made = store.report(words=NAMES_HIM)
    ways = [f"/children/{mention_of(made.id, 'child')}"]
    shown = {user: text(browser(user).get(f"/sealed/{made.id}")) for user in ("designated", "scrutineer")}
    assert {user: [way for way in ways if way in page] for user, page in shown.items()} == {
        "designated": ways,
        "scrutineer": [],
    }
    assert browser("designated").get(ways[0]).status_code == 200
