"""The frozen text of a rulebook: what is kept, named by its digest, and never changed."""

import json
from hashlib import sha256

import rfc8785

from onrecord.rulebook.facts import Calendar, Fault, Rule, Rulebook


class RulebookRefused(ValueError):
    """The rulebook cannot be used. Holds every fault found, so that nothing has to be found twice."""

    def __init__(self, found: list[Fault]) -> None:
        """Keep the faults, and speak them, one a line."""
        super().__init__("\n".join(["The rulebook was refused.", *map(str, found)]))
        self.faults = tuple(found)


def freeze(rulebook: Rulebook) -> str:
    """Write the rulebook as RFC 8785 canonical JSON, without its digest: the SHA-256 of this text.

    What stands at its default is left out, so that a part added later with a default leaves every kept
    edition as it was. A default may therefore be added, and never changed.
    """
    said = rulebook.model_dump(mode="json", by_alias=True, exclude={"digest"}, exclude_defaults=True)
    return rfc8785.dumps(said).decode()


def thaw(text: str) -> Rulebook:
    """Read a frozen rulebook. Raises RulebookRefused unless it freezes to the same text again."""
    try:
        said = {**json.loads(text), "digest": _digest(text)}
        rulebook = Rulebook.model_validate_json(json.dumps(said))
    except (ValueError, TypeError) as fault:
        raise RulebookRefused([_unlike(str(fault))]) from fault
    if freeze(rulebook) != text:
        raise RulebookRefused([_unlike("it freezes to another text")])
    return rulebook


def damaged(text: str, digest: str) -> bool:
    """Whether a kept text is not the one this digest names."""
    return _digest(text) != digest


def sealed(rules: tuple[Rule, ...], calendar: Calendar) -> Rulebook:
    """Put the digest in place."""
    draft = Rulebook(nation=calendar.nation, rules=rules, calendar=calendar, digest="0" * 64)
    return draft.model_copy(update={"digest": _digest(freeze(draft))})


def _unlike(stood: str) -> Fault:
    """Say that a kept text is not what was frozen."""
    remedy = "Restore it from a copy whose digest agrees."
    return Fault("frozen text", stood, "A kept edition reads as it was frozen.", remedy)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
