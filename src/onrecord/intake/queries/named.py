"""Who works here and is named in a report: by keyed hashes of what is written, so that no table holds a name."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID, uuid5

from onrecord.access.facts import StaffDetailsGiven
from onrecord.intake.models import StaffKey
from onrecord.intake.rules.named import Key, said_keys, titled_keys, written_keys
from onrecord.ledger.facts import Entry, Fact, Saying
from onrecord.ledger.gateway.rows import fetch, marks
from onrecord.ledger.queries import entries, lines
from onrecord.ledger.rules.machine import SOMEBODY
from onrecord.linkage.gateway import all_keyed

AT_ONCE = 500
"""How many keys the database is asked about at a time."""
MANY = 10_000
"""How many keys of a text are too many to ask about each."""


class Named(NamedTuple):
    """Who works here and is named, by sign-in name, in order; the details by which alone somebody of them was found."""

    users: tuple[str, ...]
    details: tuple[UUID, ...]


def said_hashes(fact: Fact, beside: Iterable[object] = (), *, titled: bool) -> list[str]:
    """The keyed hashes of everything that is written in a report or said beside it. It asks no table.

    `titled` takes a last name behind a title for a name. Who signs in knows whom they mean, and writes the name out.
    """
    texts = list(beside)
    keys = written_keys(fact).union(*map(said_keys, texts))
    if titled:
        keys.update(*map(titled_keys, (fact.model_dump(mode="json", exclude_none=True), *texts)))
    return staff_hashes(keys)


def named_staff(saying: Saying, hashes: list[str]) -> Named:
    """Who works here and is named in a report, of which these are the keyed hashes.

    Whoever reports may name themselves. Whoever only writes down what somebody else reports may not.
    """
    found = _whose(hashes)
    if not saying.on_behalf:
        found.pop(saying.by, None)
    given = {line.id for line in lines(set().union(*found.values())) if line.kind == StaffDetailsGiven.kind}
    alone = {uid for entries in found.values() if entries <= given for uid in entries}
    return Named(tuple(sorted(found)), tuple(sorted(alone)))


def _whose(hashes: list[str]) -> dict[str, set[UUID]]:
    """Whose keys these are, by which entries. For a long text it is less to read every key of those who work here."""
    found = defaultdict[str, set[UUID]](set)
    if len(hashes) > MANY:
        wanted = set(hashes)
        every = StaffKey.objects.values_list("hashed", "user", "entry").iterator()
        rows = ((user, entry) for hashed, user, entry in every if hashed in wanted)
    else:
        parts = [hashes[start : start + AT_ONCE] for start in range(0, len(hashes), AT_ONCE)]
        rows = (row[2:4] for part in parts for row in fetch(StaffKey, f"WHERE t.hashed IN ({marks(part)})", part))
    for user, entry in rows:
        found[user].add(entry)
    return found


def staff_hashes(keys: Iterable[Key]) -> list[str]:
    """The keyed hashes of keys, of a person at work or of something written: equal where those are the same."""
    return all_keyed((f"staff_{sort}", text) for sort, text in keys)


def past_everybody(report: UUID) -> tuple[list[Entry], UUID]:
    """What whoever reported without signing in said past everybody inside, beside their report; and the next free id.

    No entry names it, so that nothing of the report leads there. What else was recorded under such an id, by somebody
    or by a page that chose it, is stepped over: it silences nobody, and is not taken for it.
    """
    found: list[Entry] = []
    uid, mark = uuid5(report, "past everybody"), str(report)[:8]
    while taken := entries([uid]):
        beside = [made for made in taken if getattr(made.saying.fact, "with_report", None) == mark]
        found += [made for made in beside if made.saying.by == SOMEBODY]
        uid = uuid5(uid, "next")
    return found, uid
