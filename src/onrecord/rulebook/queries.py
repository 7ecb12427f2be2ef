"""Named questions to the editions that were kept."""

from functools import lru_cache

from onrecord.rulebook.facts import Fault, Rulebook
from onrecord.rulebook.gateway import RulebookRefused, thaw
from onrecord.rulebook.models import Edition

PROMISED = "A kept edition is what its digest promises."


class NoSuchEdition(LookupError):
    """No edition with this digest was kept here."""


@lru_cache(maxsize=32)
def edition(digest: str) -> Rulebook:
    """Thaw the edition with this digest, once a process: a digest never means anything else.

    Raises NoSuchEdition, or RulebookRefused when the kept text is not what the digest promises.
    """
    text = Edition.objects.filter(digest=digest).values_list("text", flat=True).first()
    if text is None:
        raise NoSuchEdition(f"no edition {digest} was kept here")
    kept = thaw(text)
    if kept.digest != digest:
        raise RulebookRefused([Fault(f"edition {digest}", kept.digest, PROMISED, "Restore it from a copy.")])
    return kept
