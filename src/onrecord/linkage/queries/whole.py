"""Every mention of a child in the record, as a list for the batch: opened in parts, kept nowhere."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from onrecord.ledger.facts import Person
from onrecord.ledger.queries import BATCH, corrected, entries
from onrecord.linkage.models import Judgement, Mentioned
from onrecord.linkage.queries.doubtful import Side, side
from onrecord.linkage.rules import grown
from onrecord.linkage.rules.lists import COLUMNS


def all_said(hidden: Callable[[Iterable[UUID]], Collection[UUID]], now: datetime) -> Iterator[tuple[str | None, ...]]:
    """A row of COLUMNS for each mention, by its id, as the child is called now; nobody who is 18, nothing hidden."""
    every = list(Mentioned.objects.order_by("seq").values_list("entry", flat=True))
    for start in range(0, len(every), BATCH):
        part = every[start : start + BATCH]
        unseen = set(hidden(part))
        right = corrected(entries(uid for uid in part if uid not in unseen), now)
        sides = (side(made) for made in right.values())
        yield from (_row(one) for one in sides if one and not grown(one.child, one.since, now.date()))


def last_words() -> dict[tuple[str, str], str]:
    """The latest judgement on every pair of mentions that anybody judged, by their ids."""
    rows = Judgement.objects.order_by("seq").values_list("one", "other", "verdict")
    return {(str(one), str(other)): verdict for one, other, verdict in rows}


def _row(one: Side) -> tuple[str | None, ...]:
    said = _said(one.child) | {"unique_id": str(one.mention), "source_dataset": one.source or "unknown"}
    return tuple(said.get(name) for name in COLUMNS)


def _said(child: Person) -> dict[str, str | None]:
    given, _, middle = (child.given_name or "").partition(" ")
    return {
        "given_name": given or None,
        "middle_name": middle or None,
        "surname": child.family_name,
        "dob": child.born.isoformat() if child.born else None,
        "gender": child.sex,
        "postcode": child.postcode,
        "phone": child.phone,
        "nhs_number": child.nhs_number,
        "upn": child.upn,
    }
