"""The chronology sentence of an entry, made from its declaration."""

import re
import string
from collections.abc import Mapping

from onrecord.ledger.facts import Entry, Fact

UNSAID = "(not said)"
"""What stands in a sentence for a field that was left unsaid, outside a part in square brackets."""
PART = re.compile(r"\[([^\]]*)\]")
"""A part of a sentence that falls away with the field in it."""


def sentence(entry: Entry) -> str:
    """What happened, in one sentence, with codes in words."""
    return told(entry.saying.fact, {})


def told(fact: Fact, instead: Mapping[str, str]) -> str:
    """A fact's sentence, with other words for some of its fields. A part in brackets stands if its field was said."""
    declared = fields_of(fact.sentence) & set(type(fact).model_fields)
    said = {name: fact.spoken(name) for name in declared} | dict(instead)
    kept = PART.sub(lambda part: part[1] if all(said.get(name) for name in fields_of(part[1])) else "", fact.sentence)
    return kept.format_map({name: said.get(name) or UNSAID for name in fields_of(kept)})


def fields_of(text: str) -> set[str]:
    """The fields that a sentence, or a part of one, speaks of."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
