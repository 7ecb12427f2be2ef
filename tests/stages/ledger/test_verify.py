"""Each check of `verify` finds its own fault, and none finds a fault where there is none."""

import json
import sys
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from onrecord.intake.models import Report
from onrecord.ledger.actions import append, checkpoint, rebuild, verify
from onrecord.ledger.facts import Saying
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.keys import seal, signer
from onrecord.ledger.models import Envelope, Opening, StoredCheckpoint, StoredLeaf
from onrecord.ledger.queries import every, unsealed
from onrecord.ledger.rules.leaf import Leaf, disclosures, fields_of
from onrecord.ledger.rules.merkle import Frontier, leaf_hash
from onrecord.ledger.rules.note import Checkpoint, Signer
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.tampering import cut_tail, forget_signatures, run, uid_value, unguarded
from tests.stages.ledger.test_append import saying

ROW = "UPDATE ledger_leaf SET payload = %s, leaf_hash = %s WHERE seq = %s"


def faults(using: str = "default") -> list[int]:
    """The numbers of the checks that found something."""
    return [check.number for check in verify(using) if check.faults]


def rewrite(row: StoredLeaf, payload: bytes) -> None:
    """Change an entry and its hash, as somebody would who knows how hashes are made."""
    with unguarded():
        run(ROW, [payload, leaf_hash(payload), row.seq])


def later(row: StoredLeaf) -> bytes:
    """The entry's bytes with another time, in canonical form."""
    leaf = Leaf.read(bytes(row.payload))
    return Leaf(leaf.id, leaf.kind, leaf.version, leaf.recorded_at - timedelta(hours=3), leaf.digests).payload()


def reseal(uid: object, plain: bytes) -> None:
    with unguarded():
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [seal(uid.bytes, plain), uid_value(uid)])


@pytest.fixture
def newest(store: Store) -> Iterator[StoredLeaf]:
    """The stored leaf of a report, the last entry, in a record that is signed and whole."""
    made = append([saying()])[0]
    checkpoint()
    assert faults() == []
    return StoredLeaf.objects.get(uid=made.id)


def test_a_whole_record_has_no_fault(newest: StoredLeaf) -> None:
    assert [check.number for check in verify()] == list(range(1, 11))


def test_check_1_a_head_that_promises_more_than_there_is(newest: StoredLeaf) -> None:
    with unguarded():
        run("UPDATE ledger_head SET size = size + 5")
    assert faults() == [1]


def test_check_1_a_tail_cut_off_below_what_was_signed(newest: StoredLeaf) -> None:
    cut_tail(1)
    rebuild(check=False)
    assert faults() == [1]


def test_check_1_a_hole(newest: StoredLeaf) -> None:
    with unguarded():
        run("UPDATE ledger_leaf SET seq = seq + 1 WHERE seq = %s", [newest.seq])
        run("UPDATE ledger_head SET size = size + 1")
    rebuild(check=False)
    found = {check.number: check.faults for check in verify()}
    assert found[1][0] == f"entry {newest.seq} is missing: the next one found is {newest.seq + 1}"


def test_check_2_a_hash_that_is_not_the_entrys(newest: StoredLeaf) -> None:
    with unguarded():
        run("UPDATE ledger_leaf SET leaf_hash = %s WHERE seq = 5", [b"\0" * 32])
    assert faults() == [2]


def test_check_3_history_written_anew_with_its_hashes(newest: StoredLeaf, fresh_home: Path) -> None:
    rewrite(newest, later(newest))
    rebuild(check=False)
    assert faults() == [3, 5, 7]
    (fresh_home / "head-default.json").unlink()
    assert faults() == [3, 4, 7]


def test_check_4_a_head_that_is_missing_or_that_somebody_wrote(newest: StoredLeaf, fresh_home: Path) -> None:
    head = fresh_home / "head-default.json"
    forged = Signer(ORIGIN, b"\1" * 32).sign(Checkpoint(ORIGIN, 0, Frontier().root()).text())
    found = []
    for text in (None, "", "{}", json.dumps({"note": forged}), json.dumps({"note": "none"})):
        head.unlink(missing_ok=True)
        if text is not None:
            head.write_text(text)
        found.append(faults())
    assert found == [[4]] * 5


def test_check_4_a_watch_that_is_silent(newest: StoredLeaf) -> None:
    with playing(START + timedelta(hours=26)):
        assert faults() == [4]


def test_check_4_nothing_signed(store: Store) -> None:
    assert faults() == [4]


def test_check_4_a_checkpoint_by_a_key_nobody_announced(newest: StoredLeaf) -> None:
    text = StoredCheckpoint.objects.get().note.partition("\n\n")[0] + "\n"
    StoredCheckpoint.objects.create(
        size=newest.seq + 1, note=Signer(ORIGIN, b"\1" * 32).sign(text), made_at=START + timedelta(minutes=1)
    )
    assert faults() == [4]


def test_check_5_an_earlier_checkpoint_of_another_history(newest: StoredLeaf) -> None:
    forged = signer("checkpoint").sign(Checkpoint(ORIGIN, newest.seq, b"\0" * 32).text())
    StoredCheckpoint.objects.create(size=newest.seq, note=forged, made_at=START - timedelta(minutes=1))
    assert faults() == [5]


def test_check_5_the_head_outside_is_of_another_history(newest: StoredLeaf, store: Store) -> None:
    """A backup restored without its newest checkpoint, and written on past it."""
    with unguarded():
        run("DELETE FROM ledger_checkpoint")
    cut_tail(1)
    store.report()
    store.report()
    rebuild(check=False)
    assert faults() == [4, 5]


def test_check_6_an_entry_under_an_id_that_is_not_its_own(newest: StoredLeaf) -> None:
    leaf = Leaf.read(bytes(newest.payload))
    other = Leaf(uuid4(), leaf.kind, leaf.version, leaf.recorded_at, leaf.digests).payload()
    assert plant(newest, other) == [6]


def test_check_6_an_entry_that_is_not_canonical_cannot_be_replayed_either(newest: StoredLeaf) -> None:
    assert plant(newest, bytes(newest.payload).replace(b'"v":1', b'"v": 1')) == [6, 9]


def test_check_6_an_entry_of_no_known_kind(newest: StoredLeaf) -> None:
    assert plant(newest, bytes(newest.payload).replace(b"intake.report_received", b"intake.report_imagined")) == [6, 9]


def plant(row: StoredLeaf, payload: bytes) -> list[int]:
    """Put other bytes in the place of an entry before anything was signed, then sign; the checks that see it."""
    forget_signatures()
    rewrite(row, payload)
    checkpoint()
    return faults()


def test_check_8_openings_that_changed_places(newest: StoredLeaf, store: Store) -> None:
    before = StoredLeaf.objects.get(seq=newest.seq - 1)
    one, other = (Opening.objects.get(uid=leaf.uid) for leaf in (newest, before))
    with unguarded():
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [bytes(other.sealed), uid_value(one.uid)])
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [bytes(one.sealed), uid_value(other.uid)])
    found = {check.number: len(check.faults) for check in verify() if check.faults}
    assert found == {8: 2, 9: 1}


def test_check_8_other_words_sealed_with_the_key(newest: StoredLeaf) -> None:
    fields = fields_of(unsealed(newest.uid, bytes(Opening.objects.get(uid=newest.uid).sealed)))
    fields["body.words"] = "Nothing happened."
    opened = disclosures(fields, [b"\0" * 16] * len(fields))
    reseal(newest.uid, zlib.compress("\n".join(opened).encode()))
    assert faults() == [8]


def test_check_8_words_that_are_gone(newest: StoredLeaf) -> None:
    with unguarded():
        run("DELETE FROM ledger_opening WHERE uid = %s", [uid_value(newest.uid)])
    assert faults() == [8, 9]


def test_check_8_sealed_words_that_belong_to_no_entry(newest: StoredLeaf) -> None:
    Opening(uid=uuid4(), sealed=b"x", key_id="x").save(force_insert=True)
    assert faults() == [8]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Envelope.objects.filter(kind="intake.report_received").update(kind="ledger.begun"),
        lambda: Report.objects.update(danger_now="yes"),
        lambda: Report.objects.all().delete(),
        lambda: run("UPDATE duties_owed SET rung = rung + 1"),
        lambda: run("DELETE FROM linkage_key"),
    ],
)
def test_check_9_a_read_table_that_is_not_what_the_record_says(newest: StoredLeaf, change: object) -> None:
    change()
    assert faults() == [9]


def test_reports_that_come_in_while_it_reads_are_no_fault(newest: StoredLeaf, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = iter([newest.seq + 1, newest.seq + 4])
    monkeypatch.setattr(sys.modules[verify.__module__], "size", lambda using: next(sizes))
    assert faults() == []


def test_the_reads_ledger_is_checked_but_for_read_tables(store: Store) -> None:
    checkpoint("reads")
    assert [(check.number, check.faults) for check in verify("reads")] == [(n, ()) for n in range(1, 9)]


def test_two_keys_are_announced_in_both_ledgers(store: Store) -> None:
    for using in ("default", "reads"):
        said: list[Saying] = [entry.saying for batch in every(using) for entry in batch]
        keys = {one.fact.use: one.fact.vkey for one in said if one.fact.kind == "ledger.key_announced"}
        assert keys == {use: str(signer(use).verifier()) for use in ("receipt", "checkpoint")}


def test_many_faults_are_counted_and_a_few_are_spelled_out(newest: StoredLeaf) -> None:
    with unguarded():
        run("UPDATE ledger_leaf SET leaf_hash = %s WHERE seq < 20", [b"\0" * 32])
    found = next(check.faults for check in verify() if check.number == 2)
    assert (len(found), found[-1]) == (6, "and 15 more")
