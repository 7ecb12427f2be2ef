"""Notes, checkpoints, cosignatures, requests, proofs: what was signed opens, and nothing else, in either program."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger.rules.cosign import cosigned_at, witness_key
from onrecord.ledger.rules.note import BadNote, Verifier, open_note
from onrecord_witness import Refused, note
from onrecord_witness.keys import LOG, WITNESS, Key, public_of
from onrecord_witness.note import Checkpoint, Line, Note, cosign, opened
from onrecord_witness.proof import Proof
from onrecord_witness.receipt import Receipt
from onrecord_witness.request import Request
from tests.witness.logs import LOG_KEY, NOW, ORIGIN, STRANGER, asking, b64, entries_of, note_of

KEY = Key.read(str(LOG_KEY.verifier()), LOG)
SECRET, NAME = b"\5" * 32, "inspectorate.example/witness"
WITNESS_KEY = Key(NAME, WITNESS, public_of(SECRET))
PLAIN = note_of(entries_of(5))
COSIGNED = f"{PLAIN}{cosign(SECRET, NAME, PLAIN.partition(chr(10) * 2)[0] + chr(10), NOW)}\n"


def test_what_we_sign_opens_there_and_what_they_sign_opens_here() -> None:
    made, said = opened(COSIGNED.encode(), [KEY], ORIGIN)
    text = open_note(COSIGNED, LOG_KEY.verifier())
    assert (made.text, said.size, made.signed_at(WITNESS_KEY), str(made)) == (text, 5, NOW, COSIGNED)
    times = [cosigned_at(str(line), text, witness_key(str(WITNESS_KEY))) for line in made.lines]
    assert [moment and int(moment.timestamp()) for moment in times] == [None, NOW]
    assert str(KEY) == str(LOG_KEY.verifier())


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(COSIGNED.encode()) - 1), st.integers(0, 255))
def test_no_byte_of_a_note_can_be_changed(place: int, byte: int) -> None:
    changed = bytearray(COSIGNED.encode())
    changed[place] = byte
    if bytes(changed) == COSIGNED.encode():
        return
    with pytest.raises(Refused):
        both_signed(bytes(changed))
    with pytest.raises((BadNote, UnicodeDecodeError)):
        ours_signed(bytes(changed))


def both_signed(data: bytes) -> None:
    """Refused unless log and witness signed it."""
    made, _ = opened(data, [KEY], ORIGIN)
    if made.signed_at(WITNESS_KEY) is None:
        raise Refused("the witness did not sign")


def ours_signed(data: bytes) -> None:
    """The same by our own side."""
    whole = data.decode()
    text = open_note(whole, LOG_KEY.verifier())
    lines = whole[len(text) + 1 : -1].split("\n")
    if not any(cosigned_at(line, text, witness_key(str(WITNESS_KEY))) for line in lines):
        raise BadNote("the witness did not sign")


def test_the_same_refusals_let_the_whole_note_pass() -> None:
    both_signed(COSIGNED.encode())
    ours_signed(COSIGNED.encode())


READERS = {
    "note": lambda data: str(Note.read(data)).encode(),
    "request": lambda data: bytes(Request.read(data)),
    "proof": lambda data: bytes(Proof.read(data)),
    "receipt": lambda data: Receipt.read(data, [KEY]).leaf,
    "checkpoint": lambda data: Checkpoint.read(data.decode("latin-1")).root,
    "key": lambda data: str(Key.read(data.decode("latin-1"), LOG)).encode(),
}
GOOD = {
    "note": COSIGNED.encode(),
    "request": asking(entries_of(5), 3),
    "proof": bytes(Proof(2, (b"\1" * 32, b"\2" * 32), PLAIN.encode(), b"more")),
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=120).map(str.encode))
def test_whatever_is_handed_in_is_read_or_refused(name: str, data: bytes) -> None:
    try:
        READERS[name](data)
    except Refused:
        return
    assert name == "note"


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_what_was_changed_is_refused_or_read_as_what_it_is(name: str, data: st.DataObject) -> None:
    """Nothing is read as something else than it says: written out again, it gives the same bytes."""
    whole, read = bytearray(GOOD[name]), READERS[name]
    assert read(bytes(whole)) == bytes(whole)
    at, length = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 3))
    whole[at : at + length] = data.draw(st.binary(max_size=3))
    try:
        again = read(bytes(whole))
    except Refused:
        return
    made = Note.read(bytes(whole)) if name == "note" else getattr(read, "note", None)
    assert again == bytes(whole) or (made is None or not all(line.plain for line in made.lines))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "\n1\n" + b64(b"\1" * 32) + "\n",
        "a\n01\n" + b64(b"\1" * 32) + "\n",
        "a\n-1\n" + b64(b"\1" * 32) + "\n",
        "a\n9223372036854775808\n" + b64(b"\1" * 32) + "\n",
        "a\n\u0661\n" + b64(b"\1" * 32) + "\n",
        "a\n1\n" + b64(b"\1" * 31) + "\n",
        "a\n1\n" + b64(b"\1" * 32),
        "a\n1\n" + b64(b"\1" * 32) + "\n\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Checkpoint.read(text)


def test_a_checkpoint_may_say_more_on_further_lines() -> None:
    assert Checkpoint.read(f"a\n1\n{b64(bytes(32))}\nmore\n") == Checkpoint("a", 1, bytes(32))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (STRANGER.sign("a\n1\n" + b64(bytes(32)) + "\n"), "not signed by a key that is trusted"),
        (PLAIN.replace(f"\n{5}\n", "\n6\n"), "does not hold"),
        (note_of(entries_of(3), origin="another.example"), "is of another.example"),
        ("no signature\n", "a note is a text"),
    ],
)
def test_why_a_checkpoint_is_refused(data: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        opened(data.encode(), [KEY], ORIGIN)


def test_a_line_by_a_known_key_that_fails_is_refused_although_another_holds() -> None:
    wrong = note_of(entries_of(4)).rpartition("\n\n")[2]
    with pytest.raises(Refused, match="does not hold"):
        opened((PLAIN + wrong).encode(), [KEY])


def test_lines_by_unknown_keys_are_passed_over_and_kept() -> None:
    other = STRANGER.sign("another text\n").rpartition("\n\n")[2]
    assert str(opened((PLAIN + other).encode(), [KEY])[0]) == PLAIN + other


def test_a_note_with_too_many_signatures_is_refused() -> None:
    line = PLAIN.rpartition("\n\n")[2]
    assert Note.read((PLAIN + line * 15).encode()).signed_at(KEY) == 0
    with pytest.raises(Refused, match="too many"):
        Note.read((PLAIN + line * note.MOST_LINES).encode())


@pytest.mark.parametrize(
    "line", ["", "- a AAAAAAAA", "\N{EM DASH} a", "\N{EM DASH} a b+c", "\N{EM DASH} a AAAA", "\N{EM DASH}  AAAAAAAA"]
)
def test_what_is_no_signature_line_is_refused(line: str) -> None:
    with pytest.raises(Refused):
        Line.read(line)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "a+b",
        str(KEY).replace("+", " +"),
        str(KEY)[:-1],
        str(KEY).replace(KEY.key_id.hex(), "00000000"),
        "+" + str(KEY),
    ],
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(Refused):
        Key.read(vkey, LOG)


def test_a_key_of_another_sort_is_refused_by_both() -> None:
    with pytest.raises(Refused, match="not a witness's key"):
        Key.read(str(KEY), WITNESS)
    with pytest.raises(BadNote):
        witness_key(str(KEY))
    with pytest.raises(BadNote):
        Verifier.read(str(WITNESS_KEY))


def test_a_request_and_a_proof_that_are_too_long_are_refused() -> None:
    hashes = tuple(bytes(32) for _ in range(64))
    for made in (Request(3, hashes, Note.read(PLAIN.encode())), Proof(3, hashes, PLAIN.encode())):
        with pytest.raises(Refused, match="at most 63"):
            type(made).read(bytes(made))
