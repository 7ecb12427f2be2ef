"""Meetings in somebody's own calendar: reference, sort, day and link; nothing that names anybody; taken back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from onrecord.case.facts import MeetingCalled, MeetingPutOff
from onrecord.case.models import CalendarKey
from onrecord.ledger.facts import Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import every
from tests.pages.browsing import text
from tests.partnership import START

CALL = {
    "sort": "core_group",
    "group": "The Zephyrine group",
    "on_day": "2026-10-08",
    "at_time": "10:30",
    "invited": ["police", "health"],
    "people": ["Sam Whitlock"],
}


def called(store: Any, **changed: Any) -> Entry:
    about = [mention_of(store.report(by="nurse").id, "child")]
    made: Entry = store.say("nurse", MeetingCalled.heard(CALL | changed), about=about).entry
    return made


def address(browser: Any, user: str) -> str:
    """A new address, as the page shows it once."""
    page = text(browser(user).post("/calendar", {"do": "make"}))
    return re.findall(r"http://testserver(/calendar/[^ <]+\.ics)", page)[0]


def events(client: Any, url: str) -> list[Any]:
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_gets_sort_reference_time_and_link(store: Any, browser: Any, client: Any) -> None:
    made = called(store)
    (event,) = events(client, address(browser, "officer"))
    assert str(event["summary"]) == f"Core group, reference {str(made.id)[:8]}"
    assert event["dtstart"].dt.astimezone(UTC) == datetime(2026, 10, 8, 9, 30, tzinfo=UTC)
    assert str(event["url"]) == f"http://testserver/meetings/{made.id}"


def test_nothing_in_it_names_anybody(store: Any, browser: Any, client: Any) -> None:
    called(store)
    feed = client.get(address(browser, "officer")).content.decode()
    assert [
        name for name in ("Zephyrine", "Quillfeather", "Whitlock", "police", "ZZ9", "DESCRIPTION") if name in feed
    ] == []


def test_each_calendar_holds_the_meetings_of_its_owner(store: Any, browser: Any, client: Any) -> None:
    called(store)
    urls = [address(browser, user) for user in ("officer", "nurse", "teacher")]
    assert [len(events(client, url)) for url in urls] == [1, 1, 0]


def test_what_was_put_off_stands_on_the_new_day(store: Any, browser: Any, client: Any) -> None:
    made, feed = called(store), address(browser, "officer")
    off = MeetingPutOff.heard({"reason": "safety", "why": "He waits there.", "on_day": "2026-10-13"})
    proposed = store.say("nurse", off, made).entry
    days = [[event["dtstart"].dt.day for event in events(client, feed)]]
    store.say("signer", Seconded(why="It is not safe."), proposed)
    assert [*days, [event["dtstart"].dt.day for event in events(client, feed)]] == [[8], [13]]


def test_it_is_taken_back_at_once_and_a_new_one_ends_the_old(store: Any, browser: Any, client: Any) -> None:
    first = address(browser, "officer")
    second = address(browser, "officer")
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert "Taken back." in text(browser("officer").post("/calendar", {"do": "end"}, follow=True))
    assert client.get(second).status_code == 404


def test_the_address_is_not_kept(store: Any, browser: Any) -> None:
    secret = address(browser, "officer").removeprefix("/calendar/").removesuffix(".ics")
    (kept,) = CalendarKey.objects.values()
    assert secret not in str(kept)
    assert secret not in text(browser("officer").get("/calendar"))


def test_each_look_is_noted_as_a_read(store: Any, browser: Any, client: Any) -> None:
    made = called(store)
    url = address(browser, "officer")
    for _ in range(2):
        client.get(url)
    notes = [one.saying for batch in every("reads") for one in batch if one.kind == "access.record_opened"]
    assert [(one.by, one.about, one.fact.reason) for one in notes] == [("officer", (made.id,), "By a calendar")] * 2


def test_whoever_has_left_gets_nothing(store: Any, browser: Any, client: Any) -> None:
    called(store)
    url = address(browser, "officer")
    CalendarKey.objects.update(user="nobody-here")
    with playing(START + timedelta(days=1)):
        assert client.get(url).status_code == 404
