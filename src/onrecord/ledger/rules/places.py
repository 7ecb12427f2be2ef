"""Where somebody lives and how to ring them: left out of every page, and told by itself where a reason was given.

Of most people and places that is the address, the postcode and the phone. Of a field that is held to be shown by a
reason only (`Held.by_reason`) it is everything.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.ledger.facts import Entry, Fact, Person, Place
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.shape import parts

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
    for name, by_reason in _held(type(fact)):
        shape = getattr(fact, name)
        if isinstance(shape, Person | Place):
            parts = type(shape).model_fields if by_reason else WHEREABOUTS
            if said := [part for part in parts if getattr(shape, part, None)]:
                yield name, shape, said


@cache
def _held(kind: type[Fact]) -> tuple[tuple[str, bool], ...]:
    """Every field of a kind, and whether all of it is shown by a reason only."""
    return tuple((name, held.by_reason) for name, _, _, held in kind.fields())


def quiet(made: Entry) -> Entry:
    """The entry without where anybody lives."""
    return replace(made, saying=replace(made.saying, fact=hushed(made.saying.fact)))


def quiet_both(made: PutRight) -> PutRight:
    """The same of an entry as it stands now and as it was first recorded."""
    return replace(made, entry=quiet(made.entry), first=quiet(made.first))
