"""The chronology sentence of an entry, made from its declaration."""

import string

from onrecord.ledger.facts import Entry


class _Words(dict[str, str]):
    """The words a sentence may use; a field that was left unsaid reads as such."""

    def __missing__(self, name: str) -> str:
        return "(not said)"


def sentence(entry: Entry) -> str:
    """What happened, in one sentence, with codes in words."""
    fact = entry.saying.fact
    used = {name for _, name, _, _ in string.Formatter().parse(fact.sentence) if name}
    words = {name: fact.spoken(name) for name in used if name in type(fact).model_fields}
    return fact.sentence.format_map(_Words({name: said for name, said in words.items() if said}))
