"""The exploitation assessment: two lists, three questions, a person's judgement, and a score that can only raise it."""

import json
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from onrecord.access.facts import SORTS
from onrecord.case.facts import ExploitationAssessed
from onrecord.case.facts.assessment import LEVELS
from onrecord.duties.rules.lines import read_lines
from onrecord.ledger.facts import Fact, Known
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.rules.shape import fact_to_row, row_to_raw
from tests.partnership import ASSESSED

WHOLE = ASSESSED | {"level": "moderate"}
HARM = {"what": "travel", "known": "Driven to a flat.", "source": "The child"}


def faults(**changed: Any) -> dict[str, str]:
    """What is wrong with an assessment in which some answers are changed, by field."""
    with pytest.raises(Refused) as refused:
        ExploitationAssessed.heard({name: said for name, said in (WHOLE | changed).items() if said is not None})
    return {fault.field: fault.message for fault in refused.value.faults}


def test_one_that_says_everything_is_taken() -> None:
    fact = ExploitationAssessed.heard(WHOLE)
    assert fact.coded() == {"level": "moderate", "review_on": "2027-01-05"}


@pytest.mark.parametrize("name", ["grooming", "coercion", "fear", "judgement", "level", "review_on", "asked"])
@pytest.mark.parametrize("said", [None, ""])
def test_what_an_assessment_must_hold_is_asked_for_in_the_fields_own_words(name: str, said: str | None) -> None:
    if name == "asked" and said == "":
        assert faults(asked=[]) == {"asked": "Say who was asked, one at least."}
        return
    wanted = next(say.missing for field, _, say, _ in ExploitationAssessed.fields() if field == name)
    assert wanted
    assert faults(**{name: said}) == {name: wanted}


@pytest.mark.parametrize(("above", "instead"), [("happening", "nothing_happening"), ("could_happen", "nothing_feared")])
def test_an_empty_list_needs_words_and_a_list_bars_them(above: str, instead: str) -> None:
    wanted = next(say for field, _, say, _ in ExploitationAssessed.fields() if field == instead)
    assert faults(**{above: [], instead: None}) == {instead: wanted.missing}
    assert faults(**{above: [HARM], instead: "Nothing."}) == {instead: wanted.wrong}


@pytest.mark.parametrize("part", ["what", "known", "source"])
def test_each_harm_says_what_it_is_and_who_says_so(part: str) -> None:
    short = {name: said for name, said in HARM.items() if name != part}
    assert list(faults(happening=[short], nothing_happening=None)) == [f"happening.0.{part}"]


def test_a_harm_of_a_kind_that_is_not_on_the_list_is_refused() -> None:
    assert list(faults(happening=[HARM | {"what": "lifestyle"}], nothing_happening=None)) == ["happening.0.what"]


def test_the_child_is_heard_or_it_is_said_why_not() -> None:
    assert list(faults(child_says=None)) == ["child_not_asked"]
    ExploitationAssessed.heard({**WHOLE, "child_not_asked": "She is in hospital."} | {"child_says": None})


@pytest.mark.parametrize(("level", "score"), list(product(LEVELS, LEVELS)))
def test_a_score_raises_what_was_judged_and_never_lowers_it(level: str, score: str) -> None:
    scored = {"level": level, "score_level": score, "tool": "SERAF", "differs": "The score misses fear."}
    fact = ExploitationAssessed.heard(WHOLE | scored)
    ranks = list(LEVELS)
    assert ranks.index(fact.coded()["level"]) == max(ranks.index(level), ranks.index(score))
    assert fact.level == level


def test_where_score_and_judgement_differ_it_is_said_why() -> None:
    scored = {"score": 14, "score_level": "serious", "tool": "SERAF"}
    assert list(faults(**scored)) == ["differs"]
    assert ExploitationAssessed.heard(WHOLE | scored | {"score_level": "moderate"}).coded()["level"] == "moderate"


def test_a_score_says_of_which_tool_and_what_level_it_comes_to() -> None:
    assert list(faults(score=14)) == ["score_level"]
    assert list(faults(score_level="moderate")) == ["tool"]


@pytest.mark.parametrize(
    ("said_on", "review", "taken"),
    [
        ("2026-10-05", "2027-01-05", True),
        ("2026-10-05", "2027-01-06", False),
        ("2026-10-05", "2026-10-06", True),
        ("2026-10-05", "2026-10-05", False),
        ("2026-10-05", "2026-09-30", False),
        ("2026-11-30", "2027-02-28", True),
        ("2026-11-30", "2027-03-01", False),
    ],
)
def test_the_review_lies_ahead_and_three_months_at_most(said_on: str, review: str, taken: bool) -> None:
    fact, known = ExploitationAssessed.heard(WHOLE | {"review_on": review}), Known(date.fromisoformat(said_on))
    if taken:
        assert fact.completed(known).review_on == fact.review_on
        return
    with pytest.raises(Refused) as refused:
        fact.completed(known)
    assert [fault.field for fault in refused.value.faults] == ["review_on"]


def test_it_goes_through_a_file_and_comes_back_the_same() -> None:
    seen = {"who": "Nurse Fallow", "sort": "health", "why": "She saw bruises."}
    fact = ExploitationAssessed.heard(
        WHOLE | {"happening": [HARM, HARM], "nothing_happening": None, "disagrees": [seen]}
    )
    assert ExploitationAssessed.heard(row_to_raw(ExploitationAssessed, fact_to_row(fact))) == fact


def test_the_chronology_says_both_lists_and_which_level_counts() -> None:
    scored = {"score_level": "serious", "tool": "SERAF", "differs": "The score counts nights away."}
    fact = ExploitationAssessed.heard(WHOLE | scored)
    assert fact.spoken("level") == "Serious by the score, Moderate by judgement (The score counts nights away.)"
    assert fact.spoken("happening") == "nothing known. Nothing is known. The school and the child were asked."
    assert fact.spoken("could_happen") == (
        "Contact by adults outside the family (says: Her teacher): A driver waits for her."
    )
    view = {"who": "Nurse Fallow", "sort": "health", "why": "She saw bruises."}
    seen = ExploitationAssessed.heard(WHOLE | {"disagrees": [view]})
    assert seen.spoken("judgement") == (
        f"{WHOLE['judgement']} Others see it otherwise: Nurse Fallow, {SORTS.words['health']}: She saw bruises."
    )


@pytest.mark.parametrize("name", ["grooming", "coercion", "fear"])
def test_a_file_that_leaves_one_of_the_three_out_is_refused_line_by_line(name: str) -> None:
    body = {field: said for field, said in WHOLE.items() if field != name}
    line = json.dumps({"kind": ExploitationAssessed.kind, "body": body}).encode()
    kinds: dict[str, type[Fact]] = {ExploitationAssessed.kind: ExploitationAssessed}
    read = read_lines(line, kinds, datetime(2026, 10, 5, 9, tzinfo=UTC), HERE)
    wanted = next(say.missing for field, _, say, _ in ExploitationAssessed.fields() if field == name)
    assert ([(fault.field, fault.message) for fault in read.faults], read.asked) == ([(f"body.{name}", wanted)], [])
