"""Attacks on signing: an epoch that nobody agreed to, an old head, an old key, a hollow guard, a backup's day."""

import base64
import json
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from onrecord.duties.actions.epochs import propose_epoch
from onrecord.ledger.actions import append, checkpoint, destroy_keys, make_backup, rebuild, rotate
from onrecord.ledger.actions.heads import Frozen
from onrecord.ledger.facts import BackupKeyDestroyed, BackupMade, EpochBegun, EpochProposed, KeyAnnounced, Seconded
from onrecord.ledger.gateway import keys
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.given import given, settle_given
from onrecord.ledger.models import Envelope, Regards, StoredCheckpoint, StoredLeaf
from onrecord.ledger.queries import backups
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.merkle import Frontier
from onrecord.ledger.rules.note import Checkpoint
from tests.partnership import ORIGIN, viewer
from tests.stages.ledger.tampering import cut_tail, forget_signatures, run, uid_value, unguarded
from tests.tamper.attacks import rewritten
from tests.tamper.case import DATABASE, FOLDER, MOST, Attack, Case

FAR = 1_000
"""How far beyond the last entry a forged row of a read table is put."""


def epoch_forged(case: Case) -> None:
    """The end is cut off, and a row says that an epoch began; the watch looks; the row is taken away."""
    signed = _signed_and_cut(case)
    said = {"log": "default", "ended": ORIGIN, "begins": f"{ORIGIN}/epoch-2"}
    row = _row(EpochBegun.kind, said | {"signed": signed, "kept": case.seq, "receipts": 0, "root": ""})
    _looked_at()
    _taken_away(row.uid)


def agreement_forged(case: Case) -> None:
    """An entry is rewritten, and rows say that an epoch was proposed, and that the scrutineer agreed."""
    checkpoint()
    signed = StoredCheckpoint.objects.latest("made_at").size
    rewritten(case, hashed=True)
    with unguarded():
        run("DELETE FROM ledger_checkpoint")
        run("DELETE FROM ledger_cosignature")
    said = {"log": "default", "signed": signed, "kept": 0, "receipts": 0, "outside": "asked"}
    asked = _row(EpochProposed.kind, said, by="manager", agency="partnership", proposed=True)
    agreed = _row(Seconded.kind, {}, by="scrutineer", agency="outside", regarding=(asked.uid,))
    Regards(uid=agreed.uid, seq=agreed.seq, target=asked.uid).save(force_insert=True)
    _looked_at()
    run("DELETE FROM ledger_regards WHERE uid = %s", [uid_value(agreed.uid)])
    _taken_away(asked.uid, agreed.uid)


def head_of_an_epoch(case: Case) -> None:
    """Everything is signed anew with the stolen key, under the name of an epoch that nobody began."""
    rewritten(case, hashed=True)
    with unguarded():
        run("DELETE FROM ledger_checkpoint")
        run("DELETE FROM ledger_cosignature")
    settle_given(given())
    _head(case, keys.signer("checkpoint").sign(Checkpoint(f"{ORIGIN}/epoch-2", 0, Frontier().root()).text()))
    checkpoint()


def more_lost_than_agreed(case: Case) -> None:
    """An epoch is agreed to for the loss of one receipt; reports that come in before it begins are cut off too."""
    checkpoint()
    stands = StoredLeaf.objects.count()
    case.store.receipt(words="Lost.")
    cut_tail(StoredLeaf.objects.count() - stands)
    rebuild(check=False)
    case.store.say("scrutineer", Seconded(why="I saw it."), propose_epoch(viewer("manager"), "default", "Lost.", now()))
    stands = StoredLeaf.objects.count()
    case.store.receipt(words="Later.")
    cut_tail(StoredLeaf.objects.count() - stands)
    rebuild(check=False)


def head_put_back(case: Case) -> None:
    """What was signed is rewritten, and an old head stands in the place of the newest, as do old checkpoints."""
    checkpoint()
    rewritten(case, hashed=True)
    _old_head(case)


def head_put_back_alone(case: Case) -> None:
    """An old head, and nothing after it: the entries are left alone for now."""
    checkpoint()
    _old_head(case)


def retired_key_used(case: Case) -> None:
    """The key was stolen, then changed as it should be; a head signed with the old one is put in place."""
    stolen = keys.signer("checkpoint")
    rotate("checkpoint")
    rewritten(case, hashed=True)
    with unguarded():
        run("DELETE FROM ledger_checkpoint")
        run("DELETE FROM ledger_cosignature")
    settle_given(given())
    (case.home / "stick/default/request").unlink()
    _head(case, stolen.sign(Checkpoint(ORIGIN, 0, Frontier().root()).text()))


def key_not_followed(case: Case) -> None:
    """Another key file is put in place and announced; the one before never signed it. All is signed anew."""
    rewritten(case, hashed=True)
    made = {"id": secrets.token_hex(8), "key": base64.b64encode(secrets.token_bytes(32)).decode()}
    (case.home / "keys/checkpoint.json").write_text(json.dumps(made))
    for cached in (keys._key, keys._read):
        cached.cache_clear()
    append([machine_saying(KeyAnnounced(use="checkpoint", vkey=str(keys.signer("checkpoint").verifier())), now())])
    with unguarded():
        run("DELETE FROM ledger_cosignature")
    settle_given(given())
    forget_signatures()
    (case.home / "stick/default/request").unlink()
    checkpoint()


def guard_hollowed(case: Case) -> None:
    """A guard is taken down, and one of the same name that refuses nothing is put up."""
    if connection.vendor == "postgresql":
        run("""CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
               BEGIN RETURN NEW; END $$""")
        return
    run("DROP TRIGGER ledger_leaf_no_update")
    run("CREATE TRIGGER ledger_leaf_no_update BEFORE UPDATE ON ledger_leaf WHEN 0 BEGIN SELECT 1; END")


def backup_day_put_forward(case: Case) -> None:
    """The day of a backup is changed in a read table, so that the watch might destroy its key."""
    made = _backup(case)
    coded = Envelope.objects.get(uid=made).coded | {"until": "2020-01-01"}
    run("UPDATE ledger_envelope SET coded = %s WHERE uid = %s", [json.dumps(coded), uid_value(made)])
    assert destroy_keys(now()) == []


def backup_key_gone_early(case: Case) -> None:
    """The key of a backup goes before its day, and it is said that its day was over."""
    made = _backup(case)
    key = str(backups()[-1].sealed)
    (case.home / "backup-keys" / f"{key}.json").unlink()
    append([machine_saying(BackupKeyDestroyed.heard({"sealed": key, "how": "here"}), now(), regarding=(made,))])


ATTACKS = (
    Attack("A row says that an epoch ended, the end is cut off, and the row is taken away", DATABASE, epoch_forged),
    Attack(
        "An entry is rewritten, and rows say that somebody outside agreed to a new epoch", DATABASE, agreement_forged
    ),
    Attack("All is signed anew under the name of an epoch that nobody began", MOST, head_of_an_epoch),
    Attack("More receipts are lost than an agreed epoch names", DATABASE, more_lost_than_agreed),
    Attack("What was signed is rewritten under an old head file", f"{DATABASE} and the head file", head_put_back),
    Attack("An old head file is put in place, and the checkpoints after it go", FOLDER, head_put_back_alone),
    Attack("A head is signed with a stolen key that was changed since", FOLDER, retired_key_used),
    Attack("Another key is put in place and announced, which ours never signed", FOLDER, key_not_followed),
    Attack("A guard is put up anew that refuses nothing", DATABASE, guard_hollowed),
    Attack("The day of a backup is put forward in a read table", DATABASE, backup_day_put_forward),
    Attack("The key of a backup goes before its day, as if it were over", FOLDER, backup_key_gone_early),
)


def _signed_and_cut(case: Case) -> int:
    """Sign everything, then cut the end off, with the checkpoints and what witnesses signed; the size signed."""
    checkpoint()
    signed = StoredCheckpoint.objects.latest("made_at")
    cut_tail(StoredLeaf.objects.count() - case.seq)
    with unguarded():
        run("DELETE FROM ledger_checkpoint WHERE size > %s", [case.seq])
        run("DELETE FROM ledger_cosignature WHERE size > %s", [case.seq])
    rebuild(check=False)
    return signed.size


def _row(kind: str, coded: dict[str, Any], *, regarding: tuple[UUID, ...] = (), **other: Any) -> Envelope:
    """A row of the read table of entries that no entry stands behind."""
    last = Envelope.objects.order_by("-seq")[0]
    by = {"by": last.by, "role": last.role, "agency": last.agency, "proposed": False} | other
    times = {"recorded_at": last.recorded_at, "happened_at": last.happened_at}
    made = Envelope(
        seq=last.seq + FAR, uid=uuid4(), kind=kind, coded=coded, regarding=regarding, mentions=(), **times, **by
    )
    made.save(force_insert=True)
    return made


def _looked_at() -> None:
    """The watch comes by: it signs, or freezes."""
    try:
        checkpoint()
    except Frozen:
        return


def _taken_away(*uids: UUID) -> None:
    for uid in uids:
        run("DELETE FROM ledger_envelope WHERE uid = %s", [uid_value(uid)])


def _old_head(case: Case) -> None:
    """The checkpoint that was signed first becomes the head, and those after it go."""
    old = StoredCheckpoint.objects.order_by("made_at")[0]
    with unguarded():
        run("DELETE FROM ledger_checkpoint WHERE size > %s", [old.size])
        run("DELETE FROM ledger_cosignature")
    _head(case, old.note)


def _head(case: Case, note: str) -> None:
    (case.home / "head-default.json").write_text(json.dumps({"note": note}))


def _backup(case: Case) -> UUID:
    """A sealed backup that is kept for two months; its entry."""
    elsewhere = case.home.parent / f"{case.home.name}-elsewhere"
    elsewhere.mkdir()
    made = make_backup(elsewhere / "weekly", "Weekly.", (now() + timedelta(days=60)).date(), None, now())
    assert made.kind == BackupMade.kind
    return made.id
