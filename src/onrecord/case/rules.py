"""What follows for a child's file: what is hidden in it, and who could be of the child's family."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from onrecord.case.facts import SafeContactSet
from onrecord.ledger.facts import Entry, Fact, Person, Place
from onrecord.ledger.rules.shape import parts
from onrecord.linkage.rules import sound

GLASS_HOURS = 24
GLASS_LASTS = timedelta(hours=GLASS_HOURS)
"""How long a file stays open to somebody who does not work with the child."""
FOLLOWED_WITHIN = timedelta(days=7)
"""How soon after a search something should be recorded about a child that it found."""
WHEREABOUTS = ("address", "postcode", "phone")


def hushed(fact: Fact) -> Fact:
    """The fact without where somebody lives and how to ring them."""
    quiet = {name: shape.model_copy(update=dict.fromkeys(said)) for name, shape, said in _places(fact)}
    return fact.model_copy(update=quiet)


def whereabouts(fact: Fact) -> list[tuple[str, str]]:
    """Where the people and places in a fact are and how to ring them: what is asked, and what was said."""
    labels = {part.name: {one.name: one.label for one in part.parts} for part in parts(type(fact))}
    return [
        (f"{named.label}, {labels[name][part].split(',')[0].lower()}", str(getattr(shape, part)))
        for name, shape, said in _places(fact)
        for named in parts(type(fact))
        if named.name == name
        for part in said
    ]


def _places(fact: Fact) -> Iterator[tuple[str, Person | Place, list[str]]]:
    for name in type(fact).model_fields:
        shape = getattr(fact, name)
        if isinstance(shape, Person | Place) and (said := [part for part in WHEREABOUTS if getattr(shape, part, None)]):
            yield name, shape, said


def could_be_family(reader: str, child: Person | None) -> bool:
    """Whether the reader's last name, by its sound, is the child's."""
    family = child.family_name if child else None
    return bool(family and reader.split() and sound(reader.split()[-1]) == sound(family.split()[-1]))


def must_not_know(contacts: Iterable[Entry]) -> list[str]:
    """Everybody who must not know, in the order they were named. Only an agreed, shorter list leaves anybody out."""
    named: dict[str, None] = {}
    for made in contacts:
        fact = made.saying.fact
        if isinstance(fact, SafeContactSet):
            named = dict.fromkeys((*(() if made.proposed else named), *fact.must_not_know))
    return list(named)
