"""Signing in with one's organisation, against a real provider that runs beside the test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from lxml import html

from onrecord.access.models import Role, User
from onrecord.access.views.organisation import vouched
from onrecord.web.signing_in import organisation
from tests.pages.browsing import signed_in, text
from tests.pages.signing import enter, make_real, set_up_app, with_password

REFUSED = "did not name anybody who is known here"
TEACHER = {"email": "teacher@northbrook.example", "email_verified": True}
Come = Callable[..., Any]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A provider of OpenID Connect, running."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    words = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(number), "--host", "127.0.0.1"]
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    try:
        _wait_for(number, running)
        yield number
    finally:
        running.terminate()
        running.wait()


def _wait_for(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(150):
        assert running.poll() is None, "the provider did not start"
        try:
            requests.get(f"http://127.0.0.1:{port}/.well-known/openid-configuration", timeout=2)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the provider did not answer")


def choose(settings: Any, issuer: str) -> None:
    """Let this issuer's people sign in, as the variables do."""
    for name, value in organisation(issuer, "onrecord", "a secret", "Northbrook Council").items():
        setattr(settings, name, value)


@pytest.fixture
def come(store: Any, port: int, settings: Any) -> Come:
    """Come back from the organisation as somebody whom it calls `sub`, with what it says of them."""
    choose(settings, f"http://127.0.0.1:{port}")

    def came(sub: str, says: dict[str, Any], client: Client | None = None, after: str = "") -> Any:
        requests.put(f"http://127.0.0.1:{port}/users/{sub}", json=says, timeout=5).raise_for_status()
        browser = client or Client()
        page = browser.post("/sign-in/organisation", {"next": after} if after else {})
        (away,) = html.document_fromstring(page.content).xpath("//main//a/@href")
        answer = requests.post(away, data={"sub": sub}, allow_redirects=False, timeout=5)
        back = urlsplit(answer.headers["Location"])
        assert back.path == "/sign-in/organisation/back"
        return browser.get(f"{back.path}?{back.query}")

    return came


def linked() -> dict[str, str]:
    """Who is linked, with whose word."""
    return {one.user.username: one.extra_data["issuer"] for one in SocialAccount.objects.select_related("user")}


def test_somebody_known_by_address_comes_in_and_is_linked(come: Come, port: int) -> None:
    client = Client()
    assert come("s-1", TEACHER, client, after="/my-reports").url == "/my-reports"
    assert "Nia Prosser" in text(client.get("/report"))
    assert linked() == {"teacher": f"http://127.0.0.1:{port}"}


def test_who_is_linked_comes_in_whatever_their_address_is_now(come: Come) -> None:
    come("s-1", TEACHER)
    assert come("s-1", {"email": "nia.new@elsewhere.example", "email_verified": False}).url == "/"
    assert list(linked()) == ["teacher"]


def test_whoever_gets_the_address_later_does_not_become_them(come: Come) -> None:
    come("s-1", TEACHER)
    page = come("s-2", TEACHER)
    assert page.status_code == 403
    assert REFUSED in text(page)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "says",
    [
        {"email": "stranger@northbrook.example", "email_verified": True},
        {"email": "teacher@northbrook.example", "email_verified": False},
        {"email": "teacher@northbrook.example"},
        {"email": "teacher@northbrook.example", "email_verified": "true"},
        {},
    ],
)
def test_a_stranger_and_an_unverified_address_are_refused_alike(come: Come, says: dict[str, Any]) -> None:
    before = User.objects.count()
    client = Client()
    page = come("s-3", says, client)
    assert page.status_code == 403
    assert REFUSED in text(page)
    assert client.get("/report").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_address_that_two_people_have_lets_nobody_in(come: Come) -> None:
    User.objects.filter(username="nurse").update(email="Teacher@northbrook.example")
    assert come("s-4", TEACHER).status_code == 403


def test_who_holds_no_role_does_not_come_in(come: Come) -> None:
    User.objects.create_user("stranger", "stranger@northbrook.example")
    assert come("s-5", {"email": "stranger@northbrook.example", "email_verified": True}).status_code == 403


@pytest.mark.parametrize(
    "end",
    [
        lambda: User.objects.filter(username="teacher").update(is_active=False),
        lambda: Role.objects.filter(user="teacher").update(ended_seq=1),
    ],
)
def test_a_link_ends_with_the_person_it_leads_to(come: Come, end: Callable[[], int]) -> None:
    come("s-1", TEACHER)
    assert end() == 1
    page = come("s-1", TEACHER)
    assert page.status_code == 403
    assert REFUSED in text(page)


def test_another_issuer_than_the_one_that_was_named_is_not_vouched(come: Come, port: int, settings: Any) -> None:
    """The provider answers, and signs as 127.0.0.1; the settings name localhost."""
    settings.ORGANISATION = {"issuer": f"http://localhost:{port}", "name": "Northbrook Council"}
    page = come("s-1", TEACHER)
    assert page.status_code == 403
    assert SocialAccount.objects.count() == 0


def test_the_same_name_at_another_issuer_is_another_identity(come: Come, port: int, settings: Any) -> None:
    come("s-1", TEACHER)
    choose(settings, f"http://localhost:{port}")
    assert come("s-1", {"email": "nobody@northbrook.example", "email_verified": True}).status_code == 403
    assert come("s-1", {"email": "nurse@northbrook.example", "email_verified": True}).url == "/"
    assert set(linked()) == {"teacher", "nurse"}


def test_a_token_and_what_is_said_besides_must_be_about_one_person(settings: Any) -> None:
    settings.ORGANISATION = {"issuer": "https://x.example/", "name": "X"}
    token = {"iss": "https://x.example", "sub": "a", "email": "a@x.example", "email_verified": True}
    assert vouched(token, {"sub": "a"}) == ("https://x.example", "a", "a@x.example")
    assert vouched(token | {"email_verified": False}, {}) == ("https://x.example", "a", "")
    for wrong in ({**token, "iss": "https://y.example"}, {**token, "sub": ""}, {}):
        with pytest.raises(Exception, match="issuer"):
            vouched(wrong, {})
    with pytest.raises(Exception, match="two people"):
        vouched(token, {"sub": "b"})


def test_an_answer_that_was_not_asked_for_is_refused(come: Come, client: Client) -> None:
    for query in ("", "?code=x&state=y", "?error=access_denied"):
        page = client.get(f"/sign-in/organisation/back{query}")
        assert page.status_code == 403
        assert REFUSED in text(page)


def test_a_second_step_is_asked_for_all_the_same(come: Come, fresh_home: Any, monkeypatch: Any) -> None:
    with_password("teacher")
    make_real(fresh_home, monkeypatch)
    first, second = Client(), Client()
    come("s-1", TEACHER, first)
    assert first.get("/report").url == "/your-sign-in?next=/report"
    enter(first, "teacher")
    set_up_app(first)
    assert come("s-1", TEACHER, second).url == "/sign-in/second-step"
    assert second.get("/report").status_code == 302


def test_it_never_leads_elsewhere_and_never_links_whoever_is_signed_in(come: Come) -> None:
    assert come("s-1", TEACHER, after="https://evil.example/").url == "/"
    nurse = signed_in("nurse")
    sent = nurse.post("/sign-in/organisation?process=connect", {"process": "connect"})
    state = parse_qs(urlsplit(html.document_fromstring(sent.content).xpath("//main//a/@href")[0]).query)["state"][0]
    assert nurse.session["socialaccount_states"][state][0]["process"] == "login"


def test_what_is_sent_to_the_provider_is_bound_to_this_browser(come: Come, client: Client) -> None:
    page = client.post("/sign-in/organisation")
    (away,) = html.document_fromstring(page.content).xpath("//main//a/@href")
    asked = parse_qs(urlsplit(away).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/organisation/back"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_the_page_offers_it_only_where_there_is_one(come: Come, client: Client, settings: Any) -> None:
    assert "Sign in with Northbrook Council" in text(client.get("/sign-in"))
    assert client.get("/sign-in/organisation").status_code == 405
    settings.ORGANISATION = {}
    assert "Northbrook Council" not in text(client.get("/sign-in"))
    assert client.post("/sign-in/organisation").status_code == 404
    assert client.get("/sign-in/organisation/back").status_code == 404


def test_a_provider_that_does_not_answer_is_said(store: Any, client: Client, settings: Any) -> None:
    choose(settings, "http://127.0.0.1:9")
    page = client.post("/sign-in/organisation")
    assert page.status_code == 503
    assert "does not answer" in text(page)


def test_half_of_the_variables_or_an_open_connection_is_refused() -> None:
    assert organisation("", "", "", "x") == {"ORGANISATION": {}, "SOCIALACCOUNT_PROVIDERS": {}}
    with pytest.raises(ImproperlyConfigured, match="belong together"):
        organisation("https://x.example", "onrecord", "", "x")
    with pytest.raises(ImproperlyConfigured, match="https"):
        organisation("http://x.example", "onrecord", "a secret", "x")
