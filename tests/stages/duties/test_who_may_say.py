"""Who may say what, of what: an answer by those who owe it, a signature by a signer, and no date to come."""

import json
from datetime import timedelta

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable
from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import OPEN
from onrecord.intake.facts import DecisionMade, ReferrerTold, ReportAcknowledged
from onrecord.ledger.facts import Corrected, Seconded, When
from onrecord.ledger.queries import size
from onrecord.linkage.facts import KnownBeforeAnswered
from tests.partnership import DECISION, START, Store

GOOD = {"reason": "new_information", "words": "A second visit showed less."}


@pytest.mark.parametrize("by", ["teacher", "nurse", "officer", "signer", "chair"])
@pytest.mark.parametrize("fact", [ReportAcknowledged(how="phone"), KnownBeforeAnswered(answer="not_known")])
def test_another_agency_does_not_answer_for_the_one_that_owes(
    by: str, fact: ReportAcknowledged | KnownBeforeAnswered, store: Store
) -> None:
    made = store.report()
    before, duties = size(), Owed.objects.filter(opening=made.id, state=OPEN).count()
    with pytest.raises(Denied):
        store.say(by, fact, made)
    assert (size(), Owed.objects.filter(opening=made.id, state=OPEN).count()) == (before, duties)
    store.say("front-door", fact, made)
    assert Owed.objects.filter(opening=made.id, state=OPEN).count() == duties - 1


@pytest.mark.parametrize("by", ["teacher", "social-worker", "director", "officer", "signer"])
def test_nobody_decides_whose_part_it_is_not(by: str, store: Store) -> None:
    made = store.report()
    with pytest.raises(Denied):
        store.say(by, DecisionMade.heard(DECISION), made)


@pytest.mark.parametrize("by", ["teacher", "nurse", "officer", "licensing", "chair", "manager"])
def test_a_colleague_in_another_agency_is_no_second_signer(by: str, store: Store) -> None:
    said = store.decide(store.report(), lowering=GOOD, outcome="no_further_action")
    with pytest.raises(Denied, match="joint daily list"):
        store.say(by, Seconded(why="I agree."), said.entry)


@pytest.mark.parametrize("by", ["nurse", "officer", "signer", "manager"])
def test_what_another_agency_wrote_is_not_put_right_for_it(by: str, store: Store) -> None:
    made = store.report()
    put_right = Corrected(field="words", value=json.dumps("Nothing was said."), why="It was written down wrong.")
    with pytest.raises(Denied):
        store.say(by, put_right, made)
    assert store.say("teacher", put_right, made).entry.saying.fact == put_right


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), timedelta(days=1), timedelta(days=3650)])
def test_what_has_not_happened_is_not_recorded(ahead: timedelta, store: Store) -> None:
    made = store.report()
    with pytest.raises(Unanswerable, match="not happened yet"):
        store.say("front-door", ReferrerTold(told="Soon.", how="phone"), made, happened=When.at(START + ahead))
