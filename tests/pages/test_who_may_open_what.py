"""Every address and every role: what each may open. A new address without a row in `matrix/rows.py` fails."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from onrecord.access.facts import ROLES, TeamJoined
from onrecord.access.queries import viewer_of
from onrecord.duties.queries import mine
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.rulebook.gateway import read, shipped
from tests.pages.browsing import signed_in
from tests.pages.matrix.addresses import addresses
from tests.pages.matrix.ground import sit_next_door
from tests.pages.matrix.rows import BUTTONS, DOORS, ENTERING, EVERYBODY, KEYED, MATRIX, OPEN, UNSEEN, YOURS


def test_every_address_has_a_row() -> None:
    assert set(addresses()) == set(MATRIX) | set(YOURS) | set(ENTERING) | set(DOORS) | OPEN | BUTTONS | KEYED | UNSEEN


@pytest.fixture
def filled(store: Any) -> dict[str, str]:
    """What stands in an address: a report by the teacher, and the social worker's duty that follows."""
    sit_next_door()
    for user, part in (("team-manager", "leads"), ("social-worker", "works")):
        store.say("team-manager", TeamJoined(user=user, agency="social-care", team="exploitation-team", part=part))
    made = store.report(concern="harm_at_home")
    store.decide(made, concern="harm_at_home")
    view = next(view for view in mine(store.viewer("social-worker"), now()) if view.rule.id == "assessment")
    return {
        "<uuid:uid>": str(made.id),
        "<uuid:key>": str(view.key),
        "<uuid:mention>": str(mention_of(made.id, "child")),
        "<str:kind>": "case.meeting_held",
        "<slug:said>": "case-crisis_recorded",
        "<uuid:entry>": str(made.id),
        "<uuid:file>": str(made.id),
        "<slug:name>": "facts",
        "<slug:what>": "propose",
        "<slug:user>": "teacher",
        "<slug:digest>": read(shipped()).digest,
        "<slug:rule>": "assessment",
    }


def reached(address: str, filled: dict[str, str]) -> str:
    """An address with its gaps filled."""
    for gap, value in filled.items():
        address = address.replace(gap, value)
    return "/" + address


@pytest.mark.parametrize("address", MATRIX)
def test_each_role_opens_what_it_may_and_no_more(address: str, filled: dict[str, str]) -> None:
    may, otherwise = MATRIX[address]
    url = reached(address, filled)
    expected = {user: (302 if address == "" else 200) if user in may else otherwise for user in EVERYBODY}
    assert {user: signed_in(user).get(url).status_code for user in EVERYBODY} == expected


@pytest.mark.parametrize("address", sorted(set(MATRIX) - set(DOORS)))
def test_somebody_signed_out_is_asked_to_sign_in(address: str, filled: dict[str, str]) -> None:
    url = reached(address, filled)
    page = Client().get(url)
    assert (page.status_code, page["Location"]) == (302, f"/sign-in?next={url}")


def test_somebody_in_every_role_tries_every_address(filled: dict[str, str]) -> None:
    seats = [viewer_of(user) for user in EVERYBODY]
    assert {role for viewer in seats if viewer for role in viewer.roles} == set(ROLES.words)


@pytest.mark.parametrize("address", YOURS)
def test_what_is_yours_is_for_everybody_signed_in_and_nobody_else(address: str, filled: dict[str, str]) -> None:
    url = "/" + address.replace("<int:pk>", "1")
    assert {signed_in(user).get(url).status_code for user in EVERYBODY} == {YOURS[address]}
    page = Client().get(url)
    assert (page.status_code, page["Location"].split("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("address", ENTERING)
def test_the_way_in_answers_nobody_who_comes_from_nowhere(address: str, store: Any) -> None:
    assert Client().get(f"/{address}").status_code == ENTERING[address]


@pytest.mark.parametrize("address", DOORS)
def test_a_door_is_open_to_anybody_and_leaves_no_cookie(address: str, store: Any) -> None:
    client = Client()
    assert (client.get(f"/{address}").status_code, dict(client.cookies)) == (DOORS[address], {})


@pytest.mark.parametrize("address", sorted(OPEN))
def test_what_is_for_anybody_is(address: str, store: Any) -> None:
    assert Client().get(f"/{address}").status_code == 200


@pytest.mark.parametrize("address", sorted(BUTTONS))
def test_a_button_is_no_link(address: str, store: Any) -> None:
    assert signed_in("front-door").get(f"/{address}").status_code == 405


def test_an_address_names_nothing_but_ids(filled: dict[str, str]) -> None:
    gaps = {part for address in MATRIX for part in address.split("/") if part.startswith("<")}
    assert gaps == {
        "<uuid:uid>",
        "<uuid:key>",
        "<uuid:mention>",
        "<str:kind>",
        "<slug:name>",
        "<slug:what>",
        "<slug:user>",
        "<slug:digest>",
        "<slug:rule>",
        "<slug:said>",
        "<uuid:entry>",
        "<uuid:file>",
    }
    assert UUID(filled["<uuid:uid>"]) != UUID(filled["<uuid:key>"])
