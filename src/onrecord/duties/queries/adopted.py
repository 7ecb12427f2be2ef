"""Which edition of the rulebook is in force, and when the watch last looked."""

from datetime import datetime

from onrecord.duties.models import Adoption, Beat
from onrecord.duties.rules.fold import Adopted, in_force
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.queries import edition


def adopted() -> list[Adopted]:
    """Every edition that took effect, in order."""
    rows = Adoption.objects.exclude(effective_at=None).order_by("effective_at", "seq")
    return [Adopted(at, edition(digest)) for at, digest in rows.values_list("effective_at", "digest") if at]


def rulebook_in_force(moment: datetime) -> Rulebook | None:
    """The edition in force at a moment; None before the first was adopted."""
    return in_force(adopted(), moment)


def last_beat() -> Beat | None:
    """The watch's last beat; None before the first."""
    return Beat.objects.filter(id=1).first()
