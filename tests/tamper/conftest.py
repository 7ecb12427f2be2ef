"""A record that is signed and witnessed, with somebody outside who kept what they were given."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from onrecord.access.facts import RecordOpened
from onrecord.ledger.actions import append, checkpoint
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.models import StoredCheckpoint, StoredLeaf
from onrecord.ledger.queries import NoSuchEntry, as_stored, leaf_of, leaves
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.merkle import leaf_hash
from onrecord.ledger.rules.note import Checkpoint
from onrecord.ledger.rules.proofs import consistency_ranges, filled
from onrecord.ledger.rules.receipt import Receipt
from onrecord.ledger.rules.request import request
from onrecord_witness.home import Home, Trusted
from onrecord_witness.judge import answer
from onrecord_witness.keys import LOG, Key
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.witnessing import named
from tests.tamper.case import Case

SIGNED, LATER = START + timedelta(minutes=20), START + timedelta(hours=1)


LEDGERS = ("default", "reads")


class Outside:
    """A witness who signed the record and its reads before the attack, and people who kept their receipts."""

    def __init__(self, folder: Path) -> None:
        """Trust the record as it is now."""
        self.home, self.seen = Home(folder), dict[str, int]()
        self.home.make_key("inspectorate.example/witness")
        for origin in (ORIGIN, f"{ORIGIN}/reads"):
            self.home.trust(Trusted(origin, (Key.read(str(signer("checkpoint").verifier()), LOG),)))
        self.receipts: list[str] = []
        self._key = signer("receipt").verifier()

    def carries(self, home: Path) -> None:
        """Sign what was left in the folder, and bring the answers back."""
        for using in LEDGERS:
            said = answer(self.home, (home / "stick" / using / "request").read_bytes(), int(SIGNED.timestamp()))
            (home / "stick" / using / "answer").write_bytes(said.body)
            self.seen[using] = StoredCheckpoint.objects.using(using).latest("made_at").size

    def refuses(self, using: str) -> bool:
        """Whether the witness, shown the newest checkpoint with the best proof there is, does not sign it."""
        note = StoredCheckpoint.objects.using(using).latest("made_at").note
        size, old = Checkpoint.read(note.rpartition("\n\n")[0] + "\n").size, self.seen[using]
        hashes = (as_stored(row.leaf_hash) for row in leaves(using=using))
        proof = filled(consistency_ranges(old, size), hashes) if old <= size else []
        return answer(self.home, request(min(old, size), proof, note), int(LATER.timestamp())).status != 200

    def shows(self) -> bool:
        """Whether one of the receipts is of something that the record does not hold as it was."""
        held = [Receipt.read(note, self._key) for note in self.receipts]
        return not all(self._stands(one) for one in held)

    def _stands(self, held: Receipt) -> bool:
        try:
            return leaf_hash(as_stored(leaf_of(held.entry).payload)) == held.leaf_hash
        except NoSuchEntry:
            return False


@pytest.fixture
def outside(own_store: Store, tmp_path: Path) -> Outside:
    """Somebody outside, before anything was signed."""
    return Outside(tmp_path / "witness")


@pytest.fixture
def case(own_store: Store, outside: Outside, fresh_home: Path) -> Case:
    """A record with a report that was opened, both signed and witnessed, and the same again that came after."""
    named(fresh_home, outside.home, "stick")
    signed()
    old_head = (fresh_home / "head-default.json").read_text()
    with playing(SIGNED):
        outside.receipts.append(own_store.receipt())
        first = StoredLeaf.objects.get(uid=uid_of(outside)).seq
        opened(2)
        signed()
        outside.carries(fresh_home)
        signed()
    with playing(LATER):
        outside.receipts.append(own_store.receipt(words="A later worry."))
        opened(1)
    return Case(own_store, first, fresh_home, old_head)


def signed() -> None:
    """A checkpoint of the record and one of its reads."""
    for using in LEDGERS:
        checkpoint(using)


def opened(times: int) -> None:
    """Somebody opens the report."""
    for _ in range(times):
        append([machine_saying(RecordOpened(what="facts"), now(), uid=uuid4())], using="reads")


def uid_of(outside: Outside) -> str:
    """The entry that the last receipt is of."""
    return outside.receipts[-1].split("\n")[2].partition(" ")[0]
