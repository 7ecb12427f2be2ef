"""Single fields of entries, each with its salt, so that somebody outside can check them against what was recorded."""

from collections.abc import Iterable
from uuid import UUID

from onrecord.ledger.gateway.rows import asked, marks
from onrecord.ledger.gateway.values import as_id
from onrecord.ledger.queries.entries import BATCH, STORED, as_stored, unsealed
from onrecord.ledger.rules.leaf import Leaf, digests, fields_of


def disclosed(uids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """The disclosures of entries, by the name of the field. What was erased is not among them."""
    wanted, found = list(dict.fromkeys(uids)), dict[UUID, dict[str, str]]()
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        for _, uid, payload, sealed in asked(f"{STORED} WHERE l.uid IN ({marks(part)}) ORDER BY l.seq", part):
            held = Leaf.read(as_stored(payload)).digests
            opened = [one for one in unsealed(as_id(uid), as_stored(sealed)) if digests([one])[0] in held]
            found[as_id(uid)] = {name: one for one in opened for name in fields_of([one])}
    return found
