"""A door that is not there, cannot be read or fails says so in its own language, and gives nobody away."""

from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory
from lxml import html

from onrecord.web import wrong
from tests.pages.doors import WORDS, Child
from tests.pages.test_doors import fact
from tests.pages.test_languages import compared, texts
from tests.partnership import Store

OTHERS = ("cy", "ur")
WAYS = {"missing": 404, "too_long": 413, "unread": 400, "failed": 500}
TOO_MUCH = "words=" + "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)


def shows(address: str, how: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a browser gets from a door that goes wrong in one of four ways."""
    client = Client(raise_request_exception=False)
    if how == "missing":
        return client.get(f"{address}m/9")
    if how == "too_long":
        return client.post(f"{address}m/2", TOO_MUCH, content_type="application/x-www-form-urlencoded")
    if how == "unread":
        return client.get(f"{address}m/1", headers={"host": "nobody.example:port"})
    monkeypatch.setattr("onrecord.web.doors.reading", lambda moment: 1 / 0)
    return client.get(f"{address}m/2")


@pytest.mark.parametrize(("how", "status"), WAYS.items())
def test_it_is_quiet_and_leaves_nothing(how: str, status: int, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = shows("/", how, monkeypatch)
    page = found.content.decode()
    assert (found.status_code, found["Cache-Control"], dict(found.cookies)) == (status, "no-store, private", {})
    assert ("<title>Messages</title>" in page, "OnRecord" in page, "999" in page) == (True, False, True)
    assert 'href="/m/0"' in page


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("how", "status"), WAYS.items())
def test_it_speaks_the_language_of_its_address(
    how: str, status: int, language: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    english, other = (shows(address, how, monkeypatch) for address in ("/", f"/{language}/"))
    assert (other.status_code, compared(english, other)) == (status, set())
    assert f'lang="{language}"' in other.content.decode()


def test_what_was_sent_to_a_door_that_fails_can_be_sent_again_from_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = Child(Client(raise_request_exception=False)).answer()
    with monkeypatch.context() as broken:
        broken.setattr("onrecord.web.doors.report_unnamed", lambda *given, **more: 1 / 0)
        assert child.press("send", no_words="on").page.status_code == 500
    (form,) = html.fromstring(child.page.content.decode()).forms
    child.page = child.client.post("/m/1", dict(form.form_values()))
    assert "There is no receipt, as you asked." in child.text
    assert fact().words == WORDS


def test_staff_are_told_in_the_record_s_own_name(store: Store) -> None:
    found = Client().get("/nothing-here")
    said = texts(found.content.decode())
    assert (found.status_code, "Page not found" in said, "OnRecord" in " ".join(said)) == (404, True, True)


@pytest.mark.parametrize(
    ("address", "door"),
    [("/", True), ("/m/1", True), ("/cy/nothing", True), ("/duties", False), ("/messages/1", False)],
)
def test_a_door_is_known_by_its_address(address: str, door: bool) -> None:
    asked: HttpRequest = RequestFactory().get(address)
    assert wrong.at_a_door(asked) is door
