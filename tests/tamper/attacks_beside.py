"""Attacks on what lies beside the record: the ledger of who opened what, and the keys of its backups."""

from django.db import connection

from onrecord.ledger.actions import checkpoint, destroy_key, make_backup, rebuild
from onrecord.ledger.gateway.backup_keys import key_files
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.models import Opening, StoredLeaf
from onrecord.ledger.queries import backups
from tests.stages.ledger.tampering import cut_tail, forget_signatures, run, uid_value, unguarded
from tests.tamper.case import DATABASE, FOLDER, KEYS, Attack, Case

READS = "reads"


def read_taken_out(case: Case) -> None:
    """One read is taken out, and those after it are moved up."""
    gone = StoredLeaf.objects.using(READS).order_by("-seq")[1]
    with unguarded(READS):
        run("DELETE FROM ledger_opening WHERE uid = %s", [uid_value(gone.uid, READS)], READS)
        run("DELETE FROM ledger_leaf WHERE seq = %s", [gone.seq], READS)
        run("UPDATE ledger_leaf SET seq = seq - 1 WHERE seq > %s", [gone.seq], READS)
        run("UPDATE ledger_head SET size = size - 1", using=READS)


def reads_cut(case: Case) -> None:
    """What was opened is cut off at the end, below what was signed."""
    cut_tail(3, READS)


def reads_cut_and_signed(case: Case) -> None:
    """The same, and what is left signed anew."""
    reads_cut(case)
    (case.home / "stick" / READS / "request").unlink()
    with unguarded(READS):
        run("DELETE FROM ledger_cosignature", using=READS)
    forget_signatures(READS)
    checkpoint(READS)


def read_exchanged(case: Case) -> None:
    """Who opened one record changes places with who opened another."""
    newest = StoredLeaf.objects.using(READS).order_by("-seq")[:2]
    one, other = Opening.objects.using(READS).filter(uid__in=[leaf.uid for leaf in newest])
    with unguarded(READS):
        for row, sealed in ((one, bytes(other.sealed)), (other, bytes(one.sealed))):
            run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [sealed, uid_value(row.uid, READS)], READS)


def backup_key_put_back(case: Case) -> None:
    """The key of a backup is put back after it was destroyed, and that was said."""
    elsewhere = case.home.parent / f"{case.home.name}-elsewhere"
    elsewhere.mkdir()
    make_backup(elsewhere / "weekly", "Weekly, to the safe.", now().date(), None, now())
    (file,) = key_files()
    kept = file.read_bytes()
    destroy_key(str(backups()[-1].sealed), now())
    file.write_bytes(kept)
    file.chmod(0o600)


def reports_hidden(case: Case) -> None:
    """A trigger takes every report out of the list again, also when the list is made anew."""
    if connection.vendor == "postgresql":
        run("CREATE RULE quiet AS ON INSERT TO intake_report DO INSTEAD NOTHING")
    else:
        gone = "DELETE FROM intake_report WHERE uid = NEW.uid"
        run(f"CREATE TRIGGER quiet AFTER INSERT ON intake_report BEGIN {gone}; END")
    rebuild(check=False)


def clock_put_forward(case: Case) -> None:
    """The time before which nothing is dated is put a season forward, so that what is owed is not late until then."""
    with unguarded():
        run("UPDATE ledger_head SET recorded_at = %s", ["2026-12-28 00:00:00"])
    case.store.report(words="Dated in winter.")


def checkpoint_put_forward(case: Case) -> None:
    """The newest checkpoint is said to be of the last day there is: it looks fresh, and none can follow it."""
    with unguarded():
        newest = "(SELECT id FROM ledger_checkpoint ORDER BY made_at DESC LIMIT 1)"
        run(f"UPDATE ledger_checkpoint SET made_at = '2999-12-31 00:00:00' WHERE id = {newest}")


def checkpoint_stretched(case: Case) -> None:
    """A checkpoint, and a witness's signature over it, are said to be of more entries than were signed."""
    with unguarded():
        for table in ("ledger_checkpoint", "ledger_cosignature"):
            run(f"UPDATE {table} SET size = size + 9")


ATTACKS = (
    Attack("A trigger hides every report from the lists, also when they are made anew", DATABASE, reports_hidden),
    Attack("The time of the newest entry is put forward, so that nothing is late", DATABASE, clock_put_forward),
    Attack("The newest checkpoint is given a day that is still to come", DATABASE, checkpoint_put_forward),
    Attack("A checkpoint and a witness's signature are said to be of more entries", DATABASE, checkpoint_stretched),
    Attack("One entry is taken out of the ledger of reads", DATABASE, read_taken_out, READS),
    Attack("The end of the ledger of reads is cut off, below what was signed", DATABASE, reads_cut, READS),
    Attack("The same, and what is left is signed anew with the stolen key", KEYS, reads_cut_and_signed, READS),
    Attack("Who opened two records is exchanged", DATABASE, read_exchanged, READS),
    Attack("The key of a backup is put back after its day", FOLDER, backup_key_put_back),
)
