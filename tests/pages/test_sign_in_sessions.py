"""Where somebody is signed in: seen, ended, and nothing kept but the browser's family and the last use."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from onrecord.access.models import User
from onrecord.access.views.sessions import family
from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import text
from tests.pages.signing import PASSWORD, enter, with_password
from tests.partnership import START

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
EDGE = f"{CHROME} Edg/140.0.0.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Safari/604.1"
NEW = "three copper kettles singing"


@pytest.fixture
def two(store: Any) -> tuple[Client, Client]:
    """The teacher's two browsers."""
    with_password("teacher")
    made = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": EDGE})
    for one in made:
        enter(one, "teacher", address="203.0.113.9")
    return made


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, "Firefox"),
        (CHROME, "Chrome"),
        (EDGE, "Edge"),
        (SAFARI, "Safari"),
        ("curl/8", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_known_by_its_family(agent: str, said: str) -> None:
    assert family(agent) == said


def test_both_are_listed_and_nothing_else_is_kept(two: tuple[Client, Client]) -> None:
    page = text(two[0].get("/your-sign-in/where"))
    assert (page.count("Firefox"), page.count("Here, now")) == (1, 1)
    assert "Last used 5 October 2026, 09:00" in page
    kept = UserSession.objects.order_by("pk").values_list("user_agent", "ip", "data")
    assert list(kept) == [("Firefox", "0.0.0.0", {}), ("Edge", "0.0.0.0", {})]
    assert "203.0.113.9" not in page


def test_one_is_ended(two: tuple[Client, Client]) -> None:
    first, second = two
    there = UserSession.objects.get(user_agent="Edge")
    assert first.post("/your-sign-in/where", {"end": str(there.pk)}).url == "/your-sign-in/where"
    assert (first.get("/report").status_code, second.get("/report").status_code) == (200, 302)


def test_all_others_are_ended(two: tuple[Client, Client]) -> None:
    third = Client()
    enter(third, "teacher")
    third.post("/your-sign-in/where", {"end": "others"})
    assert [one.get("/report").status_code for one in (*two, third)] == [302, 302, 200]
    assert "Sign out everywhere else" not in text(third.get("/your-sign-in/where"))


def test_nobody_ends_anothers(two: tuple[Client, Client]) -> None:
    with_password("nurse")
    nurse = Client()
    enter(nurse, "nurse")
    for chosen in (str(UserSession.objects.get(user_agent="Edge").pk), "others", "", "x"):
        nurse.post("/your-sign-in/where", {"end": chosen})
    assert [one.get("/report").status_code for one in two] == [200, 200]


def test_the_last_use_is_kept_now_and_then(two: tuple[Client, Client]) -> None:
    moments = []
    for minutes in (4, 6, 8):
        with playing(START + timedelta(minutes=minutes)):
            two[0].get("/report")
        moments.append(UserSession.objects.get(user_agent="Firefox").last_seen_at - START)
    assert moments == [timedelta(0), timedelta(minutes=6), timedelta(minutes=6)]


def test_a_page_costs_no_more_than_before(two: tuple[Client, Client], django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        assert two[0].get("/my-reports").status_code == 200


def test_a_new_password_ends_every_other_session(two: tuple[Client, Client]) -> None:
    first, second = two
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert first.post("/your-sign-in/password", typed).url == "/your-sign-in"
    assert (first.get("/report").status_code, second.get("/report").status_code) == (200, 302)
    assert [
        (one.user_agent, one.ip) for one in UserSession.objects.purge_and_list(User.objects.get(username="teacher"))
    ] == [("Firefox", "0.0.0.0")]
    assert enter(Client(), "teacher", NEW).url == "/"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"oldpassword": "no", "password1": NEW, "password2": NEW}, "This is not the password you have now."),
        ({"oldpassword": PASSWORD, "password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"oldpassword": "", "password1": "", "password2": ""}, "Enter the password you have now."),
    ],
)
def test_a_password_that_will_not_do_is_refused(two: tuple[Client, Client], typed: dict[str, str], said: str) -> None:
    page = two[0].post("/your-sign-in/password", typed)
    assert page.status_code == 200
    assert said in text(page)
    assert enter(Client(), "teacher").url == "/"


def test_secrets_are_not_shown_back(store: Any) -> None:
    """A page whose proof of origin ran out shows what was typed, but never what somebody signs in with."""
    client = Client(enforce_csrf_checks=True)
    secret = {name: f"marmalade-{name}" for name in ("password", "oldpassword", "password1", "password2", "code")}
    page = text(client.post("/sign-in", {"login": "teacher", **secret}))
    assert "teacher" in page
    assert "marmalade" not in page


def test_who_is_no_longer_in_use_is_let_into_nothing(two: tuple[Client, Client]) -> None:
    user = User.objects.get(username="teacher")
    user.is_active = False
    user.save()
    assert two[0].get("/report").status_code == 302
    page = enter(Client(), "teacher")
    assert page.status_code == 403
    assert "This sign-in name is no longer in use." in text(page)


def test_in_a_demonstration_a_place_that_is_taken_is_listed(client: Client, store: Any) -> None:
    client.post("/sign-in", {"user": "teacher"}, headers={"User-Agent": FIREFOX})
    assert "Firefox" in text(client.get("/your-sign-in/where"))
