"""A crisis, contact lost, support, and a challenge of wording: who owes what after each."""

from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import (
    CrisisRecorded,
    DisengagementRecorded,
    ExploitationAssessed,
    LanguageChallenged,
    SupportOffered,
    WordingAnswered,
)
from onrecord.duties.actions import ReasonRefused, Unanswerable
from onrecord.duties.models import Owed
from onrecord.ledger.facts import Entry, Seconded, mention_of
from onrecord.ledger.facts.wrong import Refused
from tests.partnership import ASSESSED, Store

CRISIS = {"what": "overdose", "seen_by": "Nobody yet.", "words": "She took tablets.", "serious_harm": "no"}
LOST = {"reason": "not_reached", "tried": "Three calls.", "reapproach_on": "2026-10-20"}
OFFERED: dict[str, Any] = {"what": ("advocacy",), "answer": "accepted", "depends_on": "nothing", "words": "By phone."}
CHALLENGED = LanguageChallenged(words="promiscuous", why="It blames the child.")


def owed(opening: Entry) -> set[tuple[str, str, str]]:
    """What a fact opened: rule, role, agency."""
    return set(Owed.objects.filter(opening=opening.id, state="open").values_list("rule", "role", "agency"))


def child(made: Entry) -> dict[str, Any]:
    """About the child of a report."""
    return {"about": [mention_of(made.id, "child")]}


@pytest.mark.parametrize(("harmed", "asked"), [("yes", True), ("unknown", True), ("no", False)])
def test_a_crisis_is_answered_by_health_and_social_care_and_asked_about_where_harm_is_serious(
    store: Store, harmed: str, asked: bool
) -> None:
    made = store.report()
    crisis = store.say("nurse", CrisisRecorded.heard(CRISIS | {"serious_harm": harmed}), **child(made)).entry
    same_day = {("crisis-contact", "practitioner", "health"), ("safety-plan", "practitioner", "social-care")}
    considered = {("serious-incident", "head_of_service", "social-care")} if asked else set()
    assert owed(crisis) == same_day | considered


@pytest.mark.parametrize("fact", [CrisisRecorded.heard(CRISIS), DisengagementRecorded.heard(LOST)])
def test_what_stands_on_a_file_names_the_child(store: Store, fact: Any) -> None:
    with pytest.raises(Unanswerable, match="Say of which one"):
        store.say("nurse", fact)


def test_whoever_lost_contact_tries_again(store: Store) -> None:
    made = store.report()
    lost = store.say("nurse", DisengagementRecorded.heard(LOST), **child(made)).entry
    assert owed(lost) == {("try-again", "practitioner", "health")}


def test_lost_contact_is_no_reason_to_end_anything(store: Store) -> None:
    made = store.report()
    why = {"reason": "would_not_engage", "words": "She does not answer."}
    with pytest.raises(ReasonRefused):
        store.decide(made, lowering=why, outcome="no_further_action")


@pytest.mark.parametrize("outcome", ["assess", "no_further_action"])
def test_support_is_owed_whatever_was_decided_and_until_it_was_offered(store: Store, outcome: str) -> None:
    made = store.report()
    why = {"reason": "new_information", "words": "It was an aunt."}
    decided = store.decide(made, outcome=outcome, lowering=why if outcome == "no_further_action" else None).entry
    if decided.proposed:
        assert ("offer-support", "practitioner", "social-care") not in owed(decided)
        store.say("signer", Seconded(why="I read it and agree."), decided)
    assert ("offer-support", "practitioner", "social-care") in owed(decided)
    store.say("social-worker", SupportOffered(**OFFERED | {"answer": "not_reached"}), decided)
    assert ("offer-support", "practitioner", "social-care") in owed(decided)
    store.say("social-worker", SupportOffered(**OFFERED), decided)
    assert ("offer-support", "practitioner", "social-care") not in owed(decided)


def test_the_manager_of_the_very_agency_whose_words_they_are_answers(store: Store) -> None:
    made = store.report()
    decided = store.decide(made).entry
    told = ASSESSED | {"judgement": "She is promiscuous."}
    assessed = store.say("social-worker", ExploitationAssessed(level="serious", **told), decided).entry
    challenged = store.say("teacher", CHALLENGED, assessed).entry
    assert challenged.saying.fact.author_agency == "social-care"
    assert owed(challenged) == {("answer-about-wording", "team_manager", "social-care")}
    answer = WordingAnswered(outcome="put_right", why="It was put right.")
    with pytest.raises(Denied):
        store.say("social-worker", answer, challenged)
    store.say("team-manager", answer, challenged)
    assert owed(challenged) == set()


def test_the_words_of_whoever_reported_are_not_challenged(store: Store) -> None:
    made = store.report(words="She is promiscuous, people say.")
    with pytest.raises(Refused, match="stand as they were said"):
        store.say("social-worker", CHALLENGED, made)
