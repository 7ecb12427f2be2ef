"""What is said by nobody who signs in: by the machine itself, and by whoever writes here without a name."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from onrecord.ledger.facts import Fact, Saying, When
from onrecord.ledger.rules.leaf import stamp

MACHINE = "onrecord"
SOMEBODY = "somebody"
"""In whose name everything stands that was written without signing in. No sign-in name, no agency, no tie to a file."""
UNSIGNED = "Somebody who wrote here without signing in"
PUBLIC = "public"
"""Where they stand among the agencies: nobody holds a role there."""
RESERVED = frozenset({MACHINE, SOMEBODY})
"""Names under which nobody works here."""


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


def unsigned_saying(
    fact: Fact,
    happened: datetime,
    *,
    uid: UUID,
    about: tuple[UUID, ...] = (),
    regarding: tuple[UUID, ...] = (),
) -> Saying:
    """A saying by somebody who did not sign in. The page holds its id, so that sending twice is sending once."""
    return Saying(uid, fact, SOMEBODY, "reporter", PUBLIC, When.at(happened), about=about, regarding=regarding)
