"""What is late everywhere reaches those outside, without a name; a vacant seat is said to be vacant."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.actions import take_up_role
from onrecord.access.queries import holders, seats_to_accept
from onrecord.duties.actions import tick
from onrecord.duties.facts import DisagreementRaised
from onrecord.duties.views.watch import PAGE
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.clock import now, playing
from tests.pages.browsing import hours, text
from tests.partnership import DECISION

DISAGREES = {
    "whose": "reporter",
    "different": "She should be assessed.",
    "why": "She was seen again.",
    "level": "front_door",
    "decided_by": "childrens_social_care",
}
CARD = re.compile(r'class="onr-card__title"><a class="govuk-link" href="(/duties/[^"]+)"')


@pytest.mark.parametrize("user", ["scrutineer", "inspectorate", "manager"])
def test_those_who_watch_see_what_is_late_by_agency_and_to_whom_it_climbed(store: Any, browser: Any, user: str) -> None:
    store.report()
    with playing(hours(70)):
        tick(hours(70))
        page = text(browser(user).get("/watch"))
    assert "Northbrook Children&#x27;s Services" in page
    assert "Decide what happens next" in page
    assert "Told last: <strong>Independent scrutineer, outside</strong>" in page
    assert "Quillfeather" not in page
    assert "marmalade" not in page


def test_what_went_outside_stands_first(store: Any, browser: Any) -> None:
    store.report()
    with playing(hours(70)):
        tick(hours(70))
        page = text(browser("scrutineer").get("/watch")).partition("Each duty that is late")[2]
    assert page.index("Decide what happens next") < page.index("Acknowledge the report")


def test_a_long_list_has_pages_and_leaves_nothing_out(store: Any, browser: Any) -> None:
    for _ in range(10):
        store.report()
    with playing(hours(70)):
        tick(hours(70))
        client = browser("scrutineer")
        first, second = (text(client.get(f"/watch?page={number}")) for number in (1, 2))
    assert f"1 to {PAGE} of 40" in first
    shown = [CARD.findall(page) for page in (first, second)]
    assert [len(cards) for cards in shown] == [PAGE, 40 - PAGE]
    assert len({*shown[0], *shown[1]}) == 40
    assert '<span class="onr-counts__number"><span aria-hidden="true">▲ </span>40</span>' in first
    assert first.count("Told last: <strong>Independent scrutineer, outside</strong>") == 10
    assert "Independent scrutineer, outside" not in second


def test_nothing_late_says_so(store: Any, browser: Any) -> None:
    assert "Nothing is late." in text(browser("scrutineer").get("/watch"))


@pytest.mark.parametrize("user", ["front-door", "teacher", "director", "admin", "signer"])
def test_nobody_else_watches(store: Any, browser: Any, user: str) -> None:
    assert browser(user).get("/watch").status_code == 403


def test_somebody_given_an_outside_seat_accepts_it_with_one_button(store: Any, browser: Any) -> None:
    take_up_role("new-eyes", "Una Grey", "inspectorate", "outside", date(2026, 10, 1), now())
    client = browser("new-eyes")
    assert "Accept the seat" in text(client.get("/watch"))
    page = text(client.post("/watch/accept", {"role": "inspectorate"}, follow=True))
    assert "You hold the outside seat." in page
    assert "Accept the seat" not in page
    assert "new-eyes" in holders("inspectorate", "outside")
    assert seats_to_accept(store.viewer("new-eyes")) == []


@pytest.mark.parametrize(("user", "role"), [("manager", "scrutineer"), ("scrutineer", "inspectorate"), ("teacher", "")])
def test_nobody_accepts_a_seat_that_is_not_theirs(store: Any, browser: Any, user: str, role: str) -> None:
    assert browser(user).post("/watch/accept", {"role": role}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for _ in range(rows):
        store.report()
    with playing(hours(70)):
        client = browser("scrutineer")
        client.get("/watch")
        with CaptureQueriesContext(connections["default"]) as asked:
            page = client.get("/watch")
    assert text(page).count('class="onr-card__title"') == min(4 * rows, PAGE)
    assert len(asked) <= 12


def beside(browser: Any, user: str = "scrutineer") -> list[str]:
    """What stands beside what is late, line by line, without what marks it up."""
    listed = re.findall("<li>(.*?)</li>", text(browser(user).get("/watch/week")))
    return [re.sub(r"<[^>]+>", "", line).replace("&#x27;", "'") for line in listed[:4]]


def test_on_monday_stands_what_was_lowered_who_is_silent_and_who_was_told_in_vain(store: Any, browser: Any) -> None:
    made = store.report()
    ended = store.decide(made, lowering={"reason": "duplicate", "words": "Sent twice."}, outcome="no_further_action")
    store.say("signer", Seconded(why="I agree."), ended.entry)
    assert beside(browser)[:2] == ["Lowered in 14 days: 1. Disputed now: 0.", "Look-backs open: 0."]
    store.say("teacher", DisagreementRaised.heard(DISAGREES), ended.entry)
    assert beside(browser)[0] == "Lowered in 14 days: 1. Disputed now: 1."
    assert beside(browser)[2] == "Said nothing for 90 days: nobody."
    late = store.report()
    with playing(hours(70)):
        tick(hours(70))
        told = beside(browser)[3]
        assert "Team manager, Northbrook Children's Services (" in told
        assert "outside" not in told
    with playing(hours(24 * 100)):
        store.decide(late)
        assert "Children's Services" not in beside(browser)[2]
        assert "Hill School" in beside(browser)[2]


@pytest.mark.parametrize("rows", [1, 12])
def test_what_stands_beside_it_asks_as_much_for_twelve_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for _ in range(rows):
        made = store.report()
        ended = store.decide(made, lowering={"reason": "duplicate", "words": "Sent."}, outcome="no_further_action")
        store.say("signer", Seconded(why="I agree."), ended.entry)
    with playing(hours(70)):
        client = browser("scrutineer")
        client.get("/watch/week")
        with CaptureQueriesContext(connections["default"]) as asked:
            assert f"Lowered in 14 days: {rows}." in text(client.get("/watch/week"))
    assert len(asked) <= 12


def test_of_what_is_sealed_nothing_is_counted_for_whom_it_is_sealed_from(store: Any, browser: Any) -> None:
    made = store.report(positions="yes")
    less = {"reason": "duplicate", "words": "Sent twice."}
    fact = DecisionMade.heard(DECISION | {"outcome": "no_further_action"})
    ended = store.say("designated", fact, made, lowering=less).entry
    store.say("scrutineer", Seconded(why="I agree."), ended)
    seen = {user: beside(browser, user)[0] for user in ("scrutineer", "manager")}
    assert seen == {
        "scrutineer": "Lowered in 14 days: 1. Disputed now: 0.",
        "manager": "Lowered in 14 days: 0. Disputed now: 0.",
    }
