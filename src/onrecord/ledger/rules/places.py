"""Where somebody lives and how to ring them: left out of every page, and told by itself where a reason was given."""

from collections.abc import Iterator
from dataclasses import replace

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
    for name in type(fact).model_fields:
        shape = getattr(fact, name)
        if isinstance(shape, Person | Place) and (said := [part for part in WHEREABOUTS if getattr(shape, part, None)]):
            yield name, shape, said


def quiet(made: Entry) -> Entry:
    """The entry without where anybody lives."""
    return replace(made, saying=replace(made.saying, fact=hushed(made.saying.fact)))


def quiet_both(made: PutRight) -> PutRight:
    """The same of an entry as it stands now and as it was first recorded."""
    return replace(made, entry=quiet(made.entry), first=quiet(made.first))
