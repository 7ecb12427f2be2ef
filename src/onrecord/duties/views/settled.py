"""What a rule says of its own answer, and so nobody is asked."""

from functools import cache

from onrecord.ledger.facts import Fact
from onrecord.ledger.forms import Ask
from onrecord.rulebook.facts import Rule


def settled(rule: Rule, kind: str) -> dict[str, str]:
    """The fields of an answer for which a rule leaves one code only."""
    ending = rule.repeats.ended_by if rule.repeats else ()
    wanted = [match.where for match in (*rule.discharged_by, *ending) if match.kind == kind]
    if len(wanted) != 1:
        return {}
    return {name: codes[0] for name, codes in wanted[0].items() if len(codes) == 1}


@cache
def asking(fact: type[Fact], known: tuple[str, ...]) -> Ask:
    """How a page asks for a fact of which it knows some fields."""
    return Ask(names=tuple(name for name, *_ in fact.fields() if name not in known))
