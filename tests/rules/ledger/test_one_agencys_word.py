"""Nothing takes effect on one agency's word, whatever is signed, declined, corrected or met about, in any order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.rules.effect import Line, standing

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
PEOPLE = {"ada": "social-care", "ben": "social-care", "cat": "police", "dee": "health"}
SORTS = ("childrens_social_care", "police", "health")


def uid(number: int) -> UUID:
    return UUID(int=number + 1)


@st.composite
def records(draw: st.DrawFn) -> list[Line]:
    """A dozen lines: proposals, answers with or without a meeting, and corrections, by anybody, of anything before."""
    found: list[Line] = []
    for seq in range(draw(st.integers(2, 12))):
        by = draw(st.sampled_from(sorted(PEOPLE)))
        kinds = ("case.assessed", "ledger.seconded", "ledger.declined", "ledger.corrected")
        kind = draw(st.sampled_from(kinds)) if seq else kinds[0]
        answers = kind in ("ledger.seconded", "ledger.declined")
        coded: dict[str, object] = {"level": draw(st.sampled_from(["none", "serious"]))} if kind == kinds[0] else {}
        if answers:
            coded = {"met": sorted(draw(st.sets(st.sampled_from(SORTS))))}
        if kind == "ledger.corrected":
            coded = {"field": "level", "value": "none"}
        regarding = (
            draw(st.sets(st.integers(0, seq - 1), min_size=1, max_size=2)) if seq and kind != kinds[0] else set()
        )
        mentions = (uid(99),) if draw(st.booleans()) else ()
        proposed = not answers and draw(st.booleans())
        at = START + timedelta(minutes=draw(st.integers(0, 3)) + 4 * seq)
        targets = tuple(uid(one) for one in sorted(regarding))
        found.append(Line(seq, uid(seq), kind, at, at, by, PEOPLE[by], proposed, coded, targets, mentions))
    return found


@given(records())
def test_what_was_proposed_counts_only_with_another_agency_or_a_meeting_of_two(lines: list[Line]) -> None:
    for line, since in standing(lines, START + timedelta(days=1)):
        original = next(one for one in lines if one.id == line.id)
        if not original.proposed:
            continue
        signed = [one for one in lines if one.kind == "ledger.seconded" and line.id in one.regarding]
        others = [one for one in signed if one.recorded_at == since and one.by != line.by]
        assert any(
            one.agency != line.agency or (original.mentions and len(set(one.coded["met"])) > 1) for one in others
        )


@given(records())
def test_the_first_answer_that_counts_is_the_last_word(lines: list[Line]) -> None:
    known = START + timedelta(days=1)
    counted = {line.id for line, _ in standing(lines, known)}
    at = lines[-1].recorded_at + timedelta(minutes=1)
    for one in [line for line in lines if line.proposed]:
        answer = Line(99, uid(50), "ledger.seconded", at, at, "dee", "health", False, {"met": []}, (one.id,), ())
        declined = [
            line
            for line in lines
            if line.kind == "ledger.declined"
            and one.id in line.regarding
            and line.agency != one.agency
            and line.seq > one.seq
        ]
        if declined and one.id not in counted:
            assert one.id not in {line.id for line, _ in standing([*lines, answer], known)}
