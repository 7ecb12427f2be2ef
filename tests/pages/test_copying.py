"""Copy for my system: the whole report and its decision in plain text, on every page of it, with scripts or without."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from lxml import html

from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import TYPED, at_address, hours
from tests.partnership import Store


def texts(page: Any) -> dict[str, str]:
    """The texts to be copied, by their ids; each has a button for scripts and a label for none."""
    tree = html.fromstring(page.content.decode())
    found = {one.get("id"): unescape(one.text).strip("\n") for one in tree.xpath("//textarea[@readonly]")}
    assert [one.get("for") for one in tree.xpath("//label[@data-onr-select]")] == list(found)
    buttons = [one.get("data-onr-copy") for one in tree.xpath("//button[@data-onr-copy][@hidden]")]
    assert set(found) <= set(buttons)
    return found


@pytest.fixture
def decided(store: Store) -> Any:
    made = store.report()
    with playing(hours(1)):
        store.decide(made)
    return made


def test_the_list_of_ones_own_reports_has_each_to_copy(
    decided: Any, store: Store, browser: Callable[[str], Client]
) -> None:
    other = store.report(words="Another <b>worry</b>.")
    found = texts(browser("teacher").get("/my-reports"))
    assert list(found) == [f"copy-{other.id}", f"copy-{decided.id}"]
    assert "\nWhat have you seen or been told? Another <b>worry</b>.\n" in found[f"copy-{other.id}"]
    assert found[f"copy-{decided.id}"].splitlines()[:4] == [
        f"OnRecord report {str(decided.id)[:8]}",
        "Received: 5 October 2026, 09:00",
        "From: Practitioner, Hill School",
        "Decision by: the end of Tuesday 6 October",
    ]
    assert found[f"copy-{decided.id}"].endswith(
        "\n\nDecided: Assess, 5 October 2026, 10:00\nThe person who reported is told: An assessment begins this week."
    )


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_no_more_however_many_there_are(
    rows: int, store: Store, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    for made in [store.report() for _ in range(rows)][:5]:
        store.decide(made)
    client = browser("teacher")
    with django_assert_max_num_queries(12):
        client.get("/my-reports")


def test_the_receipt_has_it(browser: Callable[[str], Client]) -> None:
    client = browser("teacher")
    sent = client.post("/report", {"id": "0a1b2c3d-0000-4000-8000-000000000001"} | TYPED)
    found = texts(client.get(sent.url))["copy"]
    assert found.startswith(
        "OnRecord report 0a1b2c3d\nReceived: 5 October 2026, 09:00\nReported by: Nia Prosser, Hill School\n"
    )
    assert "onrecord receipt v1" in found


def test_the_front_door_has_it_with_for_whom_it_was_taken(browser: Callable[[str], Client]) -> None:
    client = browser("front-door")
    typed = {
        "caller": "Ada",
        "behalf": "a neighbour",
        "child-described": "A boy",
        "words": "He waits.",
        "danger_now": "no",
    }
    made = at_address(client.post("/phone-note", {"id": "0a1b2c3d-0000-4000-8000-000000000002"} | typed).url)
    found = texts(client.get(f"/front-door/{made.id}"))["copy"]
    line = "From: Front door practitioner, Northbrook Children's Services, for Ada, for a neighbour"
    assert found.splitlines()[2] == line
