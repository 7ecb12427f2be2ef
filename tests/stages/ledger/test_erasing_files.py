"""A sealed file that was lawfully erased is gone, its hash stays, and everything says which it is."""

import json
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from onrecord.case.facts import DocumentKept
from onrecord.cli.app import app
from onrecord.ledger.actions import checkpoint, note_backup, verify
from onrecord.ledger.facts import Entry
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.files import NoFile, keep_file, kept_files, open_file
from onrecord.ledger.queries import backups, entry, erasures, file_faults
from onrecord.ledger.rules.backups import standing_in
from tests.pages.browsing import signed_in, text
from tests.partnership import START, Store
from tests.stages.ledger.erasing import erased, said

LETTER = b"A marmalade-coloured letter."


def kept(store: Store) -> Entry:
    """A letter on the file of a reported child."""
    uid, made = uuid4(), store.report("social-worker")
    keep_file(uid, LETTER)
    names = {"what": "The letter", "from_whom": "Her aunt", "name": "letter.txt", "media_type": "text/plain"}
    fact = DocumentKept.heard(names | {"size": "28", "sha256": sha256(LETTER).hexdigest()})
    return said(fact, "social-worker", "practitioner", "social-care", made.id, uid=uid, about=made.mentions)


def faults() -> list[str]:
    return [fault for check in verify() for fault in check.faults]


def test_the_file_goes_and_its_hash_stays(own_store: Store) -> None:
    made = kept(own_store)
    checkpoint()
    erased((made, "file"))
    checkpoint()
    with pytest.raises(NoFile):
        open_file(made.id)
    assert (kept_files(), faults(), list(file_faults())) == ([], [], [])
    assert entry(made.id).saying.fact == made.saying.fact


def test_a_file_that_stands_again_after_it_was_erased_is_found(own_store: Store) -> None:
    made = kept(own_store)
    erased((made, "file"))
    keep_file(made.id, LETTER)
    checkpoint()
    assert faults() == [f"entry {made.seq}: its file {made.id} was erased, and stands here still"]
    assert [fault.split(":")[0] for fault in file_faults()] == [f"Entry {made.seq}"]


def test_a_file_that_nobody_erased_is_missed(own_store: Store, fresh_home: Path) -> None:
    made = kept(own_store)
    (fresh_home / "files" / str(made.id)).unlink()
    checkpoint()
    assert faults() == [f"entry {made.seq}: its file {made.id} is missing"]


def test_whoever_asks_for_it_is_told_that_it_was_erased(own_store: Store) -> None:
    made = kept(own_store)
    erased((made, "file"))
    page = signed_in("social-worker").get(f"/documents/{made.id}")
    assert (page.status_code, "This file was erased" in text(page)) == (410, True)


def test_a_backup_is_on_record_until_it_is_thrown_away(own_store: Store) -> None:
    today = START.date()
    with pytest.raises(Refused, match="still to come"):
        note_backup("The database", today.replace(year=2025), now())
    note_backup("The database, in the safe", today.replace(year=2027), now())
    made = kept(own_store)
    erased((made, "what"))
    gone = [one.at for one in erasures()]
    until = today.replace(year=2027)
    assert standing_in(backups(), gone, today) == (True, until, None, ())
    assert standing_in(backups(), gone, until) == (True, until, None, ())
    assert standing_in(backups(), gone, today.replace(year=2028)) == (True, None, until, ())
    assert standing_in(backups(), [], today) == (True, None, None, ())


def test_verify_says_except_by_which_erasures(own_store: Store) -> None:
    made = own_store.report()
    erased((made, "words"), (made, "child.born", "year"))
    for using in ("default", "reads"):
        checkpoint(using)
    done = CliRunner().invoke(app, ["verify"])
    assert (done.exit_code, "Except by 1 listed erasure, of 1 entry: what it took is gone" in done.stdout) == (0, True)


def test_whoever_runs_the_machine_says_of_each_backup_until_when_it_is_kept(own_store: Store) -> None:
    run_it = CliRunner()
    erased((own_store.report(), "words"))
    without = run_it.invoke(app, ["backup"])
    refused = run_it.invoke(app, ["backup", "The database", "--until", "2025-01-31"])
    noted = run_it.invoke(app, ["backup", "The database", "--until", "2027-01-31", "--json"])
    assert (without.exit_code, "No backup is on record, so nobody can say" in without.stdout) == (0, True)
    assert (refused.exit_code, "still to come" in refused.stderr) == (1, True)
    told = json.loads(noted.stdout)
    assert (told["until"], told["since"], told["overdue"]) == ("2027-01-31", None, [])
    assert told["backups"] == [{"what": "The database", "until": "2027-01-31", "key": None, "destroyed": None}]
