"""What is not written as notes, keys, policies and times are written is refused, and never read as something else."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from onrecord.ledger.rules.cosign import cosigned_at, witness_key
from onrecord.ledger.rules.leaf import disclosures, fields_of, stamp, unstamp
from onrecord.ledger.rules.note import (
    DASH,
    BadNote,
    Checkpoint,
    Signer,
    check_text,
    holds,
    open_note,
    signed_by_all,
    signed_text,
    unbase64,
)
from onrecord.ledger.rules.policy import BadPolicy, digest, read_policy
from onrecord_witness.keys import WITNESS, Key, public_of
from onrecord_witness.note import cosign
from tests.witness.logs import b64

ONE, TWO = Signer("a", b"\1" * 32), Signer("b", b"\2" * 32)
TEXT = "a\n3\n" + b64(bytes(32)) + "\n"
WITNESS_SECRET = b"\3" * 32
WITNESS_KEY = witness_key(str(Key("w", WITNESS, public_of(WITNESS_SECRET))))


def cosigned(moment: int, text: str = TEXT) -> str:
    return str(cosign(WITNESS_SECRET, "w", text, moment))


def test_a_cosignature_says_when() -> None:
    assert cosigned_at(cosigned(1_790_000_000), TEXT, WITNESS_KEY) == datetime.fromtimestamp(1_790_000_000, UTC)
    assert cosigned_at(cosigned(5).replace(" w ", " v "), TEXT, WITNESS_KEY) is None
    with pytest.raises(BadNote, match="the cosignature by w does not hold"):
        cosigned_at(cosigned(5), TEXT + "more\n", WITNESS_KEY)


@pytest.mark.parametrize("line", ["", "a b", f"{DASH} w !", f"{DASH} w AAAA more", f"{DASH} w A==="])
def test_what_is_no_signature_line_is_no_cosignature(line: str) -> None:
    with pytest.raises(BadNote, match="a signature line is a dash, a name and base64"):
        cosigned_at(line, TEXT, WITNESS_KEY)


def test_a_time_that_no_calendar_has_is_none() -> None:
    with pytest.raises(BadNote, match="the cosignature by w names no time"):
        cosigned_at(cosigned(2**62), TEXT, WITNESS_KEY)


@pytest.mark.parametrize(
    "text", ["2026-10-05T08:00:00.000000", "2026-10-05T08:00:00Z", "2026-10-05T09:00:00.000000+01:00"]
)
def test_a_time_is_written_in_one_way(text: str) -> None:
    with pytest.raises(ValueError, match="the time is not written as a leaf writes it"):
        unstamp(text)


def test_a_time_goes_there_and_back() -> None:
    moment = datetime(2026, 10, 5, 9, tzinfo=timezone(timedelta(hours=1)))
    assert stamp(moment) == "2026-10-05T08:00:00.000000Z"
    assert unstamp(stamp(moment)) == moment


@pytest.mark.parametrize("length", range(6))
def test_a_disclosure_of_every_length_is_read(length: int) -> None:
    said = {"n": "x" * length}
    (made,) = disclosures(said, [bytes(16)])
    assert "=" not in made
    assert fields_of([made]) == said


@pytest.mark.parametrize("text", ["A", "AAA", "AAAA\n", "AA==AA==", "AAA-", " AAAA"])
def test_base64_is_written_in_one_way(text: str) -> None:
    with pytest.raises(ValueError):
        unbase64(text)
    assert unbase64("AAAA") == bytes(3)


def test_two_people_read_sixteen_letters_to_each_other() -> None:
    mark = sha256(ONE.verifier().public).hexdigest()
    assert ONE.verifier().mark() == f"{mark[:4]} {mark[4:8]} {mark[8:12]} {mark[12:16]}"


def test_a_note_is_signed_by_each_and_opened_by_any() -> None:
    note = signed_by_all(TEXT, [ONE, TWO])
    assert note == ONE.sign(TEXT) + TWO.sign(TEXT).rpartition("\n\n")[2]
    assert [open_note(note, key.verifier()) for key in (ONE, TWO)] == [TEXT, TEXT]
    assert signed_text(ONE.sign(TEXT), [TWO.verifier(), ONE.verifier()]) == TEXT
    with pytest.raises(BadNote, match="it is not signed by a key that is known here"):
        signed_text(ONE.sign(TEXT), [TWO.verifier()])
    with pytest.raises(BadNote, match="it is not signed by a key that is known here"):
        signed_text(ONE.sign(TEXT), [])


@pytest.mark.parametrize("text", ["", "a", "a\tb\n", "a\0\n", "a\r\n"])
def test_a_text_with_signs_that_nobody_sees_is_neither_signed_nor_opened(text: str) -> None:
    with pytest.raises(BadNote, match="ends in a newline and holds no other control characters"):
        check_text(text)
    if text.endswith("\n"):
        with pytest.raises(BadNote, match="ends in a newline and holds no other control characters"):
            open_note(f"{text}\n{ONE.sign(TEXT).rpartition(chr(10) * 2)[2]}", ONE.verifier())


@pytest.mark.parametrize(
    "line",
    [f"- a {b64(bytes(68))}", f"{DASH} a {b64(bytes(4))}", f"{DASH} a !", f"{DASH} a", f"{DASH}  a AAAAAAAA"],
)
def test_a_line_that_is_no_signature_spoils_the_note(line: str) -> None:
    with pytest.raises(BadNote, match="a signature line is a dash, a name and base64"):
        open_note(f"{ONE.sign(TEXT)}{line}\n", ONE.verifier())


def test_a_line_by_a_key_that_is_not_known_is_passed_over_however_short() -> None:
    note = f"{ONE.sign(TEXT)}{DASH} c {b64(bytes(5))}\n"
    assert open_note(note, ONE.verifier()) == TEXT


def test_a_bare_signature_holds_or_does_not() -> None:
    signature = ONE.sign(TEXT).rpartition(" ")[2]
    raw = unbase64(signature.strip())[4:]
    assert holds(ONE.verifier(), TEXT, raw) is True
    assert holds(ONE.verifier(), TEXT, raw[:-1]) is False
    assert holds(TWO.verifier(), TEXT, raw) is False


def test_a_checkpoint_of_nothing_is_one_and_of_less_is_none() -> None:
    assert Checkpoint.read(Checkpoint("a", 0, bytes(32)).text()).size == 0
    for text in (
        f"a\n-1\n{b64(bytes(32))}\n",
        f"\n1\n{b64(bytes(32))}\n",
        f"a\n01\n{b64(bytes(32))}\n",
        "a\n1\nAAAA\n",
    ):
        with pytest.raises(BadNote, match="a checkpoint is an origin, a size and a root"):
            Checkpoint.read(text)


W = f"witness w {Key('w', WITNESS, public_of(WITNESS_SECRET))}"


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1f", "\x7f"])
def test_a_policy_holds_no_control_characters(sign: str) -> None:
    with pytest.raises(BadPolicy, match="A policy holds no control characters but tabs and newlines"):
        read_policy(f"quorum none\n#{sign}\n")
    assert read_policy("quorum\tnone\n# \x80\n").quorum == "none"


def test_a_policy_says_where_a_witness_is_asked_and_which_line_is_wrong() -> None:
    assert read_policy(f"{W}\nquorum w\n").witnesses["w"].where == ""
    assert read_policy(f"{W} stick\nquorum w\n").witnesses["w"].where == "stick"
    with pytest.raises(BadPolicy, match="Line 1 of the policy"):
        read_policy(f"{W} stick other\nquorum w\n")
    with pytest.raises(BadPolicy, match="Line 3 of the policy"):
        read_policy(f"{W}\n\nquorum v\n")
    with pytest.raises(BadPolicy, match="The policy has no quorum line"):
        read_policy(f"{W}\n")


def test_a_policy_is_named_by_its_letters() -> None:
    assert digest("quorum none\n") == sha256(b"quorum none\n").hexdigest()


def test_a_witness_that_is_no_group_counts_for_itself_alone() -> None:
    made = read_policy(f"{W}\nquorum w\n")
    assert (made.enough([]), made.enough(["w"]), made.enough(["v"]), made.spoken()) == (False, True, False, "w")
