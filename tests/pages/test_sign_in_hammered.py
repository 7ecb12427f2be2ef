"""Wrong tries slow the place they come from, and silence nobody."""

import json
from base64 import b64decode
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from onrecord.access.actions import make_token
from onrecord.access.models import Cached
from onrecord.ledger.gateway.clock import now
from tests.pages.browsing import TYPED, signed_in, text
from tests.pages.signing import PASSWORD, code, enter, set_up_app, with_password
from tests.partnership import REPORT

HERE, THERE = "192.0.2.1", "198.51.100.7"
SLOWED = "Too many tries from this place."


@pytest.fixture
def hammered(store: Any) -> None:
    """Somebody tried the teacher's name fifty times from one place."""
    with_password("teacher")
    with_password("nurse")
    attacker = Client()
    pages = [text(enter(attacker, "teacher", f"wrong {number}", HERE)) for number in range(50)]
    assert [SLOWED in page for page in pages] == [False] * 5 + [True] * 45


def test_the_right_password_from_another_place_opens(hammered: None, client: Client) -> None:
    assert enter(client, "teacher", address=THERE).url == "/"


def test_the_place_that_tried_is_slowed_even_with_the_right_password(hammered: None, client: Client) -> None:
    page = enter(client, "teacher", address=HERE)
    assert page.status_code == 200
    assert SLOWED in text(page)
    assert client.get("/report").status_code == 302


def test_another_name_from_the_same_place_opens(hammered: None, client: Client) -> None:
    assert enter(client, "nurse", address=HERE).url == "/"


def test_capital_letters_are_no_other_name(hammered: None, client: Client) -> None:
    assert SLOWED in text(enter(client, "TEACHER", address=HERE))


def test_a_browser_in_which_they_signed_in_before_opens_at_the_very_place_that_tried(store: Any) -> None:
    """A colleague in the same office hammers the name of somebody who has signed in there before."""
    with_password("teacher")
    own, attacker = Client(), Client()
    enter(own, "teacher", address=HERE)
    secret = set_up_app(own)
    own.post("/sign-out")
    for number in range(50):
        enter(attacker, "teacher", f"wrong {number}", HERE)
    assert SLOWED in text(enter(attacker, "teacher", address=HERE))
    assert enter(own, "teacher", address=HERE).url == "/sign-in/second-step"
    enter(stranger := Client(), "teacher", address=THERE)
    for _ in range(50):
        stranger.post("/sign-in/second-step", {"code": "nothing"}, REMOTE_ADDR=HERE)
    assert own.post("/sign-in/second-step", {"code": code(secret)}, REMOTE_ADDR=HERE).url == "/"


def test_a_known_browser_is_slowed_by_its_own_tries_and_knows_nobody_else(store: Any) -> None:
    for user in ("teacher", "nurse"):
        with_password(user)
    own, other = Client(), Client()
    enter(own, "teacher", address=HERE)
    own.post("/sign-out")
    pages = [text(enter(own, "teacher", f"wrong {number}", HERE)) for number in range(7)]
    assert [SLOWED in page for page in pages] == [False] * 5 + [True] * 2
    assert enter(other, "teacher", address=HERE).url == "/"
    for number in range(7):
        enter(Client(), "nurse", f"wrong {number}", HERE)
    own.cookies.load({"known": own.cookies["known"].value})
    assert SLOWED in text(enter(own, "nurse", address=HERE))
    forged = Client()
    forged.cookies.load({"known": own.cookies["known"].value[:-2] + "AA"})
    for number in range(7):
        enter(Client(), "teacher", f"wrong {number}", HERE)
    assert SLOWED in text(enter(forged, "teacher", address=HERE))


def test_the_mark_of_a_known_browser_names_nobody_and_goes_to_the_pages_of_signing_in_alone(store: Any) -> None:
    with_password("teacher")
    mark = enter(Client(), "teacher").cookies["known"]
    assert "teacher" not in b64decode(mark.value.partition(":")[0] + "==", altchars=b"-_").decode()
    assert (mark["path"], bool(mark["httponly"]), mark["samesite"]) == ("/sign-in", True, "Lax")


def test_a_session_goes_on(hammered: None) -> None:
    assert signed_in("teacher").get("/report", REMOTE_ADDR=HERE).status_code == 200


def test_no_report_of_another_system_is_refused(hammered: None, client: Client) -> None:
    body, kind = json.dumps({"report": REPORT}), "application/json"
    key = {"Authorization": f"Bearer {make_token('teacher', now())}"}
    for _ in range(30):
        wrong = client.post("/api/reports", body, kind, headers={"Authorization": "Bearer no"}, REMOTE_ADDR=HERE)
        assert wrong.status_code == 401
    assert client.post("/api/reports", body, kind, headers=key, REMOTE_ADDR=HERE).status_code == 201


def test_no_report_by_a_page_is_refused(hammered: None) -> None:
    sent = signed_in("teacher").post("/report", {"id": str(uuid4())} | TYPED, REMOTE_ADDR=HERE)
    assert sent.status_code == 302
    assert sent.url.startswith("/report/")


def test_a_passkey_is_asked_for_however_many_tries_there_were(hammered: None, client: Client) -> None:
    for _ in range(50):
        client.post("/sign-in/passkey", {"credential": "{}"}, REMOTE_ADDR=HERE)
    asked = client.get("/sign-in/passkey", headers={"Accept": "application/json"}, REMOTE_ADDR=HERE)
    assert asked.status_code == 200
    assert asked.json()["request_options"]["publicKey"]["userVerification"] == "required"
    assert client.post("/sign-in/passkey", {"credential": "{}"}, REMOTE_ADDR=HERE).url == "/sign-in"


def test_the_right_password_forgets_the_wrong_ones(store: Any, client: Client) -> None:
    with_password("teacher")
    for _ in range(3):
        for number in range(4):
            enter(client, "teacher", f"wrong {number}")
        assert enter(client, "teacher").url == "/"


def test_wrong_codes_slow_only_the_place_they_come_from(store: Any, client: Client) -> None:
    with_password("teacher")
    enter(client, "teacher")
    secret = set_up_app(client)
    attacker, owner = Client(), Client()
    enter(attacker, "teacher", address=HERE)
    pages = [attacker.post("/sign-in/second-step", {"code": "nothing"}, REMOTE_ADDR=HERE) for _ in range(20)]
    assert [SLOWED in text(page) for page in pages] == [False] * 5 + [True] * 15
    assert SLOWED in text(attacker.post("/sign-in/second-step", {"code": code(secret)}, REMOTE_ADDR=HERE))
    enter(owner, "teacher", address=THERE)
    assert owner.post("/sign-in/second-step", {"code": code(secret)}, REMOTE_ADDR=THERE).url == "/"


def test_a_household_of_the_new_addresses_is_one_place(store: Any, client: Client) -> None:
    with_password("teacher")
    pages = [text(enter(client, "teacher", "wrong", f"2001:db8::{number}")) for number in range(7)]
    assert [SLOWED in page for page in pages] == [False] * 5 + [True] * 2
    assert enter(client, "teacher", address="2001:db8:0:1::1").url == "/"


def test_behind_a_proxy_the_place_is_what_the_proxy_says(store: Any, client: Client, settings: Any) -> None:
    with_password("teacher")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    typed = {"login": "teacher", "password": "wrong"}
    far = [client.post("/sign-in", typed, headers={"X-Forwarded-For": f"spoofed, {HERE}"}) for _ in range(7)]
    assert SLOWED in text(far[-1])
    near = client.post("/sign-in", typed | {"password": PASSWORD}, headers={"X-Forwarded-For": THERE})
    assert near.url == "/"


def test_what_is_counted_names_nobody_and_is_shared_by_every_process(hammered: None) -> None:
    kept = str(list(Cached.objects.values_list("cache_key", "value")))
    assert kept.count("allauth:rl") > 0
    assert [word for word in ("teacher", HERE) if word in kept] == []
    assert caches.settings["default"]["LOCATION"] == Cached._meta.db_table


def test_no_limit_counts_a_whole_address_or_somebody_who_is_not_signed_in() -> None:
    limits = {**settings.ACCOUNT_RATE_LIMITS, **settings.MFA_RATE_LIMITS}
    counted = {name: {rate.rsplit("/", 1)[1] for rate in said.split(",")} for name, said in limits.items() if said}
    assert counted == {"try": {"key"}, "change_password": {"user"}, "reauthenticate": {"user"}}
