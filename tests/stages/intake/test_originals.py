"""What a report was taken from is kept sealed as it came, and nobody opens it who may not open the report."""

from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from onrecord.access.facts import RecordOpened
from onrecord.access.rules import Denied
from onrecord.intake.actions import keep_originals, open_original
from onrecord.intake.facts import OriginalKept
from onrecord.intake.queries import originals
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import verify
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.files import FileSpoilt, FileTaken, NoFile, keep_file, kept_files, open_file
from onrecord.ledger.queries import NoSuchEntry, every, file_faults, size
from tests.partnership import Store

LETTER = Piece("Zephyrine Quillfeather.pdf", "application/pdf", b"%PDF- a letter about Zephyrine Quillfeather")


@pytest.fixture
def kept(store: Store) -> tuple[Entry, Entry]:
    """A teacher's report, and the letter kept with it."""
    report = store.report()
    return report, keep_originals(store.viewer("teacher"), report, [LETTER])[0]


def path(home: Path, uid: UUID) -> Path:
    return home / "files" / str(uid)


def test_it_comes_back_as_it_came(kept: tuple[Entry, Entry], store: Store) -> None:
    report, original = kept
    fact, data = open_original(store.viewer("teacher"), original.id, now())
    assert data == LETTER.data
    assert (fact.name, fact.size, fact.sha256) == (LETTER.name, str(len(data)), sha256(data).hexdigest())
    assert [uid for uid, _ in originals(report.id)] == [original.id]
    assert original.saying.regarding == (report.id,)


def test_on_disc_stands_neither_a_word_nor_a_name_of_it(kept: tuple[Entry, Entry], fresh_home: Path) -> None:
    found = [(one.name, one.read_bytes()) for one in (fresh_home / "files").iterdir()]
    assert [name for name, _ in found] == [str(kept[1].id)]
    assert b"Quillfeather" not in found[0][1]
    assert path(fresh_home, kept[1].id).stat().st_mode & 0o077 == 0


def test_the_same_file_again_is_the_same_original(kept: tuple[Entry, Entry], store: Store) -> None:
    before = size()
    assert keep_originals(store.viewer("teacher"), kept[0], [LETTER, LETTER]) == [kept[1]]
    assert (size(), kept_files()) == (before, [str(kept[1].id)])


@pytest.mark.parametrize("user", ["front-door", "team-manager", "teacher"])
def test_those_who_may_open_the_report_may_have_it_and_it_is_noted(
    user: str, kept: tuple[Entry, Entry], store: Store
) -> None:
    open_original(store.viewer(user), kept[1].id, now())
    read = [made for batch in every("reads") for made in batch][-1].saying
    assert isinstance(read.fact, RecordOpened)
    assert (read.by, read.fact.what, read.about) == (user, "original", (kept[0].id, kept[1].id))


@pytest.mark.parametrize("user", ["nurse", "admin", "signer", "social-worker", "scrutineer"])
def test_nobody_else_gets_it_and_nothing_is_noted(user: str, kept: tuple[Entry, Entry], store: Store) -> None:
    before = size("reads")
    with pytest.raises(NoSuchEntry):
        open_original(store.viewer(user), kept[1].id, now())
    assert size("reads") == before


def test_of_a_sealed_report_its_author_has_it_and_the_front_door_does_not_learn_of_it(store: Store) -> None:
    report = store.report(positions="yes")
    original = keep_originals(store.viewer("teacher"), report, [LETTER])[0]
    assert open_original(store.viewer("teacher"), original.id, now())[1] == LETTER.data
    with pytest.raises(NoSuchEntry):
        open_original(store.viewer("front-door"), original.id, now())
    assert open_original(store.viewer("designated"), original.id, now())[1] == LETTER.data


def test_a_report_is_no_original(kept: tuple[Entry, Entry], store: Store) -> None:
    with pytest.raises(NoSuchEntry):
        open_original(store.viewer("teacher"), kept[0].id, now())


def test_only_the_author_keeps_files_with_a_report(kept: tuple[Entry, Entry], store: Store) -> None:
    with pytest.raises(Denied):
        keep_originals(store.viewer("front-door"), kept[0], [LETTER])


def test_nobody_says_by_another_door_that_a_file_was_kept(kept: tuple[Entry, Entry], store: Store) -> None:
    fact = OriginalKept(name="a", media_type="b", size="1", sha256="c")
    with pytest.raises(Denied):
        store.say("front-door", fact, kept[0])


def sealed_faults() -> tuple[str, ...]:
    return next(check.faults for check in verify() if check.number == 8)


def test_verify_and_doctor_find_nothing_wrong_with_what_was_kept(kept: tuple[Entry, Entry]) -> None:
    assert (sealed_faults(), list(file_faults())) == ((), [])


def test_a_missing_file_is_named(kept: tuple[Entry, Entry], fresh_home: Path, store: Store) -> None:
    path(fresh_home, kept[1].id).unlink()
    fault = f"its file {kept[1].id} is missing"
    assert sealed_faults() == (f"entry {kept[1].seq}: {fault}",)
    assert list(file_faults()) == [f"Entry {kept[1].seq}: {fault}. Put it back from a backup of the folder files."]
    with pytest.raises(NoFile):
        open_original(store.viewer("teacher"), kept[1].id, now())


def test_a_changed_file_is_named(kept: tuple[Entry, Entry], fresh_home: Path, store: Store) -> None:
    changed = path(fresh_home, kept[1].id)
    changed.write_bytes(changed.read_bytes()[:-1] + b"\0")
    assert sealed_faults() == (f"entry {kept[1].seq}: its file {kept[1].id} was changed after it was sealed",)
    with pytest.raises(FileSpoilt):
        open_original(store.viewer("teacher"), kept[1].id, now())


def test_a_file_sealed_anew_under_the_same_id_is_named(kept: tuple[Entry, Entry], fresh_home: Path) -> None:
    path(fresh_home, kept[1].id).unlink()
    keep_file(kept[1].id, b"something else")
    assert sealed_faults() == (f"entry {kept[1].seq}: its file {kept[1].id} is not the one that it commits to",)


def test_one_file_cannot_stand_in_for_another(store: Store, fresh_home: Path) -> None:
    one, other = uuid4(), uuid4()
    keep_file(one, b"one")
    path(fresh_home, one).rename(path(fresh_home, other))
    with pytest.raises(FileSpoilt):
        open_file(other)


def test_nothing_is_ever_written_over(store: Store) -> None:
    uid = uuid4()
    keep_file(uid, b"first")
    with pytest.raises(FileTaken):
        keep_file(uid, b"second")
    assert (open_file(uid), kept_files()) == (b"first", [str(uid)])


def test_a_file_without_an_entry_is_listed_and_kept(store: Store) -> None:
    uid = uuid4()
    keep_file(uid, b"a crash came between")
    told = f"The file {uid} in the folder files belongs to no report. It may be evidence: keep it."
    assert list(file_faults()) == [told]
    assert open_file(uid) == b"a crash came between"


def test_the_file_is_on_disc_before_an_entry_names_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    report, before = store.report(), size()
    monkeypatch.setattr(
        "onrecord.intake.actions.originals.keep_file", lambda uid, data: (_ for _ in ()).throw(OSError("full"))
    )
    with pytest.raises(OSError, match="full"):
        keep_originals(store.viewer("teacher"), report, [LETTER])
    assert size() == before
