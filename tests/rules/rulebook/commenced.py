"""The shipped rulebook as though it all held: so the worked examples of what holds only from a day to come are told."""

from datetime import date

from onrecord.rulebook.facts import NOT_COMMENCED, Rule
from onrecord.rulebook.gateway import read, shipped

SHIPPED = read(shipped())


def as_commenced(rule: Rule) -> Rule:
    """The rule as though what does not hold yet had always held."""
    within = [
        value.model_copy(update={"start": date.min}) if value.start == NOT_COMMENCED else value for value in rule.within
    ]
    return rule.model_copy(update={"within": tuple(within)})


ENGLAND = SHIPPED.model_copy(update={"rules": tuple(as_commenced(rule) for rule in SHIPPED.rules)})
