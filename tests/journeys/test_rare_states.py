"""Pages in states that few people see: nothing there yet, a code asked for, slowed down, failing."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from onrecord.access.models import User
from tests.journeys.conftest import Tab
from tests.pages.signing import PASSWORD, enter, set_up_app, with_password
from tests.pages.walking import shape, walk
from tests.partnership import PEOPLE

pytestmark = pytest.mark.browser


def test_a_record_in_which_nothing_happened_yet_can_be_used(tab: Tab, own_store: Any) -> None:
    known: set[str] = set()
    faults = []
    for user in sorted(PEOPLE):
        browser = Client()
        browser.force_login(User.objects.get(username=user))
        cookie = {"name": "sessionid", "value": browser.cookies["sessionid"].value, "url": tab.server}
        tab.page.context.clear_cookies()
        tab.page.context.add_cookies([cookie])
        for path, page in walk(browser).items():
            made = shape(page)
            if made not in known:
                known.add(made)
                tab.open(path)
                faults += tab.looked_over()
    assert faults == []
    assert len(known) > 20


def test_the_code_of_a_second_step_is_asked_for_and_a_wrong_one_is_said(tab: Tab, own_store: Any) -> None:
    user, browser = with_password("teacher"), Client()
    enter(browser, "teacher")
    set_up_app(browser)
    assert Authenticator.objects.filter(user=user).exists()
    _sign_in(tab)
    assert "code" in tab.read().lower()
    assert tab.looked_over() == []
    tab.page.locator("main form input[name=code]").fill("000000")
    tab.page.locator("main form button").first.click()
    assert "There is a problem" in tab.read()
    assert tab.looked_over() == []


def test_whoever_tried_too_often_is_told_so_on_a_page_that_can_be_used(tab: Tab, own_store: Any) -> None:
    with_password("teacher")
    for _ in range(8):
        enter(Client(), "teacher", "wrong", "127.0.0.1")
    _sign_in(tab)
    assert "Too many tries from this place." in tab.read()
    assert tab.looked_over() == []


def test_our_own_failure_is_said_on_a_page_that_can_be_used(tab: Tab, own_store: Any, monkeypatch: Any) -> None:
    tab.take_place("Nia Prosser")
    monkeypatch.setattr("onrecord.access.views.seating.viewer_for", _broken)
    tab.open("/report")
    tab.faults.clear()  # the browser itself notes that an answer was 500
    assert "This did not work" in tab.read()
    assert tab.looked_over() == []


def _sign_in(tab: Tab) -> None:
    tab.open("/sign-in")
    tab.page.get_by_text("Sign in with a password").click()
    tab.page.locator("input[name=login]").fill("teacher")
    tab.page.locator("input[name=password]").fill(PASSWORD)
    tab.page.get_by_role("button", name="Sign in", exact=True).click()


def _broken(*_: Any, **__: Any) -> None:
    raise RuntimeError("planted")
