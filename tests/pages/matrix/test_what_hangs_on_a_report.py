"""Meetings, documents, bundles, disputes, proposals and mailboxes: each opens to whom it is for, in every state."""

from typing import Any
from uuid import UUID

import pytest

from onrecord.ledger.queries import size
from tests.pages.matrix.addresses import addresses
from tests.pages.matrix.ground import Ground
from tests.pages.matrix.hung import HUNG, Hung
from tests.pages.matrix.rows import EVERYBODY, MATRIX, RECORDS
from tests.pages.matrix.test_what_belongs_to_a_report import none_at, plain
from tests.pages.matrix.trying import undone

TRIES = [(one, state) for one in HUNG for state in one.opens]
SENT = [one for one in HUNG if one.body]


def named(value: Any) -> str:
    return f"{value.address} {value.lay.__name__}" if isinstance(value, Hung) else str(value)


def filled(one: Hung, laid: dict[str, UUID]) -> str:
    """The address with the ids of what was laid."""
    address = one.address
    for gap, value in laid.items():
        address = address.replace(gap, str(value))
    return f"/{address}"


@pytest.mark.parametrize(("one", "state"), TRIES, ids=named)
def test_it_opens_to_whom_it_is_for_and_others_are_answered_as_where_there_is_none(
    ground: Ground, one: Hung, state: str
) -> None:
    with undone():
        url, none = filled(one, one.lay(ground, state)), none_at(one.address)
        noted, told = dict[str, int](), []
        for user in sorted(EVERYBODY):
            before = size("reads")
            answer = ground.sender(user).get(url)
            if answer.status_code == 200:
                noted[user] = size("reads") - before
            elif _like(answer, url) != _like(ground.sender(user).get(none), none):
                told.append(user)
        assert (set(noted), told) == (one.opens[state], [])
        assert set(noted.values()) == {1}


def _like(answer: Any, url: str) -> tuple[int, bytes]:
    """An answer without any of the ids that were asked for."""
    status, said = plain(answer, url)
    for part in url.split("/"):
        said = said.replace(part.encode(), b"") if len(part) == 36 else said
    return status, said


@pytest.mark.parametrize("one", SENT, ids=named)
def test_who_may_records_by_it_and_nobody_else(ground: Ground, one: Hung) -> None:
    recorded = set()
    with undone():
        url, before = filled(one, one.lay(ground, "open")), size()
        for user in sorted(EVERYBODY):
            with undone():
                ground.sender(user).post(url, (one.body or dict)())
                recorded |= {user} if size() > before else set()
    assert recorded == one.records


def test_no_row_of_the_matrix_stands_for_something_that_is_never_there() -> None:
    """An address that opens to nobody on the ground opens to somebody here."""
    somebody = {address for address, opens in RECORDS.items() if any(opens.values())}
    somebody |= {address for address, (may, _) in MATRIX.items() if may}
    nobody = (set(MATRIX) | set(RECORDS)) - somebody
    hung = {one.address.replace("/held", "/<slug:what>").replace("/head/", "/<slug:user>/") for one in HUNG}
    assert nobody - {"trusting", "children/<uuid:mention>/print"} == hung
    assert hung <= set(addresses())
