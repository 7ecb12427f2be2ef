"""What of an entry goes on paper: never what keeps a child safe, and never where anybody lives."""

from onrecord.ledger.facts import Entry, Fact
from onrecord.ledger.facts.held import SAFETY
from onrecord.ledger.rules.sentence import fields_of, told

LEFT_OUT = "(not on paper)"


def kept_off_paper(fact: type[Fact]) -> frozenset[str]:
    """The fields that no paper holds: how a child is reached, whom she trusts, who must not know, where she lives."""
    return frozenset(name for name, _, _, held in fact.fields() if held == SAFETY or held.by_reason)


def on_paper(made: Entry) -> str | None:
    """The sentence of an entry without those fields; None where its sentence uses none of them."""
    fact = made.saying.fact
    hidden = kept_off_paper(type(fact)) & fields_of(fact.sentence)
    return told(fact, dict.fromkeys(hidden, LEFT_OUT)) if hidden else None
