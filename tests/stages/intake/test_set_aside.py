"""What is no report is set aside by two, counted, still read, and brought back by a decision."""

from uuid import uuid4

import pytest
from django.test import Client

from onrecord.duties.actions import NeedsReason
from onrecord.duties.queries import owed_for
from onrecord.intake.actions import report_unnamed
from onrecord.intake.facts import SET_ASIDE, ReportReceived, ReportSetAside
from onrecord.intake.models import Report
from onrecord.intake.queries import waiting
from onrecord.intake.queries.aside import how_many_aside, set_aside
from onrecord.intake.rules.doors import left_open
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.actions import write
from onrecord.mailbox.gateway import pace
from onrecord.mailbox.queries import box
from tests.pages.browsing import signed_in, text
from tests.partnership import START, Store
from tests.stages.mailbox.ground import told_by, words_of

ASIDE = ReportSetAside(because="advertising", why="It offers cheap car insurance.")


@pytest.fixture
def spam(store: Store) -> Entry:
    """A report that is none."""
    fact = ReportReceived.heard(left_open("other", {}) | {"words": "Cheap car insurance for you!"})
    return report_unnamed(fact, uuid4(), START)


def test_one_person_sets_nothing_aside(store: Store, spam: Entry) -> None:
    made = store.say("front-door", ASIDE, spam)
    row = Report.objects.get(uid=spam.id)
    assert (made.entry.proposed, row.outcome, row.proposed, row.decided_at) == (True, "", SET_ASIDE, None)
    assert ([one.row.uid for one in waiting(store.viewer("front-door"), now())], how_many_aside()) == ([spam.id], 0)


def test_two_do_and_it_is_counted_and_can_be_read(store: Store, spam: Entry) -> None:
    made = store.say("front-door", ASIDE, spam)
    store.say("signer", Seconded(why="I read it too."), made.entry)
    door = store.viewer("front-door")
    assert (waiting(door, now()), how_many_aside()) == ([], 1)
    assert [one.said.entry.saying.fact for one in set_aside(door, now())] == [spam.saying.fact]
    assert {view.rule.id: view.state for view in owed_for([spam.id], START)[spam.id]}["decide-next-step"] == "met"
    assert {table for table, equal in rebuild(check=True).items() if not equal} == set()


def test_a_decision_brings_it_back(store: Store, spam: Entry) -> None:
    made = store.say("front-door", ASIDE, spam)
    store.say("signer", Seconded(why="I read it too."), made.entry)
    store.decide(spam)
    assert (Report.objects.get(uid=spam.id).outcome, how_many_aside()) == ("assess", 0)


def test_nobody_is_left_waiting_for_what_was_set_aside(store: Store, spam: Entry) -> None:
    assert (box(spam, now()).read_at, box(spam, now()).decided_at) == (None, None)
    made = store.say("front-door", ASIDE, spam)
    assert (box(spam, now()).read_at, box(spam, now()).set_aside) == (None, False)
    store.say("signer", Seconded(why="I read it too."), made.entry)
    aside = box(spam, now())
    assert (aside.read_at, aside.decided_at, aside.set_aside) == (START, START, True)
    store.decide(spam)
    assert box(spam, now()).set_aside is False


def test_a_child_is_told_so_and_not_that_somebody_works_on_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BEAT", 0.001)
    made = told_by()
    words = words_of(made)[0]
    store.say("signer", Seconded(why="I read it too."), store.say("front-door", ASIDE, made).entry)
    shown = text(Client().post("/m/box", {"words": words}))
    assert "They thought that it was not about a child. Are they wrong?" in shown
    assert [said for said in ("We are working on it", "Nobody has answered yet") if said in shown] == []
    write(made, "It is about me.", "page", now())
    assert "Next: somebody writes here by" in text(Client().post("/m/box", {"words": words}))


def test_one_person_does_not_end_what_was_brought_back(store: Store, spam: Entry) -> None:
    store.say("signer", Seconded(why="I read it too."), store.say("front-door", ASIDE, spam).entry)
    with pytest.raises(NeedsReason):
        store.decide(spam, outcome="no_further_action", concern="not_sure")
    assert how_many_aside() == 1


def test_what_somebody_reported_who_signed_in_is_never_set_aside(store: Store) -> None:
    theirs = store.report()
    with pytest.raises(Refused, match="cannot be set aside"):
        store.say("front-door", ASIDE, theirs)
    assert Report.objects.get(uid=theirs.id).proposed == ""


def test_it_can_be_looked_at(store: Store, spam: Entry) -> None:
    store.say("signer", Seconded(why="I read it too."), store.say("front-door", ASIDE, spam).entry)
    page = signed_in("front-door").get("/front-door?set-aside").content.decode()
    assert ("1 in all." in page, "Cheap car insurance for you!" in page) == (True, True)
    assert "Cheap car insurance" not in signed_in("front-door").get("/front-door").content.decode()
