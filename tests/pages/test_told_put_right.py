"""What whoever reported is told stands as it was put right, wherever they or the front door read it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from onrecord.access.actions import make_token
from onrecord.ledger.facts import Corrected
from onrecord.ledger.gateway.clock import now
from tests.pages.browsing import text
from tests.partnership import Store

FIRST, STANDS = "The boy Caspian Reed stays where he is.", "An assessment begins on Monday."


@pytest.mark.parametrize(
    ("user", "page"),
    [("teacher", "/my-reports"), ("teacher", "/report/{}"), ("front-door", "/front-door/{}")],
)
def test_it_is_read_as_it_stands(store: Store, browser: Callable[[str], Client], user: str, page: str) -> None:
    made = store.report()
    decided = store.decide(made, tell_reporter=FIRST).entry
    fix = Corrected(field="tell_reporter", value=f'"{STANDS}"', why="That is another child.")
    store.say("front-door", fix, decided)
    said = re.sub("<del.*?</del>", "", text(browser(user).get(page.format(made.id))))
    key = make_token("teacher", now())
    given = Client().get(f"/api/reports/{made.id}", headers={"Authorization": f"Bearer {key}"}).json()
    assert (STANDS in said, FIRST in said, given["decision"]["told"]) == (True, False, STANDS)
