"""Whatever bytes are handed in, the witness's program refuses in words, and signs nothing that is not proved."""

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord_witness import Refused
from onrecord_witness.judge import answer
from onrecord_witness.keys import LOG, Key
from onrecord_witness.merkle import leaf_hash
from onrecord_witness.note import opened
from onrecord_witness.policy import Policy
from onrecord_witness.proof import Proof
from onrecord_witness.receipt import Receipt
from onrecord_witness.tiles import Tiles
from onrecord_witness.verdict import check_proof
from tests.witness.logs import LOG_KEY, NOW, ORIGIN, asking, entries_of, hashes, note_of, trusting
from tests.witness.receipts import receipt

FIVE, NINE = entries_of(5), entries_of(9)
KEYS = (Key.read(str(LOG_KEY.verifier()), LOG),)
ASKED = asking(NINE, 5)


class Held:
    """A log in memory, as a source of files is."""

    def read(self, path: str) -> bytes:
        """The one tile there is."""
        return b"".join(hashes(NINE))


PROOF = bytes(Proof(3, tuple(Tiles(Held(), 9).inclusion(3)), note_of(NINE).encode()))  # type: ignore[arg-type]


def changed(data: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with one run of them cut out, put in, or replaced."""
    places = st.integers(0, len(data))
    return st.builds(
        lambda one, other, more: data[: min(one, other)] + more + data[max(one, other) :],
        places,
        places,
        st.binary(max_size=6) | st.sampled_from([b"\n", b"\n\n", b" ", b"=", "\N{EM DASH}".encode(), b"0", b"-1"]),
    )


def asked(body: bytes) -> tuple[int, int]:
    """The answer's status, and the size that was signed last, of a witness that had seen five entries."""
    with tempfile.TemporaryDirectory() as folder:
        home, log = trusting(Path(folder))
        assert answer(home, asking(FIVE, 0), NOW).status == 200
        status = answer(home, body, NOW).status
        seen = home.seen(log)
        assert seen is not None
        return status, seen[1].size


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | changed(ASKED))
def test_a_request_is_signed_whole_or_not_at_all(body: bytes) -> None:
    status, size = asked(body)
    assert status in (200, 400, 403, 404, 409, 422)
    assert size == (9 if status == 200 else 5)
    if status == 200:  # what was changed is a signature of somebody we do not know, or nothing
        assert body.split(b"\n\n")[:2] == ASKED.split(b"\n\n")[:2]


@given(st.binary(max_size=300) | changed(PROOF))
def test_a_proof_holds_for_its_entry_or_is_refused(data: bytes) -> None:
    try:
        held = Proof.read(data)
        made = opened(held.checkpoint, KEYS, ORIGIN)[1]
        check_proof(held, made, leaf_hash(NINE[3]))
    except Refused:
        return
    assert (held.index, made.size) == (3, 9)


@given(st.binary(max_size=300) | changed(b"witness a b+1+AAAA http://x\ngroup g 1 a\nquorum g\n"))
def test_a_policy_is_read_or_refused(data: bytes) -> None:
    with suppress(Refused):
        assert Policy.read(data).quorum


@given(st.binary(max_size=300) | changed(receipt(FIVE[1])))
def test_a_receipt_is_whole_or_refused(data: bytes) -> None:
    try:
        made = Receipt.read(data, [])
    except Refused:
        return
    raise AssertionError(f"signed by nobody, and read: {made}")
