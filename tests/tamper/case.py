"""What an attack is carried out on, and what somebody has in hand who carries it out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onrecord.ledger.models import StoredLeaf
from tests.partnership import Store

DATABASE, MOST = "the database", "the database, the keys and the head file"
KEYS, SEALER = f"{MOST.replace(' and', ',')} and what lies ready for the witness", f"{DATABASE} and the sealing key"
FOLDER = "the database and the folder"


@dataclass(frozen=True)
class Case:
    """What an attack is carried out on: a record, where a reported entry stands, and the installation's folder."""

    store: Store
    seq: int
    home: Path
    old_head: str

    @property
    def row(self) -> StoredLeaf:
        """The leaf of a report that was signed and witnessed."""
        return StoredLeaf.objects.get(seq=self.seq)


@dataclass(frozen=True)
class Attack:
    """An attack: what is done, with what in hand, how, and on which ledger."""

    name: str
    holding: str
    act: Callable[[Case], None]
    ledger: str = "default"
