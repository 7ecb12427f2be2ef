"""Which edition of the rulebook is in force, and when the watch last looked."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from onrecord.duties.models import Adoption, Beat, Owed
from onrecord.duties.rules import Adopted, Law, in_force
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.gateway.rows import as_python, fetch, held
from onrecord.ledger.rules.bracket import ALLOWED
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.queries import edition

IN_ORDER = "WHERE t.effective_at IS NOT NULL ORDER BY t.effective_at, t.seq"


def adopted() -> list[Adopted]:
    """Every edition that took effect, in order."""
    return [Adopted(since, edition(digest)) for _, digest, since, _ in fetch(Adoption, IN_ORDER, ())]


def law() -> Law:
    """The same, made ready for the fold. Kept for as long as no further edition is adopted."""
    return _law(held(Adoption, IN_ORDER))


@lru_cache(maxsize=8)
def _law(rows: tuple[tuple[Any, ...], ...]) -> Law:
    return Law([Adopted(since, edition(digest)) for _, digest, since, _ in as_python(Adoption, rows)])


def rulebook_in_force(moment: datetime) -> Rulebook | None:
    """The edition in force at a moment; None before the first was adopted."""
    return in_force(adopted(), moment)


def waiting_adoption(digest: str) -> UUID | None:
    """The proposal of an edition that nobody has agreed to or declined yet; None where there is none."""
    proposed = Adoption.objects.filter(digest=digest, effective_at=None).values("entry")
    return Owed.objects.filter(opening__in=proposed, state=OPEN).values_list("opening", flat=True).first()


def last_beat(now: datetime) -> Beat | None:
    """The watch's last beat; None before the first.

    One that is still to come is none: nobody looked then, and pages say of the watch that somebody outside was told.
    """
    return Beat.objects.filter(id=1, at__lte=now + ALLOWED).first()
