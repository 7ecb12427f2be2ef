"""What the machine itself says."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from onrecord.ledger.facts import Fact, Saying, When
from onrecord.ledger.rules.leaf import stamp

MACHINE = "onrecord"


def machine_saying(
    fact: Fact,
    happened: datetime,
    *,
    uid: UUID | None = None,
    about: tuple[UUID, ...] = (),
    regarding: tuple[UUID, ...] = (),
) -> Saying:
    """A saying by the machine. Without an id of its own, the same fact at the same moment is the same saying."""
    made = uid or uuid5(NAMESPACE_URL, f"onrecord/{fact.kind}/{stamp(happened)}/{fact.model_dump_json()}")
    return Saying(made, fact, MACHINE, "machine", MACHINE, When.at(happened), about=about, regarding=regarding)
