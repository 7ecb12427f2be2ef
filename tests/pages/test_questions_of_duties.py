"""The page of one duty, and that on which somebody disagrees, ask the database at most twelve times, in every state.

What it is owed for was put right, waits to be lowered, was answered by what does not meet it, came back, is late.
"""

from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onrecord.duties.actions import lowerings, tick
from onrecord.duties.models import Owed
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Corrected, Entry, Seconded
from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import hours, signed_in
from tests.pages.test_questions import FRAME, MOST, full, saying
from tests.pages.test_questions_of_lists import crowded
from tests.partnership import PEOPLE, Store
from tests.stages.duties.test_disagreeing import raise_it
from tests.stages.duties.test_what_meets import talked

WHY = {"reason": "new_information", "words": "The aunt vouches for him."}
Asked = dict[tuple[str, str, str], list[str]]


def fixed(store: Store, made: Entry) -> None:
    """Put right, three times."""
    for word in ("lemon", "lime", "plum"):
        said = Corrected(field="words", value=f'"She said a {word}-coloured car waits."', why="Misheard.")
        append([saying(store, made.saying.by, said, regarding=(made.id,), about=made.mentions)])


def grown(store: Store, rows: int) -> None:
    """What is owed in every state that a page of a duty tells apart."""
    crowded(store, 2 * rows)
    full(store, rows)
    full(store, rows, positions="yes")
    asked = store.report(concern="harm_at_home")
    fixed(store, asked)
    decided = store.decide(asked, outcome="strategy_discussion", concern="harm_at_home").entry
    for _ in range(rows):
        store.say("team-manager", talked("childrens_social_care"), decided)
    ended = store.report()
    fixed(store, ended)
    store.decide(ended, WHY, outcome="no_further_action", why="Nothing in it.")
    again = store.report(words="A marmalade-coloured car waits for her.")
    fixed(store, again)
    store.say("signer", Seconded(why="I agree."), store.decide(again, WHY, outcome="no_further_action").entry)


def opened(user: str, keys: list[UUID]) -> Asked:
    """What each page of a duty asks that somebody may open, by whom, by its rule and by its state."""
    client, found = signed_in(user), Asked()
    for duty in Owed.objects.filter(key__in=keys):
        for part in ("", "/cannot", "/hand-over"):
            said = _asked(client, f"/duties/{duty.key}{part}")
            if said is not None:
                name = (user, duty.rule + part, duty.state)
                found[name] = max(found.get(name, []), said, key=len)
    return found


def _asked(client: Client, url: str) -> list[str] | None:
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as seen:
        page: Any = client.get(url)
    return [one["sql"] for one in seen if not one["sql"].startswith(FRAME)] if page.status_code == 200 else None


@pytest.mark.parametrize("rows", [1, 3])
def test_no_page_of_a_duty_asks_too_much(rows: int, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lowerings, "drawn", lambda use, uid, one_in: True)
    grown(store, rows)
    found = Asked()
    with playing(hours(200)):
        tick(hours(200), sign=False)
        rules = {(duty.rule, duty.state, duty.agency, duty.holder): duty.key for duty in Owed.objects.all()}
        for user in sorted(PEOPLE):
            found |= opened(user, list(rules.values()))
    assert len({rule for _, rule, _ in found}) > 20
    assert {name: "\n".join(["", *said]) for name, said in found.items() if len(said) > MOST} == {}


@pytest.mark.parametrize("rows", [1, 3])
def test_neither_to_disagree_nor_what_was_raised_asks_too_much(rows: int, store: Store) -> None:
    made = full(store, rows)
    decided = store.decide(made, outcome="assess").entry
    heard = [raise_it(store, decided, "front-door", whose="child") for _ in range(rows)]
    own = raise_it(store, made, "teacher", whose="reporter")
    pages = [(user, f"/disagree/{one.id}") for one in (made, decided) for user in ("front-door", "head", "teacher")]
    pages += [(user, f"/raised/{heard[-1].id}") for user in ("front-door", "head")]
    pages.append(("teacher", f"/raised/{own.id}"))
    asked = {page: _asked(signed_in(page[0]), page[1]) for page in pages}
    assert None not in asked.values()
    assert {page: "\n".join(["", *said]) for page, said in asked.items() if said and len(said) > MOST} == {}
