"""What a child wrote themselves is compared with other records only for somebody who says why, and that is kept."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from onrecord.access.facts import RecordOpened
from onrecord.duties.actions.pairs import open_pairs
from onrecord.intake.actions import NeedsWhy, known_before, report_unnamed
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.queries import latest
from tests.pages.browsing import signed_in
from tests.partnership import REPORT, START, Store

WHY = "She may be in the car that waits, and nobody knows where she is."


def written(store: Store) -> str:
    """The page of a report that a child wrote themselves, who was reported by somebody before."""
    store.report()
    own = ReportReceived.heard(REPORT | {"said_by": "child"})
    return f"/front-door/{report_unnamed(own, uuid4(), START).id}"


def read_as() -> list[tuple[str, str | None]]:
    """What was noted of the last reading, with its reason."""
    fact = latest("reads", 1)[0].saying.fact
    assert isinstance(fact, RecordOpened)
    return [(fact.what, fact.reason)]


def test_opening_the_report_looks_nothing_up(store: Store) -> None:
    page = signed_in("front-door").get(written(store)).content.decode()
    assert ("Not looked up." in page, "Same child, or not?" in page) == (True, False)
    assert read_as() == [("report", None)]


def test_a_reason_is_asked_for_and_kept(store: Store) -> None:
    url, client = written(store), signed_in("front-door")
    empty = client.post(url, {"look-why": " "}).content.decode()
    assert ("Say why you need to see it." in empty, "Same child, or not?" in empty) == (True, False)
    page = client.post(url, {"look-why": WHY}).content.decode()
    assert ("Same child, or not?" in page, "Not looked up." in page) == (True, False)
    assert read_as() == [("report_and_known", WHY)]


def test_a_judgement_is_made_on_the_page_that_was_opened_by_reason(store: Store) -> None:
    url, client = written(store), signed_in("front-door")
    client.post(url, {"look-why": WHY})
    unsaid = client.post(url, {"look-why": WHY, "form": "same0"}).content.decode()
    assert f'name="look-why" value="{WHY}"' in unsaid
    assert "There is a problem" in unsaid


def test_the_command_asks_too(store: Store) -> None:
    uid = UUID(written(store).rpartition("/")[2])
    door = store.viewer("front-door")
    with pytest.raises(NeedsWhy, match="Say why"):
        known_before(door, uid, START)
    assert len(known_before(door, uid, START, WHY)) == 1
    assert read_as() == [("known_before", WHY)]


def test_what_a_professional_wrote_is_looked_up_at_once(store: Store) -> None:
    store.report()
    again = store.report()
    page = signed_in("front-door").get(f"/front-door/{again.id}").content.decode()
    assert "Same child, or not?" in page
    assert read_as() == [("report_and_known", None)]


def test_nobody_else_is_asked(store: Store) -> None:
    url = written(store)
    answered = [client.post(url, {"look-why": WHY}).status_code for client in (Client(), signed_in("teacher"))]
    assert answered == [403, 403]


def test_no_list_of_likely_pairs_holds_it(store: Store) -> None:
    written(store)
    assert open_pairs(store.viewer("front-door"), START) == []
    store.report()
    assert len(open_pairs(store.viewer("front-door"), START)) == 1
