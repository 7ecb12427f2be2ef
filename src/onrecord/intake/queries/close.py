"""Whose child a reader could be near to, of several reports that are listed together; and how children are called."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.intake.models import StaffKey
from onrecord.intake.queries import how_close, staff_hashes
from onrecord.intake.rules.named import home_keys
from onrecord.ledger.facts import Entry, Person
from onrecord.ledger.queries import as_they_stand, makers
from onrecord.ledger.rules.corrections import PutRight


def close_ones(viewer: Viewer, called: Mapping[UUID, Sequence[Person]]) -> dict[UUID, str]:
    """How near the reader could be to each child, in any way it is called; those to whom they are not, left out."""
    homes = staff_hashes(home_keys(child.postcode for names in called.values() for child in names))
    mine = StaffKey.objects.filter(user=viewer.user, hashed__in=homes).values_list("hashed", flat=True)
    held = set(mine) if homes else set()
    found = {uid: how_close(viewer, names, held) for uid, names in called.items()}
    return {uid: code for uid, code in found.items() if code}


def children_of(mentions: Iterable[UUID], now: datetime) -> list[Person]:
    """How these mentions are called, where each was made, as said first and as put right. It opens what is sealed."""
    return called_in(as_they_stand(set(makers(mentions).values()), now).values())


def called_in(right: Iterable[PutRight]) -> list[Person]:
    """How the children are called in entries that were opened, as said first and as put right."""
    return [child for one in right for made in (one.entry, one.first) for child in named_in(made)]


def named_in(made: Entry) -> list[Person]:
    """The child whom an entry names, if it names one."""
    child = getattr(made.saying.fact, "child", None)
    return [child] if isinstance(child, Person) else []
