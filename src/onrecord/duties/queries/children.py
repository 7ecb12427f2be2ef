"""Whom duties are about, as they were named when they were first mentioned. It opens what is sealed."""

from collections.abc import Iterable
from uuid import UUID

from onrecord.ledger.facts import Person, mention_of
from onrecord.ledger.queries import entries, makers


def children(mentions: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """For each mention, the entry that made it and the child as said there."""
    made = makers(mentions)
    found = {}
    for entry in entries(made.values()):
        child, mention = getattr(entry.saying.fact, "child", None), mention_of(entry.id, "child")
        if isinstance(child, Person) and mention in made:
            found[mention] = (entry.id, child.spoken())
    return found
