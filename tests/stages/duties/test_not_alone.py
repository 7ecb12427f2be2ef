"""Whoever ended a report about a child without action does not decide the next one alone."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.duties.actions import NeedsReason, Recorded, Unanswerable
from onrecord.duties.facts import DisagreementRaised
from onrecord.intake.facts import SET_ASIDE, DecisionMade, ReportSetAside
from onrecord.intake.models import Report
from onrecord.ledger.facts import Declined, Entry, Seconded, SetAside, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries.known import OPENED
from tests.pages.browsing import signed_in, text
from tests.partnership import DECISION, REPORT, START, Store
from tests.stages.mailbox.ground import told_by, trained

WHY = {"reason": "duplicate", "words": "Sent twice."}


def ended(store: Store, verdict: str = "same", by: str = "team-manager", **changed: Any) -> tuple[Entry, Entry]:
    """A report that the front door ended without action, and another; compared by somebody, if there is a verdict."""
    first = store.report()
    proposal = store.decide(first, WHY, outcome="no_further_action").entry
    store.say("signer", Seconded(why="Yes."), proposal)
    again = store.report(by="nurse", **changed)
    pair = [mention_of(one.id, "child") for one in (first, again)]
    if verdict:
        store.say(by, LinkJudged(verdict=verdict, why="Compared."), about=pair)
    return first, again


def decided(store: Store, by: str, report: Entry, **changed: str) -> Recorded:
    return store.say(by, DecisionMade.heard(DECISION | changed), report)


def outcome(report: Entry) -> tuple[str, str]:
    row = Report.objects.get(uid=report.id)
    return row.outcome, row.proposed


def test_what_only_takes_two_is_not_set_aside_by_who_asked_for_it(store: Store) -> None:
    _, again = ended(store)
    made = decided(store, "front-door", again).entry
    store.say("signer", Seconded(why="Yes."), made)
    said = {"whose": "worker", "different": "End it.", "why": "It is nothing.", "level": "front_door"}
    store.say("front-door", DisagreementRaised.heard(said | {"decided_by": "childrens_social_care"}), made)
    assert (outcome(again), Envelope.objects.filter(kind=SetAside.kind).exists()) == (("assess", ""), False)


def test_it_waits_for_a_second_person_and_then_counts(store: Store) -> None:
    _, again = ended(store)
    made = decided(store, "front-door", again).entry
    assert made.saying.lowering is not None
    assert (made.saying.lowering.reason, outcome(again)) == ("ended_the_last", ("", "assess"))
    store.say("signer", Seconded(why="Yes."), made)
    assert outcome(again) == ("assess", "")


def test_declined_it_is_decided_by_somebody_else(store: Store) -> None:
    _, again = ended(store)
    store.say("signer", Declined(answer="disagree", why="No."), decided(store, "front-door", again).entry)
    assert not decided(store, "team-manager", again, outcome="protect_now").entry.proposed
    assert outcome(again) == ("protect_now", "")


def test_another_person_needs_nobody(store: Store) -> None:
    _, again = ended(store)
    assert not decided(store, "team-manager", again).entry.proposed


OTHERS = [
    {"given_name": "Bramble", "family_name": "Quillfeather", "born": "2014-05-06"},
    {"given_name": "Ottilie", "family_name": "Ashgrove", "born": "2012-01-03"},
    {"described": "a girl in a green cap"},
]


def test_a_report_on_another_child_needs_nobody(store: Store) -> None:
    _, again = ended(store, "different")
    assert not decided(store, "front-door", again).entry.proposed


@pytest.mark.parametrize("child", OTHERS)
def test_a_sister_a_stranger_and_a_child_without_a_name_need_nobody(store: Store, child: dict[str, str]) -> None:
    _, again = ended(store, "", child=child)
    assert not decided(store, "front-door", again).entry.proposed


@pytest.mark.parametrize(
    ("verdict", "by"), [("", ""), ("unsure", "team-manager"), ("different", "front-door"), ("unsure", "front-door")]
)
def test_it_takes_two_while_nobody_else_says_that_it_is_another_child(store: Store, verdict: str, by: str) -> None:
    _, again = ended(store, verdict, by)
    said = "You may not decide this alone: you ended the last one."
    pages = {
        user: said in text(signed_in(user).get(f"/front-door/{again.id}")) for user in ("front-door", "team-manager")
    }
    assert pages == {"front-door": True, "team-manager": False}
    made = decided(store, "front-door", again).entry
    assert made.saying.lowering is not None
    assert (made.saying.lowering.reason, outcome(again)) == ("ended_the_last", ("", "assess"))


def test_no_number_of_reports_between_hides_the_one_that_they_ended(store: Store) -> None:
    """Twelve earlier mentions are opened at most. Whoever would decide alone could send twelve without signing in."""
    first = store.report()
    store.say("signer", Seconded(why="Yes."), store.decide(first, WHY, outcome="no_further_action").entry)
    for _ in range(OPENED + 1):
        store.report("front-door")
    again = store.report()
    assert decided(store, "front-door", again).entry.proposed
    assert not decided(store, "team-manager", again).entry.proposed


def test_what_a_child_wrote_is_compared_with_nothing_to_find_who_ended_it(store: Store) -> None:
    first = store.report()
    store.say("signer", Seconded(why="Yes."), store.decide(first, WHY, outcome="no_further_action").entry)
    made = told_by(child=REPORT["child"])
    trained(store)
    assert not decided(store, "front-door", made).entry.proposed


def test_one_that_was_not_ended_needs_nobody(store: Store) -> None:
    first, again = ended(store)
    assert not decided(store, "front-door", first).entry.proposed
    assert outcome(first) == ("assess", "")
    assert not decided(store, "front-door", again).entry.proposed


def test_what_also_lowers_has_its_own_reason(store: Store) -> None:
    _, again = ended(store)
    made = store.decide(again, WHY, outcome="no_further_action").entry
    assert made.saying.lowering is not None
    assert made.saying.lowering.reason == "duplicate"


def test_the_reason_is_given_by_nobody_themselves(store: Store) -> None:
    made = store.report()
    with pytest.raises(Refused):
        store.decide(made, {"reason": "ended_the_last", "words": "x"}, outcome="no_further_action")


def test_what_is_raised_since_makes_it_stale_whatever_the_gate(store: Store) -> None:
    first, again = ended(store)
    made = decided(store, "front-door", again).entry
    third = store.report(by="officer")
    pair = [mention_of(one.id, "child") for one in (first, third)]
    store.say("team-manager", LinkJudged(verdict="same", why="Compared."), about=pair)
    with pytest.raises(Unanswerable, match="Something was raised about this child after it was proposed"):
        store.say("signer", Seconded(why="Yes."), made)
    assert outcome(again) == ("", "assess")
    store.say("signer", Declined(answer="not_enough", why="Read the third."), made)
    assert not decided(store, "team-manager", again).entry.proposed


def put_aside(store: Store, **changed: Any) -> Entry:
    """A report from the open door that the front door set aside as none, and somebody else agreed to that."""
    first = told_by("other", **{"child": REPORT["child"]} | changed)
    said = store.say("front-door", ReportSetAside(because="trial", why="It reads like a trial."), first).entry
    store.say("signer", Seconded(why="Yes."), said)
    assert outcome(first) == (SET_ASIDE, "")
    return first


@pytest.mark.parametrize("verdict", ["same", ""])
def test_who_set_the_last_aside_as_no_report_does_not_decide_the_next_alone(store: Store, verdict: str) -> None:
    first, again = put_aside(store), store.report(by="nurse")
    if verdict:
        pair = [mention_of(one.id, "child") for one in (first, again)]
        store.say("team-manager", LinkJudged(verdict=verdict, why="Compared."), about=pair)
    said = "You may not decide this alone: you ended the last one."
    pages = [text(signed_in(user).get(f"/front-door/{again.id}")) for user in ("front-door", "team-manager")]
    assert [said in page for page in pages] == [True, False]
    made = decided(store, "front-door", again).entry
    assert made.saying.lowering is not None
    assert (made.saying.lowering.reason, outcome(again)) == ("ended_the_last", ("", "assess"))


def test_one_that_was_set_aside_and_brought_back_holds_nobody(store: Store) -> None:
    first, again = put_aside(store), store.report(by="nurse")
    store.decide(first)
    assert not decided(store, "front-door", again).entry.proposed


def test_to_say_that_they_are_two_after_one_was_set_aside_takes_two(store: Store) -> None:
    first = put_aside(store, concern="harm_at_home")
    with playing(START + timedelta(days=370)):
        again = store.report(by="nurse", concern="harm_at_home")
        pair = [mention_of(one.id, "child") for one in (first, again)]
        store.say("team-manager", LinkJudged(verdict="same", why="Compared."), about=pair)
        with pytest.raises(NeedsReason, match="who ended something about the child before"):
            store.say("team-manager", LinkJudged(verdict="different", why="Cousins."), about=pair)
