"""A sealed backup opens until its day, and not a day longer: its key is destroyed, and everything says so."""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.cli.ills import ills
from onrecord.duties.actions import tick
from onrecord.ledger.actions import append, checkpoint, destroy_key, destroy_keys, make_backup, restore_backup, verify
from onrecord.ledger.actions.backup import NoBackup
from onrecord.ledger.facts import BackupKeyDestroyed, BackupMade, Entry
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway import backup_keys
from onrecord.ledger.gateway import backups as copies
from onrecord.ledger.gateway.backups import NotCopied
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.files import keep_file
from onrecord.ledger.gateway.home import Damaged
from onrecord.ledger.gateway.sealing import NotOpened
from onrecord.ledger.models import Envelope, Opening
from onrecord.ledger.queries import backups, erasures
from onrecord.ledger.rules.backups import spoken, standing_in
from onrecord.ledger.rules.machine import machine_saying
from tests.databases import POSTGRESQL
from tests.partnership import START, Store
from tests.stages.ledger.erasing import erased

TODAY = START.date()
LAST = date(2026, 11, 5)
AFTER = START + timedelta(days=40)
LETTER = b"A marmalade-coloured letter."

pytestmark = pytest.mark.usefixtures("pg_tools")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder elsewhere, for backups, with one for keys beside it."""
    (tmp_path / "elsewhere" / "keys").mkdir(parents=True)
    return tmp_path / "elsewhere"


def made(outside: Path, *, second: bool = False, until: date = LAST) -> tuple[Path, str]:
    """A sealed backup, and the id of its key."""
    target = outside / f"{uuid4()}.backup"
    fact = make_backup(target, "Everything", until, outside / "keys" if second else None, now()).saying.fact
    return target, fact.sealed  # type: ignore[attr-defined]


def restored(source: Path, outside: Path, key: Path | None = None) -> Path:
    folder = outside / f"opened-{uuid4()}"
    restore_backup(source, folder, key)
    return folder


def held(folder: Path, made: Entry) -> bytes:
    """What is sealed of an entry, in a database that was put back."""
    stands = sqlite3.connect(folder / "onrecord.sqlite3")
    (found,) = stands.execute("SELECT sealed FROM ledger_opening WHERE uid = ?", [made.id.hex]).fetchone()
    stands.close()
    return bytes(found)


def of_what_was_erased(today: date) -> str:
    return spoken(standing_in(backups(), [one.at for one in erasures()], today))


def faults() -> list[str]:
    return [fault for check in verify() for fault in check.faults]


@pytest.mark.skipif(POSTGRESQL, reason="it looks into a SQLite file")
def test_before_its_day_it_opens_and_holds_what_was_there(own_store: Store, outside: Path, fresh_home: Path) -> None:
    entry = own_store.report()
    keep_file(entry.id, LETTER)
    was = bytes(Opening.objects.get(uid=entry.id).sealed)
    target, _ = made(outside)
    erased((entry, "words"))
    folder = restored(target, outside)
    assert held(folder, entry) == was != bytes(Opening.objects.get(uid=entry.id).sealed)
    assert sorted(path.name for path in folder.glob("*.sqlite3")) == ["onrecord.sqlite3", "reads.sqlite3"]
    sealed = (fresh_home / "files" / str(entry.id)).read_bytes()
    assert (folder / "files" / str(entry.id)).read_bytes() == sealed


def test_no_key_and_nothing_that_notices_a_restore_is_in_it(own_store: Store, outside: Path, fresh_home: Path) -> None:
    own_store.receipt()
    checkpoint()
    assert (fresh_home / "head-default.json").exists()
    target, key = made(outside)
    folder = restored(target, outside)
    names = {path.name for path in folder.rglob("*")}
    assert names.isdisjoint({"keys", "backup-keys", "given", "head-default.json", f"{key}.json", "seal.json"})


def test_nothing_of_it_can_be_read_in_the_file(own_store: Store, outside: Path) -> None:
    entry = own_store.report()
    middle = bytes(Opening.objects.get(uid=entry.id).sealed)[40:72]
    target, _ = made(outside)
    assert [word in target.read_bytes() for word in (b"SQLite format", b"ledger_opening", middle)] == [False] * 3


def test_when_its_day_is_over_the_watch_destroys_its_key_and_nobody_opens_it(own_store: Store, outside: Path) -> None:
    target, key = made(outside, second=True)
    copied = (outside / "keys" / f"{key}.json").read_bytes()
    with playing(START + timedelta(days=31, hours=12)):
        assert (now().date(), tick(now(), sign=False).keys_destroyed) == (LAST, 0)
    assert backup_keys.stands(key)
    with playing(AFTER):
        assert (tick(now(), sign=False).keys_destroyed, tick(now(), sign=False).keys_destroyed) == (1, 0)
    assert (backup_keys.stands(key), list((outside / "keys").iterdir())) == (False, [])
    with pytest.raises(NotOpened, match=f"The key {key} of this backup is not here"):
        restored(target, outside)
    kept = outside / "kept.json"
    kept.write_bytes(copied)
    assert restored(target, outside, kept).is_dir()


def test_an_erasure_says_the_day_on_which_nothing_holds_it(own_store: Store, outside: Path) -> None:
    made(outside)
    made(outside, until=LAST + timedelta(days=1))
    erased((own_store.report(), "words"))
    with playing(START + timedelta(hours=1)):
        late = made(outside, until=date(2027, 5, 1))
    assert of_what_was_erased(TODAY) == (
        "Backups may still hold it until 6 November 2026. After that day nothing on record holds it."
    )
    assert "nobody can say until when" in of_what_was_erased(AFTER.date())
    with playing(AFTER):
        assert len(destroy_keys(now())) == 2
    assert "Since the end of 14 November 2026 nothing on record holds it" in of_what_was_erased(AFTER.date())
    assert backup_keys.stands(late[1])


def test_its_key_can_go_before_its_day(own_store: Store, outside: Path) -> None:
    target, key = made(outside)
    erased((own_store.report(), "words"))
    destroy_key(key, now())
    assert "Since the end of 5 October 2026" in of_what_was_erased(TODAY)
    with pytest.raises(NotOpened):
        restored(target, outside)
    with pytest.raises(NoBackup):
        destroy_key(key, now())


def test_a_key_whose_second_place_is_away_waits_and_the_doctor_says_so(own_store: Store, outside: Path) -> None:
    _, key = made(outside, second=True)
    away = outside / "keys"
    away.rename(outside / "in the safe")
    with playing(AFTER):
        assert (destroy_keys(now()), backup_keys.stands(key)) == ([], False)
        assert [ill for ill in ills() if "backup" in ill] == [
            f"The day of a backup is over, and its key {key} is not destroyed. Its second place, {away}, is not there: "
            f"bring it back, or destroy that copy by hand and say so by `onrecord backup --destroy {key}`."
        ]
        (outside / "in the safe").rename(away)
        (said,) = destroy_keys(now())
    assert (said.saying.fact.how, list(away.iterdir())) == ("here", [])  # type: ignore[attr-defined]


def test_that_a_copy_was_destroyed_by_hand_is_on_record_as_that(own_store: Store, outside: Path) -> None:
    _, key = made(outside, second=True)
    (outside / "keys").rename(outside / "lost")
    assert destroy_key(key, now()).saying.fact.how == "by_hand"  # type: ignore[attr-defined]


def test_a_key_that_stands_again_after_it_was_destroyed_is_found(
    own_store: Store, outside: Path, fresh_home: Path
) -> None:
    _, key = made(outside)
    path = fresh_home / "backup-keys" / f"{key}.json"
    old = path.read_bytes()
    said = destroy_key(key, now())
    checkpoint()
    assert faults() == []
    path.write_bytes(old)
    path.chmod(0o600)
    assert faults() == [f"entry {said.seq}: the key of a backup was destroyed, and stands here still"]
    assert [f"The key {key}" in ill and "Remove it" in ill for ill in ills() if "backup" in ill] == [True]


def test_the_day_of_a_backup_is_that_of_its_entry(own_store: Store, outside: Path) -> None:
    _, key = made(outside)
    row = Envelope.objects.get(kind=BackupMade.kind)
    for until in ("2020-01-01", "2099-01-01"):
        Envelope.objects.filter(seq=row.seq).update(coded=row.coded | {"until": until})
        assert (backups()[0].until, destroy_keys(now()), backup_keys.stands(key)) == (LAST, [], True)
    with playing(AFTER):
        assert len(destroy_keys(now())) == 1


def test_a_key_that_went_before_its_day_though_nobody_asked_is_found(own_store: Store, outside: Path) -> None:
    _, key = made(outside)
    _, other = made(outside)
    checkpoint()
    assert destroy_key(other, now()).saying.fact.how == "asked"  # type: ignore[attr-defined]
    assert faults() == []
    uid = next(one.id for one in backups() if one.sealed == key)
    backup_keys.destroy_backup_key(key, None)
    said = machine_saying(BackupKeyDestroyed.heard({"sealed": key, "how": "here"}), now(), regarding=(uid,))
    (early,) = append([said])
    assert faults() == [f"entry {early.seq}: the key of a backup was destroyed before its day, and nobody asked"]


def test_a_key_that_is_gone_too_soon_is_said(own_store: Store, outside: Path, fresh_home: Path) -> None:
    _, key = made(outside)
    (fresh_home / "backup-keys" / f"{key}.json").unlink()
    assert [ill for ill in ills() if "backup" in ill] == [
        f"The key {key} of a backup is not here. Without the copy in its second place nobody opens it."
    ]


CHANGES = {
    "cut off in a piece": lambda data: data[:-9],
    "one byte changed": lambda data: data[:-50] + bytes([data[-50] ^ 1]) + data[-49:],
    "another day in the clear": lambda data: data.replace(b"2026-11-05", b"2036-11-05", 1),
    "no backup at all": lambda data: b"{}\n" + data,
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_is_not_opened_and_leaves_nothing_behind(name: str, own_store: Store, outside: Path) -> None:
    target, _ = made(outside)
    target.write_bytes(CHANGES[name](target.read_bytes()))
    with pytest.raises(NotOpened):
        restored(target, outside)
    assert list(outside.glob("opened-*")) == []


def test_a_key_that_is_damaged_or_of_another_backup_opens_nothing(own_store: Store, outside: Path) -> None:
    target, key = made(outside, second=True)
    _, other = made(outside, second=True)
    with pytest.raises(NotOpened):
        restored(target, outside, outside / "keys" / f"{other}.json")
    (outside / "keys" / f"{key}.json").write_text("{}")
    with pytest.raises(Damaged):
        restored(target, outside, outside / "keys" / f"{key}.json")


def test_a_backup_that_could_not_be_written_leaves_no_key_and_no_copy(
    own_store: Store, outside: Path, fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError("the disc is full")

    monkeypatch.setattr(copies, "_add", full)
    with pytest.raises(NotCopied, match="the disc is full"):
        made(outside)
    assert [list(outside.glob("*.backup*")), list((fresh_home / "backup-keys").iterdir())] == [[], []]
    assert (copies.broken_off(), [one.destroyed_at is not None for one in backups()]) == (False, [True])


def test_where_it_cannot_be_kept_nothing_is_made(own_store: Store, outside: Path, fresh_home: Path) -> None:
    with pytest.raises(Refused, match="still to come"):
        made(outside, until=TODAY - timedelta(days=1))
    for inside in (fresh_home / "x.backup", fresh_home / "files" / "x.backup", outside / "keys"):
        with pytest.raises(Refused, match="Say a file that is not there"):
            make_backup(inside, "Everything", LAST, None, now())
    with pytest.raises(Refused, match="on another disc"):
        make_backup(outside / "x.backup", "Everything", LAST, fresh_home / "keys", now())
    with pytest.raises(Refused, match="on another disc"):
        make_backup(outside / "x.backup", "Everything", LAST, outside / "nowhere", now())
    assert (backups(), list(fresh_home.glob("backup*")), list(outside.glob("*.backup"))) == ([], [], [])


def test_it_is_made_and_opened_by_command(own_store: Store, outside: Path) -> None:
    run, target = CliRunner(), outside / "monday.backup"
    without = run.invoke(app, ["backup", "Monday", "--to", str(target)])
    assert (without.exit_code, "Say the last day it is kept" in without.stderr, target.exists()) == (2, True, False)
    done = run.invoke(app, ["backup", "Monday", "--to", str(target), "--until", "2026-11-05"])
    assert (done.exit_code, "this machine only" in done.stderr) == (0, True)
    assert "sealed under the key" in done.stdout
    opened = run.invoke(app, ["restore", str(target), str(outside / "new")])
    assert (opened.exit_code, (outside / "new" / "origin.json").exists()) == (0, True)
    again = run.invoke(app, ["restore", str(target), str(outside / "new")])
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
    told = json.loads(run.invoke(app, ["backup", "--json"]).stdout)["backups"]
    gone = run.invoke(app, ["backup", "--destroy", told[0]["key"]])
    assert (gone.exit_code, "destroyed on 2026-10-05" in gone.stdout) == (0, True)
    assert run.invoke(app, ["restore", str(target), str(outside / "newer")]).exit_code == 1
    assert run.invoke(app, ["backup", "--destroy", told[0]["key"]]).exit_code == 1


@pytest.mark.postgres
def test_on_postgresql_both_databases_are_in_it(own_store: Store, outside: Path) -> None:
    own_store.report()
    folder = restored(made(outside)[0], outside)
    for name in ("default.pgdump", "reads.pgdump"):
        assert (folder / name).read_bytes()[:5] == b"PGDMP"
