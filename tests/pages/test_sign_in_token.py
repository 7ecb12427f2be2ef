"""The identity token of a real provider: a changed one, a replayed one and one without its question let nobody in."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from onrecord.access.views.organisation import Vouched
from tests.pages.browsing import text
from tests.pages.test_sign_in_organisation import REFUSED, TEACHER, Come, come, linked, port

__all__ = ["come", "port"]

Fetched = Vouched.get_access_token_data


def spoilt(said: str) -> str:
    """A token with other words and the same signature."""
    head, body, signed = said.split(".")
    return f"{head}.{body[:-6]}{'AAAAAA' if body[-6:] != 'AAAAAA' else 'BBBBBB'}.{signed}"


def unsigned(said: str) -> str:
    """A token that says it needs no signature."""
    return f"eyJhbGciOiJub25lIn0.{said.split('.')[1]}."


@pytest.mark.parametrize("change", [spoilt, unsigned, lambda said: "", lambda said: said.rpartition(".")[0] + ".AAAA"])
def test_a_token_that_was_changed_lets_nobody_in(come: Come, monkeypatch: Any, change: Any) -> None:
    def fetched(self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        got: dict[str, Any] = Fetched(self, *args, **kwargs)
        return got | {"id_token": change(got["id_token"])}

    monkeypatch.setattr(Vouched, "get_access_token_data", fetched)
    page = come("s-1", TEACHER)
    assert (page.status_code, REFUSED in text(page), SocialAccount.objects.count()) == (403, True, 0)


def test_a_token_of_another_sign_in_lets_nobody_in(come: Come, monkeypatch: Any) -> None:
    """The token is right, signed and fresh, but it answers an earlier request."""
    seen: list[str] = []

    def fetched(self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        got: dict[str, Any] = Fetched(self, *args, **kwargs)
        seen.append(got["id_token"])
        return got | {"id_token": seen[0]}

    monkeypatch.setattr(Vouched, "get_access_token_data", fetched)
    assert come("s-1", TEACHER, Client()).url == "/"
    client = Client()
    page = come("s-1", TEACHER, client)
    assert (page.status_code, client.get("/report").status_code, linked().keys()) == (403, 302, {"teacher"})


def test_each_request_asks_with_a_word_of_its_own(come: Come, client: Client) -> None:
    words = set()
    for _ in range(2):
        client.post("/sign-in/organisation")
        states = client.session["socialaccount_states"].values()
        words |= {state[0]["data"]["nonce"] for state in states}
    assert sorted(len(word) for word in words) == [32, 32]
