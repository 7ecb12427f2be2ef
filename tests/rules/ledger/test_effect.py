"""What counts, at a date, as known at a date."""

from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.facts import Corrected, Declined, Seconded
from onrecord.ledger.rules.effect import Line, Standing, standing
from tests.rules.ledger.lines import START, histories, line, uid

EVER = START + timedelta(days=365)


def counts(*lines: Line) -> dict[UUID, int]:
    """The minute since which each line counts."""
    return {made.line.id: int((made.effective_at - START).total_seconds() // 60) for made in standing(lines, EVER)}


def corrected(seq: int, target: int, value: object, field: str = "level", **more: object) -> Line:
    return line(seq, Corrected.kind, target, coded={"field": field, "value": value}, **more)


PROPOSED = line(0, "a.fact", proposed=True, coded={"level": "low"})


def test_a_plain_fact_counts_from_when_it_was_recorded() -> None:
    assert counts(line(3, "a.fact")) == {uid(3): 3}


def test_a_proposal_does_not_count_until_it_is_answered() -> None:
    assert counts(PROPOSED) == {}


def test_a_proposal_counts_from_the_second_signature() -> None:
    assert counts(PROPOSED, line(5, Seconded.kind, 0, by="col")) == {uid(0): 5, uid(5): 5}


def test_the_same_person_cannot_second() -> None:
    assert counts(PROPOSED, line(5, Seconded.kind, 0, by="ann", agency="police")) == {uid(5): 5}


def test_the_same_agency_cannot_second() -> None:
    assert counts(PROPOSED, line(5, Seconded.kind, 0, by="bea")) == {uid(5): 5}


def test_a_refusal_ends_a_proposal_whatever_comes_after() -> None:
    found = counts(PROPOSED, line(5, Declined.kind, 0, by="col"), line(6, Seconded.kind, 0, by="dee"))
    assert found == {uid(5): 5, uid(6): 6}


def test_an_agreement_stands_whatever_comes_after() -> None:
    found = counts(PROPOSED, line(5, Seconded.kind, 0, by="col"), line(6, Declined.kind, 0, by="dee"))
    assert found[uid(0)] == 5


def test_at_equal_times_the_ledgers_number_decides() -> None:
    declined = line(5, Declined.kind, 0, by="col", minutes=5)
    seconded = line(6, Seconded.kind, 0, by="dee", minutes=5)
    assert uid(0) not in counts(PROPOSED, seconded, declined)


def test_a_proposed_agreement_agrees_to_nothing() -> None:
    assert counts(PROPOSED, line(5, Seconded.kind, 0, by="col", proposed=True)) == {}


def test_an_agreement_to_something_else_agrees_to_nothing() -> None:
    found = counts(PROPOSED, line(4, "a.fact", proposed=True), line(5, Seconded.kind, 4, by="col"))
    assert found == {uid(4): 5, uid(5): 5}


def levels(*lines: Line) -> object:
    return standing(lines, EVER)[0].line.coded["level"]


def test_the_latest_correction_wins() -> None:
    original = line(0, "a.fact", coded={"level": "low"})
    assert levels(original, corrected(1, 0, "middle"), corrected(2, 0, "high")) == "high"


def test_a_proposed_correction_corrects_from_its_second_signature() -> None:
    original, fix = line(0, "a.fact", coded={"level": "low"}), corrected(1, 0, "high", proposed=True)
    agreed = line(9, Seconded.kind, 1, by="col")
    between = corrected(5, 0, "middle")
    assert [levels(original, fix), levels(original, fix, between, agreed)] == ["low", "high"]


def test_a_correction_leaves_everything_else_as_it_was() -> None:
    original = line(0, "a.fact", coded={"level": "low", "other": "kept"})
    found = standing([original, corrected(1, 0, "high")], EVER)[0].line
    assert found == original._replace(coded={"level": "high", "other": "kept"})


def test_a_correction_of_when_it_happened_moves_only_that() -> None:
    original = line(0, "a.fact")
    earlier = START - timedelta(days=3)
    fix = corrected(1, 0, {"earliest": earlier.isoformat(), "latest": earlier.isoformat(), "said": ""}, "happened")
    assert standing([original, fix], EVER)[0] == Standing(original._replace(happened_at=earlier), START)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_lines_are_given_makes_no_difference(lines: list[Line], chance: Random) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert standing(shuffled, EVER) == standing(lines, EVER)


@given(histories(), st.integers(0, 28))
def test_what_was_known_at_a_date_never_changes(lines: list[Line], minute: int) -> None:
    known_at = START + timedelta(minutes=minute)
    known = [made for made in lines if made.recorded_at <= known_at]
    assert standing(lines, known_at) == standing(known, known_at)


@given(histories())
def test_what_once_counts_counts_for_ever_from_the_same_moment(lines: list[Line]) -> None:
    for size in range(len(lines)):
        before = {made.line.id: made.effective_at for made in standing(lines[:size], EVER)}
        after = {made.line.id: made.effective_at for made in standing(lines, EVER)}
        assert {key: after.get(key) for key in before} == before


@given(histories())
def test_every_proposal_that_counts_was_agreed_to_by_another_agency(lines: list[Line]) -> None:
    by_id = {made.id: made for made in lines}
    for made, since in standing(lines, EVER):
        if by_id[made.id].proposed:
            agreed = [one for one in lines if one.kind == Seconded.kind and made.id in one.regarding]
            assert any(one.recorded_at == since and one.agency != made.agency for one in agreed)
