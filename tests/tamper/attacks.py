"""Every attack of the threat table, as somebody would carry it out who has what the attack says.

Each is done on a copy of a small record that is signed and witnessed. What catches it stands in `expected.py`.
"""

import json
import zlib
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection

from onrecord.intake.models import Report
from onrecord.ledger.actions import Frozen, append, checkpoint, rebuild
from onrecord.ledger.facts import Erasing, ErasureCarriedOut
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.given import given, settle_given
from onrecord.ledger.gateway.keys import seal
from onrecord.ledger.models import Opening, StoredLeaf
from onrecord.ledger.queries import entry, unsealed
from onrecord.ledger.rules.leaf import Leaf, digests, disclosures, fields_of
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.merkle import leaf_hash
from tests.stages.ledger.erasing import erased, proposed
from tests.stages.ledger.tampering import cut_tail, forget_signatures, run, uid_value, unguarded
from tests.tamper.case import DATABASE, FOLDER, KEYS, MOST, SEALER, Attack, Case


def rewritten(case: Case, *, hashed: bool) -> None:
    """An entry gets a time one minute earlier."""
    leaf = Leaf.read(bytes(case.row.payload))
    other = Leaf(leaf.id, leaf.kind, leaf.version, leaf.recorded_at - timedelta(minutes=1), leaf.digests).payload()
    with unguarded():
        run("UPDATE ledger_leaf SET payload = %s WHERE seq = %s", [other, case.seq])
        if hashed:
            run("UPDATE ledger_leaf SET leaf_hash = %s WHERE seq = %s", [leaf_hash(other), case.seq])
    rebuild(check=False)


def row_rewritten(case: Case) -> None:
    """Only the entry."""
    rewritten(case, hashed=False)


def rehashed(case: Case) -> None:
    """With its hash, and the tables made again."""
    rewritten(case, hashed=True)


def signed_anew_here(case: Case) -> None:
    """The same, and everything signed anew, but for what lies ready for the witness."""
    rehashed(case)
    with suppress(Frozen):  # then it is not signed, and the next time neither
        _forged()


def signed_anew(case: Case) -> None:
    """The same, and everything signed anew."""
    _unready(case)
    rehashed(case)
    _forged()


def tail_removed(case: Case) -> None:
    """What was signed is cut off at the end."""
    _cut(case)


def tail_removed_and_signed(case: Case) -> None:
    """The same, and what is left signed anew."""
    _cut(case)
    _unready(case)
    _forged()


def newest_removed(case: Case) -> None:
    """Only what came after the last checkpoint is cut off."""
    cut_tail(2)
    rebuild(check=False)


def newest_removed_with_notes(case: Case) -> None:
    """The same, with the notes of receipts in the installation's folder."""
    newest_removed(case)
    settle_given(given())


def old_checkpoint(case: Case) -> None:
    """The whole installation put back as it was: database, head file and all."""
    _cut(case)
    with unguarded():
        size = json.loads(case.old_head)["note"].split("\n")[1]
        run("DELETE FROM ledger_checkpoint WHERE size > %s", [int(size)])
        run("DELETE FROM ledger_cosignature WHERE size > %s", [int(size)])
    (case.home / "head-default.json").write_text(case.old_head)
    settle_given(given())
    _unready(case)


def forked(case: Case) -> None:
    """Another record of at least the same length, signed with the same key."""
    _cut(case)
    for words in ("Something else.", "And something more.", "And more."):
        case.store.report(words=words)
    _unready(case)
    _forged()


def restored(case: Case) -> None:
    """A backup of the database is put back, and work goes on."""
    _cut(case)
    for words in ("Something else.", "And something more.", "And more."):
        case.store.report(words=words)


def back_dated(case: Case) -> None:
    """A new entry is added with a time of three hours ago."""
    made = case.store.report(words="Said to have come in earlier.")
    row = StoredLeaf.objects.get(uid=made.id)
    leaf = Leaf.read(bytes(row.payload))
    other = Leaf(leaf.id, leaf.kind, leaf.version, leaf.recorded_at - timedelta(hours=3), leaf.digests).payload()
    with unguarded():
        values = [other, leaf_hash(other), row.seq]
        run("UPDATE ledger_leaf SET payload = %s, leaf_hash = %s WHERE seq = %s", values)
    settle_given(given())
    rebuild(check=False)


def duplicated(case: Case) -> None:
    """An entry is put in a second time, under another id."""
    row, end = case.row, StoredLeaf.objects.order_by("-seq")[0].seq + 1
    with unguarded():
        StoredLeaf(seq=end, uid=uuid4(), payload=row.payload, leaf_hash=row.leaf_hash).save(force_insert=True)
        run("UPDATE ledger_head SET size = size + 1")


def read_table_changed(case: Case) -> None:
    """A report is made less urgent where the lists are read from."""
    Report.objects.update(danger_now="yes")


def guard_dropped(case: Case) -> None:
    """One of the database's own refusals is taken down, and nothing else."""
    run(f"DROP TRIGGER ledger_leaf_no_update{' ON ledger_leaf' if connection.vendor == 'postgresql' else ''}")


def openings_swapped(case: Case) -> None:
    """What two entries say changes places."""
    one, other = Opening.objects.get(uid=case.row.uid), Opening.objects.get(uid=StoredLeaf.objects.get(seq=5).uid)
    with unguarded():
        for row, sealed in ((one, bytes(other.sealed)), (other, bytes(one.sealed))):
            run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [sealed, uid_value(row.uid)])


def resealed(case: Case) -> None:
    """Other words are sealed in the place of those that were said."""
    uid = case.row.uid
    fields = fields_of(unsealed(uid, bytes(Opening.objects.get(uid=uid).sealed))) | {"body.words": "Nothing happened."}
    words = zlib.compress("\n".join(disclosures(fields, [b"\0" * 16] * len(fields))).encode())
    with unguarded():
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [seal(uid.bytes, words), uid_value(uid)])


def blanked(case: Case) -> None:
    """What was said is taken out, as an erasure would, and no erasure is on record."""
    _blank(case.row.uid)


def blanked_alone(case: Case) -> None:
    """The same, with an erasure on record that one person proposed and carried out without a second."""
    made = proposed(Erasing(entry=str(case.row.uid), field="words"))
    gone, left = _blank(case.row.uid)
    fact = ErasureCarriedOut(basis="asked", fields_gone=("words",), owner="school", gone=gone, left=left)
    append([machine_saying(fact, now(), regarding=(made.id, case.row.uid))])


def unerased(case: Case) -> None:
    """What was lawfully erased is put back from a backup of that one row."""
    old = bytes(Opening.objects.get(uid=case.row.uid).sealed)
    erased((entry(case.row.uid), "words"))
    with unguarded():
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [old, uid_value(case.row.uid)])


def signing_key_swapped(case: Case) -> None:
    """Another key file stands in the place of the one that signs checkpoints."""
    _swap(case, "checkpoint")


def sealing_key_swapped(case: Case) -> None:
    """Another key file stands in the place of the one that seals."""
    _swap(case, "seal")


def cosignature_removed(case: Case) -> None:
    """What a witness signed is taken out here."""
    with unguarded():
        run("DELETE FROM ledger_cosignature")


def cosignature_redated(case: Case) -> None:
    """The time at which a witness signed is changed here."""
    with unguarded():
        run("UPDATE ledger_cosignature SET signed_at = %s", [case.store.start - timedelta(days=9)])


ATTACKS = (
    Attack("An entry is rewritten", DATABASE, row_rewritten),
    Attack("An entry is rewritten, with its hash and the tables that follow from it", DATABASE, rehashed),
    Attack("The same, and the record is signed anew with the stolen key", MOST, signed_anew_here),
    Attack("The same, and what lies ready for a witness is taken away too", KEYS, signed_anew),
    Attack("The end of the record is cut off, below what was signed", DATABASE, tail_removed),
    Attack("The same, and what is left is signed anew with the stolen key", KEYS, tail_removed_and_signed),
    Attack("Only what came after the last checkpoint is cut off", DATABASE, newest_removed),
    Attack("The same, with the notes of the receipts that were given", FOLDER, newest_removed_with_notes),
    Attack("The whole installation is put back as it was, head file and all", KEYS, old_checkpoint),
    Attack("Another record is signed beside the first: a fork", KEYS, forked),
    Attack("A backup of the database is put back, and work goes on", DATABASE, restored),
    Attack("An entry is added with a time of three hours ago", DATABASE, back_dated),
    Attack("An entry is put in twice", DATABASE, duplicated),
    Attack("A read table is changed", DATABASE, read_table_changed),
    Attack("A guard of the database is taken down", DATABASE, guard_dropped),
    Attack("What two entries say is exchanged", DATABASE, openings_swapped),
    Attack("Other words are sealed in the place of what was said", SEALER, resealed),
    Attack("What was said is taken out, and no erasure is on record", SEALER, blanked),
    Attack("The same, with an erasure on record to which nobody agreed", SEALER, blanked_alone),
    Attack("What was lawfully erased is put back from a backup", DATABASE, unerased),
    Attack("The key file that signs is exchanged", "the folder", signing_key_swapped),
    Attack("The key file that seals is exchanged", "the folder", sealing_key_swapped),
    Attack("A witness's signature is taken out here", DATABASE, cosignature_removed),
    Attack("A witness's signature is given another time here", DATABASE, cosignature_redated),
)


def _cut(case: Case) -> None:
    """Cut from the report on."""
    cut_tail(StoredLeaf.objects.count() - case.seq)
    rebuild(check=False)


def _unready(case: Case) -> None:
    """Take away what was signed before and lies ready for a witness who is reached by files."""
    (case.home / "stick/default/request").unlink()


def _forged() -> None:
    """Everything signed anew, by somebody who holds the key and the head file, and thinks of the receipts' notes."""
    with unguarded():
        run("DELETE FROM ledger_cosignature")
    settle_given(given())
    forget_signatures()
    checkpoint()


def _blank(uid: UUID) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take the words out of an opening, leave a note; the digests of what went and of what came."""
    opened = unsealed(uid, bytes(Opening.objects.get(uid=uid).sealed))
    old = [one for one in opened if "body.words" in fields_of([one])]
    new = disclosures({"body.words": "(erased)"}, [b"\0" * 16])
    sealed = seal(uid.bytes, zlib.compress("\n".join([*(one for one in opened if one not in old), *new]).encode()))
    with unguarded():
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [sealed, uid_value(uid)])
    return digests(old), digests(new)


def _swap(case: Case, use: str) -> None:
    path = case.home / "keys" / f"{use}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}))
