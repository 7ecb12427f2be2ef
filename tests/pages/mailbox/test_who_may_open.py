"""A mailbox opens to those who decide on its report, and to everybody else as if there were none."""

from typing import Any

from tests.pages.browsing import signed_in, text
from tests.partnership import PEOPLE
from tests.stages.mailbox.ground import told_by

DECIDERS = {"front-door", "team-manager"}
WALL = {"designated", "scrutineer"}


def opens(made: Any) -> dict[str, int]:
    return {user: signed_in(user).get(f"/messages/{made.id}").status_code for user in PEOPLE}


def test_an_open_report(store: Any) -> None:
    assert opens(told_by()) == {user: 200 if user in DECIDERS else 404 for user in PEOPLE}


def test_a_sealed_report(store: Any) -> None:
    made = told_by(words="Piotr Lund picks me up in a marmalade-coloured car.")
    assert opens(made) == {user: 200 if user in WALL else 404 for user in PEOPLE}


def test_the_way_back_leads_to_the_report_that_the_reader_may_open(store: Any) -> None:
    plain, sealed = told_by(), told_by(words="Piotr Lund picks me up in a marmalade-coloured car.")
    for user, made, way in (("front-door", plain, "front-door"), ("designated", sealed, "sealed")):
        browser = signed_in(user)
        assert f'href="/{way}/{made.id}"' in text(browser.get(f"/messages/{made.id}"))
        assert f'href="/messages/{made.id}"' in text(browser.get(f"/{way}/{made.id}"))
