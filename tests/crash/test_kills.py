"""A process is killed at any step from write to publish: nothing acknowledged is lost, nothing forks or doubles."""

import base64
import os
from collections import Counter
from pathlib import Path

from onrecord.ledger.actions import checkpoint, publish, rebuild, verify
from onrecord.ledger.gateway.given import given
from onrecord.ledger.models import Envelope, StoredCheckpoint, StoredLeaf
from onrecord.ledger.queries import unprojected
from onrecord.ledger.rules.note import Checkpoint
from tests.crash.kills import forked, received, reporting, sent
from tests.partnership import Store

KILLS = int(os.environ.get("ONRECORD_TEST_KILLS", "30"))


def steps(store: Store, folder: Path) -> int:
    """How many steps there are from write to publish."""
    low, high = 1, 256
    while low < high:
        middle = (low + high) // 2
        if forked(reporting(store, folder), middle)[1]:
            low = middle + 1
        else:
            high = middle
    return low - 1


def whole(store: Store, promised: dict[object, str], folder: Path) -> None:
    """That everything acknowledged is there, once; that signing and publishing go on; that nothing was signed twice."""
    rows = {row.uid: row for row in StoredLeaf.objects.filter(uid__in=list(promised))}
    held = {uid: base64.b64encode(bytes(row.leaf_hash)).decode() for uid, row in rows.items()}
    assert held == promised
    checkpoint()
    publish(folder)
    assert given() == {}


def one_history(notes: list[str]) -> bool:
    """Whether no two signed checkpoints of one size disagree."""
    made = {Checkpoint.read(note.rpartition("\n\n")[0] + "\n") for note in notes}
    return max(Counter(one.size for one in made).values()) == 1


def test_nothing_is_lost_forked_or_doubled_by_kills_at_every_step(own_store: Store, tmp_path: Path) -> None:
    folder, tried, promised, died, notes = tmp_path / "log", [], {}, 0, []
    number = steps(own_store, folder)
    assert number > 30
    for kill in range(KILLS):
        said, killed = forked(reporting(own_store, folder), 1 + kill * number // KILLS)
        tried, promised, died = [*tried, *sent(said)], promised | received(said), died + killed
        if (folder / "checkpoint").exists():
            notes.append((folder / "checkpoint").read_text())
        whole(own_store, promised, folder)
    assert died == KILLS
    assert one_history([*notes, *StoredCheckpoint.objects.values_list("note", flat=True)])
    for uid in tried:
        own_store.receipt(uid=uid)  # whoever was told nothing sends again
    assert Envelope.objects.filter(kind="intake.report_received", uid__in=tried).count() == len(tried)
    assert len(tried) > len(promised)
    checkpoint()
    assert ([check.faults for check in verify() if check.faults], unprojected()) == ([], 0)
    assert set(rebuild(check=True).values()) == {True}
