"""What was raised after a lowering was proposed was not seen by whoever proposed it: it has to be proposed again."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.case.facts import AttendanceChecked, MeetingHeld
from onrecord.duties.actions import Unanswerable
from onrecord.duties.facts import CaseHeld
from onrecord.intake.facts import ReportAcknowledged
from onrecord.ledger.facts import Declined, Entry, Seconded, When, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import signed_in, text
from tests.partnership import START, Store
from tests.stages.duties.test_lowering import AGREED, GOOD, assessed, child_of, corrected

SAME = "Same birth date and name."


def proposed(store: Store) -> tuple[Entry, Entry]:
    """A report, and the proposal to end it."""
    made = store.report()
    return made, store.decide(made, lowering=GOOD, outcome="no_further_action").entry


def again(store: Store, made: Entry, **changed: Any) -> Entry:
    """Another report, which somebody judged to be about the same child."""
    other = store.report(by="nurse", **changed)
    pair = [mention_of(one.id, "child") for one in (made, other)]
    store.say("social-worker", LinkJudged(verdict="same", why=SAME), about=pair)
    return other


def seconded() -> int:
    return Envelope.objects.filter(kind=Seconded.kind).count()


def test_another_report_makes_it_stale_and_says_so(store: Store) -> None:
    made, said = proposed(store)
    again(store, made)
    before = seconded()
    with pytest.raises(Unanswerable, match=r"Report, 5 October 2026\. Disagree, or say that it is not enough"):
        store.say("signer", AGREED, said)
    assert seconded() == before
    page = text(signed_in("signer").get("/joint-list"))
    assert "<strong>Raised since it was proposed:</strong> Report. You cannot agree to it any more." in page


def test_an_assessment_makes_it_stale(store: Store) -> None:
    made, said = proposed(store)
    store.say("social-worker", assessed("emerging"), made, **child_of(made))
    with pytest.raises(Unanswerable, match="Exploitation assessment"):
        store.say("signer", AGREED, said)


def test_an_assessment_put_right_upwards_makes_it_stale(store: Store) -> None:
    made = store.report()
    level = store.say("social-worker", assessed("emerging"), made, **child_of(made)).entry
    said = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    store.say("social-worker", corrected("level", "serious"), level)
    with pytest.raises(Unanswerable, match="Correction"):
        store.say("signer", AGREED, said)


def test_it_can_still_be_declined_and_proposed_again(store: Store) -> None:
    made, said = proposed(store)
    again(store, made)
    store.say("signer", Declined(answer="not_enough", why="The nurse was not heard."), said)
    anew = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    store.say("signer", AGREED, anew)
    assert seconded() == 1


@pytest.mark.parametrize("what", ["acknowledged", "held", "no level"])
def test_what_raises_nothing_leaves_it_as_it_is(what: str, store: Store) -> None:
    made, said = proposed(store)
    if what == "acknowledged":
        store.say("front-door", ReportAcknowledged(how="phone"), made)
    elif what == "held":
        store.say("social-worker", CaseHeld(worker="social-worker", part="lead"), made, **child_of(made))
    else:
        store.say("social-worker", assessed("none"), made, **child_of(made))
    store.say("signer", AGREED, said)
    assert seconded() == 1


def test_a_report_about_another_child_leaves_it_as_it_is(store: Store) -> None:
    _, said = proposed(store)
    store.report(by="nurse")
    store.say("signer", AGREED, said)
    assert seconded() == 1


def test_a_meeting_that_was_held_later_had_it_before_them(store: Store) -> None:
    made, said = proposed(store)
    again(store, made)
    came = ("childrens_social_care", "police", "health")
    there: dict[str, Any] = {"came": came, "present": ("Sam Whitlock",), "trusted_adult": "none_named"}
    fact = MeetingHeld(sort="exploitation_panel", group="Panel", **there)
    with playing(START + timedelta(hours=1)):
        held = store.say("chair", fact, **child_of(made)).entry
        store.say("nurse", AttendanceChecked(right="yes"), held)
        store.say("chair", Seconded(why="We read both.", meeting=str(held.id)), said)
    assert seconded() == 1


def test_a_meeting_that_was_held_before_the_news_and_written_down_after_it_did_not_see_it(store: Store) -> None:
    made, said = proposed(store)
    came = ("childrens_social_care", "police", "health")
    there: dict[str, Any] = {"came": came, "present": ("Sam Whitlock",), "trusted_adult": "none_named"}
    fact = MeetingHeld(sort="exploitation_panel", group="Panel", **there)
    with playing(START + timedelta(hours=2)):
        again(store, made)
    with playing(START + timedelta(hours=3)):
        earlier = When.at(START + timedelta(hours=1))
        held = store.say("chair", fact, **child_of(made), happened=earlier).entry
        store.say("nurse", AttendanceChecked(right="yes"), held)
        with pytest.raises(Unanswerable, match="Report, 5 October 2026"):
            store.say("chair", Seconded(why="We read it.", meeting=str(held.id)), said)
    assert seconded() == 0


def test_two_proposals_are_never_answered_by_one_word(store: Store) -> None:
    said = [proposed(store)[1] for _ in range(2)]
    with pytest.raises(Unanswerable, match="Answer each proposal by itself"):
        store.say("signer", AGREED, *said)
    assert seconded() == 0


def test_what_stands_behind_a_wall_is_not_told_of(store: Store) -> None:
    made, said = proposed(store)
    sealed = store.report(by="nurse", words="Asha Verne, who takes the calls, told her to be quiet.")
    pair = [mention_of(one.id, "child") for one in (made, sealed)]
    store.say("designated", LinkJudged(verdict="same", why=SAME), about=pair)
    store.say("signer", AGREED, said)
    assert "Raised since" not in text(signed_in("signer").get("/joint-list"))
    assert seconded() == 1
