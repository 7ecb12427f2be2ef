"""What of an entry a court's bundle opens: what two people asked for, and never what keeps the child safe."""

from collections.abc import Collection, Iterable
from typing import Any

from onrecord.case.rules.printing import kept_off_paper
from onrecord.ledger.facts import Fact, Person, Phone, Place, Vehicle

ALWAYS = frozenset({"happened", "role", "agency", "about", "regarding"})
"""What surrounds every entry and names nobody: it is opened in every bundle."""
WHO, SAID = frozenset({"by", "on_behalf"}), frozenset({"lowering"})
BODY = "body."


def opens(fact: Fact, names: Iterable[str], asked: Collection[str]) -> list[str]:
    """Which of an entry's fields are opened, in their order. A field that today's class does not know never is."""
    kinds = {name: held.coded for name, _, _, held in type(fact).fields()}
    never = kept_off_paper(type(fact))
    return [name for name in names if _opens(fact, name, asked, kinds, never)]


def _opens(fact: Fact, name: str, asked: Collection[str], coded: dict[str, bool], never: frozenset[str]) -> bool:
    if not name.startswith(BODY):
        return name in ALWAYS or (name in WHO and "who" in asked) or (name in SAID and "said" in asked)
    field = name.removeprefix(BODY)
    if fact.kept_apart or field in never or field not in coded:
        return False
    return coded[field] or ("child" if _of_somebody(getattr(fact, field)) else "said") in asked


def _of_somebody(value: Any) -> bool:
    """Whether it is somebody's name or where they are to be found."""
    parts = value if isinstance(value, tuple) else (value,)
    return any(isinstance(part, Person | Place | Phone | Vehicle) for part in parts)
