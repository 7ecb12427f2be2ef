"""Whoever writes without signing in is heard: however many write at once, and whatever they leave open."""

from uuid import uuid4

import pytest
from django.test import Client

from onrecord.intake.facts import ReportMarked, ReportReceived
from onrecord.intake.gateway.crowd import MOST, Crowd
from onrecord.intake.models import Report
from onrecord.ledger.queries import entries, envelopes
from onrecord.ledger.rules.machine import PUBLIC, SOMEBODY
from tests.pages.browsing import signed_in
from tests.pages.doors import Child
from tests.partnership import START, Store

EVERY = 10_000


def reports() -> list[ReportReceived]:
    """Every report by somebody who did not sign in, the oldest first."""
    rows = [row.uid for row in envelopes([ReportReceived.kind], newest=EVERY) if row.by == SOMEBODY]
    facts = [made.saying.fact for made in sorted(entries(rows), key=lambda made: made.seq)]
    return [fact for fact in facts if isinstance(fact, ReportReceived)]


def test_thirty_behind_one_address_are_nothing_unusual_and_more_are_marked_and_taken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.doors.crowd", Crowd(3))
    sent = [Client().post("/m/2", {"id": str(uuid4()), "words": f"I saw it. {n}"}) for n in range(5)]
    marks = Report.objects.filter(agency=PUBLIC).order_by("seq").values_list("batch", flat=True)
    assert ([answer.status_code for answer in sent], len(reports()), MOST >= 30) == ([200] * 5, 5, True)
    assert [bool(mark) for mark in marks] == [False, False, False, True, True]
    assert (len(envelopes([ReportMarked.kind])), len(set(marks[3:]))) == (2, 1)
    page = signed_in("front-door").get("/front-door").content.decode()
    assert "2 reports from one place within a minute" in page


def test_another_address_and_another_minute_are_counted_by_themselves() -> None:
    crowd = Crowd(1)
    assert [bool(crowd.together(place, START)) for place in ("a", "b", "a")] == [False, False, True]
    assert crowd.together("a", START.replace(minute=59)) == ""


def test_a_child_who_answers_nothing_is_heard(store: Store) -> None:
    assert Child().answer({}).press("send").heading == "We have your message"
    (fact,) = reports()
    assert (fact.said_by, fact.words, fact.danger_now, fact.positions) == ("child", None, "unknown", "unknown")
    page = signed_in("front-door").get("/front-door").content.decode()
    assert "A child who wrote here and gave no name" in page


def test_what_somebody_did_not_know_is_an_answer_and_no_blank(store: Store) -> None:
    answers = {"words": {"unsaid-words": "rather_not"}, "who": {"unsaid-who": "unknown", "who": "Thistlewood"}}
    Child().answer(answers).press("send")
    assert reports()[0].unsaid == ("words_rather_not",)


def test_somebody_who_cannot_be_counted_is_heard_all_the_same(store: Store) -> None:
    answer = Client(REMOTE_ADDR="").post("/m/2", {"id": str(uuid4()), "words": "I saw it."})
    assert (answer.status_code, len(reports())) == (200, 1)
