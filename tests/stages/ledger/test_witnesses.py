"""Witnesses are named on record, asked after every checkpoint, and stop nothing. A receipt says what they promise."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from onrecord.ledger.actions import Frozen, checkpoint, rebuild, verify
from onrecord.ledger.facts import WitnessesNamed
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import StoredCheckpoint, StoredCosignature
from onrecord.ledger.queries import (
    entries,
    envelopes,
    newest_checkpoint,
    policy_in_force,
    size,
    witnessed_note,
)
from onrecord.ledger.rules.note import Checkpoint, Signer
from onrecord_witness.home import Home
from onrecord_witness.judge import Answer, answer
from onrecord_witness.note import opened
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.tampering import cut_tail, forget_signatures, record, run, unguarded
from tests.stages.ledger.witnessing import MOMENT, named

DAY = timedelta(hours=24)


def sizes(using: str = "default") -> list[int]:
    return [row.size for row in StoredCosignature.objects.using(using).order_by("signed_at", "id")]


def test_the_policy_is_put_on_record_once(store: Store, outside: Home, fresh_home: Path) -> None:
    text = named(fresh_home, outside, "")
    checkpoint()
    checkpoint()
    rows = envelopes([WitnessesNamed.kind])
    fact = entries([rows[0].uid])[0].saying.fact
    assert (len(rows), fact) == (
        1,
        WitnessesNamed(signers="inspectorate", digest=sha256(text.encode()).hexdigest(), policy=text),
    )
    assert StoredCheckpoint.objects.latest("made_at").size == size()


def test_a_file_that_is_wrong_or_gone_changes_nothing(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "")
    checkpoint()
    before = policy_in_force()
    for text in ("quorum nobody\n", "\xff", ""):
        (fresh_home / "witnesses.policy").write_text(text, encoding="latin-1")
        checkpoint()
    (fresh_home / "witnesses.policy").unlink()
    checkpoint()
    assert (len(envelopes([WitnessesNamed.kind])), policy_in_force()) == (1, before)
    named(fresh_home, outside, "", "none")
    checkpoint()
    assert len(envelopes([WitnessesNamed.kind])) == 2


def test_a_witness_over_http_signs_each_checkpoint(store: Store, outside: Home, address: str, fresh_home: Path) -> None:
    named(fresh_home, outside, address)
    checkpoint()
    store.report()
    checkpoint()
    checkpoint("reads")
    newest = newest_checkpoint()
    assert newest is not None
    note, made = opened(witnessed_note(newest).encode(), outside.logs()[0].keys)
    assert (made.size, note.signed_at(outside.key())) == (size(), int(START.timestamp()))
    assert (len(sizes()), sizes()[-1], sizes("reads")) == (2, size(), [size("reads")])


def test_a_checkpoint_of_the_same_size_is_signed_again_with_the_time(
    store: Store, outside: Home, address: str, fresh_home: Path
) -> None:
    named(fresh_home, outside, address)
    checkpoint()
    MOMENT.at = START + DAY
    with playing(START + DAY):
        checkpoint()
    newest = newest_checkpoint()
    assert newest is not None
    assert (sizes(), witnessed_note(newest).count("inspectorate.example")) == ([size(), size()], 1)
    assert StoredCosignature.objects.latest("signed_at").signed_at == START + DAY


@pytest.mark.parametrize("where", ["http://127.0.0.1:9", "http://[", "nowhere/\0"])
def test_a_witness_that_cannot_be_reached_stops_nothing(
    where: str, store: Store, outside: Home, fresh_home: Path
) -> None:
    if "\0" in where:
        where = "nowhere"
        (fresh_home / "nowhere").write_text("a file, where a folder should be")
    named(fresh_home, outside, where)
    note = checkpoint()
    assert (StoredCheckpoint.objects.latest("made_at").note, sizes()) == (note, [])


def test_a_witness_that_answers_nonsense_stops_nothing(
    store: Store, outside: Home, address: str, fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(fresh_home, outside, address)
    line = "\N{EM DASH} inspectorate.example/witness AAAAAAAA\n".encode()
    for body in (b"", b"hello\n", b"\xff\xfe", b"\n" * 70_000, line):
        monkeypatch.setattr("onrecord_witness.server.answer", lambda *words, said=body: nonsense(said))
        checkpoint()
    assert (StoredCheckpoint.objects.count(), sizes()) == (5, [])


def nonsense(body: bytes) -> Answer:
    return Answer(200, body, "")


def test_a_witness_that_knows_more_than_a_cut_record_signs_nothing(
    store: Store, outside: Home, address: str, fresh_home: Path
) -> None:
    """Whoever holds the log's key can cut the record and sign it. The witness remembers."""
    named(fresh_home, outside, address)
    checkpoint()
    store.report()
    checkpoint()
    cut_tail(1)
    forget_signatures()
    with unguarded():
        run("DELETE FROM ledger_cosignature")
    before = StoredCheckpoint.objects.count()
    with pytest.raises(Frozen, match="which the witness inspectorate holds"):
        checkpoint()
    assert (StoredCheckpoint.objects.count(), sizes()) == (before, [])


def test_a_witness_cannot_freeze_us_by_what_was_not_signed_here(
    store: Store, outside: Home, address: str, fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(fresh_home, outside, address)
    text = Checkpoint(ORIGIN, 10_000, b"\0" * 32).text()
    forged = Signer(ORIGIN, b"\1" * 32).sign(text).encode()
    for body in (forged, text.encode(), b"", b"\n" * 70_000):
        monkeypatch.setattr("onrecord_witness.server.newest", lambda *words, said=body: nonsense(said))
        checkpoint()
    assert StoredCheckpoint.objects.count() == 4


def test_a_policy_that_no_longer_opens_stops_nothing(
    store: Store, outside: Home, address: str, fresh_home: Path
) -> None:
    named(fresh_home, outside, address)
    checkpoint()
    cut_tail(1)
    forget_signatures()
    assert checkpoint().split("\n")[1] == str(size())


def test_a_witness_that_was_asked_by_somebody_else_is_caught_up_with(
    store: Store, outside: Home, address: str, fresh_home: Path
) -> None:
    note = checkpoint()
    answer(outside, f"old 0\n\n{note}".encode(), int(START.timestamp()))
    named(fresh_home, outside, address)
    store.report()
    checkpoint()
    assert sizes() == [size()]


def test_a_witness_without_a_network_is_asked_by_files(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "stick/inspectorate")
    folder = fresh_home / "stick/inspectorate/default"
    checkpoint()
    first = size()
    carried = answer(outside, (folder / "request").read_bytes(), int(START.timestamp()))
    store.report()
    checkpoint()
    (folder / "answer").write_bytes(carried.body)  # an answer to the request before the last
    store.report()
    checkpoint()
    assert sizes() == [first]
    carried = answer(outside, (folder / "request").read_bytes(), int(START.timestamp()))
    (folder / "answer").write_bytes(carried.body)
    checkpoint()
    checkpoint()
    assert (carried.status, sizes()) == (200, [first, size()])


def test_a_forged_answer_in_the_folder_is_not_kept(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "stick")
    checkpoint()
    made = answer(outside, (fresh_home / "stick/default/request").read_bytes(), int(START.timestamp()))
    (fresh_home / "stick/default/answer").write_bytes(made.body[:-8] + b"AAAAAAA\n")
    checkpoint()
    assert sizes() == []


def test_everything_still_verifies_and_can_be_made_again(
    store: Store, outside: Home, address: str, fresh_home: Path
) -> None:
    named(fresh_home, outside, address)
    store.report()
    checkpoint()
    assert [check.faults for check in verify()] == [()] * 10
    assert set(rebuild(check=True).values()) == {True}


COSIGNATURES = {
    "replace": "REPLACE INTO ledger_cosignature SELECT id, 0, witness, signed_at, line FROM ledger_cosignature",
    "update": "UPDATE ledger_cosignature SET size = 0",
    "delete": "DELETE FROM ledger_cosignature",
    "again": "INSERT INTO ledger_cosignature (size, witness, signed_at, line)"
    " SELECT size, witness, signed_at, 'other' FROM ledger_cosignature",
}


@pytest.mark.parametrize("name", COSIGNATURES)
def test_a_cosignature_is_never_changed(name: str, store: Store, outside: Home, address: str, fresh_home: Path) -> None:
    named(fresh_home, outside, address)
    checkpoint()
    before = record()
    assert before["ledger_cosignature"]
    with pytest.raises(DatabaseError), transaction.atomic():
        run(COSIGNATURES[name])
    assert record() == before
