"""The way in: a password, or in a demonstration somebody's place; and never an address that is not ours."""

from typing import Any

import pytest
from django.conf import settings

from onrecord.access.models import User
from tests.pages.browsing import signed_in, text

FIRST = {
    "front-door": "/front-door",
    "signer": "/joint-list",
    "scrutineer": "/watch",
    "manager": "/watch",
    "team-manager": "/duties",
    "director": "/duties",
    "social-worker": "/duties",
    "teacher": "/report",
    "analyst": "/report",
    "admin": "/record",
}


@pytest.fixture
def password(store: Any) -> str:
    """The teacher's password, just set."""
    user = User.objects.get(username="teacher")
    user.set_password("a marmalade lamp in the rain")
    user.save()
    return "a marmalade lamp in the rain"


def test_a_password_opens_the_page_that_was_asked_for(client: Any, password: str) -> None:
    asked = client.get("/my-reports")
    assert asked.url == "/sign-in?next=/my-reports"
    sent = client.post("/sign-in", {"login": "teacher", "password": password, "next": "/my-reports"})
    assert sent.url == "/my-reports"


@pytest.mark.parametrize("typed", [{"login": "teacher", "password": "wrong"}, {"login": "", "password": ""}])
def test_a_wrong_password_says_so_and_keeps_the_name(client: Any, password: str, typed: dict[str, str]) -> None:
    page = client.post("/sign-in", typed)
    assert page.status_code == 200
    assert "There is a problem" in text(page)
    assert "wrong" not in text(page).replace("What went wrong", "")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_signing_in_never_leads_elsewhere(client: Any, password: str, elsewhere: str) -> None:
    sent = client.post("/sign-in", {"login": "teacher", "password": password, "next": elsewhere})
    assert sent.url == "/"


def test_in_a_demonstration_one_takes_somebodys_place(client: Any, store: Any) -> None:
    page = text(client.get("/sign-in"))
    assert "Nia Prosser" in page
    assert "Hill School" in page
    assert client.post("/sign-in", {"user": "teacher"}).url == "/"
    assert "Nia Prosser" in text(client.get("/report"))


def test_nobody_takes_a_place_that_is_not_in_the_cast(client: Any, store: Any) -> None:
    page = client.post("/sign-in", {"user": "nobody"})
    assert page.status_code == 200
    assert client.get("/report").status_code == 302


def test_in_a_real_record_nobody_takes_anybodys_place(
    client: Any, store: Any, fresh_home: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", "record.northbrook.example")
    (fresh_home / "origin.json").write_text('{"origin": "record.northbrook.example"}')
    page = client.post("/sign-in", {"user": "teacher"})
    assert page.status_code == 200
    assert "Nia Prosser" not in text(page)
    assert client.get("/report").status_code == 302


def test_signing_out_needs_a_button_not_a_link(store: Any) -> None:
    client = signed_in("teacher")
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").url == "/sign-in"
    assert client.get("/report").status_code == 302


def test_somebody_without_a_role_is_told_so(client: Any, store: Any) -> None:
    client.force_login(User.objects.create_user("stranger"))
    page = client.get("/report")
    assert page.status_code == 403
    assert "You hold no role here." in text(page)


@pytest.mark.parametrize(("user", "page"), FIRST.items())
def test_everybody_begins_where_their_work_is(store: Any, user: str, page: str) -> None:
    assert signed_in(user).get("/").url == page


def test_the_menu_shows_what_waits(store: Any) -> None:
    store.report()
    page = text(signed_in("front-door").get("/my-reports"))
    assert 'href="/front-door">Front door <span class="onr-count">1<span' in page
    assert "What is late" not in page
