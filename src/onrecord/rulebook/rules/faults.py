"""Whether a rule is fit to be adopted. Each check yields faults as values; nothing is raised."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.rulebook.facts import ANY, Fault, Many, Match, Rule, Value
from onrecord.rulebook.rules.climb import AT_ONCE, ladder_faults, seat_faults
from onrecord.rulebook.rules.kinds import ANSWER, ANSWERED, matches_of
from onrecord.rulebook.rules.spoken import spoken
from onrecord.rulebook.rules.stories import example_faults


def faults(rule: Rule) -> list[Fault]:
    """List everything that stops this rule from being adopted, or an empty list."""
    found = [*_value_faults("within", rule.within), *_answer_faults(rule), *seat_faults(rule)]
    found += [*ladder_faults(rule), *example_faults(rule), *_grace_faults(rule), *_early_faults(rule)]
    if rule.repeats:
        found += [*_value_faults("repeats.every", rule.repeats.every), *_end_faults(rule.repeats.ended_by)]
    if rule.challenge:
        found += [*_value_faults("challenge.within", rule.challenge.within), *_challenge_faults(rule)]
    for of, values in rule.many.items():
        found += [*_value_faults(f"many.{of}", values), *_many_faults(f"many.{of}", values)]
    return found


def _many_faults(place: str, values: Sequence[Many]) -> Iterator[Fault]:
    for number, value in enumerate(values):
        if value.term and value.term.days is None:
            says = "What was lowered at once is counted in days."
            yield Fault(f"{place}[{number}].term", spoken(value.term), says, "Give a number of `days`.")


def _challenge_faults(rule: Rule) -> Iterator[Fault]:
    if rule.opens.standing != "proposed":
        says = "Only what two agreed to is challenged with effect."
        yield Fault("challenge", rule.opens.kind, says, "Say `standing: proposed`, or leave the challenge out.")


def _value_faults(place: str, values: Sequence[Value]) -> Iterator[Fault]:
    if not values:
        remedy = "Give at least one dated value."
        yield Fault(place, "nothing", "A rule says how long there is.", remedy)
    elif values[0].term is None:
        remedy = "Give the value it had before."
        yield Fault(f"{place}[0].term", "null", "A rule cannot end before it began.", remedy)
    for number, value in enumerate(values):
        yield from _citation_faults(f"{place}[{number}]", value)
    for number, (earlier, later) in enumerate(pairwise(values), start=1):
        if later.start <= earlier.start:
            says, remedy = "Values stand in order of date, one a day.", f"It must be after {earlier.start}."
            yield Fault(f"{place}[{number}].from", str(later.start), says, remedy)


def _citation_faults(place: str, value: Value) -> Iterator[Fault]:
    stood = spoken(value.term)
    if value.source is None and value.default is None:
        yield Fault(place, stood, "Every value is cited or owned.", "Add a source, or `default: ours` and why.")
    if value.source is not None and value.default is not None:
        yield Fault(place, stood, "A value has one authority.", "Keep the source or the default, not both.")
    if value.default is not None and value.why is None:
        yield Fault(f"{place}.why", "nothing", "A default of ours says why.", "Add `why` in a sentence.")
    if value.term == AT_ONCE:
        yield Fault(f"{place}.term", stood, "A limit leaves time to act.", "Give at least one hour.")


def _answer_faults(rule: Rule) -> Iterator[Fault]:
    if not rule.discharged_by:
        remedy = "Name the response that discharges it."
        yield Fault("discharged_by", "nothing", "A duty can be answered.", remedy)
    if rule.opens.kind == ANY and rule.opens.standing != "proposed":
        remedy = "Name the kind, or say `standing: proposed`."
        yield Fault("opens.kind", ANY, "Only a proposed fact may be of any kind.", remedy)
    for number, match in enumerate(rule.discharged_by):
        if match.kind == ANY:
            yield Fault(f"discharged_by[{number}].kind", ANY, ANSWERED, ANSWER)
    for place, match in matches_of(rule):
        if match.kind == ANY and match.where:
            stood = "any, with where"
            yield Fault(place, stood, "A fact of any kind has no fields that we know.", "Name the kind.")


def _grace_faults(rule: Rule) -> Iterator[Fault]:
    if rule.grace is not None and rule.until is None:
        says = "Grace follows a day that a fact names."
        yield Fault("grace", spoken(rule.grace), says, "Say which day, by `until`, or leave the grace out.")
    if rule.grace == AT_ONCE:
        says = "Without grace a duty is due at the end of the named day."
        yield Fault("grace", spoken(rule.grace), says, "Leave it out, or give at least one hour.")


def _early_faults(rule: Rule) -> Iterator[Fault]:
    if rule.early is not None and rule.early.days is None:
        says = "How long before it arose a step may have been taken is counted in days."
        yield Fault("early", spoken(rule.early), says, "Give a number of `days`, or leave it out.")
    for place, match in matches_of(rule):
        if match.by_two and not place.startswith(("discharged_by", "repeats.ended_by")):
            says = "Only an answer, or an end, is agreed to by two."
            yield Fault(f"{place}.by_two", match.kind, says, "Leave it out.")
        if match.vouched and (match.together is None or not place.startswith("discharged_by")):
            says = "Only an answer by which people met is vouched for."
            yield Fault(f"{place}.vouched", match.kind, says, "Say who takes part, by `together`, or leave it out.")


def _end_faults(ended_by: Sequence[Match]) -> Iterator[Fault]:
    if not ended_by:
        says = "A duty that comes back says what ends it."
        yield Fault("repeats.ended_by", "nothing", says, "Name the fact that ends it.")
