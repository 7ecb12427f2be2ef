"""Whether a rule is shown at work: its examples prove something, and each is told in order."""

from collections.abc import Iterator, Sequence

from onrecord.rulebook.facts import Example, Fault, Rule


def example_faults(rule: Rule) -> Iterator[Fault]:
    """Examples that are missing, prove nothing, or contradict the rule they stand in."""
    if not rule.examples:
        yield Fault("examples", "nothing", "A rule is shown at work.", "Add worked examples.")
        return
    states = {expected.state for example in rule.examples for expected in example.expect}
    if not states:
        says = "Examples in which nothing is ever owed prove nothing."
        yield Fault("examples", "nothing expected", says, "Add one in which something is owed.")
    elif "met" not in states:
        yield Fault("examples", "never met", "A duty can be met.", "Add an example in which it is.")
    ladder = tuple(rung.to.role for rung in rule.ladder)
    for number, example in enumerate(rule.examples):
        yield from _order(f"examples[{number}]", example)
        yield from _told(f"examples[{number}]", example, ladder)


def _order(place: str, example: Example) -> Iterator[Fault]:
    moments = [given.at for given in example.given] + [example.now]
    if moments != sorted(moments):
        says = "A story is told in order, and `now` comes last."
        yield Fault(place, example.name, says, "Put the times in order.")
    for number, given in enumerate(example.given):
        if given.regarding is not None and given.regarding >= number:
            says = "A fact can regard only an earlier one."
            yield Fault(f"{place}.given[{number}].regarding", str(given.regarding), says, "Count from 0.")
    if [expected.occurrence for expected in example.expect] != list(range(1, len(example.expect) + 1)):
        says = "Occurrences are expected in order, from 1, each once."
        yield Fault(f"{place}.expect", example.name, says, "Number them 1, 2, 3.")


def _told(place: str, example: Example, ladder: Sequence[str]) -> Iterator[Fault]:
    for number, expected in enumerate(example.expect):
        if expected.told != tuple(ladder[: len(expected.told)]):
            stood, remedy = ", ".join(expected.told), f"The ladder is {', '.join(ladder) or 'empty'}."
            says = "People are told in the order of the ladder."
            yield Fault(f"{place}.expect[{number}].told", stood, says, remedy)
