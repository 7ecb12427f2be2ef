"""Every link that a role is shown leads somewhere that this role may open."""

from typing import Any

import pytest
from django.test import Client

from onrecord.access.models import User
from onrecord.duties.actions import tick
from onrecord.ledger.gateway.clock import now, playing
from tests.pages.browsing import hours, signed_in
from tests.pages.walking import links, walk
from tests.partnership import PEOPLE


@pytest.mark.parametrize("user", PEOPLE)
def test_every_link_that_somebody_is_shown_opens(store: Any, user: str) -> None:
    made = store.report()
    store.decide(store.report(concern="harm_at_home"), concern="harm_at_home")
    store.decide(made, {"reason": "duplicate", "words": "Sent twice."}, outcome="no_further_action")
    store.report(positions="yes")
    with playing(hours(70)):
        tick(now())
        found = walk(signed_in(user))
    assert {path: page.status_code for path, page in found.items() if page.status_code != 200} == {}
    assert {"/duties", "/notices", "/rulebook", "/record", "/accessibility"} <= set(found)


def test_a_dead_end_would_be_found(store: Any) -> None:
    client = Client()
    client.force_login(User.objects.get(username="teacher"))
    assert walk(client, "/no-such-page")["/no-such-page"].status_code == 404
    assert "/duties" in links(client.get("/report"))
