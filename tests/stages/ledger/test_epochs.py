"""After a backup was put back nothing is signed, until two people, one of them outside, begin a new epoch."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from onrecord.access.rules import Denied
from onrecord.cli.app import app
from onrecord.duties.actions.epochs import propose_epoch
from onrecord.intake.actions import open_receipt
from onrecord.ledger.actions import Frozen, append, checkpoint, publish, rebuild, verify
from onrecord.ledger.facts import Entry, EpochBegun, EpochProposed, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.given import given
from onrecord.ledger.models import StoredCheckpoint
from onrecord.ledger.queries import ended_epochs, envelopes, log_origin, size
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.merkle import leaf_hash
from onrecord.notices.models import Notice
from tests.partnership import ORIGIN, START, Store, viewer
from tests.stages.ledger.tampering import cut_tail, run, unguarded

WHY = "The disc failed, and the copy of the night before was put back."
NEXT = f"{ORIGIN}/epoch-2"


@pytest.fixture
def restored(store: Store) -> Store:
    """A record that was signed, put back from a copy of before its last report, and written on."""
    checkpoint()
    store.report()
    checkpoint()
    with unguarded():
        run("DELETE FROM ledger_checkpoint WHERE size = (SELECT max(size) FROM ledger_checkpoint)")
    cut_tail(1)
    store.report(words="Another worry.")
    rebuild(check=False)
    return store


def faults(using: str = "default") -> list[int]:
    return [check.number for check in verify(using) if check.faults]


def propose(by: str = "manager", log: str = "default") -> Entry:
    return propose_epoch(viewer(by), log, WHY, now())


def begun() -> list[dict[str, Any]]:
    return [row.coded for row in envelopes([EpochBegun.kind])]


def test_signing_goes_on_under_a_new_name_when_somebody_outside_agrees(restored: Store) -> None:
    held, before = size(), StoredCheckpoint.objects.count()
    made = propose()
    with pytest.raises(Frozen):
        checkpoint()
    restored.say("scrutineer", Seconded(why="I saw the failed disc."), made)
    with playing(START + timedelta(minutes=1)):
        note = checkpoint()
    assert (made.proposed, note.split("\n")[:2], log_origin("default")) == (True, [NEXT, str(size())], NEXT)
    assert (size() > held, StoredCheckpoint.objects.count()) == (True, before + 1)
    (fact,) = begun()
    (ended,) = ended_epochs("default").values()
    assert (fact["ended"], fact["begins"], fact["kept"] < fact["signed"]) == (ORIGIN, NEXT, True)
    assert (ended.kept, ended.signed) == (fact["kept"], fact["signed"])
    with playing(START + timedelta(minutes=2)):
        assert checkpoint().startswith(f"{NEXT}\n")
        assert faults() == []


def test_what_was_lost_is_said_by_verify(restored: Store) -> None:
    restored.say("inspectorate", Seconded(why="I saw the failed disc."), propose())
    checkpoint()
    checkpoint("reads")
    (ended,) = ended_epochs("default").values()
    done = CliRunner().invoke(app, ["verify"])
    words = f"of its {ended.signed} entries {ended.signed - ended.kept} are not here as signed."
    assert (done.exit_code, words in done.stdout) == (0, True)


@pytest.mark.parametrize("who", ["signer", "chair", "admin", "director", "officer"])
def test_nobody_inside_agrees(restored: Store, who: str) -> None:
    made = propose()
    with pytest.raises(Denied):
        restored.say(who, Seconded(why="Yes."), made)
    with pytest.raises(Frozen):
        checkpoint()
    assert begun() == []


@pytest.mark.parametrize("who", ["admin", "teacher", "front-door", "scrutineer"])
def test_only_who_answers_for_the_record_proposes(restored: Store, who: str) -> None:
    with pytest.raises(Denied):
        propose(who)


def test_nobody_says_it_at_another_door(restored: Store) -> None:
    fact = EpochProposed(log="default", signed=9, kept=1, receipts=0, why=WHY)
    with pytest.raises(Denied):
        restored.say("manager", fact)


def test_the_people_outside_are_told(restored: Store) -> None:
    before = set(Notice.objects.values_list("id", flat=True))
    propose()
    told = Notice.objects.exclude(id__in=before).values_list("recipient", flat=True)
    assert sorted(told) == ["inspectorate", "scrutineer"]


def test_it_is_refused_while_nothing_is_lost(store: Store) -> None:
    checkpoint()
    with pytest.raises(Refused, match="holds everything"):
        propose()


def test_an_agreement_is_not_kept_for_another_day(restored: Store) -> None:
    """Agreed to for one loss, it does not stand ready for the next."""
    restored.say("scrutineer", Seconded(why="I saw it."), propose())
    checkpoint()
    cut_tail(1)
    with pytest.raises(Frozen):
        checkpoint()
    assert len(begun()) == 1


def test_an_agreement_is_not_kept_for_another_loss(restored: Store) -> None:
    restored.say("scrutineer", Seconded(why="I saw it."), propose())
    with unguarded():
        run("UPDATE ledger_leaf SET payload = %s, leaf_hash = %s WHERE seq = 3", [b"{}", leaf_hash(b"{}")])
    with pytest.raises(Frozen):
        checkpoint()
    assert begun() == []


def test_an_epoch_that_nobody_agreed_to_is_found(store: Store) -> None:
    checkpoint()
    said = EpochBegun(log="default", ended=ORIGIN, begins=NEXT, signed=size(), kept=size(), receipts=0, root="AA==")
    append([machine_saying(said, now())])
    checkpoint()
    (check,) = [check for check in verify() if check.faults]
    assert (check.number, [fault.partition(" ")[2] for fault in check.faults]) == (
        4,
        [f"{size() - 1} begins an epoch to which nobody agreed with these figures"],
    )


def test_an_epoch_out_of_order_is_found(restored: Store) -> None:
    restored.say("scrutineer", Seconded(why="I saw it."), propose())
    checkpoint()
    said = EpochBegun(log="default", ended=ORIGIN, begins=f"{NEXT}/other", signed=9, kept=9, receipts=0, root="AA==")
    append([machine_saying(said, now())])
    (check,) = [check for check in verify() if check.number == 4]
    assert any(f"ends the epoch {ORIGIN}; the one that stood was {NEXT}" in fault for fault in check.faults)


def test_more_receipts_lost_than_agreed_begin_nothing(own_store: Store) -> None:
    checkpoint()
    own_store.receipt()
    cut_tail(2)
    rebuild(check=False)
    made = propose()
    own_store.say("scrutineer", Seconded(why="I saw it."), made)
    held = size()
    own_store.receipt(words="Later.")
    cut_tail(size() - held)
    rebuild(check=False)
    with pytest.raises(Frozen):
        checkpoint()
    assert begun() == []


def test_receipts_of_what_is_lost_are_set_apart_and_counted(own_store: Store, fresh_home: Any) -> None:
    checkpoint()
    uid = uuid4()
    own_store.receipt(uid=uid)
    cut_tail(2)
    rebuild(check=False)
    own_store.say("scrutineer", Seconded(why="I saw it."), propose())
    checkpoint()
    (fact,) = begun()
    assert (fact["receipts"], fact["kept"], fact["signed"]) == (1, fact["signed"], fact["signed"])
    assert (given(), [path.name for path in (fresh_home / "given-lost").iterdir()]) == ({}, [str(uid)])


def test_the_log_of_reads_has_epochs_of_its_own(store: Store) -> None:
    open_receipt(viewer("teacher"), store.report().id, now())
    checkpoint("reads")
    cut_tail(1, "reads")
    store.say("scrutineer", Seconded(why="I saw it."), propose(log="reads"))
    checkpoint()
    assert (log_origin("default"), checkpoint("reads").split("\n")[0]) == (ORIGIN, f"{ORIGIN}/reads/epoch-2")
    assert (faults(), faults("reads")) == ([], [])


def test_a_folder_of_the_old_epoch_is_not_written_on(restored: Store, tmp_path: Any) -> None:
    restored.say("scrutineer", Seconded(why="I saw it."), propose())
    checkpoint()
    assert publish(tmp_path / "log").origin == NEXT


def test_the_commands(restored: Store) -> None:
    run_it = CliRunner()
    asked = run_it.invoke(app, ["epoch", "propose", "--why", WHY, "--by", "manager"])
    uid = str(envelopes([EpochProposed.kind])[0].uid)
    assert (asked.exit_code, uid in asked.stdout) == (0, True)
    words = ["--why", "I saw it.", "--by"]
    refused = run_it.invoke(app, ["epoch", "agree", uid, *words, "signer"])
    agreed = run_it.invoke(app, ["epoch", "agree", uid, *words, "scrutineer"])
    assert (refused.exit_code, agreed.exit_code) == (1, 0)
    checkpoint()
    assert f"Signs as {NEXT}." in run_it.invoke(app, ["epoch"]).stdout
    again = run_it.invoke(app, ["epoch", "propose", "--why", WHY, "--by", "manager"])
    assert (again.exit_code, "holds everything" in again.stderr) == (1, True)
