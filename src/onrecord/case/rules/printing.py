"""What of an entry goes on paper: never what keeps a child safe, and never where anybody lives."""

import string

from onrecord.ledger.facts import Entry, Fact
from onrecord.ledger.facts.held import SAFETY

LEFT_OUT = "(not on paper)"


def kept_off_paper(fact: type[Fact]) -> frozenset[str]:
    """The fields that no paper holds: how a child is reached, whom she trusts, who must not know."""
    return frozenset(name for name, _, _, held in fact.fields() if held == SAFETY)


def on_paper(made: Entry) -> str | None:
    """The sentence of an entry without those fields; None where its sentence uses none of them."""
    fact = made.saying.fact
    used = {name for _, name, _, _ in string.Formatter().parse(fact.sentence) if name}
    hidden = kept_off_paper(type(fact)) & used
    if not hidden:
        return None
    said = {name: fact.spoken(name) or "(not said)" for name in used - hidden if name in type(fact).model_fields}
    return fact.sentence.format_map(said | dict.fromkeys(hidden, LEFT_OUT))
