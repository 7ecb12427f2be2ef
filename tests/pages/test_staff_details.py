"""What people at work give, to be compared: given by each, shown to nobody, opened by the officer with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import RecordOpened, StaffDetailsGiven
from onrecord.duties.actions import tick
from onrecord.intake.queries import report as report_row
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import every
from tests.pages.browsing import sheet, text
from tests.partnership import START

GIVEN = {
    "names": "Piotr Lundqvist",
    "phones": "07700 900861",
    "plates": "ZB12 OQI",
    "employers": "Sixhills Minicabs",
    "relatives": "Hedda Lund",
}


def give(client: Any, **said: str) -> Any:
    """Send the page with these answers, each as the first of its list."""
    return client.post("/my-details", sheet("details", **{f"{name}-0": value for name, value in said.items()}))


def noted() -> list[tuple[str, str, str | None]]:
    """Who opened details, and why, by the reads ledger."""
    found = [made.saying for batch in every("reads") for made in batch]
    return [
        (one.by, one.fact.what, one.fact.reason)
        for one in found
        if isinstance(one.fact, RecordOpened) and one.fact.what == "staff_details"
    ]


def given() -> list[StaffDetailsGiven]:
    """Everything that was given, in order."""
    facts = [made.saying.fact for batch in every() for made in batch]
    return [fact for fact in facts if isinstance(fact, StaffDetailsGiven)]


def test_what_somebody_gives_is_recorded_sealed_and_never_shown_again(store: Any, browser: Any) -> None:
    client = browser("head")
    assert "You have not given your details yet." in text(client.get("/my-details"))
    assert give(client, **GIVEN).status_code == 302
    assert given() == [StaffDetailsGiven(user="head", **{name: (value,) for name, value in GIVEN.items()})]
    page = text(client.get("/my-details"))
    assert "You last gave or confirmed your details on 5 October 2026." in page
    assert [value for value in GIVEN.values() if value in page] == []
    coded = repr(list(Envelope.objects.filter(kind=StaffDetailsGiven.kind).values_list("coded", flat=True)))
    assert [value for value in GIVEN.values() if value in coded] == []


@pytest.mark.parametrize(
    "words",
    [
        "Piotr Lundqvist waits there.",
        "He rings from 07700900861.",
        "A car, zb12 0q1.",
        "From Sixhills Minicabs.",
        "Hedda Lund knows.",
    ],
)
def test_each_of_it_seals_a_report_that_says_it(store: Any, browser: Any, words: str) -> None:
    before = store.report(words=words)
    give(browser("head"), **GIVEN)
    after = store.report(words=words)
    tick(START, sign=False)
    assert [report_row(made.id).route for made in (before, after)] == ["sealed", "sealed"]


def test_sent_with_nothing_new_it_confirms(store: Any, browser: Any) -> None:
    client = browser("head")
    give(client, **GIVEN)
    with playing(START + timedelta(days=366)):
        client = browser("head")
        assert "That is more than a year ago. Please look again." in text(client.get("/my-details"))
        assert give(client).status_code == 302
        assert "confirmed your details on 6 October 2027." in text(client.get("/my-details"))
    assert given()[1] == StaffDetailsGiven(user="head")


def test_nobody_gives_details_of_others_on_this_page(store: Any, browser: Any) -> None:
    browser("head").post("/my-details", sheet("details", user="teacher") | {"user": "teacher"})
    assert [fact.user for fact in given()] == ["head"]


def test_the_officer_opens_them_with_a_reason_that_is_noted_first(store: Any, browser: Any) -> None:
    give(browser("head"), **GIVEN)
    client = browser("designated")
    page = text(client.get("/staff-details/head"))
    assert ([value for value in GIVEN.values() if value in page], noted()) == ([], [])
    page = text(client.post("/staff-details/head", {"why": ""}))
    assert "Say in a sentence why you need to see them." in page
    assert ([value for value in GIVEN.values() if value in page], noted()) == ([], [])
    page = text(client.post("/staff-details/head", {"why": "A plate was only half seen."}))
    assert [value for value in GIVEN.values() if value not in page] == []
    assert noted() == [("designated", "staff_details", "A plate was only half seen.")]


@pytest.mark.parametrize("user", ["head", "manager", "scrutineer", "front-door", "admin"])
def test_nobody_else_opens_them_or_the_list(store: Any, browser: Any, user: str) -> None:
    give(browser("head"), **GIVEN)
    client = browser(user)
    answers = [client.get("/staff-details"), client.get("/staff-details/head")]
    answers.append(client.post("/staff-details/head", {"why": "I want to know."}))
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert noted() == []


def test_the_officer_sees_whose_are_missing(store: Any, browser: Any) -> None:
    give(browser("head"), **GIVEN)
    page = text(browser("designated").get("/staff-details"))
    assert "<strong>16</strong> of 17 have given none" in page
    assert page.count("Not given") == 16
    assert page.count('href="/staff-details/') == page.count('href="/staff-details/head"') == 1
    assert [value for value in GIVEN.values() if value in page] == []
    assert 'href="/staff-details"' in text(browser("designated").get("/sealed"))
    assert 'href="/staff-details"' not in text(browser("scrutineer").get("/sealed"))


def test_somebody_who_is_not_there_has_no_page(store: Any, browser: Any) -> None:
    assert browser("designated").get("/staff-details/nobody").status_code == 404


@pytest.mark.parametrize("address", ["/my-details", "/staff-details", "/staff-details/head"])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_pages_ask_the_database_little_however_much_was_given(
    store: Any, browser: Any, address: str, rows: int
) -> None:
    for number in range(rows):
        store.say("head", StaffDetailsGiven(user="head", phones=(f"07700 900{number:03d}",)))
    client = browser("designated")
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as asked:
        client.get(address)
    assert len(asked) <= 12


@pytest.mark.parametrize("firm", ["she", "the", "A. B. Ltd"])
def test_a_word_that_stands_in_many_a_report_seals_none(store: Any, browser: Any, firm: str) -> None:
    made = store.report(words="The man said that she should wait. A. B. Ltd stood on the van.")
    page = text(give(browser("analyst"), **(GIVEN | {"employers": firm})))
    assert "whole name, of five letters or more. A short word stands in many reports" in page
    assert GIVEN["relatives"] in page
    with playing(START + timedelta(hours=1)):
        tick(START + timedelta(hours=1), sign=False)
    assert (given(), report_row(made.id).route) == ([], "front_door")
