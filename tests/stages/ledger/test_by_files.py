"""A witness who is reached by files only cannot be asked before we sign: what their folder holds stands for them."""

from datetime import timedelta
from pathlib import Path

import pytest

from onrecord.cli.ills import ills
from onrecord.ledger.actions import Frozen, checkpoint, verify
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import StoredCheckpoint
from onrecord.ledger.queries import heard_last, size
from onrecord.ledger.rules.note import Checkpoint, Signer
from onrecord_witness.home import Home
from onrecord_witness.judge import answer
from tests.pages.browsing import signed_in, text
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.tampering import cut_tail, forget_signatures, run, unguarded
from tests.stages.ledger.witnessing import named

BY_FILES = "Reached by files only, so nobody asks before we sign: this is what was known last."


def carried(outside: Home, folder: Path) -> None:
    """Somebody carries the request to the witness, and the answer back."""
    made = answer(outside, (folder / "request").read_bytes(), int(START.timestamp()))
    (folder / "answer").write_bytes(made.body)


@pytest.fixture
def folder(store: Store, outside: Home, fresh_home: Path) -> Path:
    """The folder of the witness, with an answer that was taken in."""
    named(fresh_home, outside, "stick")
    checkpoint()
    carried(outside, fresh_home / "stick/default")
    checkpoint()
    return fresh_home / "stick/default"


def test_a_record_that_was_cut_with_its_head_is_caught_by_what_the_folder_holds(store: Store, folder: Path) -> None:
    store.report()
    checkpoint()
    cut_tail(1)
    forget_signatures()
    with unguarded():
        run("DELETE FROM ledger_cosignature")
    before = StoredCheckpoint.objects.count()
    with pytest.raises(Frozen, match="which the folder of the witness inspectorate holds"):
        checkpoint()
    assert StoredCheckpoint.objects.count() == before


@pytest.mark.parametrize("spoil", ["gone", "empty", "nonsense", "forged", "unsigned"])
def test_a_folder_that_holds_nothing_of_ours_stops_nothing(store: Store, folder: Path, spoil: str) -> None:
    made = Checkpoint(ORIGIN, 10_000, b"\0" * 32).text()
    bodies = {
        "empty": "",
        "nonsense": "\n" * 70_000,
        "forged": f"old 0\n\n{Signer(ORIGIN, bytes(32)).sign(made)}",
        "unsigned": f"old 0\n\n{made}",
    }
    (folder / "request").unlink() if spoil == "gone" else (folder / "request").write_text(bodies[spoil])
    assert [check.number for check in verify() if check.faults] == ([] if spoil == "gone" else [4])
    before = StoredCheckpoint.objects.count()
    checkpoint()
    assert StoredCheckpoint.objects.count() == before + 1


def test_a_head_older_than_what_the_folder_holds_freezes_and_can_be_put_back(
    store: Store, folder: Path, fresh_home: Path
) -> None:
    head = fresh_home / "head-default.json"
    old = head.read_bytes()
    store.report()
    checkpoint()
    newest = head.read_bytes()
    head.write_bytes(old)
    with pytest.raises(Frozen, match="older than a checkpoint"):
        checkpoint()
    assert [check.number for check in verify() if check.faults] == [4]
    head.write_bytes(newest)
    checkpoint()
    assert [check.number for check in verify() if check.faults] == []


def told() -> list[str]:
    return [ill for ill in ills() if ill.startswith("The witness")]


def test_the_doctor_says_what_was_known_last_once_it_is_old(store: Store, folder: Path) -> None:
    assert told() == []
    with playing(START + timedelta(hours=26)):
        assert told() == [
            f"The witness inspectorate: {BY_FILES} Signed {size()} entries, 26 hours ago. "
            "Have somebody carry the files."
        ]


def test_the_doctor_says_who_never_signed(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "stick")
    checkpoint()
    assert told() == [f"The witness inspectorate: {BY_FILES} Has signed nothing yet. Have somebody carry the files."]


def test_what_is_known_of_each_witness(
    store: Store, folder: Path, address: str, outside: Home, fresh_home: Path
) -> None:
    (one,) = heard_last()
    assert (one.name, one.by_files, one.size, one.at) == ("inspectorate", True, size(), START)
    assert [two.by_files for two in heard_last("reads")] == [True]
    assert [two.at for two in heard_last("reads")] == [None]


def test_nobody_is_known_where_nobody_is_named(store: Store) -> None:
    assert heard_last() == []


def test_the_page_of_checkpoints_says_it_too(store: Store, folder: Path) -> None:
    page = text(signed_in("scrutineer").get("/ledger"))
    assert f"Signed {size()} entries, less than an hour ago. {BY_FILES}" in page
    with playing(now() + timedelta(hours=30)):
        page = text(signed_in("scrutineer").get("/ledger"))
    assert "entries, 30 hours ago.</strong>" in page
