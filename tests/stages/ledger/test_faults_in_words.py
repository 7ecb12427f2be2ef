"""Each fault that `verify` finds is said once, under its own number, with what it is of."""

import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import typer
from django.conf import settings
from django.db import connection
from django.db.transaction import TransactionManagementError

from onrecord.access.facts import RecordOpened
from onrecord.cli.ills import ills
from onrecord.intake import projector as intake
from onrecord.intake.models import Report
from onrecord.ledger.actions import append, begin, checkpoint, publish, rotate, verify
from onrecord.ledger.actions.checks import NAMES, Check, Findings
from onrecord.ledger.actions.publish import NotPublished
from onrecord.ledger.actions.store import hold
from onrecord.ledger.commands import checking
from onrecord.ledger.facts import Begun, KeyAnnounced
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.head import head_path, head_text, keep_head
from onrecord.ledger.gateway.keys import signer, verifiers
from onrecord.ledger.models import Opening, StoredCheckpoint, StoredLeaf
from onrecord.ledger.queries import every, log_origin, policy_line, size
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.note import Checkpoint, Signer
from onrecord_witness.home import Home
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.tampering import run, uid_value, unguarded
from tests.stages.ledger.test_verify import later, rewrite
from tests.stages.ledger.witnessing import named

HOUR = timedelta(hours=1)
GONE = "what it said is gone, and no erasure is listed"


def faults(using: str = "default") -> dict[int, tuple[str, ...]]:
    """What was found, by the number of the check."""
    return {check.number: check.faults for check in verify(using) if check.faults}


@pytest.fixture
def newest(store: Store) -> StoredLeaf:
    """The last entry of a record that is signed and whole."""
    store.report()
    checkpoint()
    return StoredLeaf.objects.latest("seq")


def test_faults_are_counted_and_five_of_a_kind_are_spelled_out() -> None:
    found = Findings()
    for number in range(5):
        found.add(1, f"fault {number}")
    for number in range(7):
        found.add(2, f"fault {number}")
    spelled = tuple(f"fault {number}" for number in range(5))
    assert found.checks((1, 2, 3)) == [
        Check(1, NAMES[1], spelled),
        Check(2, NAMES[2], (*spelled, "and 2 more")),
        Check(3, NAMES[3], ()),
    ]


def test_the_head_of_the_table(newest: StoredLeaf) -> None:
    with unguarded():
        run("UPDATE ledger_head SET size = size + 5")
    held = newest.seq + 1
    assert faults() == {1: (f"the head says {held + 5} entries; there are {held}",)}


def test_a_hash_and_sealed_rows(newest: StoredLeaf) -> None:
    for _ in range(2):
        Opening(uid=uuid4(), sealed=b"x", key_id="x").save(force_insert=True)
    with unguarded():
        run("UPDATE ledger_leaf SET leaf_hash = %s WHERE seq = 5", [b"\0" * 32])
    assert faults() == {2: ("entry 5 was changed after it was hashed",), 8: ("2 sealed rows belong to no entry",)}


def test_words_that_are_gone_or_do_not_open(newest: StoredLeaf) -> None:
    with unguarded():
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [bytes(40), uid_value(newest.uid)])
    told = "the record cannot be replayed: an entry does not open (InvalidTag)"
    assert faults() == {8: (f"entry {newest.seq} does not open: InvalidTag",), 9: (told,)}
    with unguarded():
        run("DELETE FROM ledger_opening WHERE uid = %s", [uid_value(newest.uid)])
    assert faults()[8] == (f"entry {newest.seq}: {GONE}",)


def test_tables_that_differ_and_a_replay_that_fails(newest: StoredLeaf, monkeypatch: pytest.MonkeyPatch) -> None:
    Report.objects.update(danger_now="yes")
    told = "the table intake_report is not what the record says; `onrecord rebuild` makes it again"
    assert faults() == {9: (told,)}

    def broken(entries: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(intake, "project", broken)
    told = f"{size()} entries cannot be read into the tables; the tables stay as they were."
    assert faults() == {9: (f"the record cannot be replayed: {told}",)}


def signed(held: int, root: bytes, at: timedelta, origin: str = ORIGIN, by: Signer | None = None) -> None:
    """A checkpoint of these entries, kept as if it had been signed at that time."""
    note = (by or signer("checkpoint")).sign(Checkpoint(origin, held, root).text())
    StoredCheckpoint.objects.create(size=held, note=note, made_at=START + at)


def test_checkpoints_that_are_not_of_this_history(newest: StoredLeaf, store: Store) -> None:
    held = newest.seq + 1
    store.report()
    root = Checkpoint.read(StoredCheckpoint.objects.get().note.partition("\n\n")[0] + "\n").root
    signed(3, bytes(32), -HOUR)
    signed(held + 9, bytes(32), -2 * HOUR)
    signed(held, root, -3 * HOUR, by=Signer(ORIGIN, bytes(32)))
    signed(held, root, -4 * HOUR, f"{ORIGIN}/other")
    found = faults()
    assert (sorted(found), found[5][1]) == ([1, 4, 5], "the root at 3 entries is not the one that was signed")
    assert found[5][0].startswith("the checkpoint of 2026-10-05 05:00:00: ")
    assert found[4] == (f"a checkpoint is signed for {ORIGIN}/other, not for this record",)
    assert found[1] == (f"{held + 9} entries were signed; the record holds {size()}",)


def test_a_newest_checkpoint_that_is_old_or_not_ours(newest: StoredLeaf) -> None:
    with playing(START + 25 * HOUR):
        assert 4 not in faults()
    with playing(START + 25 * HOUR + timedelta(seconds=1)):
        assert faults()[4] == ("the newest checkpoint is from 2026-10-05 08:00: is the watch running?",)
    signed(newest.seq + 1, bytes(32), HOUR)
    with playing(START + HOUR):
        assert faults() == {3: (f"the root at {newest.seq + 1} entries is not the one that was signed",)}
    signed(newest.seq + 1, bytes(32), 2 * HOUR, by=Signer(ORIGIN, bytes(32)))
    with playing(START + 2 * HOUR):
        assert sorted(faults()) == [4, 5]


def test_a_checkpoint_of_a_day_to_come_is_not_fresh(newest: StoredLeaf) -> None:
    for at, told in (("10:05:00", {}), ("10:05:01", {4: ("the newest checkpoint is dated", "is still to come")})):
        with unguarded():
            run("UPDATE ledger_checkpoint SET made_at = %s", [f"2026-10-05 {at}"])
        with playing(START + 2 * HOUR):
            found = faults()
        assert found.keys() == told.keys()
        assert all(words in found[number][0] for number, some in told.items() for words in some)


def test_a_time_to_come_in_the_head_is_told_before_anything_is_dated_by_it(store: Store, newest: StoredLeaf) -> None:
    with unguarded():
        run("UPDATE ledger_head SET recorded_at = %s", ["9999-12-31 23:59:59"])
    told = "9999-12-31 23:59:59, which is still to come"
    assert faults() == {7: (f"what is recorded next would be dated {told}",)}
    store.report()
    assert f"entry {newest.seq + 1} is dated {told}" in faults()[7]


def test_a_checkpoint_and_a_signature_that_stand_as_of_another_size(newest: StoredLeaf) -> None:
    with unguarded():
        run("UPDATE ledger_checkpoint SET size = size + 9")
    held = newest.seq + 1
    assert faults() == {5: (f"a checkpoint of {held} entries stands in its table as one of {held + 9}",)}


GARBAGE = [
    ("ledger_leaf", "uid", "x"),
    ("ledger_head", "size", "x"),
    ("ledger_head", "id", 7),
    ("ledger_checkpoint", "made_at", "x"),
    ("ledger_checkpoint", "made_at", b"\xff"),
    ("ledger_checkpoint", "note", b"\xff"),
]


@pytest.mark.parametrize(("table", "column", "written"), GARBAGE)
def test_what_cannot_be_read_is_a_fault_and_proves_nothing(
    table: str, column: str, written: object, newest: StoredLeaf, capsys: pytest.CaptureFixture[str]
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses what is not of a column's type")
    with unguarded():
        run("PRAGMA ignore_check_constraints = ON")
        run(f"UPDATE {table} SET {column} = %s WHERE rowid = (SELECT max(rowid) FROM {table})", [written])
    found = verify()
    assert all(check.faults for check in found)
    assert "not what this program writes" in " ".join(fault for check in found for fault in check.faults)
    assert isinstance(list(ills()), list)
    with pytest.raises(typer.Exit):
        checking.verify()
    with suppress(typer.Exit):
        checking.checkpoint()
    assert "Traceback" not in capsys.readouterr().err


def test_nothing_signed(store: Store) -> None:
    assert faults() == {4: ("nothing has been signed yet: run `onrecord checkpoint`",)}


def test_the_head_outside(newest: StoredLeaf) -> None:
    held, note = newest.seq + 1, StoredCheckpoint.objects.get().note
    for made, number, told in (
        (Checkpoint(ORIGIN, held, bytes(32)), 5, f"the first {held} entries are not those that were signed"),
        (Checkpoint(ORIGIN, held + 1, bytes(32)), 1, f"{held + 1} entries had been signed; the record holds {held}"),
    ):
        keep_head("default", signer("checkpoint").sign(made.text()))
        assert faults() == {number: (told,)}
    keep_head("default", Signer(ORIGIN, bytes(32)).sign(Checkpoint.read(note.partition("\n\n")[0] + "\n").text()))
    found = faults()
    assert (sorted(found), len(found[4]), found[4][0].partition(": ")[0]) == ([4], 1, "head-default.json")
    head_path("default").unlink()
    assert faults() == {4: ("head-default.json is missing or empty.",)}


def test_times_that_go_back(newest: StoredLeaf) -> None:
    rewrite(newest, later(newest))
    told = "is dated 2026-10-05 05:00:00, before the one that it follows"
    assert faults()[7] == (f"entry {newest.seq} {told}",)


def test_a_policy_that_does_not_open_proves_nothing(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "stick")
    checkpoint()
    line = policy_line()
    assert line is not None
    with unguarded():
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [bytes(40), uid_value(line.id)])
    found = faults()
    told = ("the policy on record does not open: InvalidTag",)
    assert (sorted(found), found[4], found[10]) == ([4, 8, 9, 10], told, told)


def test_it_says_how_far_it_is_every_five_hundred_entries(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [machine_saying(RecordOpened(what="facts"), now(), uid=uuid4()) for _ in range(1003 - size("reads"))]
    append(said, using="reads")
    heard: list[tuple[int, int]] = []
    monkeypatch.setattr(sys.modules[verify.__module__], "BATCH", 400)
    assert list(faults("reads")) == [4]
    verify("reads", lambda done, of: heard.append((done, of)))
    assert heard == [(500, 1003), (1000, 1003)]


def begun(using: str) -> list[tuple[str, object]]:
    """What each entry of a log is, and of a key for what it is."""
    facts = [entry.saying.fact for batch in every(using) for entry in batch]
    return [(fact.kind, getattr(fact, "use", getattr(fact, "partnership", None))) for fact in facts]


def test_a_record_begins_with_its_name_and_its_keys_in_both_logs(
    empty_store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with playing(START):
        begin(ORIGIN, "Northbrook")
        begin(ORIGIN, "Northbrook")
    first = [(Begun.kind, "Northbrook"), (KeyAnnounced.kind, "receipt"), (KeyAnnounced.kind, "checkpoint")]
    assert (begun("default"), begun("reads")) == (first, first)
    assert [log_origin(using) for using in ("default", "reads")] == [ORIGIN, f"{ORIGIN}/reads"]
    assert [Checkpoint.read(head_text(using)).size for using in ("default", "reads")] == [0, 0]
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", "")
    with pytest.raises(ValueError, match="Choose another folder"):
        begin("other.onrecord.example/2026", "Another")


def test_a_changed_key_is_announced_and_signed_in_both_logs(store: Store) -> None:
    before = [size(using) for using in ("default", "reads")]
    made = rotate("receipt")
    assert [begun(using)[-1] for using in ("default", "reads")] == [(KeyAnnounced.kind, "receipt")] * 2
    assert [size(using) for using in ("default", "reads")] == [one + 1 for one in before]
    newest = [StoredCheckpoint.objects.using(using).latest("made_at").size for using in ("default", "reads")]
    assert newest == [size(using) for using in ("default", "reads")]
    assert (signer("receipt").verifier(), verifiers("receipt")[0]) == (made, made)


def test_the_ledger_is_held_inside_a_transaction_alone(own_store: Store) -> None:
    with pytest.raises(TransactionManagementError, match="for the length of a transaction"):
        hold()


def test_an_export_says_how_far_it_is(newest: StoredLeaf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, int]] = []
    held = newest.seq + 1
    monkeypatch.setattr(sys.modules[publish.__module__], "WIDTH", 20)
    publish(tmp_path, progress=lambda done, of: heard.append((done, of)))
    steps = range(20, held + 1, 20)
    halves = [held + done for done in (*steps, held)]
    assert heard == [(done, 2 * held) for done in (*steps, *halves)]


def test_a_record_with_a_hole_is_not_exported(newest: StoredLeaf, tmp_path: Path) -> None:
    with unguarded():
        run("UPDATE ledger_leaf SET seq = seq + 1 WHERE seq = %s", [newest.seq])
    with pytest.raises(NotPublished, match="are not those that were signed"):
        publish(tmp_path)
