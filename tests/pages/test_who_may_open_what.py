"""Every address and every role: what each may open. A new address without a row here fails."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from onrecord.duties.queries import mine
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.clock import now
from tests.pages.browsing import signed_in
from tests.partnership import PEOPLE

EVERYBODY = frozenset(PEOPLE)
STAFF = EVERYBODY - {"admin"}
DECIDERS = frozenset({"front-door", "team-manager"})
PROPOSERS = frozenset({"team-manager", "head", "director", "manager"})
WATCHERS = frozenset({"scrutineer", "inspectorate", "manager"})
NOBODY: frozenset[str] = frozenset()
OF_THE_CHILD = frozenset({"front-door", "social-worker", "team-manager", "head", "director", "designated", "teacher"})
CASE = OF_THE_CHILD | {"nurse", "officer", "chair"}
MANAGER = frozenset({"manager"})

MATRIX: dict[str, tuple[frozenset[str], int]] = {
    "": (EVERYBODY, 302),
    "report": (STAFF, 403),
    "take-in": (STAFF, 403),
    "phone-note": (DECIDERS, 403),
    "originals/<uuid:uid>": (NOBODY, 404),
    "report/<uuid:uid>": (frozenset({"teacher"}), 404),
    "report/<uuid:uid>/proof.txt": (frozenset({"teacher"}), 404),
    "report/<uuid:uid>/copy.txt": (frozenset({"teacher"}), 404),
    "my-reports": (STAFF, 403),
    "front-door": (DECIDERS, 403),
    "front-door/<uuid:uid>": (DECIDERS, 403),
    "sealed": (frozenset({"designated", "scrutineer", "inspectorate"}), 403),
    "sealed/<uuid:uid>": (NOBODY, 404),
    "duties": (EVERYBODY, 403),
    "duties/<uuid:key>": (frozenset({"social-worker"}) | WATCHERS, 404),
    "duties/<uuid:key>/cannot": (frozenset({"social-worker"}), 404),
    "duties/<uuid:key>/hand-over": (frozenset({"social-worker"}), 404),
    "joint-list": (frozenset({"signer"}), 403),
    "watch": (WATCHERS, 403),
    "people": (PROPOSERS | {"signer", "scrutineer", "inspectorate"}, 403),
    "people/<slug:what>": (PROPOSERS, 403),
    "people/rota": (PROPOSERS - {"manager"}, 403),
    "rulebook": (EVERYBODY, 403),
    "children/<uuid:mention>": (OF_THE_CHILD, 403),
    "search": (CASE, 403),
    "searches": (MANAGER, 403),
    "reads": (MANAGER, 403),
    "record/new": (STAFF, 403),
    "record/<str:kind>": (STAFF, 403),
    "notices": (EVERYBODY, 403),
    "record": (EVERYBODY, 403),
    "catalogue": (EVERYBODY, 403),
    "catalogue/<slug:name>": (EVERYBODY, 403),
}
"""Address: who may open it with GET, and what everybody else is answered."""

YOURS = {
    "your-sign-in": 200,
    "your-sign-in/where": 200,
    "your-sign-in/app": 200,
    "your-sign-in/passkeys": 200,
    "your-sign-in/password": 404,
    "your-sign-in/codes": 404,
    "your-sign-in/codes/new": 200,
    "your-sign-in/app/remove": 404,
    "your-sign-in/passkeys/<int:pk>/remove": 404,
    "your-sign-in/again": 403,
    "your-sign-in/again/code": 403,
    "your-sign-in/again/passkey": 403,
}
"""For everybody signed in, about themselves: what somebody is answered who has neither password nor second step."""

ENTERING = {
    "sign-in/second-step": 302,
    "sign-in/passkey": 302,
    "sign-in/organisation": 405,
    "sign-in/organisation/back": 404,
}
"""On the way in: what somebody is answered who comes from nowhere, where no organisation is named."""

OPEN = {"sign-in", "accessibility", "how-this-works", "health", "api/docs", "api/openapi.json"}
"""For anybody, signed in or not. They hold nothing about anybody."""

BUTTONS = {"sign-out", "watch/accept", "watch/confirm", "demonstration/clock"}
"""Only POST; each is tested by itself."""

KEYED = {"api/reports", "api/reports/<uuidstr:report_id>"}
"""For other systems; tested with the API."""

UNSEEN = {"api/"}
"""A name for the API's root, which answers nothing."""


def addresses(patterns: list[Any], above: str = "") -> Iterator[str]:
    """Every address of the product, as it is written in its urls."""
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def test_every_address_has_a_row() -> None:
    assert (
        set(addresses(get_resolver().url_patterns))
        == set(MATRIX) | set(YOURS) | set(ENTERING) | OPEN | BUTTONS | KEYED | UNSEEN
    )


@pytest.fixture
def filled(store: Any) -> dict[str, str]:
    """What stands in an address: a report by the teacher, and the social worker's duty that follows."""
    made = store.report()
    store.decide(made, concern="harm_at_home")
    view = next(view for view in mine(store.viewer("social-worker"), now()) if view.rule.id == "assessment")
    return {
        "<uuid:uid>": str(made.id),
        "<uuid:key>": str(view.key),
        "<uuid:mention>": str(mention_of(made.id, "child")),
        "<str:kind>": "case.meeting_held",
        "<slug:name>": "facts",
        "<slug:what>": "propose",
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


@pytest.mark.parametrize("address", MATRIX)
def test_somebody_signed_out_is_asked_to_sign_in(address: str, filled: dict[str, str]) -> None:
    url = reached(address, filled)
    page = Client().get(url)
    assert (page.status_code, page["Location"]) == (302, f"/sign-in?next={url}")


@pytest.mark.parametrize("address", YOURS)
def test_what_is_yours_is_for_everybody_signed_in_and_nobody_else(address: str, store: Any) -> None:
    url = "/" + address.replace("<int:pk>", "1")
    assert {signed_in(user).get(url).status_code for user in EVERYBODY} == {YOURS[address]}
    page = Client().get(url)
    assert (page.status_code, page["Location"].split("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("address", ENTERING)
def test_the_way_in_answers_nobody_who_comes_from_nowhere(address: str, store: Any) -> None:
    assert Client().get(f"/{address}").status_code == ENTERING[address]


@pytest.mark.parametrize("address", sorted(OPEN))
def test_what_is_for_anybody_is(address: str, store: Any) -> None:
    assert Client().get(f"/{address}").status_code == 200


@pytest.mark.parametrize("address", sorted(BUTTONS))
def test_a_button_is_no_link(address: str, store: Any) -> None:
    assert signed_in("front-door").get(f"/{address}").status_code == 405


def test_an_address_names_nothing_but_ids(filled: dict[str, str]) -> None:
    gaps = {part for address in MATRIX for part in address.split("/") if part.startswith("<")}
    assert gaps == {"<uuid:uid>", "<uuid:key>", "<uuid:mention>", "<str:kind>", "<slug:name>", "<slug:what>"}
    assert UUID(filled["<uuid:uid>"]) != UUID(filled["<uuid:key>"])
