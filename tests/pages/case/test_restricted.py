"""The page by which a manager restricts a child's file, somebody else looks again, and it is lifted."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import FileRestricted, RecordOpened
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import every, size
from tests.pages.browsing import sheet, text
from tests.pages.case.ground import called

DAY = {"until-day": "1", "until-month": "12", "until-year": "2026"}
TYPED = {"because": "works_here", "users-0": "social-worker", "why": "Her uncle works with us.", **DAY}
TO_ONE = FileRestricted(because="asked", users=("social-worker",), until=date(2026, 12, 1), why="She asked for it.")
MOST = 12
MORE = 3
"""What a list may ask besides, while any file is restricted: however many are."""
TOKEN = re.compile(r'value="[^"]{36,}"')


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def url(made: Entry) -> str:
    return f"/children/{child(made)}/restricted"


def test_a_manager_restricts_it_and_is_told_what_follows(store: Any, browser: Any) -> None:
    made = store.report()
    assert "opens the file." in text(browser("team-manager").get(url(made)))
    sent = browser("team-manager").post(url(made), sheet("restrict", **TYPED), follow=True)
    assert "The file is restricted. The people outside were told" in text(sent)
    page = text(browser("social-worker").get(url(made)))
    assert '<h2 class="govuk-heading-m">Restricted to Tomas Hale</h2>' in page
    assert "Her uncle works with us." in page
    assert "form-restrict" not in page


def test_half_typed_it_comes_back_with_the_faults_in_its_fields(store: Any, browser: Any) -> None:
    made, before = store.report(), size()
    wrong = TYPED | {"users-0": "nobody-here", "until-year": "2029"}
    sent = text(browser("team-manager").post(url(made), sheet("restrict", **wrong)))
    assert size() == before
    assert 'value="nobody-here"' in sent
    assert "There is nobody with the sign-in name “nobody-here” who works with this child." in sent
    assert "Choose a day that is still to come, and at most six months from now." in sent


def test_somebody_else_says_that_it_stays_or_proposes_to_lift_it(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("team-manager", TO_ONE, about=[child(made)])
    again = sheet("again0", why="It is so still.", **(DAY | {"until-year": "2027", "until-month": "2"}))
    assert "The file stays restricted." in text(browser("head").post(url(made), again, follow=True))
    assert "Looked at again by 1 February 2027." in text(browser("head").get(url(made)))
    lifted = text(browser("head").post(url(made), sheet("lift0", why="He left."), follow=True))
    assert "until a second person, from another agency, agrees." in lifted
    assert "It is proposed to lift it." in text(browser("head").get(url(made)))


def test_to_whom_the_file_is_closed_the_page_is_as_for_none(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("team-manager", TO_ONE, about=[child(made)])
    answers = [browser("teacher").get(one) for one in (url(made), f"/children/{made.id}/restricted")]
    assert [answer.status_code for answer in answers] == [403, 403]
    pages = [TOKEN.sub("", text(answer)) for answer in answers]
    assert pages[0] == pages[1]


def test_opening_it_is_noted(store: Any, browser: Any) -> None:
    made = store.report()
    browser("head").get(url(made))
    said = [one.saying for batch in every("reads") for one in batch if isinstance(one.saying.fact, RecordOpened)]
    assert [(one.by, one.fact.what, one.about) for one in said] == [("head", "who_knows", (child(made),))]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    made = store.report()
    for _ in range(rows):
        store.say("team-manager", TO_ONE.model_copy(update={"users": ("social-worker", "head", "team-manager")}),
                  about=[child(made)])  # fmt: skip
    client = browser("social-worker")
    client.get(url(made))
    with CaptureQueriesContext(connections["default"]) as asked:
        client.get(url(made))
    assert len(asked) <= MOST


LISTS = (
    ("front-door", "/front-door"),
    ("front-door", "/duties"),
    ("head", "/duties/agency"),
    ("social-worker", "/meetings"),
    ("teacher", "/my-reports"),
    ("signer", "/joint-list"),
)


def asked(browser: Any, user: str, path: str) -> int:
    """How often a list asks the database."""
    client = browser(user)
    client.get(path)
    with CaptureQueriesContext(connections["default"]) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_a_list_asks_as_much_however_many_files_are_restricted(store: Any, browser: Any) -> None:
    found = []
    for many in (2, 8):
        for _ in range(many):
            made = store.report(concern="harm_at_home")
            called(store, made)
            store.say("team-manager", TO_ONE, about=[child(made)])
        found.append({path: asked(browser, user, path) for user, path in LISTS})
    assert found[0] == found[1]
    assert max(found[1].values()) <= MOST + MORE
