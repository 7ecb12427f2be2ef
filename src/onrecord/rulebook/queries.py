"""Named questions to the editions that were kept."""

from collections.abc import Iterable
from functools import lru_cache

from onrecord.rulebook.facts import Fault, Rule, Rulebook
from onrecord.rulebook.gateway import RulebookRefused, damaged, read, shipped, thaw
from onrecord.rulebook.models import Edition

PROMISED = "A kept edition is what its digest promises."


class NoSuchEdition(LookupError):
    """No edition with this digest was kept here."""


@lru_cache(maxsize=32)
def edition(digest: str) -> Rulebook:
    """Thaw the edition with this digest, once a process: a digest never means anything else.

    Where the kept text is gone or is not what the digest promises, the edition that ships stands in, if it is the same.
    Raises NoSuchEdition, or RulebookRefused when there is none such.
    """
    text = Edition.objects.filter(digest=digest).values_list("text", flat=True).first()
    if (text is None or damaged(text, digest)) and (packaged := shipped_edition()).digest == digest:
        return packaged
    if text is None:
        raise NoSuchEdition(f"no edition {digest} was kept here")
    kept = thaw(text)
    if kept.digest != digest:
        raise RulebookRefused([Fault(f"edition {digest}", kept.digest, PROMISED, "Restore it from a copy.")])
    return kept


@lru_cache(maxsize=10_000)
def rule_of(digest: str, rule: str) -> Rule:
    """A rule of the edition with this digest, by its id."""
    return next(one for one in edition(digest).rules if one.id == rule)


@lru_cache(maxsize=1)
def shipped_edition() -> Rulebook:
    """The edition that comes with this version. Its files change only with the version."""
    return read(shipped())


def kept_editions() -> frozenset[str]:
    """The digests of all editions that were kept here."""
    return frozenset(Edition.objects.values_list("digest", flat=True))


def damaged_editions(digests: Iterable[str]) -> list[str]:
    """Those of these editions whose kept text is gone, or is not what the digest promises."""
    kept = dict(Edition.objects.values_list("digest", "text"))
    return [digest for digest in digests if digest not in kept or damaged(kept[digest], digest)]
