"""Which edition of the rulebook is in force, and when the watch last looked."""

from datetime import datetime
from functools import lru_cache

from onrecord.duties.models import Adoption, Beat
from onrecord.duties.rules import Adopted, Law, in_force
from onrecord.ledger.gateway.rows import fetch
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.queries import edition


def adopted() -> list[Adopted]:
    """Every edition that took effect, in order."""
    return [Adopted(at, edition(digest)) for at, digest in _adoptions()]


def law() -> Law:
    """The same, made ready for the fold. Kept for as long as no further edition is adopted."""
    return _law(_adoptions())


@lru_cache(maxsize=8)
def _law(adoptions: tuple[tuple[datetime, str], ...]) -> Law:
    return Law([Adopted(at, edition(digest)) for at, digest in adoptions])


def _adoptions() -> tuple[tuple[datetime, str], ...]:
    rows = fetch(Adoption, "WHERE t.effective_at IS NOT NULL ORDER BY t.effective_at, t.seq", ())
    return tuple((since, digest) for _, digest, since, _ in rows)


def rulebook_in_force(moment: datetime) -> Rulebook | None:
    """The edition in force at a moment; None before the first was adopted."""
    return in_force(adopted(), moment)


def last_beat() -> Beat | None:
    """The watch's last beat; None before the first."""
    return Beat.objects.filter(id=1).first()
