"""Random meetings, signatures and corrections: nothing is lower, gone or later but by two, and nothing is lost."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.case.facts.assessment import LEVELS
from onrecord.duties.rules import State, fold
from onrecord.duties.rules.fold import LATE, OPEN
from onrecord.duties.rules.lowering import lowered, state_of
from onrecord.ledger.facts import Corrected, CountsAgain, Declined, Seconded, SetAside
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.effect import Line, standing
from tests.rules.duties.test_fold import EVER, LAW, report
from tests.rules.ledger.lines import PEOPLE, START, line, uid

CHILD = (uid(10_000),)
RANKS = list(LEVELS)
NEVER_MOVED = ("second-signature",)
DAYS = st.integers(1, 60).map(lambda days: (date(2026, 10, 6) + timedelta(days=days)).isoformat())
LEVEL = st.sampled_from(RANKS)
CALLED, OFF, HELD = "case.meeting_called", "case.meeting_put_off", "case.meeting_held"
ASSESSED = "case.exploitation_assessed"


def assessed(level: str, score: str) -> dict[str, Any]:
    """The codes of an assessment, as the fact itself gives them."""
    higher = max(level, score, key=RANKS.index)
    said = {"level_said": level} if higher != level else {}
    return {"level": higher, "score_level": score} | said


def put_right(field: str, value: str) -> dict[str, Any]:
    """The codes of a correction of one of the two."""
    return {"field": field, "value": value, "counts": "level", "beside": "score_level", "order": RANKS}


@st.composite
def said(draw: st.DrawFn, made: Sequence[Line]) -> tuple[str, int | None, dict[str, Any]]:
    """Something that could be said now: its kind, which entry it answers, its codes."""
    every = [CALLED, ASSESSED, OFF, HELD, Corrected.kind, Seconded.kind, Declined.kind, SetAside.kind, CountsAgain.kind]
    kind = draw(st.sampled_from(every))
    of = {OFF: CALLED, HELD: CALLED, Corrected.kind: ASSESSED}.get(kind)
    targets = [one.seq for one in made if of is None or one.kind == of]
    if kind in (Seconded.kind, Declined.kind, SetAside.kind, CountsAgain.kind):
        targets = [one.seq for one in made if one.proposed]
    if not targets and kind not in (CALLED, ASSESSED):
        kind, targets = CALLED, [0]
    target = draw(st.sampled_from(targets)) if kind != CALLED else None
    codes: dict[str, Any] = {}
    if kind in (CALLED, OFF):
        codes = {"on_day": draw(DAYS), "sort": "core_group", "reason": "not_quorate"}
    elif kind == HELD:
        codes = {"sort": "core_group", "came": ["police", "health"]}
    elif kind == ASSESSED:
        codes = assessed(draw(LEVEL), draw(LEVEL))
    elif kind == Corrected.kind:
        codes = put_right(draw(st.sampled_from(("level", "score_level"))), draw(LEVEL))
    return kind, target, codes


@st.composite
def histories(draw: st.DrawFn) -> list[Line]:
    """A report, then meetings, levels, corrections, signatures by anybody, in any order; proposed or not."""
    made = [report(0, mentions=CHILD)]
    minute = 0
    for seq in range(1, draw(st.integers(2, 14))):
        minute += draw(st.integers(0, 4000))
        kind, target, codes = draw(said(made))
        signs = kind in (Seconded.kind, Declined.kind, SetAside.kind, CountsAgain.kind)
        proposed = not signs and draw(st.booleans())
        by, about = draw(st.sampled_from(sorted(PEOPLE))), () if signs else CHILD
        answers = () if target is None else (target,)
        made.append(line(seq, kind, *answers, by=by, minutes=minute, coded=codes, proposed=proposed, mentions=about))
    return made


def state(lines: list[Line], at: datetime = EVER) -> State:
    return state_of(lines, fold(lines, LAW, at, at), at, catalogue())


def owed(lines: list[Line], at: datetime = EVER) -> dict[tuple[str, int], tuple[str, datetime]]:
    """What is owed but for signatures, by rule and entry, with its state and time."""
    return {
        (duty.rule.id, duty.opening_seq * 100 + duty.occurrence): (duty.state, duty.due_at)
        for duty in fold(lines, LAW, at, at)
        if duty.rule.id not in NEVER_MOVED
    }


@given(histories(), st.data())
@settings(max_examples=80, deadline=None)
def test_what_is_only_proposed_changes_nothing(lines: list[Line], data: st.DataObject) -> None:
    kind, target, codes = data.draw(said([one for one in lines if one.kind in (CALLED, ASSESSED)] or lines[:1]))
    answers = () if target is None else (target,)
    new = line(len(lines), kind, *answers, minutes=90_000, coded=codes, proposed=True, mentions=CHILD)
    if kind not in (SetAside.kind, CountsAgain.kind):
        before, after = state(lines), state([*lines, new])
        assert (after.levels, after.counted, after.warned) == (before.levels, before.counted, before.warned)
        assert owed([*lines, new]) == owed(lines)


@given(histories(), st.sampled_from(sorted(PEOPLE)))
@settings(max_examples=80, deadline=None)
def test_no_signature_of_the_same_person_or_agency_makes_it_count(lines: list[Line], by: str) -> None:
    answered = {target for one in lines if one.kind in (Seconded.kind, Declined.kind) for target in one.regarding}
    waiting = [one for one in lines if one.proposed and one.id not in answered]
    same = [one for one in waiting if PEOPLE[by] == one.agency]
    signed = [line(len(lines) + n, Seconded.kind, one.seq, by=by, minutes=90_000) for n, one in enumerate(same)]
    assert owed([*lines, *signed]) == owed(lines)
    assert state([*lines, *signed]).levels == state(lines).levels


@given(histories())
@settings(max_examples=80, deadline=None)
def test_whatever_is_said_at_once_and_lowers_nothing_leaves_nothing_lower(lines: list[Line]) -> None:
    for size in range(1, len(lines)):
        before, after = state(lines[:size]), state(lines[: size + 1])
        if not lowered(before, after):
            assert {key: rank for key, rank in before.levels.items() if after.levels[key] < rank} == {}
            gone = {key for key in before.owed if key not in after.owed and key not in after.answered}
            assert (gone, before.counted - after.counted if after.gated else frozenset()) == (set(), frozenset())


@given(histories())
@settings(max_examples=80, deadline=None)
def test_a_meeting_that_was_called_is_owed_an_end_until_it_was_held(lines: list[Line]) -> None:
    counting = {one.id: one for one, _ in standing(lines, EVER)}
    since = {one.id: at for one, at in standing(lines, EVER)}
    for call in [one for one in counting.values() if one.kind == CALLED]:
        found = [duty for duty in fold(lines, LAW, EVER, EVER) if duty.opening == call.id]
        waits = [duty for duty in found if duty.rule.id == "meeting-took-place" and duty.state in (OPEN, LATE)]
        said = [one for one in counting.values() if one.kind == HELD and call.id in one.regarding]
        held = any(one.agency == call.agency or one.recorded_at >= since[call.id] for one in said)
        assert len(waits) == (0 if held else 1)


@given(histories())
@settings(max_examples=80, deadline=None)
def test_a_score_that_counts_never_lowers_and_always_raises(lines: list[Line]) -> None:
    moves = {one.id: since for one, since in standing(lines, EVER) if one.kind == Corrected.kind}
    for one, _ in standing(lines, EVER):
        if one.kind == ASSESSED:
            first = next(made for made in lines if made.id == one.id).coded
            model = {"level": first.get("level_said", first["level"]), "score_level": first["score_level"]}
            fixes = [fix for fix in lines if fix.id in moves and one.id in fix.regarding]
            for fix in sorted(fixes, key=lambda fix: (moves[fix.id], fix.seq)):
                model[fix.coded["field"]] = fix.coded["value"]
            assert one.coded["level"] == max(model.values(), key=RANKS.index)


@given(histories(), st.integers(0, 60_000), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_past_figure_stays_and_the_order_of_reading_makes_no_difference(
    lines: list[Line], minute: int, chance: Any
) -> None:
    at = START + timedelta(minutes=minute)
    known = [one for one in lines if one.recorded_at <= at]
    assert fold(lines, LAW, at, at) == fold(known, LAW, at, at)
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert fold(shuffled, LAW, EVER, EVER) == fold(lines, LAW, EVER, EVER)
