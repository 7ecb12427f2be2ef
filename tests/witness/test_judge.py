"""The witness signs only what contains all it has signed, remembers before it answers, and keeps the evidence."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord_witness import Refused
from onrecord_witness import home as homes
from onrecord_witness.home import Home, Trusted
from onrecord_witness.judge import Answer, answer
from onrecord_witness.note import Note, opened
from tests.witness.logs import HOUR, LOG_KEY, NOW, ORIGIN, STRANGER, asking, entries_of, note_of, trusting

FIVE, NINE = entries_of(5), entries_of(9)
OTHERS = entries_of(9, "other")


@pytest.fixture
def witness(tmp_path: Path) -> Home:
    """A witness that trusts the invented log and has signed five entries."""
    home, _ = trusting(tmp_path / "witness")
    assert answer(home, asking(FIVE, 0), NOW).status == 200
    return home


def log_of(home: Home) -> Trusted:
    return home.logs()[0]


def seen_size(home: Home) -> int:
    seen = home.seen(log_of(home))
    return seen[1].size if seen else 0


def test_honest_growth_is_signed_with_the_time(witness: Home) -> None:
    made = answer(witness, asking(NINE, 5), NOW + 60)
    note, checkpoint = opened(note_of(NINE).encode() + made.body, log_of(witness).keys)
    assert (made.status, note.signed_at(witness.key()), checkpoint.size) == (200, NOW + 60, 9)
    assert seen_size(witness) == 9


def test_the_same_size_again_is_signed_anew(witness: Home) -> None:
    made = answer(witness, asking(FIVE, 5), NOW + HOUR)
    assert Note.read(note_of(FIVE).encode() + made.body).signed_at(witness.key()) == NOW + HOUR


REFUSED = {
    "a rollback": (asking(entries_of(3), 3), 409),
    "an old size that is not ours": (asking(NINE, 4), 409),
    "a beginning again": (asking(NINE, 0), 409),
    "an old size above the new": (b"old 9" + asking(FIVE, 5)[5:], 400),
    "a fork of the same size": (asking(OTHERS[:5], 5), 422),
    "a longer fork": (asking(OTHERS, 5), 422),
    "a proof left out": (f"old 5\n\n{note_of(NINE)}".encode(), 422),
    "a forged key": (asking(NINE, 5, STRANGER), 403),
    "a signature that fails": (asking(NINE, 5).replace(b"\n9\n", b"\n10\n"), 403),
    "a log nobody trusts": (asking(NINE, 5).replace(ORIGIN.encode(), b"other.example"), 404),
    "no request": (b"hello", 400),
    "nothing": (b"", 400),
    "a line too many": (b"old 5\nno hash\n\n" + note_of(NINE).encode(), 400),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_and_nothing_is_forgotten(name: str, witness: Home) -> None:
    body, status = REFUSED[name]
    made = answer(witness, body, NOW + 60)
    assert (made.status, seen_size(witness)) == (status, 5)
    assert "\N{EM DASH}" not in made.body.decode()
    if status == 409:
        assert (made.body, made.kind) == (b"5\n", "text/x.tlog.size")


def test_a_first_checkpoint_with_a_proof_is_refused(tmp_path: Path) -> None:
    home, _ = trusting(tmp_path)
    hashes = asking(NINE, 5).partition(b"\n")[2]
    assert [answer(home, b"old 0\n" + hashes, NOW).status, seen_size(home)] == [422, 0]


def test_an_empty_log_must_have_the_root_of_nothing(tmp_path: Path) -> None:
    home, _ = trusting(tmp_path)
    text = note_of([]).rpartition("\n\n")[0] + "\n"
    wrong = LOG_KEY.sign(text.replace(text.split("\n")[2], "A" * 43 + "="))
    said = [answer(home, b"old 0\n\n" + note.encode(), NOW).status for note in (wrong, note_of([]), note_of(NINE))]
    assert said == [422, 200, 200]


@pytest.mark.parametrize(("entries", "word"), [(OTHERS[:5], "FORK"), (OTHERS, "NOT PROVED")])
def test_the_evidence_of_a_fork_is_kept(entries: list[bytes], word: str, witness: Home) -> None:
    body = asking(entries, 5)
    kept = answer(witness, body, NOW).evidence
    assert kept is not None
    both = [(kept / name).read_bytes() for name in ("seen", "sent")]
    assert [opened(one, log_of(witness).keys)[1].size for one in both] == [5, len(entries)]
    assert ((kept / "request").read_bytes(), (kept / "what.txt").read_text()[: len(word)]) == (body, word)
    assert answer(witness, body, NOW).evidence == kept


def test_a_fork_is_kept_although_the_log_asks_from_another_size(witness: Home) -> None:
    made = answer(witness, asking(OTHERS[:5], 0), NOW)
    assert (made.status, (made.evidence or Path()).parent.name) == (409, "evidence")


def test_unproved_requests_cannot_crowd_out_a_fork(witness: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "MOST_EVIDENCE", 2)
    kept = [answer(witness, f"old 5\n\n{note_of(entries_of(size))}".encode(), NOW).evidence for size in (6, 7, 8)]
    assert ([bool(one) for one in kept], bool(answer(witness, asking(OTHERS[:5], 5), NOW).evidence)) == (
        [True, True, False],
        True,
    )


def test_a_clock_that_stepped_back_signs_nothing(witness: Home) -> None:
    assert (answer(witness, asking(NINE, 5), NOW - 1).status, seen_size(witness)) == (503, 5)


def test_it_is_remembered_before_it_is_answered(witness: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        answer(witness, asking(NINE, 5), NOW)
    monkeypatch.undo()
    assert seen_size(witness) == 5
    assert [path.name for path in witness.of(log_of(witness)).iterdir() if path.name.endswith(".new")] == []


def test_what_was_seen_is_forced_to_disc_with_its_name(witness: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("forced"), fsync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda old, new: (steps.append(f"named {new.name}"), replace(old, new))[1])
    answer(witness, asking(NINE, 5), NOW)
    assert steps == ["forced", "named checkpoint", "forced"]


@pytest.mark.parametrize("how", ["lost", "another's", "cut"])
def test_a_memory_that_was_lost_or_changed_signs_nothing(how: str, witness: Home) -> None:
    path = witness.of(log_of(witness)) / "checkpoint"
    kept = path.read_bytes()
    path.unlink() if how == "lost" else path.write_bytes(note_of(FIVE).encode() if how == "another's" else kept[:-9])
    with pytest.raises(Refused):
        answer(witness, asking(NINE, 5), NOW)
    with pytest.raises(Refused):
        answer(witness, asking(NINE, 0), NOW)
    if how == "lost":
        with pytest.raises(Refused, match="is missing"):
            witness.trust(log_of(witness))


def test_of_many_who_ask_at_once_one_is_signed(witness: Home) -> None:
    bodies = [asking(entries_of(size), 5) for size in range(6, 14)]
    with ThreadPoolExecutor(8) as several:
        made: list[Answer] = list(several.map(lambda body: answer(witness, body, NOW), bodies))
    assert sorted(one.status for one in made) == [200] + [409] * 7
    winner = next(6 + at for at, one in enumerate(made) if one.status == 200)
    assert seen_size(witness) == winner


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_no_changed_request_is_signed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    home = fuzzed(tmp_path_factory)
    body = bytearray(asking(NINE, 5))
    place = data.draw(st.integers(0, len(body) - 1))
    body[place] ^= 1 << data.draw(st.integers(0, 7))
    assert answer(home, bytes(body), NOW).status in (400, 403, 404, 409, 422)
    assert seen_size(home) == 5


FUZZED: list[Home] = []


def fuzzed(factory: pytest.TempPathFactory) -> Home:
    """One witness for all the examples: none of them may move it."""
    if not FUZZED:
        home, _ = trusting(factory.mktemp("fuzzed"))
        answer(home, asking(FIVE, 0), NOW)
        FUZZED.append(home)
    return FUZZED[0]
