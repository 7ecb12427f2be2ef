"""A report by somebody who did not sign in: all that belongs to it in one breath, and the report whatever fails."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onrecord.access.models import Wall
from onrecord.intake.actions import report_unnamed, reporting, routing
from onrecord.intake.facts import ReportMarked, ReportReceived, ReportRouted
from onrecord.intake.gateway.crowd import Crowd
from onrecord.intake.models import Report
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import lines, thread
from onrecord.ledger.rules.machine import PUBLIC
from onrecord.mailbox.models import BoxWords
from tests.partnership import REPORT, START, Store

FACT = ReportReceived.heard(REPORT | {"said_by": "public"})


def sent(**said: str) -> Any:
    """What the door of somebody who is worried answers."""
    return Client(raise_request_exception=False).post("/m/2", {"id": str(uuid4()), "words": "I saw it."} | said)


def only() -> Report:
    """The one report that came in at the doors."""
    return Report.objects.get(agency=PUBLIC)


def test_all_of_it_is_one_transaction(own_store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr("onrecord.web.doors.crowd", Crowd(0))
    sent()
    with CaptureQueriesContext(connections["default"]) as asked:
        assert sent().status_code == 200
    said = [one["sql"].split()[0] for one in asked.captured_queries]
    assert said.count("BEGIN") == said.count("COMMIT") == 1
    made = Report.objects.filter(agency=PUBLIC).latest("seq")
    kinds = [ReportReceived.kind, ReportMarked.kind, ReportRouted.kind]
    assert ([line.kind for line in thread(made.uid)], made.route) == (kinds, "front_door")
    assert BoxWords.objects.filter(entry=made.uid).count() == 2


def test_the_report_stands_where_what_is_beside_it_breaks_the_transaction(own_store: Store) -> None:
    """As where a disc is full: the database takes back what nobody asked it to, and Django would not say so."""
    tried: list[UUID] = []

    def breaks(made: Entry) -> None:
        tried.append(made.id)
        if len(tried) == 1:
            connections["default"].cursor().execute("ROLLBACK")
            raise DatabaseError("planted")

    made = report_unnamed(FACT, uuid4(), START, beside=breaks)
    assert tried == [made.id, made.id]
    assert [line.kind for line in thread(made.id)] == [ReportReceived.kind, ReportRouted.kind]


def test_the_report_stands_where_what_is_beside_it_fails(store: Store) -> None:
    made = report_unnamed(FACT, uuid4(), START, beside=lambda made: 1 / 0)
    assert [line.kind for line in thread(made.id)] == [ReportReceived.kind, ReportRouted.kind]


@pytest.mark.parametrize("step", ["named_staff", "said_hashes"])
def test_what_could_not_be_compared_is_walled_and_goes_nowhere(store: Store, monkeypatch: Any, step: str) -> None:
    with monkeypatch.context() as planted:
        for module in (routing, reporting):
            planted.setattr(module, step, lambda *given: 1 / 0, raising=False)
        made = report_unnamed(FACT, uuid4(), START, together="0" * 32)
    assert [line.kind for line in thread(made.id)] == [ReportReceived.kind, ReportMarked.kind]
    walls = dict(
        Wall.objects.filter(subject__in=[made.id, mention_of(made.id, "child")]).values_list("subject", "state")
    )
    assert walls == {made.id: "unrouted", mention_of(made.id, "child"): "unrouted"}
    assert {table for table, equal in rebuild(check=True).items() if not equal} == set()


def test_words_that_cannot_be_made_are_said_and_cost_no_report(store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr("onrecord.web.doors.draw_pair", lambda: 1 / 0)
    page = sent()
    assert (page.status_code, only().route, BoxWords.objects.count()) == (200, "front_door", 0)
    assert "Six words for your messages could not be kept just now." in page.content.decode()


def test_words_that_cannot_be_kept_are_not_shown(store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr("onrecord.web.doors.words_for", lambda uid, pair, again: 1 / 0)
    page = sent().content.decode()
    assert ("Your report was received" in page, "Your six words" in page, lines([only().uid]) != []) == (
        True,
        False,
        True,
    )
