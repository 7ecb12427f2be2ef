"""A receipt is included and witnessed, promised until a time, or broken; and what cannot be known is said."""

import dataclasses
from collections.abc import Sequence

import pytest

from onrecord_witness import Refused, verdict
from onrecord_witness.keys import LOG, WITNESS, Key, public_of
from onrecord_witness.note import Checkpoint, Note, cosign
from onrecord_witness.policy import Policy
from onrecord_witness.proof import Proof
from onrecord_witness.receipt import Receipt
from onrecord_witness.tiles import Tiles
from tests.witness.logs import HOUR, NOW, ORIGIN, RECEIPT_KEY, STRANGER, entries_of, hashes, note_of
from tests.witness.receipts import POLICY, PROMISE, SECRETS, cosigned, receipt

ENTRIES = entries_of(5)
KEYS = [Key.read(str(RECEIPT_KEY.verifier()), LOG)]
BOTH = ("inspectorate", "scrutineer")
DAY = 24 * HOUR


class Held:
    """A log in memory, as a source of files is."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        self.data = b"".join(hashes(entries))

    def read(self, path: str) -> bytes:
        """The one tile there is."""
        return self.data


def judged(
    entry: bytes, note: str, now: int, *, promise: bool = True, live: bool = False, policy: bool = True
) -> verdict.Verdict:
    """What became of the receipt of an entry in a log whose newest checkpoint is this one."""
    handed = Receipt.read(receipt(entry, promise=PROMISE) if promise else receipt(entry), KEYS)
    verdict.fits(handed, ORIGIN, POLICY if policy else None)
    signed = Note.read(note.encode())
    made = Checkpoint.read(signed.text)
    tiles = Tiles(Held(ENTRIES[: made.size]), made.size)  # type: ignore[arg-type]
    found = verdict.proof_in(tiles, signed, made, handed.leaf)
    by = verdict.witnessed(signed, Policy.read(POLICY) if policy else None, None)
    return verdict.judge(handed, found, made, by, now, live)


@pytest.mark.parametrize(
    ("entry", "note", "now", "live", "code"),
    [
        (ENTRIES[2], cosigned(ENTRIES, NOW + HOUR, *BOTH), NOW + 2 * HOUR, False, "witnessed"),
        (ENTRIES[2], cosigned(ENTRIES, NOW + HOUR, "scrutineer"), NOW + 2 * HOUR, False, "promised"),
        (b"lost", cosigned(ENTRIES, NOW + HOUR, *BOTH), NOW + DAY, True, "promised"),
        (b"lost", cosigned(ENTRIES, NOW + HOUR, *BOTH), NOW + DAY + 1, True, "broken"),
        (b"lost", cosigned(ENTRIES, NOW + HOUR, *BOTH), NOW + DAY + 1, False, "unknown"),
        (b"lost", cosigned(ENTRIES, NOW + DAY + 1, *BOTH), NOW + DAY + 2, False, "broken"),
        (ENTRIES[2], cosigned(ENTRIES, NOW + DAY + 1, "scrutineer"), NOW + DAY + 2, False, "broken"),
        (ENTRIES[2], note_of(ENTRIES), NOW + DAY + 1, False, "unknown"),
        (ENTRIES[2], note_of(ENTRIES), NOW + DAY + 1, True, "broken"),
    ],
)
def test_what_became_of_a_receipt(entry: bytes, note: str, now: int, live: bool, code: str) -> None:
    made = judged(entry, note, now, live=live)
    assert (made.code, made.holds) == (code, code in ("witnessed", "promised"))


def test_where_no_witness_was_promised_the_logs_signature_is_enough() -> None:
    said = judged(ENTRIES[0], note_of(ENTRIES), NOW + 9 * DAY, promise=False, policy=False)
    assert (said.code, said.words) == (
        "included",
        "Included: entry 0 of 5, signed by the log. No witness was promised.",
    )


def test_a_policy_that_asks_for_nobody_makes_nothing_witnessed() -> None:
    signed = Note.read(cosigned(ENTRIES, NOW, *BOTH).encode())
    by = verdict.witnessed(signed, Policy.read(POLICY.replace(b"quorum both", b"quorum none")), None)
    handed, made = Receipt.read(receipt(ENTRIES[0]), KEYS), Checkpoint.read(signed.text)
    found = verdict.proof_in(Tiles(Held(ENTRIES), 5), signed, made, handed.leaf)  # type: ignore[arg-type]
    assert (by.asked, verdict.judge(handed, found, made, by, NOW, live=True).code) == (False, "included")


@pytest.mark.parametrize("moment", [2**40, 2**63 - 1])
def test_a_moment_beyond_the_calendar_is_told(moment: int) -> None:
    assert verdict.spoken(moment) == f"{moment} seconds after 1970, beyond the calendar"


def test_without_the_policy_that_was_promised_nothing_is_called_witnessed() -> None:
    assert judged(ENTRIES[0], cosigned(ENTRIES, NOW, *BOTH), NOW + 1, policy=False).code == "promised"


def test_the_words_name_the_witnesses_and_the_times() -> None:
    made = judged(ENTRIES[2], cosigned(ENTRIES, NOW + HOUR, *BOTH), NOW + 2 * HOUR)
    assert made.words == (
        "Included and witnessed: entry 2 of 5 by inspectorate, scrutineer, last on 2026-09-21 15:13 UTC."
    )
    broken = judged(b"lost", cosigned(ENTRIES, NOW + DAY + 60, *BOTH), NOW + DAY + 99)
    assert broken.words == (
        "Promise broken: this is evidence. It was due on 2026-09-22 14:13 UTC, and on 2026-09-22 14:14 UTC it was"
        " not included. Keep the receipt and this copy of the log."
    )


def test_a_proof_that_does_not_hold_is_no_inclusion() -> None:
    handed = Receipt.read(receipt(b"lost", promise=PROMISE), KEYS)
    signed = Note.read(cosigned(ENTRIES, NOW, *BOTH).encode())
    made = Checkpoint.read(signed.text)
    by = verdict.witnessed(signed, Policy.read(POLICY), None)
    proof = Proof(2, tuple(Tiles(Held(ENTRIES), 5).inclusion(2)), str(signed).encode())  # type: ignore[arg-type]
    with pytest.raises(Refused, match="does not show"):
        verdict.judge(handed, proof, made, by, NOW, live=True)


def test_a_witness_without_a_policy_counts_its_own_signature() -> None:
    signed = Note.read(cosigned(ENTRIES, NOW, "inspectorate").encode())
    own = Key("inspectorate.example", WITNESS, public_of(SECRETS["inspectorate"]))
    assert verdict.witnessed(signed, None, own) == verdict.Witnessed({own.name: NOW}, True, True)
    assert not verdict.witnessed(Note.read(note_of(ENTRIES).encode()), None, own).enough


def test_a_forged_cosignature_is_refused() -> None:
    signed = Note.read(note_of(ENTRIES).encode())
    line = cosign(SECRETS["scrutineer"], "scrutineer.example", "another\n", NOW)
    with pytest.raises(Refused, match="does not hold"):
        verdict.witnessed(signed.plus([line]), Policy.read(POLICY), None)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"24", b"48"), (b"receipt v1", b"receipt v2"), (b"2026-09", b"2025-09"), (b"policy ", b"policy 0")],
)
def test_a_changed_receipt_is_refused(old: bytes, new: bytes) -> None:
    whole = receipt(ENTRIES[0], promise=PROMISE)
    assert old in whole
    with pytest.raises(Refused):
        Receipt.read(whole.replace(old, new, 1), KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "hello\n",
        "onrecord receipt v1\na\nb c\nd\ne\n",
        f"onrecord receipt v1\n{ORIGIN}\nb 2026-10-05\n{'A' * 43}=\nwithin 24 hours\n",
        f"onrecord receipt v1\n{ORIGIN}\nb 2026-10-05T07:00:00.000000Z\n{'A' * 43}=\nsoon\n",
        f"onrecord receipt v1\n{ORIGIN}\nb 2026-10-05T07:00:00.000000Z\n{'A' * 43}=\nwithin 24 hours\npolicy x\n",
        f"onrecord receipt v1\n{ORIGIN}\nb 2026-10-05T07:00:00.000000Z\n{'A' * 43}=\nwithin 24 hours\n\nx\n",
    ],
)
def test_what_is_signed_and_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Receipt.read(RECEIPT_KEY.sign(text).encode(), KEYS)


def test_a_receipt_by_another_key_or_of_another_log_or_policy_is_refused() -> None:
    with pytest.raises(Refused, match="not signed by a key"):
        Receipt.read(receipt(ENTRIES[0], key=STRANGER), KEYS)
    handed = Receipt.read(receipt(ENTRIES[0], promise=PROMISE), KEYS)
    for of, policy in (("another.example", POLICY), (ORIGIN, POLICY + b"\n")):
        with pytest.raises(Refused):
            verdict.fits(handed, of, policy)
    verdict.fits(dataclasses.replace(handed, policy=""), ORIGIN, POLICY + b"\n")
