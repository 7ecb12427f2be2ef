"""A receipt is read as it was given, says what was promised, and what became of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from onrecord.ledger.rules.note import BadNote, Signer
from onrecord.ledger.rules.receipt import HOURS, Promise, Receipt, spoken_standing, standing

KEY = Signer("a/receipt", b"\1" * 32)
AT = datetime(2026, 10, 5, 8, tzinfo=UTC)
PROMISED = Promise("2 of inspectorate, scrutineer", "ab" * 32)
DUE = AT + timedelta(hours=HOURS)


PLAIN = Promise()


def receipt(promise: Promise = PLAIN) -> Receipt:
    return Receipt("a", UUID(int=5), AT, bytes(range(32)), promise)


@pytest.mark.parametrize("promise", [Promise(), PROMISED], ids=["plain", "witnessed"])
def test_it_is_read_as_it_was_given(promise: Promise) -> None:
    made = receipt(promise)
    assert Receipt.read(made.signed(KEY), KEY.verifier()) == made


TEXT, LONG = receipt().text(), receipt(PROMISED).text()


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("receipt v1", "receipt v2"),
        TEXT.replace("within 24 hours", "within 48 hours"),
        TEXT + "more\n",
        TEXT + f"policy {'ab' * 32}\n",
        LONG.replace("abab", "ABAB"),
        LONG.replace("policy ab", "policy b"),
        LONG + f"policy {'ab' * 32}\n",
        LONG.partition("policy ")[0],
        LONG.replace("If it does not", "If it does"),
        TEXT.replace("08:00:00.000000Z", "08:00:00Z"),
        "onrecord receipt v1\n",
    ],
)
def test_what_says_anything_else_is_none(text: str) -> None:
    assert text not in (TEXT, LONG)
    with pytest.raises(BadNote, match="this is not a receipt"):
        Receipt.read(KEY.sign(text), KEY.verifier())


STANDS = [
    (Promise(), AT, AT, "included", "Included: 2026-10-05 08:00 UTC."),
    (Promise(), DUE, DUE, "included", "Included: 2026-10-06 08:00 UTC."),
    (PROMISED, AT, AT, "witnessed", "Included and witnessed: 2026-10-05 08:00 UTC."),
    (PROMISED, None, DUE, "promised", "Promised until 2026-10-06 08:00 UTC."),
]


@pytest.mark.parametrize(("promise", "kept_at", "now", "code", "words"), STANDS)
def test_what_became_of_a_promise_that_is_not_broken(
    promise: Promise, kept_at: datetime | None, now: datetime, code: str, words: str
) -> None:
    made = standing(AT, kept_at, promise, now)
    assert (made.code, made.due, made.kept_at, spoken_standing(made)) == (code, DUE, kept_at, words)


@pytest.mark.parametrize("kept_at", [None, DUE + timedelta(seconds=1)])
def test_a_promise_that_was_not_kept_in_time_is_broken(kept_at: datetime | None) -> None:
    made = standing(AT, kept_at, Promise(), DUE + timedelta(minutes=1))
    assert (made.code, made.due, made.kept_at) == ("broken", DUE, kept_at)
    words = spoken_standing(made)
    assert words.startswith("Promise broken: this is evidence. It was due on 2026-10-06 08:00 UTC, and ")
    assert ("2026-10-06 08:00 UTC." in words.partition(", and ")[2]) is (kept_at is not None)
