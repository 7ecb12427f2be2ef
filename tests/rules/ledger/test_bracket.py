"""An entry's time lies between the signatures that did not hold it and those that did."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.rules.bracket import ALLOWED, Brackets

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_what_no_witness_signed_around_has_no_fault() -> None:
    assert [Brackets([]).fault(seq, NOON) for seq in (0, 7)] == ["", ""]


def test_an_entry_after_a_signature_is_not_dated_before_it() -> None:
    made = Brackets([(10, NOON)])
    assert [made.fault(10, NOON - ALLOWED), made.fault(9, NOON - timedelta(days=9))] == ["", ""]
    assert made.fault(10, NOON - ALLOWED - SECOND) == (
        "is dated 2026-10-05 11:54:59; it was not there yet when a witness signed at 2026-10-05 12:00:00"
    )


def test_an_entry_that_was_signed_is_not_dated_after_it() -> None:
    made = Brackets([(10, NOON)])
    assert [made.fault(9, NOON + ALLOWED), made.fault(10, NOON + timedelta(days=9))] == ["", ""]
    assert made.fault(9, NOON + ALLOWED + SECOND) == (
        "is dated 2026-10-05 12:05:01; a witness had signed it at 2026-10-05 12:00:00 already"
    )


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10_000)), max_size=12),
    st.integers(0, 30),
    st.integers(-2_000, 12_000),
)
def test_it_is_as_if_every_signature_were_asked(rows: list[tuple[int, int]], seq: int, at: int) -> None:
    signed = [(size, NOON + timedelta(seconds=second)) for size, second in rows]
    moment = NOON + timedelta(seconds=at)
    early = any(size <= seq and moment < time - ALLOWED for size, time in signed)
    late = any(size > seq and moment > time + ALLOWED for size, time in signed)
    assert bool(Brackets(signed).fault(seq, moment)) == (early or late)
