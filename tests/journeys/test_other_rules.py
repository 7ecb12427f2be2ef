"""Other rules, brought and proposed in a real browser: what they would change is read on a phone and on a desk."""

from typing import Any

import pytest
from django.test import Client

from onrecord.access.models import User
from onrecord.duties.actions.editions import bring, propose
from onrecord.duties.models import Owed
from onrecord.duties.queries import effects
from onrecord.ledger.gateway.clock import now
from onrecord.rulebook.facts import Match, Rulebook, Term, Value
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.journeys.conftest import Tab
from tests.partnership import Store

pytestmark = pytest.mark.browser
LONG = Value(start=read(shipped()).calendar.first, term=Term(working_days=5), default="ours", why="More time.")
WEAKER: dict[str, dict[str, Any]] = {
    "decide-next-step": {"within": (LONG,), "title": "Decide what happens"},
    "acknowledge-referral": {"opens": Match(kind="intake.report_received", where={"concern": ("missing",)})},
}


def weaker() -> Rulebook:
    """The shipped edition with one longer limit, and one rule for fewer facts."""
    law = read(shipped())
    return sealed(tuple(rule.model_copy(update=WEAKER.get(rule.id, {})) for rule in law.rules), law.calendar)


def signed_in(tab: Tab, user: str) -> None:
    """Sign somebody else in."""
    browser = Client()
    browser.force_login(User.objects.get(username=user))
    tab.page.context.clear_cookies()
    tab.page.context.add_cookies(
        [{"name": "sessionid", "value": browser.cookies["sessionid"].value, "url": tab.server}]
    )


def test_other_rules_stand_on_a_phone_and_on_a_desk(tab: Tab, own_store: Any, monkeypatch: Any) -> None:
    store: Store = own_store
    for _ in range(3):
        store.report()
    director = store.viewer("director")
    digest = bring(director, weaker())
    signed_in(tab, "director")
    for name, path in {"brought": "/rulebook/propose", "a-rule": "/rulebook/rules/meeting-took-place"}.items():
        tab.open(path)
        tab.picture(f"rules-{name}")
        assert tab.looked_over() == []
    monkeypatch.setattr(effects, "AT_ONCE", 2)
    tab.open(f"/rulebook/editions/{digest}")
    tab.page.get_by_role("heading", name="Propose these rules").wait_for()
    assert "would be due later" in tab.read()
    tab.picture("rules-edition")
    assert tab.looked_over() == []
    tab.page.get_by_role("button", name="Propose").click()
    assert "Say why these rules should be adopted." in tab.read()
    tab.picture("rules-edition-faulty")
    assert tab.looked_over() == []
    made = propose(director, digest, "It is easier.", now())
    signed_in(tab, "scrutineer")
    tab.open(f"/duties/{Owed.objects.get(opening=made.id, rule='outside-agrees-to-rules').key}")
    tab.picture("rules-duty")
    tab.page.get_by_role("link", name="See what these rules would change").click()
    tab.page.get_by_role("link", name="Agree or disagree").wait_for()
    tab.picture("rules-edition-outside")
    assert tab.looked_over() == []
