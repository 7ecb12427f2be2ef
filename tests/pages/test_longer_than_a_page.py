"""A list that is longer than its page goes on: nothing that waits, stands or was erased is cut off unsaid."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onrecord.access.actions import make_token
from onrecord.access.facts import RoleHeld
from onrecord.duties.actions.erasing import propose_erasure
from onrecord.duties.models import Owed
from onrecord.duties.views import doors, erasing, people, rota
from onrecord.ledger.facts import Erasing
from onrecord.ledger.gateway.clock import now
from tests.pages.browsing import text
from tests.partnership import START, Store
from tests.stages.ledger.erasing import erased

NAMES = ("Una Grey", "Otto Pell")
WHY = ("Another child was meant.", "It was filed twice.")


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page holds one of each."""
    for view in (doors, erasing, people, rota):
        monkeypatch.setattr(view, "MOST", 1)


def counted(client: Client, address: str, mark: str, name: str = "page") -> list[int]:
    """How often a mark stands on the first page and on the second."""
    return [text(client.get(address, {name: number})).count(mark) for number in (1, 2)]


def test_of_keys(store: Store, browser: Callable[[str], Client]) -> None:
    for hours in range(2):
        make_token("teacher", START + timedelta(hours=hours))
    first, second = (text(browser("teacher").get("/keys", {"page": number})) for number in (1, 2))
    assert ("Made 5 October" in first, "1 to 1 of 2" in first, "2 to 2 of 2" in second) == (True, True, True)
    assert first.count("Speaks for") == second.count("Speaks for") == 1


def test_of_what_is_proposed_of_people(store: Store, browser: Callable[[str], Client]) -> None:
    for number, name in enumerate(NAMES):
        held: dict[str, Any] = {"role": "practitioner", "agency": "social-care", "since": date(2026, 10, 5)}
        store.say("head", RoleHeld(user=f"new-{number}", name=name, why="More work.", **held))
    assert [counted(browser("signer"), "/people", f"Role begins: {name}") for name in NAMES] == [[1, 0], [0, 1]]
    assert counted(browser("signer"), "/people", "Do you agree?") == [1, 1]


def test_of_the_rota(store: Store, browser: Callable[[str], Client]) -> None:
    for day in ("20", "21"):
        typed = {"user": "front-door", "starts": "22:00", "ends": "23:00"}
        browser("head").post("/people/rota", typed | {"day-day": day, "day-month": "10", "day-year": "2040"})
    last = text(browser("head").get("/people/rota", {"page": "99"}))
    assert ("21 October 2040, 22:00" in last, "20 October 2040, 22:00" in last) == (True, False)


def test_of_what_waits_to_be_erased_and_what_was(store: Store, browser: Callable[[str], Client]) -> None:
    made = [store.report("social-worker") for _ in range(4)]
    Owed.objects.filter(state="open").update(state="met")
    for one in made[:2]:
        erased((one, "words"))
    for one, why in zip(made[2:], WHY, strict=True):
        parts = [Erasing(entry=str(one.id), field="words")]
        propose_erasure(store.viewer("manager"), parts, "wrongly_filed", why, uuid4(), now())
    client = browser("scrutineer")
    gone = [counted(client, "/erasures", f"Reference {str(one.id)[:8]}") for one in made[:2]]
    waits = [counted(client, "/erasures", why, "waits") for why in WHY]
    assert (gone, waits) == ([[0, 1], [1, 0]], [[0, 1], [1, 0]])
