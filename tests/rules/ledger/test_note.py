"""Signed notes: what was signed opens, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.rules.note import BadNote, Checkpoint, Signer, Verifier, followed, open_note, signed_by_all

KEY = Signer("demo.onrecord.example/test", bytes(range(32)))
OTHER = Signer("witness.example", b"\7" * 32)
TEXT = "demo.onrecord.example/test\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\N{EM DASH} PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
"""The example that the Go checksum database publishes."""


def test_the_published_example_opens() -> None:
    assert open_note(PUBLISHED, Verifier.read(PETER)) == PUBLISHED.partition("\n\n")[0] + "\n"


def test_a_note_is_a_pure_function_of_its_text() -> None:
    assert KEY.sign(TEXT) == KEY.sign(TEXT)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=80))
def test_what_was_signed_opens(said: str) -> None:
    assert open_note(KEY.sign(said + "\n"), KEY.verifier()) == said + "\n"


@given(st.integers(0, len(KEY.sign(TEXT)) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_note_with_one_letter_changed_is_refused(place: int, letter: str) -> None:
    note = KEY.sign(TEXT)
    changed = note[:place] + letter + note[place + 1 :]
    if changed != note:
        with pytest.raises(BadNote):
            open_note(changed, KEY.verifier())


def test_signatures_by_keys_we_do_not_know_are_passed_over() -> None:
    line = OTHER.sign(TEXT).partition("\n\n")[2]
    assert open_note(KEY.sign(TEXT) + line, KEY.verifier()) == TEXT


def test_a_line_by_our_key_that_fails_is_refused_although_another_holds() -> None:
    wrong = KEY.sign(TEXT.replace("3", "4")).partition("\n\n")[2]
    with pytest.raises(BadNote, match="does not hold"):
        open_note(KEY.sign(TEXT) + wrong, KEY.verifier())


@pytest.mark.parametrize(
    "note", ["", "\n", TEXT, TEXT + "\n", KEY.sign(TEXT)[:-1], KEY.sign(TEXT) + "\n", OTHER.sign(TEXT)]
)
def test_what_is_no_note_of_ours_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        open_note(note, KEY.verifier())


@pytest.mark.parametrize("text", ["no newline", "a\ttab\n", "a bell \7\n", "return\r\n"])
def test_what_may_not_be_signed_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        KEY.sign(text)


def test_a_published_key_reads_back() -> None:
    assert Verifier.read(str(KEY.verifier())) == KEY.verifier()


@pytest.mark.parametrize(
    "vkey",
    ["", "name", "name+00000000+AQ==", PETER.replace("c74f20a3", "c74f20a4"), PETER.replace("+A", "+B"), PETER + "A"],
)
def test_a_key_whose_id_is_not_its_own_is_refused(vkey: str) -> None:
    with pytest.raises(BadNote):
        Verifier.read(vkey)


def test_a_checkpoint_reads_back() -> None:
    made = Checkpoint("demo.onrecord.example/test", 3, b"\1" * 32)
    assert Checkpoint.read(made.text()) == made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "\n1\nAAAA\n",
        "a\n01\n" + "A" * 43 + "=\n",
        "a\n-1\n" + "A" * 43 + "=\n",
        "a\n1\nAAAA\n",
        "a\n1\n!\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.read(text)


def test_a_key_counts_when_the_one_before_signed_beside_it() -> None:
    one, two, three = (Signer("log.example", bytes([number]) * 32) for number in (1, 2, 3))
    names = [str(signer.verifier()) for signer in (one, two, three)]
    text = "log.example\n1\nAAAA\n"
    both, apart = signed_by_all(text, [one, two]), signed_by_all(text, [one, three])
    assert followed([], [both]) == []
    assert followed(names, [one.sign(text), two.sign(text)]) == names[:1]
    assert followed([*names, names[0]], [both]) == names[:2]
    assert followed(names, [both, apart]) == names[:2]
    assert followed(names, [both, signed_by_all(text, [two, three])]) == names
    assert followed([names[0], "no key"], [both]) == names[:1]
