"""What of an entry was opened: shown as it was recorded, field by field, or refused."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.rules.leaf import digests, disclosures
from onrecord.ledger.rules.proofs import filled, inclusion_ranges, tlog_proof
from onrecord_witness import Refused, cli
from onrecord_witness.disclosed import commitments, shown, spoken
from tests.witness.logs import LOG_KEY, ORIGIN, STRANGER, hashes, note_of

FIELDS = {"by": "Amira Novak", "body.words": "A car waited.", "body.count": 3, "about": ["1", "2"]}
LINES = disclosures(FIELDS, [bytes([number]) * 16 for number in range(4)])


def entry_of(lines: list[str]) -> bytes:
    """An entry that commits to these lines."""
    return json.dumps({"d": digests(lines), "v": 1}).encode()


ENTRY = entry_of(LINES)


def text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def test_what_was_opened_is_shown_and_nothing_else() -> None:
    assert shown(ENTRY, text(*LINES)) == FIELDS
    assert shown(ENTRY, text(LINES[1])) == {"body.words": "A car waited."}
    assert shown(ENTRY, b"") == {}


def test_words_cannot_pass_for_another_field_or_for_a_verdict() -> None:
    said = {"body.words": "A car.\n  by: Somebody\u202e\x1b[2J", "x\ny": ["\ud800"]}
    told = ["  words: A car.", "        by: Somebody\\u202e\\u001b[2J", '  x y: ["\\ud800"]']
    assert spoken(said).split("\n") == told


@pytest.mark.parametrize("sent", [b"[" * 100_000, b'{"d":["\xff"]}', b"9" * 6000])
def test_what_is_no_entry_is_refused(sent: bytes) -> None:
    with pytest.raises(Refused):
        commitments(sent)


def test_a_line_nested_without_end_is_no_field() -> None:
    line = urlsafe_b64encode(b'["s","x",' + b"[" * 100_000).decode().rstrip("=")
    with pytest.raises(Refused, match="line 1 of what was opened is no field"):
        shown(entry_of([line]), text(line))


def test_fields_are_told_a_line_each() -> None:
    told = ["  by: Amira Novak", "  words: A car waited.", "  count: 3", '  about: ["1", "2"]']
    assert spoken(FIELDS).split("\n") == told


@pytest.mark.parametrize("name", ["value", "name", "salt"])
def test_an_altered_field_is_refused(name: str) -> None:
    salt, value = (b"\x09" if name == "salt" else b"\1") * 16, "A car left." if name == "value" else "A car waited."
    other = disclosures({"body.other" if name == "name" else "body.words": value}, [salt])
    assert (other[0] == LINES[1]) is False
    with pytest.raises(Refused, match="line 2 of what was opened is not what the entry commits to"):
        shown(ENTRY, text(LINES[0], *other))


def test_a_field_of_another_entry_is_refused() -> None:
    with pytest.raises(Refused, match="line 1 of what"):
        shown(entry_of(LINES[:1]), text(LINES[1]))


def test_no_field_is_shown_twice() -> None:
    twice = disclosures({"by": "Somebody else"}, [b"\7" * 16])
    for lines in ([LINES[0], LINES[0]], [LINES[0], *twice]):
        with pytest.raises(Refused, match="line 2 of what was opened shows by a second time"):
            shown(entry_of([*LINES, *twice]), text(*lines))


@pytest.mark.parametrize("line", ["!", "eA", "WzEsMl0", "WzEsMiwzXQ", "WzEsImEiLDIsM10"])
def test_what_is_no_field_is_refused_though_the_entry_commits_to_it(line: str) -> None:
    with pytest.raises(Refused, match="line 1 of what was opened is no field"):
        shown(entry_of([line]), text(line))


@pytest.mark.parametrize("entry", [b"", b"[]", b"{}", b'{"d":1}', b'{"d":[1]}', b"\xff", b'{"d":"ab"}'])
def test_what_is_no_entry_commits_to_nothing(entry: bytes) -> None:
    with pytest.raises(Refused, match="the entry does not say what it commits to"):
        commitments(entry)


def test_what_was_opened_is_text() -> None:
    with pytest.raises(Refused, match="what was opened is not text"):
        shown(ENTRY, b"\xff")


@given(st.integers(0, len(LINES[1]) - 1), st.sampled_from("abcXYZ019-_= "))
def test_a_line_with_one_letter_changed_is_refused(place: int, letter: str) -> None:
    changed = LINES[1][:place] + letter + LINES[1][place + 1 :]
    if changed == LINES[1]:
        assert shown(ENTRY, text(changed)) == {"body.words": "A car waited."}
        return
    with pytest.raises(Refused):
        shown(ENTRY, text(changed))


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_whatever_is_handed_in_is_shown_or_refused(entry: bytes, lines: bytes) -> None:
    try:
        found = shown(entry, lines)
    except Refused:
        return
    assert found == {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle of three entries: the first opened in part, the second not at all, the third whole."""
    entries = [ENTRY, entry_of(LINES[:2]), entry_of(LINES[2:])]
    leaves = hashes(entries)
    for number, (entry, opened) in enumerate(zip(entries, (LINES[:2], [], LINES[2:]), strict=True)):
        proof = tlog_proof(number, filled(inclusion_ranges(number, 3), leaves), note_of(entries))
        (tmp_path / f"{number}.entry").write_bytes(entry)
        (tmp_path / f"{number}.tlog-proof").write_text(proof)
        if opened:
            (tmp_path / f"{number}.opened").write_bytes(text(*opened))
    (tmp_path / "log.vkey").write_text(f"{LOG_KEY.verifier()}\n")
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str]:
    home, key = folder / "nobody", folder / "log.vkey"
    status = cli.main([*words, "--home", str(home), *([] if "--key" in words else ["--key", str(key)])])
    return status, capsys.readouterr().out.strip()


STANDS = f"The entry stands at number {{}} of the 3 entries of {ORIGIN}, signed."


def test_a_bundle_is_checked_and_read_without_the_log(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, folder, "bundle", str(folder)) == (
        0,
        f"holds  0: {STANDS.format(0)}\n  by: Amira Novak\n  words: A car waited.\n"
        f"holds  1: {STANDS.format(1)} Nothing of it was opened.\n"
        f'holds  2: {STANDS.format(2)}\n  count: 3\n  about: ["1", "2"]\n'
        "3 of 3 hold.",
    )


def test_one_entry_is_checked_with_what_was_opened_of_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["proof", str(folder / "0.entry"), "--proof", str(folder / "0.tlog-proof")]
    opened = ["--opened", str(folder / "0.opened")]
    said = f"{STANDS.format(0)}\nIt says, as was recorded:\n  by: Amira Novak\n  words: A car waited."
    assert ran(capsys, folder, *words) == (0, STANDS.format(0))
    assert ran(capsys, folder, *words, *opened) == (0, said)
    found = json.loads(ran(capsys, folder, *words, *opened, "--json")[1])
    assert found == {
        "holds": True,
        "index": 0,
        "size": 3,
        "witnessed": [],
        "opened": {"by": "Amira Novak", "body.words": "A car waited."},
    }


def altered(folder: Path) -> str:
    """The opened words changed."""
    (folder / "0.opened").write_bytes(text(LINES[0], *disclosures({"body.words": "No car."}, [b"\1" * 16])))
    return "line 2 of what was opened is not what the entry commits to."


def other_entry(folder: Path) -> str:
    """An entry that commits to the changed words, in the place of the real one."""
    (folder / "0.entry").write_bytes(entry_of(LINES[:3]))
    return "the proof does not show that the entry is included."


def no_proof(folder: Path) -> str:
    """The proof taken away."""
    (folder / "0.tlog-proof").unlink()
    return "0.tlog-proof cannot be read."


@pytest.mark.parametrize("spoil", [altered, other_entry, no_proof])
def test_what_was_changed_in_a_bundle_is_found_and_the_rest_holds(
    folder: Path, capsys: pytest.CaptureFixture[str], spoil: object
) -> None:
    why = spoil(folder)  # type: ignore[operator]
    status, words = ran(capsys, folder, "bundle", str(folder), "--json")
    found = json.loads(words)
    assert (status, found["holds"], [row["holds"] for row in found["entries"]]) == (1, False, [False, True, True])
    assert found["entries"][0] == {"entry": "0", "holds": False, "words": why, "opened": {}}
    said = ran(capsys, folder, "bundle", str(folder))[1].split("\n")
    assert (said[0], said[-1]) == (f"FAULT  0: {why}", "2 of 3 hold.")


def test_a_bundle_signed_by_somebody_else_holds_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, words = ran(capsys, folder, "bundle", str(folder), "--key", str(STRANGER.verifier()))
    assert (status, words.split("\n")[-1]) == (1, "0 of 3 hold.")


def test_a_folder_without_entries_is_no_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = str(LOG_KEY.verifier())
    assert ran(capsys, tmp_path, "bundle", str(tmp_path), "--key", key) == (
        1,
        f"Refused: there is no entry in {tmp_path}.",
    )
