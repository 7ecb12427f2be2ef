"""Every role sends everything that can be sent: filled in, empty, without proof of origin, and signed out."""

from typing import Any

import pytest
from django.test import Client

from onrecord.ledger.queries import size
from tests.pages.matrix.addresses import addresses
from tests.pages.matrix.bodies import BODIES
from tests.pages.matrix.ground import Ground
from tests.pages.matrix.rows import BUTTONS, DOORS, ENTERING, EVERYBODY, KEYED, MATRIX, OPEN, UNSEEN, YOURS
from tests.pages.matrix.sends import BY_THEMSELVES, READ_ONLY, SENDS, UNHEARD, WAYS, Sends
from tests.pages.matrix.trying import undone

STATE = {"sealed/<uuid:uid>": "sealed", "duties/<uuid:key>": "decided"}
"""What an address is tried on, if not an open report."""
TAKEN = (200, 201, 302)
BY_PAGE = {row.address: row for row in reversed(SENDS) if not row.address.startswith("api/")}
BUTTON = ("nothing", "seat")
"""Where nothing is asked, nothing can be left out."""
FORMS = {address: row for address, row in BY_PAGE.items() if row.what not in BUTTON}


def called(row: Sends) -> str:
    """A row in the name of a test."""
    return f"{row.address} {row.what}"


def url_of(ground: Ground, row: Sends) -> str:
    """Where a row is sent."""
    return ground.url(row.address, next((state for of, state in STATE.items() if row.address.startswith(of)), "open"))


def answered(ground: Ground, row: Sends, user: str, body: dict[str, Any]) -> str | int:
    """What came of it: "recorded", or "shown" the page with nothing recorded, or how it was refused."""
    with undone():
        before = size()
        if row.address.startswith("api/"):
            sent = Client().post(url_of(ground, row), body, content_type="application/json", headers=ground.key(user))
        else:
            sent = ground.sender(user).post(url_of(ground, row), body)
        if size() > before:
            return "recorded" if sent.status_code in TAKEN else f"recorded, and answered {sent.status_code}"
        return "shown" if sent.status_code in TAKEN else sent.status_code


def expected(row: Sends, user: str) -> str | int:
    """What the row says of somebody."""
    return "recorded" if user in row.records else "shown" if user in row.shown else row.otherwise


@pytest.mark.parametrize("row", SENDS, ids=called)
def test_each_role_records_what_it_may_and_no_more(ground: Ground, row: Sends) -> None:
    bodies = {user: BODIES[row.what](ground, user) for user in sorted(EVERYBODY)}
    found = {user: answered(ground, row, user, body) for user, body in bodies.items()}
    assert found == {user: expected(row, user) for user in bodies}


@pytest.mark.parametrize("row", FORMS.values(), ids=called)
def test_what_is_empty_is_recorded_for_nobody(ground: Ground, row: Sends) -> None:
    found = {user: answered(ground, row, user, {}) for user in EVERYBODY}
    assert found == {user: "shown" if user in row.records | row.shown else row.otherwise for user in EVERYBODY}


@pytest.mark.parametrize("row", BY_PAGE.values(), ids=called)
def test_somebody_signed_out_records_nothing(ground: Ground, row: Sends) -> None:
    before = size()
    sent = Client().post(url_of(ground, row), BODIES[row.what](ground, "teacher"))
    assert (sent.status_code, size()) == (302 if row.address == "sign-out" else 403, before)


def test_without_a_key_the_door_for_other_systems_takes_nothing(ground: Ground) -> None:
    before = size()
    for row in (row for row in SENDS if row.address not in BY_PAGE):
        sent = Client().post(url_of(ground, row), BODIES[row.what](ground, ""), content_type="application/json")
        assert (sent.status_code, size()) == (401, before)


def anywhere(ground: Ground, address: str) -> str:
    """An address with something in each of its gaps."""
    return ground.url(address, "open").replace("<slug:name>", "facts").replace("<int:pk>", "1")


@pytest.mark.parametrize("address", sorted(READ_ONLY))
def test_a_page_that_takes_nothing_refuses_everybody(ground: Ground, address: str) -> None:
    url, before = anywhere(ground, address), size()
    refused = {200} if address in UNHEARD else {404} if address == "api/" else {405}
    assert {ground.sender(user).post(url).status_code for user in ("front-door", "scrutineer", "admin")} == refused
    assert size() == before


@pytest.mark.parametrize("way", WAYS[1:])
def test_nothing_is_taken_that_does_not_prove_where_it_comes_from(ground: Ground, way: str) -> None:
    before, found = size(), {}
    for address in sorted(set(addresses()) - {"api/"} - set(DOORS)):
        client = Client(enforce_csrf_checks=True)
        client.cookies = ground.sender("front-door").cookies
        found[address] = client.generic(way, anywhere(ground, address)).status_code
    refused = {address: status for address, status in found.items() if status not in (403, 405)}
    assert (refused, size()) == ({}, before)


@pytest.mark.parametrize("address", sorted(set(DOORS) - {"", "m/0"}))
def test_a_door_takes_nothing_from_another_site(ground: Ground, address: str) -> None:
    """A door has no cookie by which to prove it: where a form was sent from says so."""
    before = size()
    for told in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        sent = Client(enforce_csrf_checks=True).post(f"/{address}", {"words": "Something."}, headers=told)
        assert (sent.status_code, size()) == (403, before)


def test_every_address_has_a_row_for_every_way_of_asking(record_property: Any) -> None:
    """What nobody may do is a row too. The rest of the ways change nothing anywhere, and are tried everywhere."""
    asked = set(MATRIX) | set(YOURS) | set(ENTERING) | set(DOORS) | OPEN | BUTTONS | KEYED | UNSEEN
    sent = {row.address for row in SENDS} | READ_ONLY | BY_THEMSELVES | set(YOURS) | set(ENTERING) | set(DOORS)
    everywhere = set(addresses())
    assert (asked, sent) == (everywhere, everywhere)
    assert not READ_ONLY & {row.address for row in SENDS}
    rows = len(asked) + len(sent) + len(everywhere) * len(WAYS[2:])
    assert rows == len(everywhere) * len(WAYS)
    record_property("addresses and ways with a row", rows)
    record_property("roles", len(EVERYBODY))
