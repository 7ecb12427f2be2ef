"""Two sign where it may be exploitation or harm outside the home. One decides on anything else, and says why."""

import json
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest

from onrecord.case.facts import ChildReturned, ExploitationAssessed
from onrecord.duties.actions import NeedsReason
from onrecord.duties.queries import owed_for
from onrecord.intake.facts import CONCERNS
from onrecord.intake.queries import report as report_row
from onrecord.ledger.facts import Corrected, Entry, When, mention_of
from onrecord.linkage.facts import LinkJudged
from tests.partnership import REPORT, START, Store
from tests.stages.duties.test_lowering import TOLD

ONE = {"harm_at_home", "other"}
END = {"outcome": "no_further_action"}


def ended(store: Store, made: Entry, concern: str) -> str:
    """The outcome of a report that one person tried to end: "" where that takes two."""
    with pytest.raises(NeedsReason) if concern not in ONE else nullcontext():
        store.decide(made, concern=concern, **END)
    row = report_row(made.id)
    assert row is not None
    return str(row.outcome)


@pytest.mark.parametrize("concern", list(CONCERNS.words))
def test_one_person_ends_what_is_neither_exploitation_nor_outside_the_home(concern: str, store: Store) -> None:
    assert ended(store, store.report(concern=concern), concern) == ("no_further_action" if concern in ONE else "")


@pytest.mark.parametrize("concern", sorted(ONE))
def test_whoever_reported_is_told_all_the_same(concern: str, store: Store) -> None:
    made = store.report(concern=concern)
    store.decide(made, concern=concern, **END)
    states = {view.rule.id: view.state for view in owed_for([made.id], START)[made.id]}
    assert (states["decide-next-step"], states["tell-the-referrer"]) == ("met", "open")


@pytest.mark.parametrize("reported", sorted(set(CONCERNS.words) - ONE))
def test_the_decider_cannot_take_it_out_by_another_word(reported: str, store: Store) -> None:
    with pytest.raises(NeedsReason, match="not be counted"):
        store.decide(store.report(concern=reported), concern="other", **END)


def test_the_decider_can_bring_it_in(store: Store) -> None:
    with pytest.raises(NeedsReason, match="not be counted"):
        store.decide(store.report(concern="other"), concern="not_sure", **END)


def test_nor_by_correcting_the_report_first(store: Store) -> None:
    made = store.report()
    fix = Corrected(field="concern", value=json.dumps("other"), why="It was ticked by mistake.")
    with pytest.raises(NeedsReason, match="one person may end"):
        store.say("teacher", fix, made)


@pytest.mark.parametrize("known", ["reported", "assessed", "returned"])
def test_a_child_of_whom_somebody_spoke_of_exploitation_is_inside(known: str, store: Store) -> None:
    made = store.report(concern="other")
    child = mention_of(made.id, "child")
    if known == "assessed":
        fact = ExploitationAssessed(level="emerging", **TOLD)
        store.say("social-worker", fact, made)
    else:
        other = store.report(by="nurse") if known == "reported" else _returned(store)
        same = LinkJudged(verdict="same", why="The same name and birth date.")
        store.say("social-worker", same, about=[child, mention_of(other.id, "child")])
    with pytest.raises(NeedsReason, match="not be counted"):
        store.decide(made, concern="other", **END)


def _returned(store: Store) -> Entry:
    since = When.at(START - timedelta(days=1)).model_dump(mode="json")
    said: dict[str, Any] = {"child": REPORT["child"], "missing_since": since}
    return store.say("officer", ChildReturned.heard(said)).entry


def test_no_exploitation_seen_brings_nobody_inside(store: Store) -> None:
    made = store.report(concern="other")
    store.say("social-worker", ExploitationAssessed(level="none", **TOLD), made)
    assert ended(store, made, "other") == "no_further_action"


def test_to_say_more_of_a_child_whose_report_one_person_ended_needs_nobody(store: Store) -> None:
    made = store.report(concern="other")
    assert ended(store, made, "other") == "no_further_action"
    fix = Corrected(field="concern", value=json.dumps("sexual_exploitation"), why="The school rang again.")
    assert store.say("teacher", fix, made).lowers == ()
