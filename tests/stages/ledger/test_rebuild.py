"""The read tables are a function of the record: made again, they are the same, row for row."""

import json
import sqlite3
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from onrecord.access.actions import join_agency, take_up_role
from onrecord.access.models import Relation
from onrecord.case.facts import ExploitationAssessed
from onrecord.duties.actions import ReasonRefused, adopt, tick
from onrecord.duties.facts import CannotInTime, DutyReassigned
from onrecord.duties.models import Owed
from onrecord.intake.models import Report
from onrecord.ledger.actions import begin, rebuild
from onrecord.ledger.facts import Corrected, Declined, Seconded, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope, Unprojected
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.models import MatchKey
from onrecord.rulebook.gateway import read, shipped
from tests.partnership import ORIGIN, START, Store
from tests.stages.duties.test_lowering import GOOD, TOLD

LATER = START + timedelta(days=12)


def varied(store: Store) -> None:
    """A history in which everything happens that a read table looks at."""
    one, other = store.report(), store.report(by="nurse")
    decision = store.decide(one).entry
    with pytest.raises(ReasonRefused):
        store.decide(other, lowering={"reason": "capacity", "words": "Busy."}, outcome="no_further_action")
    level = store.say("social-worker", ExploitationAssessed(level="serious", **TOLD), decision).entry
    fix = store.say(
        "front-door", Corrected(field="level", value=json.dumps("none"), why="x"), level, lowering=GOOD
    ).entry
    pair = [mention_of(made.id, "child") for made in (one, other)]
    store.say("front-door", LinkJudged(verdict="same", why="Same birth date."), about=pair)
    nothing = store.decide(other, lowering=GOOD, outcome="no_further_action").entry
    duty = str(Owed.objects.filter(opening=one.id).first().key)
    store.say("team-manager", DutyReassigned(duty=duty, holder="front-door", why="Leave."), one)
    store.say("social-worker", CannotInTime(duty=duty, reason="no_capacity"), one)
    with playing(LATER):
        tick(LATER)
        store.say("signer", Seconded(why="Yes."), nothing)
        store.say("signer", Declined(answer="disagree", why="No."), fix)
        join_agency("late", "A late agency", "school", LATER)
        adopt(read(shipped()), "Again.", LATER, store.viewer("director"))
        store.report()


def test_after_a_varied_history_every_table_comes_out_equal(store: Store) -> None:
    varied(store)
    equal = rebuild(check=True)
    assert equal == dict.fromkeys(equal, True)
    assert len(equal) >= 11


def test_what_waited_for_a_sort_of_agency_goes_to_the_first_that_joins(empty_store: Any) -> None:
    with playing(START):
        begin(ORIGIN, "Northbrook Safeguarding Partnership")
        join_agency("hill", "Hill School", "school", START)
        adopt(read(shipped()), "The edition that ships.", START)
        take_up_role("teacher", "Nia Prosser", "practitioner", "hill", date(2026, 1, 1), START)
        made = Store().report()
        waits = Owed.objects.filter(opening=made.id)
        assert set(waits.values_list("agency", flat=True)) == {"childrens_social_care"}
        dues = dict(waits.values_list("rule", "due_at"))
        join_agency("northbrook", "Northbrook Children's Services", "childrens_social_care", START)
        join_agency("southbrook", "Southbrook Children's Services", "childrens_social_care", START)
    assert (set(waits.values_list("agency", flat=True)), dict(waits.values_list("rule", "due_at"))) == (
        {"northbrook"},
        dues,
    )
    assert sorted(Relation.objects.values_list("agency", "why")) == [("hill", "reported"), ("northbrook", "owes")]
    assert set(rebuild(check=True).values()) == {True}


def test_what_was_thrown_away_comes_back(store: Store) -> None:
    varied(store)
    before = [table.objects.count() for table in (Owed, Report, MatchKey, Envelope)]
    for table in (Owed, Report, MatchKey):
        table.objects.all().delete()
    rebuild(check=False)
    assert [table.objects.count() for table in (Owed, Report, MatchKey, Envelope)] == before


def test_a_check_changes_nothing(store: Store) -> None:
    store.report()
    Report.objects.update(danger_now="yes")
    assert rebuild(check=True)["intake_report"] is False
    assert set(Report.objects.values_list("danger_now", flat=True)) == {"yes"}


def test_a_rebuild_says_what_differed_and_mends_it(store: Store) -> None:
    store.report()
    Report.objects.update(danger_now="yes")
    assert {table for table, same in rebuild(check=False).items() if not same} == {"intake_report"}
    assert set(rebuild(check=True).values()) == {True}


def test_progress_is_told_to_the_end(store: Store) -> None:
    store.report()
    heard: list[tuple[int, int]] = []
    rebuild(check=True, progress=lambda done, of: heard.append((done, of)))
    assert heard[-1][0] == heard[-1][1] == Envelope.objects.count()


def test_nothing_is_left_unprojected(store: Store) -> None:
    varied(store)
    assert Unprojected.objects.count() == 0


def test_a_check_keeps_no_report_waiting(own_store: Store, vendor: str) -> None:
    if vendor != "sqlite":
        pytest.skip("PostgreSQL lets reports wait, and refuses none")
    own_store.report()
    name, free = str(connection.settings_dict["NAME"]), []

    def write_beside(done: int, of: int) -> None:
        beside = sqlite3.connect(name, timeout=0)
        beside.execute("BEGIN IMMEDIATE")
        beside.close()
        free.append(done)

    assert all(rebuild(check=True, progress=write_beside).values())
    assert free
    assert connection.settings_dict["NAME"] == name
