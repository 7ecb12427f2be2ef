"""What signing in keeps: counts that every process shares, and secrets that the database alone does not give away."""

from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.cache import cache
from django.test import RequestFactory

from onrecord.access.gateway import forget_tries, may_try, opened, sealed
from onrecord.access.models import Cached
from onrecord.access.rules import Holding, Viewer, needs_second_step
from tests.partnership import PEOPLE


def knock(address: str, **headers: str) -> Any:
    """Somebody sends a form from an address."""
    return RequestFactory(REMOTE_ADDR=address).post("/sign-in", headers=headers)


def test_only_a_name_and_an_address_together_are_slowed(store: Any) -> None:
    first = [may_try(knock("192.0.2.1"), "password of nia") for _ in range(7)]
    assert first == [True] * 5 + [False] * 2
    assert may_try(knock("192.0.2.2"), "password of nia")
    assert may_try(knock("192.0.2.1"), "password of asha")
    forget_tries(knock("192.0.2.1"), "password of nia")
    assert may_try(knock("192.0.2.1"), "password of nia")


def test_what_a_stranger_says_of_their_address_is_not_believed(store: Any) -> None:
    lies = [may_try(knock("192.0.2.1", X_Forwarded_For=f"10.0.0.{number}"), "password of nia") for number in range(7)]
    assert lies == [True] * 5 + [False] * 2


def test_the_counts_stand_in_the_database(store: Any) -> None:
    cache.set("a", "lamp", 60)
    assert Cached.objects.get(cache_key__endswith=":a").value != ""
    Cached.objects.all().delete()
    assert cache.get("a") is None


def test_a_sealed_secret_opens_and_a_changed_one_does_not(store: Any) -> None:
    kept = sealed("MARMALADE")
    assert "MARMALADE" not in kept
    assert opened(kept) == "MARMALADE"
    assert sealed("MARMALADE") != kept
    changed = ("A" if kept[30] != "A" else "B").join((kept[:30], kept[31:]))
    with pytest.raises(InvalidTag):
        opened(changed)


def test_everybody_but_an_administrator_needs_a_second_step() -> None:
    needs = {
        user: needs_second_step(Viewer(user, name, (Holding(role, agency, ""),)))
        for user, (name, role, agency) in PEOPLE.items()
    }
    assert {user for user, needed in needs.items() if not needed} == {"admin"}
    both = (Holding("administrator", "a", ""), Holding("practitioner", "b", ""))
    assert needs_second_step(Viewer("both", "Both", both))
