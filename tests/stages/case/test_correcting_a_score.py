"""A score that is put right counts as if it had been said so: it can raise what a person judged, and never lower it."""

import json
from typing import Any

import pytest

from onrecord.case.facts import ExploitationAssessed
from onrecord.case.queries.judged import judgements
from onrecord.duties.actions import Unanswerable
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import corrected, entries, threads
from onrecord.ledger.rules.effect import standing
from tests.partnership import ASSESSED, Store
from tests.stages.duties.test_lowering import GOOD, child_of, needs_reason

SCORED = ASSESSED | {
    "level": "emerging",
    "score": 9,
    "score_level": "moderate",
    "tool": "Panel tool",
    "differs": "He hid.",
}


def assess(store: Store, **changed: Any) -> tuple[Entry, Entry]:
    """A report, and its child's assessment."""
    made = store.report()
    fact = ExploitationAssessed.heard(SCORED | changed)
    return made, store.say("social-worker", fact, made, **child_of(made)).entry


def fix(field: str, value: Any) -> Corrected:
    return Corrected(field=field, value=json.dumps(value), why="It was added up wrong.")


def level(made: Entry) -> str:
    """The level that counts, by its line; by the opened entry it is the same."""
    (line,) = judgements(standing(threads([made.id]), now()))
    (right,) = corrected(entries([line.id]), now()).values()
    assert right.entry.saying.fact.counts == line.coded["level"]
    return str(line.coded["level"])


@pytest.mark.parametrize(("value", "counts"), [("serious", "serious"), ("moderate", "moderate")])
def test_a_higher_score_raises_at_once_and_takes_one_person(value: str, counts: str, store: Store) -> None:
    made, said = assess(store)
    before = level(made)
    fixed = store.say("social-worker", fix("score_level", value), said)
    assert (before, fixed.lowers, level(made)) == ("moderate", (), counts)
    assert set(rebuild(check=True).values()) == {True}


def test_a_score_is_put_right_beside_a_judgement_that_stood_higher_from_the_first(store: Store) -> None:
    made, said = assess(store, level="moderate", score_level="emerging")
    store.say("social-worker", fix("score_level", "serious"), said)
    assert level(made) == "serious"


def test_a_lower_score_takes_two_and_never_goes_below_the_judgement(store: Store) -> None:
    made, said = assess(store)
    assert needs_reason(store, "social-worker", fix("score_level", "none"), said) == {"level"}
    proposed = store.say("social-worker", fix("score_level", "none"), said, lowering=GOOD).entry
    found = [level(made)]
    store.say("signer", Seconded(why="I added it up."), proposed)
    assert [*found, level(made)] == ["moderate", "emerging"]


def test_a_lower_judgement_never_goes_below_the_score(store: Store) -> None:
    made, said = assess(store, level="serious")
    proposed = store.say("social-worker", fix("level", "none"), said, lowering=GOOD).entry
    store.say("signer", Seconded(why="I read it."), proposed)
    assert level(made) == "moderate"


def test_a_lower_judgement_is_not_agreed_to_over_a_score_that_was_raised_since(store: Store) -> None:
    made, said = assess(store, level="serious")
    proposed = store.say("social-worker", fix("level", "none"), said, lowering=GOOD).entry
    store.say("social-worker", fix("score_level", "serious"), said)
    with pytest.raises(Unanswerable, match="let it be proposed again"):
        store.say("signer", Seconded(why="I read it."), proposed)
    assert level(made) == "serious"
