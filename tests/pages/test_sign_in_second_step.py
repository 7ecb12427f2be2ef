"""A second step: everybody who may read about children has one in a real record; the demonstration asks for none."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from onrecord.access.models import User
from tests.pages.browsing import TYPED, signed_in, text
from tests.pages.matrix.rows import MATRIX, STAFF
from tests.pages.signing import PASSWORD, code, enter, make_real, set_up_app, with_password
from tests.pages.test_who_may_open_what import filled, reached

__all__ = ["filled"]


@pytest.fixture
def real(store: Any, fresh_home: Any, monkeypatch: Any) -> None:
    """A record that is no demonstration, and a teacher with a password."""
    with_password("teacher")
    make_real(fresh_home, monkeypatch)


@pytest.fixture
def inside(real: None, client: Client) -> Client:
    """The teacher's browser, signed in by password alone."""
    enter(client, "teacher")
    return client


@pytest.mark.parametrize("address", MATRIX)
def test_every_page_leads_to_the_second_step(
    address: str, filled: dict[str, str], fresh_home: Any, monkeypatch: Any
) -> None:
    make_real(fresh_home, monkeypatch)
    url = reached(address, filled)
    sent = {user: signed_in(user).get(url) for user in sorted(STAFF)}
    assert {user: (page.status_code, page["Location"]) for user, page in sent.items()} == {
        user: (302, f"/your-sign-in?next={url}") for user in STAFF
    }


def test_the_demonstration_asks_for_none(store: Any) -> None:
    assert signed_in("teacher").get("/report").status_code == 200


def test_who_reads_no_case_needs_none(real: None) -> None:
    assert signed_in("admin").get("/record").status_code == 200


def test_a_report_that_was_typed_is_shown_back(inside: Client) -> None:
    page = inside.post("/report", TYPED)
    assert page.status_code == 403
    assert "marmalade-coloured" in text(page)


def test_setting_up_an_app_opens_the_pages(inside: Client) -> None:
    assert "Before you go on, set up a second step." in text(inside.get("/your-sign-in"))
    set_up_app(inside)
    assert inside.get("/report").status_code == 200
    assert "Before you go on" not in text(inside.get("/your-sign-in"))


def test_the_square_is_drawn_in_the_page(inside: Client) -> None:
    inside.post("/your-sign-in/again", {"password": PASSWORD})
    page = text(inside.get("/your-sign-in/app"))
    assert '<svg role="img" aria-label="Square code for your app to read"' in page
    assert (page.count("<style"), page.count(" style="), page.count("data:image")) == (0, 0, 0)


def test_a_page_asks_the_database_no_more_for_it(inside: Client, django_assert_max_num_queries: Any) -> None:
    set_up_app(inside)
    with django_assert_max_num_queries(12):
        assert inside.get("/my-reports").status_code == 200


def test_a_wrong_first_code_sets_nothing_up(inside: Client) -> None:
    inside.post("/your-sign-in/again", {"password": PASSWORD})
    inside.get("/your-sign-in/app")
    right = code(inside.session["mfa.totp.secret"])
    page = inside.post("/your-sign-in/app", {"code": f"{(int(right) + 500_000) % 1_000_000:06d}"})
    assert "This did not match." in text(page)
    assert Authenticator.objects.count() == 0
    assert inside.get("/report").status_code == 302


def test_the_password_alone_is_then_not_enough(inside: Client) -> None:
    secret = set_up_app(inside)
    other = Client()
    assert enter(other, "teacher", next="/my-reports").url == "/sign-in/second-step"
    assert other.get("/report").url == "/sign-in?next=/report"
    page = text(other.get("/sign-in/second-step"))
    assert "Six digits from your app" in page
    assert "Use a passkey" not in page
    assert other.post("/sign-in/second-step", {"code": code(secret)}).url == "/my-reports"
    assert other.get("/report").status_code == 200


def test_a_code_works_once(inside: Client) -> None:
    secret = set_up_app(inside)
    same = code(secret)
    answers = []
    for _ in range(2):
        other = Client()
        enter(other, "teacher")
        answers.append(other.post("/sign-in/second-step", {"code": same}).status_code)
    assert answers == [302, 200]


def test_a_session_that_took_no_second_step_is_asked_for_it(inside: Client) -> None:
    """Whoever had signed in by a stolen password before the app was set up gains nothing by its being there."""
    earlier = Client()
    enter(earlier, "teacher")
    secret = set_up_app(inside)
    asked = earlier.get("/report")
    assert asked.url == "/your-sign-in/again/code?next=/report"
    assert earlier.post("/your-sign-in/again", {"password": PASSWORD}).url.startswith("/your-sign-in/again/code")
    assert earlier.get("/report").status_code == 302
    assert earlier.post("/your-sign-in/again/code", {"code": code(secret), "next": "/report"}).url == "/report"
    assert earlier.get("/report").status_code == 200


def test_a_recovery_code_signs_in_once_and_is_shown_once(inside: Client) -> None:
    set_up_app(inside)
    first = text(inside.get("/your-sign-in/codes"))
    shown = [part.split("<")[0] for part in first.split("<strong>") if part.split("<")[0].isdigit()]
    shown = [one for one in shown if len(one) == 8]
    assert len(shown) == 10
    assert not [one for one in shown if one in text(inside.get("/your-sign-in/codes"))]
    answers = []
    for _ in range(2):
        other = Client()
        enter(other, "teacher")
        answers.append(other.post("/sign-in/second-step", {"code": shown[0]}).status_code)
    assert answers == [302, 200]
    assert "9 of your recovery codes are left" in text(inside.get("/your-sign-in"))


def test_taking_the_app_away_asks_for_another_at_the_next_sign_in(inside: Client) -> None:
    set_up_app(inside)
    inside.post("/your-sign-in/app/remove")
    assert Authenticator.objects.count() == 0
    other = Client()
    enter(other, "teacher")
    assert other.get("/report").url == "/your-sign-in?next=/report"


def test_the_database_alone_makes_no_codes(inside: Client) -> None:
    secret = set_up_app(inside)
    kept = [one.data for one in Authenticator.objects.order_by("pk")]
    assert [set(data) for data in kept] == [{"secret"}, {"seed", "used_mask"}]
    assert secret not in str(kept)


def test_nobody_signs_themselves_up(client: Client, store: Any) -> None:
    before = User.objects.count()
    for address in ("/sign-up", "/signup", "/accounts/signup/", "/sign-in/signup"):
        assert client.post(address, {"username": "x", "password1": PASSWORD, "password2": PASSWORD}).status_code == 404
    assert User.objects.count() == before
