"""What is said again of what something answers, and otherwise than there: whether less would be owed by it. Pure.

A report says what the worry is, and so does the decision on it. What is owed hangs on the decision's word. It may say
more than the report; where less would be owed than by the report's own word, that is a lowering.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Match, Rule

Kinds = Mapping[str, type[Fact]]


class Restated(NamedTuple):
    """A fact as it would be with the answers of what it answers, and those answers in words."""

    line: Line
    words: str


def restated(line: Line, answered: Iterable[Line], kinds: Kinds) -> list[Restated]:
    """How a fact would be, had it said what each thing that it answers says to the same question; where it differs."""
    made, found = kinds[line.kind], list[Restated]()
    for other in answered:
        said = dict(_otherwise(line, other, kinds)) if other.kind != line.kind else {}
        if said:
            words = ", ".join(f"“{_spoken(made, name, code)}”" for name, code in said.items())
            found.append(Restated(line._replace(coded={**line.coded, **said}), words))
    return found


def brings_less(fix: Line, stands: Line, rules: Iterable[Rule], kinds: Kinds) -> str:
    """What a corrected field says now, in words, where less could be owed by what answers it; "" where nothing is."""
    name, value = str(fix.coded.get("field")), fix.coded.get("value")
    before = stands.coded.get(name)
    if not isinstance(before, str) or before == value:
        return ""
    asking = {kind for kind, made in kinds.items() if kind != stands.kind and _same(made, kinds[stands.kind], name)}
    opening = [rule.opens for rule in rules if rule.opens.kind in asking]
    lost = any(_may_open(match, name, before) and not _may_open(match, name, value) for match in opening)
    return f"“{_spoken(kinds[stands.kind], name, before)}”" if lost else ""


def _otherwise(line: Line, other: Line, kinds: Kinds) -> Iterator[tuple[str, Any]]:
    made, theirs = kinds[line.kind], kinds[other.kind]
    for name, code in other.coded.items():
        if line.coded.get(name) != code and _same(made, theirs, name):
            yield name, code


def _same(one: type[Fact], other: type[Fact], name: str) -> bool:
    """Whether two kinds ask the same question: of the same name, with the same answers to choose from."""
    if name not in one.model_fields or name not in other.model_fields:
        return False
    options = one.options(name)
    return options is not None and options == other.options(name)


def _may_open(match: Match, name: str, code: Any) -> bool:
    return code in match.where.get(name, (code,)) and code not in match.unless.get(name, ())


def _spoken(made: type[Fact], name: str, code: Any) -> str:
    options = made.options(name)
    codes = [code] if isinstance(code, str) else list(code)
    return ", ".join(options.words[one] if options else str(one) for one in codes)
