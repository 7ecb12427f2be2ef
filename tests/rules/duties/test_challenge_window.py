"""Inside the window a challenge leaves no fewer duties open than before the lowering; outside it changes nothing."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.duties.facts import DisagreementRaised, DisagreementSettled, LoweringTookEffect, StageAnswered
from onrecord.duties.rules import Adopted, fold
from onrecord.duties.rules.fold import LATE, OPEN
from onrecord.duties.rules.window import last_day, moves
from onrecord.ledger.facts import Corrected, CountsAgain, Seconded, SetAside
from onrecord.ledger.rules.effect import Line
from tests.rules.duties.test_fold import ENGLAND, EVER, LAW, RESPONSES, casework, report
from tests.rules.ledger.lines import START, line

ADOPTED = [Adopted(START - timedelta(days=1), ENGLAND)]
LOWERINGS = (
    ("intake.decision_made", {"outcome": "no_further_action", "concern": "other", "crime_alleged": "no"}),
    (Corrected.kind, {"field": "outcome", "value": "no_further_action"}),
    (Corrected.kind, {"field": "concern", "value": "harm_at_home"}),
    (Corrected.kind, {"field": "happened", "value": {"earliest": (START + timedelta(days=3)).isoformat()}}),
)
SIGNED = 50_000
"""Minutes after START at which the second person signs."""
WHOSE = ("worker", "reporter", "child", "trusted_adult")


def lowered(known: list[Line], kind: str, coded: dict[str, object], target: int) -> list[Line]:
    """A lowering of one of these, signed by two, and what says so."""
    seq = len(known)
    proposal = line(seq, kind, target, proposed=True, by="ann", minutes=SIGNED - 10, coded=coded)
    until = last_day(ENGLAND, proposal, START + timedelta(minutes=SIGNED))
    assert until is not None
    said = {"decided_by": "police", "of_level": "no", "reread": "no", "until": until.isoformat()}
    signed = line(seq + 1, Seconded.kind, seq, by="col", minutes=SIGNED)
    return [proposal, signed, line(seq + 2, LoweringTookEffect.kind, seq, minutes=SIGNED, coded=said)]


def disagreement(known: list[Line], target: int, minutes: int, whose: str) -> Line:
    coded = {"whose": whose, "level": "front_door", "decided_by": "childrens_social_care"}
    return line(len(known), DisagreementRaised.kind, target, by="eve", minutes=minutes, coded=coded)


def followed(known: list[Line], minutes: int) -> list[Line]:
    """With what the record itself says of the challenges."""
    for window, aside in list(moves(known, ADOPTED, START + timedelta(minutes=minutes))):
        proposal = next(one.seq for one in known if one.id == window.proposal)
        kind = SetAside.kind if aside else CountsAgain.kind
        known = [*known, line(len(known), kind, proposal, minutes=minutes)]
    return known


def waiting(lines: list[Line], at: datetime) -> set[object]:
    return {duty.key for duty in fold(lines, LAW, at, at) if duty.state in (OPEN, LATE)}


@given(casework(RESPONSES), st.sampled_from(LOWERINGS), st.data())
@settings(max_examples=80, deadline=None)
def test_within_it_no_fewer_duties_are_open_than_before_the_lowering(
    lines: list[Line], lowering: tuple[str, dict[str, object]], data: st.DataObject
) -> None:
    kind, coded = lowering
    new = lowered(lines, kind, coded, data.draw(st.integers(0, len(lines) - 1)))
    minutes = SIGNED + data.draw(st.integers(1, 9 * 24 * 60))
    known = [*lines, *new]
    known = followed([*known, disagreement(known, len(lines), minutes, data.draw(st.sampled_from(WHOSE)))], minutes)
    before, at = START + timedelta(minutes=SIGNED - 1), START + timedelta(minutes=minutes + 1)
    assert [one.kind for one in known[-1:]] == [SetAside.kind]
    signature = {duty.key for duty in fold(known, LAW, at, at) if duty.opening == new[0].id}
    assert waiting([*lines, new[0]], before) - signature <= waiting(known, at)


@given(casework(RESPONSES), st.sampled_from(LOWERINGS), st.data())
@settings(max_examples=40, deadline=None)
def test_after_it_what_was_lowered_stays_as_two_agreed(
    lines: list[Line], lowering: tuple[str, dict[str, object]], data: st.DataObject
) -> None:
    kind, coded = lowering
    known = [*lines, *lowered(lines, kind, coded, data.draw(st.integers(0, len(lines) - 1)))]
    minutes = SIGNED + data.draw(st.integers(20 * 24 * 60, 90 * 24 * 60))
    raised = disagreement(known, len(lines), minutes, data.draw(st.sampled_from(WHOSE)))
    at = START + timedelta(minutes=minutes + 1)
    assert followed([*known, raised], minutes) == [*known, raised]
    assert waiting(known, at) <= waiting([*known, raised], at)


@given(casework(RESPONSES), st.sampled_from(LOWERINGS), st.data())
@settings(max_examples=40, deadline=None)
def test_once_it_is_settled_all_is_as_if_it_had_never_been_challenged(
    lines: list[Line], lowering: tuple[str, dict[str, object]], data: st.DataObject
) -> None:
    kind, coded = lowering
    known = [*lines, *lowered(lines, kind, coded, data.draw(st.integers(0, len(lines) - 1)))]
    minutes = SIGNED + data.draw(st.integers(1, 9 * 24 * 60))
    challenged = followed([*known, disagreement(known, len(lines), minutes, "child")], minutes)
    over = line(len(challenged), DisagreementSettled.kind, len(known), by="eve", minutes=minutes + 60)
    ended = followed([*challenged, over], minutes + 60)
    theirs = {one.id for one in known}
    assert [duty for duty in fold(ended, LAW, EVER, EVER) if duty.opening in theirs] == fold(known, LAW, EVER, EVER)


@pytest.mark.parametrize(
    ("signed", "last"),
    [
        (datetime(2026, 11, 20, 9, tzinfo=START.tzinfo), date(2026, 12, 4)),
        (datetime(2026, 11, 21, 9, tzinfo=START.tzinfo), date(2026, 12, 4)),
        (datetime(2026, 12, 21, 9, tzinfo=START.tzinfo), date(2027, 1, 7)),
    ],
)
def test_the_last_day_is_counted_in_working_days(signed: datetime, last: date) -> None:
    assert last_day(ENGLAND, line(0, "intake.decision_made", proposed=True), signed) == last


@pytest.mark.parametrize("coded", [{"outside": "less"}, {"role": "scrutineer"}])
def test_what_no_rule_opens_to_it_has_no_window(coded: dict[str, str]) -> None:
    assert last_day(ENGLAND, line(0, "access.role_ended", proposed=True, coded=coded), START) is None


def test_who_answered_that_they_agree_is_not_overruled_by_a_settlement() -> None:
    known = [report(0)]
    known += lowered(known, *LOWERINGS[0], 0)
    known = followed([*known, disagreement(known, 1, SIGNED + 5, "child")], SIGNED + 5)
    agreed = {"stage": "first", "outcome": "agreed", "spoke": "yes"}
    known = followed([*known, line(len(known), StageAnswered.kind, 4, minutes=SIGNED + 9, coded=agreed)], SIGNED + 9)
    over = line(len(known), DisagreementSettled.kind, 4, by="eve", minutes=SIGNED + 20)
    assert followed([*known, over], SIGNED + 20) == [*known, over]
