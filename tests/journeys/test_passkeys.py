"""Somebody adds a passkey, signs out, and signs in with nothing else; and each page of it can be used by anybody."""

from typing import Any

import pytest

from tests.journeys.conftest import Tab

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A device that the browser plays: it keeps passkeys and says who holds it."""


@pytest.fixture
def device(tab: Tab) -> Any:
    """The device, in a tab that stands at a name: passkeys belong to names, never to numbers."""
    tab.server = tab.server.replace("127.0.0.1", "localhost")
    session = tab.page.context.new_cdp_session(tab.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session


def test_a_passkey_signs_in_by_itself(tab: Tab, device: Any) -> None:
    page = tab.page
    tab.take_place("Nia Prosser")
    tab.open("/your-sign-in")
    assert tab.looked_over() == []
    page.get_by_role("link", name="Add a passkey").click()
    assert tab.looked_over() == []
    page.get_by_label("What do you call it?").fill("Blue phone")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/your-sign-in/codes")
    assert "Write these down now." in tab.read()
    assert tab.looked_over() == []
    tab.open("/your-sign-in")
    assert "Blue phone" in tab.read()

    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("Sign in with a password").click()
    assert tab.looked_over() == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/report")
    tab.open("/your-sign-in/where")
    assert "Chrome" in tab.read()
    assert tab.looked_over() == []
    tab.open("/your-sign-in/again/passkey")
    assert tab.looked_over() == []
    tab.open("/your-sign-in")
    page.get_by_role("link", name="Take away Blue phone").click()
    assert tab.looked_over() == []


def test_without_the_device_it_is_said_and_nobody_comes_in(tab: Tab, device: Any) -> None:
    tab.open("/sign-in")
    tab.page.get_by_text("Sign in with a password").click()
    assert not tab.page.get_by_text("No passkey was used.").is_visible()
    tab.page.get_by_role("button", name="Sign in with a passkey").click()
    tab.page.get_by_text("No passkey was used.").wait_for()
    tab.open("/report")
    assert tab.page.url.endswith("/sign-in?next=/report")


def test_the_square_and_every_question_can_be_used(tab: Tab) -> None:
    tab.take_place("Nia Prosser")
    for path in ("/your-sign-in/app", "/your-sign-in/passkeys", "/your-sign-in/where"):
        tab.open(path)
        assert tab.looked_over() == []
