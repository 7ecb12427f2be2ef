"""Disagreement, requests, caseload and police pointers, as they look once there is something to see."""

from typing import Any

import pytest

from onrecord.case.facts import PoliceMaterialHeld
from onrecord.duties.facts import InstructionReported, RequestMade
from onrecord.duties.models import Owed
from onrecord.ledger.facts import mention_of
from tests.journeys.conftest import Tab
from tests.pages.browsing import signed_in
from tests.partnership import Store
from tests.stages.duties.test_asking_and_caseload import ASKED, hold
from tests.stages.duties.test_disagreeing import answer, raise_it

pytestmark = pytest.mark.browser

HELD = {"reference": "NP/88", "handling": "c", "conditions": "Ask the analyst.", "review_on": "2026-11-02"}
TOLD = {"what": "not_record", "words": "Leave the car out of it.", "who": "A manager above my own"}


def become(tab: Tab, user: str) -> None:
    """Take somebody's place, as if they had signed in."""
    session = signed_in(user).cookies["sessionid"].value
    tab.page.context.clear_cookies()
    tab.page.context.add_cookies([{"name": "sessionid", "value": session, "url": tab.server}])


def pages(store: Store) -> dict[str, tuple[str, str]]:
    """What is looked at: who opens which address, by what it shows."""
    made = store.report()
    store.decide(made)
    child = f"/children/{mention_of(made.id, 'child')}"
    raised = raise_it(store, made)
    agreed = answer(store, "front-door", raise_it(store, made, whose="child"), "first", "agreed")
    store.say("teacher", RequestMade.heard(ASKED))
    store.say("teacher", InstructionReported.heard(TOLD))
    store.say("officer", PoliceMaterialHeld.heard(HELD), about=[mention_of(made.id, "child")])
    for number in range(1, 4):
        hold(store, number)
    held = hold(store, 9, "team-manager")
    return {
        "i-disagree": ("teacher", f"/disagree/{made.id}"),
        "what-i-raised": ("teacher", "/raised"),
        "an-agreement": ("teacher", f"/raised/{agreed.saying.regarding[0]}"),
        "a-disagreement": ("teacher", f"/raised/{raised.id}"),
        "my-reports-disputed": ("teacher", "/my-reports"),
        "answering-a-stage": ("front-door", f"/duties/{Owed.objects.get(opening=raised.id, state='open').key}"),
        "the-door-disputed": ("front-door", f"/front-door/{made.id}"),
        "caseload-of-a-head": ("head", "/caseload"),
        "caseload-outside": ("scrutineer", "/caseload"),
        "a-file-with-pointer": ("social-worker", child),
        "who-holds": ("front-door", f"/case-worker/{held.mentions[0]}"),
        "watch-with-pointer": ("scrutineer", "/watch"),
        "told-not-to": ("teacher", "/record/duties.instruction_reported"),
    }


def test_they_stand_on_a_phone_and_on_a_desk(tab: Tab, own_store: Any) -> None:
    faults = []
    for name, (user, path) in pages(own_store).items():
        become(tab, user)
        tab.open(path)
        faults += tab.looked_over()
        tab.picture(name)
    assert faults == []
