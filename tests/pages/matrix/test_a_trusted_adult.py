"""An adult whom a child trusts and who signs in: one page of their own, and not one of anybody else's."""

from typing import Any

import pytest
from django.test import Client

from onrecord.access.facts import TrustedSignInEnded, TrustedSignInGiven
from onrecord.access.models import Trust
from onrecord.case.facts import TrustedAdultNamed
from onrecord.ledger.facts import Entry, Seconded
from onrecord.ledger.queries import size
from tests.pages.browsing import signed_in, text
from tests.pages.matrix.bodies import BODIES
from tests.pages.matrix.ground import Ground
from tests.pages.matrix.rows import BUTTONS, EVERYBODY, MATRIX, RECORDS, STATES, YOURS
from tests.pages.matrix.sends import SENDS
from tests.pages.matrix.test_what_belongs_to_a_report import none_at, plain
from tests.pages.matrix.trying import undone

KEMI = "kemi-adair"
OPEN_STATES = [state for state in STATES if state not in ("sealed", "officer", "unrouted")]
THEIRS = {"", "trusting"}
GIVEN = TrustedSignInGiven(user=KEMI, name="Kemi Adair", why="She wants her to know.")


def given(ground: Ground, state: str = "open", by: str = "teacher") -> Entry:
    """Kemi, whom the child of the report in this state trusts, is given a sign-in."""
    about = [ground.mention(state)]
    who = TrustedAdultNamed(who="Kemi Adair", judged="child")
    named = ground.store.say(by, who, ground.reports[state], about=about).entry
    made = ground.store.say(by, GIVEN, named, about=about).entry
    if state in OPEN_STATES:
        ground.store.say("signer", Seconded(why="She asked me too."), made)
    else:  # nobody who signs reads it there: as if somebody had before it was sealed
        Trust.objects.create(subject=about[0], source=made.id, user=KEMI)
    return made


def url(ground: Ground, address: str, state: str) -> str:
    return ground.url(address, state).replace("<slug:name>", "facts").replace("<int:pk>", "1")


def test_nothing_of_anybody_else_opens_to_them(ground: Ground) -> None:
    with undone():
        given(ground)
        kemi, before, found = signed_in(KEMI), size("reads"), {}
        for address in sorted(set(MATRIX) - THEIRS):
            found[address] = kemi.get(url(ground, address, "open")).status_code
        assert found == dict.fromkeys(found, 403)
        assert size("reads") == before


@pytest.mark.parametrize("address", RECORDS)
def test_nor_does_what_belongs_to_a_report_in_any_state(ground: Ground, address: str) -> None:
    with undone():
        given(ground)
        kemi, none = signed_in(KEMI), none_at(address)
        wanted = plain(kemi.get(none), none)
        got = {state: plain(kemi.get(one), one) for state in STATES if (one := url(ground, address, state))}
        assert got == dict.fromkeys(STATES, wanted)


def test_nothing_that_staff_send_is_taken_from_them(ground: Ground) -> None:
    with undone():
        given(ground)
        kemi, before = signed_in(KEMI), size()
        rows = [row for row in SENDS if row.address not in BUTTONS and not row.address.startswith("api/")]
        for row in rows:
            if row.address not in THEIRS:
                kemi.post(url(ground, row.address, "open"), BODIES[row.what](ground, "teacher"))
        assert (len(rows) > 30, size()) == (True, before)


def test_their_own_page_opens_to_nobody_else(ground: Ground) -> None:
    with undone():
        given(ground)
        found = {user: ground.browsers[user].get("/trusting").status_code for user in sorted(EVERYBODY)}
        assert found == dict.fromkeys(sorted(EVERYBODY), 403)
        assert Client().get("/trusting").status_code == 302


def test_what_they_sign_in_with_is_theirs_and_the_way_in_leads_to_their_page(ground: Ground) -> None:
    with undone():
        given(ground)
        kemi = signed_in(KEMI)
        assert {kemi.get(f"/{address}").status_code for address in ("your-sign-in", "your-sign-in/where")} == {200}
        assert kemi.get("/").headers["Location"] == "/trusting"
        assert set(YOURS) >= {"your-sign-in", "your-sign-in/where"}


@pytest.mark.parametrize("state", OPEN_STATES)
def test_their_page_shows_no_name_place_or_word_of_the_file(ground: Ground, state: str) -> None:
    with undone():
        given(ground, state, "social-worker" if state == "restricted" else "teacher")
        page = text(signed_in(KEMI).get("/trusting"))
        hidden = ("Quillfeather", "Zephyrine", "marmalade", "ZZ9", "Ottilie", "Oxbow", "Nia Prosser", "Northbrook Pol")
        assert [word for word in hidden if word in page] == []
        assert "Owed to the child" in page


def test_a_report_that_is_sealed_shows_nothing_of_itself(ground: Ground) -> None:
    def shown(state: str) -> Any:
        with undone():
            given(ground, state)
            answer = signed_in(KEMI).get("/trusting")
            return answer.status_code, "Decide what happens next" in text(answer)

    assert [shown(state) for state in ("open", "sealed")] == [(200, True), (403, False)]


def test_once_it_has_ended_nothing_opens(ground: Ground) -> None:
    with undone():
        made, kemi = given(ground), signed_in(KEMI)
        before = kemi.get("/trusting").status_code
        ground.store.say("teacher", TrustedSignInEnded(why="She asked for it."), made)
        assert (before, kemi.get("/trusting").status_code, kemi.get("/").status_code) == (200, 403, 403)
