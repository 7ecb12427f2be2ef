"""A child can write on a watched phone: nothing is kept here until Send, and nothing that we can clear stays there."""

import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from lxml import html

from onrecord.intake.gateway import TooOld, carried, taken_up
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import size
from tests.pages.doors import ANSWERS, TYPED, WORDS, Child
from tests.partnership import START, Store
from tests.stages.ledger.tampering import everything

HERE = "203.0.113.77"
PAGES = ("/", "/m/1", "/m/2", "/m/3", "/m/4", "/cy/", "/ur/m/1", "/accessibility")


def test_no_page_sets_a_cookie_or_begins_a_session(store: Store) -> None:
    child = Child().answer().press("send")
    assert child.heading == "We have your message"
    for page in PAGES:
        child.client.get(page)
    assert (dict(child.client.cookies), Session.objects.count()) == ({}, 0)


def test_nothing_is_kept_until_send(store: Store) -> None:
    before = size(), size("reads"), everything()
    child = Child().answer()
    assert child.heading == "Before you send"
    assert (size(), size("reads"), everything()) == before
    child.press("send")
    assert size() > before[0]


def test_what_was_kept_can_be_read_in_no_table(store: Store) -> None:
    Child().answer().press("send")
    rows = repr(everything()).lower()
    assert [word for word in TYPED if word.lower() in rows] == []


def test_the_pages_between_carry_what_was_typed_only_encrypted(store: Store) -> None:
    child = Child()
    for _ in ANSWERS:
        child.press(**ANSWERS[child.held("at")])
        if child.held("at") != "check":
            assert [word for word in TYPED if word in child.page.content.decode()] == []


def test_a_page_that_was_left_open_cannot_be_read_after_two_hours(store: Store) -> None:
    sealed = carried({"words": WORDS}, START)
    assert taken_up(sealed, START + timedelta(minutes=119)) == {"words": WORDS}
    with pytest.raises(TooOld):
        taken_up(sealed, START + timedelta(minutes=121))


def test_its_key_is_deleted_when_the_day_after_is_over(store: Store) -> None:
    for days in range(4):
        carried({"words": WORDS}, START + timedelta(days=days))
    kept = sorted(path.name for path in (Path(settings.ONRECORD_HOME) / "keys").glob("pages-*"))
    assert kept == ["pages-2026-10-07.key", "pages-2026-10-08.key"]


def test_no_line_of_a_log_says_where_it_came_from_or_what_was_said(
    store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    child = Child(Client(REMOTE_ADDR=HERE, raise_request_exception=False))
    child.answer()
    monkeypatch.setattr("onrecord.web.doors.report_unnamed", _broken)
    child.press("send")
    assert child.page.status_code == 500
    said = "\n".join(line.getMessage() for line in caplog.records)
    assert "/m/1" in said
    assert [word for word in (HERE, *TYPED) if word in said] == []


def _broken(*given: object, **more: object) -> None:
    raise RuntimeError(f"planted beside {WORDS}")


def test_nothing_on_the_page_or_in_its_address_says_what_it_is_for(store: Store) -> None:
    child = Child().answer()
    tree = html.fromstring(child.page.content.decode())
    assert tree.xpath("string(//title)") == "Messages"
    assert tree.xpath("//link[@rel='icon']/@href") == ["/static/onrecord/plain.svg"]
    assert {form.get("action") for form in tree.xpath("//form")} == {"/m/1"}
    assert {form.get("autocomplete") for form in tree.xpath("//form")} == {"off"}
    assert [
        word for word in ("OnRecord", "Northbrook Safeguarding", "abuse") if word in tree.xpath("string(//head)")
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_browser_keeps_no_copy_and_no_engine_lists_it(page: str, store: Store) -> None:
    answer = Client().get(page)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    assert "microphone=()" in answer["Permissions-Policy"]
    tree = html.fromstring(answer.content.decode())
    named = {"en-GB": "Messages", "cy": "Negeseuon", "ur": "پیغامات"}
    assert (tree.xpath("string(//title)"), tree.xpath("//a/@href").count("/m/0")) == (named[tree.get("lang")], 1)
    assert [
        one for one in tree.xpath("//script/@src | //img/@src | //link/@href") if not one.startswith("/static/")
    ] == []


def test_leaving_clears_what_a_browser_lets_us_clear_and_goes_elsewhere(store: Store) -> None:
    answer = Client().get("/m/0")
    assert (answer.status_code, answer["Location"]) == (302, settings.LEAVE_FOR)
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_a_form_sent_from_another_site_is_not_taken(store: Store) -> None:
    child, before = Child().answer(), size()
    sent = {"kept": child.held("kept"), "at": "check", "go": "send"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert Client(headers=headers).post("/m/1", sent).status_code == 403
    assert size() == before
    same = Client(headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}).post("/m/1", sent)
    assert (same.status_code, size() > before) == (200, True)


def test_once_it_is_sent_no_page_before_shows_it_again(store: Store) -> None:
    child, pages, hidden = Child(), [], re.compile(r'name="kept" value="[^"]*"|id="[^"]*"|for="[^"]*"')
    while (at := child.held("at")) != "check":
        pages.append({"kept": child.held("kept"), "at": at, "go": "next"} | ANSWERS[at])
        child.press(**ANSWERS[at])
    pages.append({"kept": child.held("kept"), "at": "check", "go": "change-words"})
    assert WORDS in child.client.post("/m/1", pages[-1]).content.decode()
    child.press("send")
    shown = [child.client.post("/m/1", page).content.decode() for page in pages]
    assert [word for word in TYPED if word in "".join(shown)] == []
    unsent = Child()
    assert {hidden.sub("", page) for page in shown} == {hidden.sub("", unsent.page.content.decode())}


def test_where_it_cannot_be_asked_whether_it_was_sent_the_page_stands(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.doors.report_row", _broken)
    assert Child().answer().heading == "Before you send"


def test_sent_twice_it_is_one_report(store: Store) -> None:
    child = Child().answer()
    sent = {"kept": child.held("kept"), "at": "check", "go": "send"}
    child.client.post("/m/1", sent)
    before = size()
    with playing(START + timedelta(minutes=3)):
        again = child.client.post("/m/1", sent)
    assert (again.status_code, size()) == (200, before)
