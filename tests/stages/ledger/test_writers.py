"""Several processes write at once: nothing is lost, nothing is double, nothing is left out."""

from onrecord.ledger.actions import checkpoint, rebuild, verify
from onrecord.ledger.models import Envelope, StoredLeaf
from onrecord.ledger.queries import every, size
from tests.databases import another_process
from tests.partnership import Store

WRITERS, EACH = 8, 15


def test_eight_processes_write_at_once(own_store: Store) -> None:
    before = size()
    running = [another_process("report", str(EACH)) for _ in range(WRITERS)]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert [(process.returncode, words) for process, words in zip(running, said, strict=True)] == [(0, "")] * WRITERS
    seqs = list(StoredLeaf.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(before + 2 * WRITERS * EACH))  # each report, and where it went
    times = [entry.recorded_at for batch in every() for entry in batch]
    assert times == sorted(times)
    assert Envelope.objects.filter(kind="intake.report_received").count() == WRITERS * EACH
    assert set(rebuild(check=True).values()) == {True}
    checkpoint()
    assert [check.faults for check in verify() if check.faults] == []
