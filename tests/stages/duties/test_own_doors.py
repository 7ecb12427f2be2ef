"""Two facts have a door of their own: by the common one, an edition could pass unweighed, and a seat seem filled."""

from uuid import uuid4

import pytest

from onrecord.access.facts import SeatAccepted
from onrecord.access.queries import viewer_of
from onrecord.access.rules import Denied
from onrecord.duties.actions import record
from onrecord.duties.facts import RulebookAdopted
from onrecord.duties.queries import rulebook_in_force
from onrecord.ledger.facts import Fact
from onrecord.ledger.queries import size
from onrecord.rulebook.actions import keep_edition
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.partnership import START, Store


def attempt(user: str, fact: Fact, store: Store, noted: int = 0) -> None:
    """Say it by the door for what staff say, of a report: it is refused, and at most that it was tried is noted."""
    viewer, before = viewer_of(user), size()
    assert viewer is not None
    with pytest.raises(Denied):
        record(viewer, fact, uid=uuid4(), now=START, regarding=[store.report().id])
    assert size() == before + 2 + noted  # the report, and where it went


@pytest.mark.parametrize("user", ["teacher", "director", "manager"])
def test_nobody_adopts_a_kept_edition_past_its_weighing(store: Store, user: str) -> None:
    law = read(shipped())
    weaker = sealed(law.rules[1:], law.calendar)
    keep_edition(weaker)
    attempt(user, RulebookAdopted(digest=weaker.digest, why="It was kept."), store)
    assert rulebook_in_force(START) == law


@pytest.mark.parametrize("user", ["teacher", "director", "inspectorate"])
def test_nobody_accepts_an_outside_seat_for_another(store: Store, user: str) -> None:
    attempt(user, SeatAccepted(user="scrutineer", role="scrutineer"), store, noted=1)


def test_a_seat_one_was_not_given_cannot_be_accepted(store: Store) -> None:
    attempt("teacher", SeatAccepted(user="teacher", role="scrutineer"), store)
