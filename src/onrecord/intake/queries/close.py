"""Of several reports that are listed together: those whose child the reader could be near to."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.intake.models import StaffKey
from onrecord.intake.queries import how_close, staff_hashes
from onrecord.intake.rules.named import home_keys
from onrecord.ledger.facts import Person


def close_ones(viewer: Viewer, called: Mapping[UUID, Sequence[Person]]) -> dict[UUID, str]:
    """How near the reader could be to each child, in any way it is called; those to whom they are not, left out."""
    homes = staff_hashes(home_keys(child.postcode for names in called.values() for child in names))
    mine = StaffKey.objects.filter(user=viewer.user, hashed__in=homes).values_list("hashed", flat=True)
    held = set(mine) if homes else set()
    found = {uid: how_close(viewer, names, held) for uid, names in called.items()}
    return {uid: code for uid, code in found.items() if code}
