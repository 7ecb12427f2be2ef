"""Whether a rule speaks of facts that exist. The caller brings the kinds: this stage knows none."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from onrecord.rulebook.facts import ANY, Fault, KindShape, Match, Rule

ANSWERED = "A duty is discharged only by a recorded response."
ANSWER = "Name the fact by which somebody answers."


def kind_faults(rule: Rule, kinds: Mapping[str, KindShape]) -> list[Fault]:
    """List each kind, field or code that no fact has, and each answer that is no response."""
    found: list[Fault] = []
    for place, match in matches_of(rule):
        found += _code_faults(f"{place}.where", match.kind, match.where, kinds)
        found += _code_faults(f"{place}.unless", match.kind, match.unless, kinds)
        if match.together:
            sorts = {match.together.field: match.together.all_of}
            found += _code_faults(f"{place}.together", match.kind, sorts, kinds)
    for number, match in enumerate(rule.discharged_by):
        shape = kinds.get(match.kind)
        if shape is not None and not shape.response:
            found.append(Fault(f"discharged_by[{number}].kind", match.kind, ANSWERED, ANSWER))
    found += _field_faults(rule, kinds)
    for place, kind, coded in _given(rule):
        codes = {field: (code,) if isinstance(code, str) else code for field, code in coded.items()}
        found += _code_faults(f"{place}.coded", kind, codes, kinds)
    return found


def matches_of(rule: Rule) -> Iterator[tuple[str, Match]]:
    """List every place in a rule that says which facts are meant."""
    yield "opens", rule.opens
    for number, match in enumerate(rule.discharged_by):
        yield f"discharged_by[{number}]", match
    for number, match in enumerate(rule.repeats.ended_by if rule.repeats else ()):
        yield f"repeats.ended_by[{number}]", match
    if rule.challenge:
        yield "challenge.by", rule.challenge.by


def _given(rule: Rule) -> Iterator[tuple[str, str, Mapping[str, str | tuple[str, ...]]]]:
    for number, example in enumerate(rule.examples):
        for place, given in enumerate(example.given):
            yield f"examples[{number}].given[{place}]", given.kind, given.coded


def _field_faults(rule: Rule, kinds: Mapping[str, KindShape]) -> Iterator[Fault]:
    """The day that a rule waits for, and who owes, stand in the fact that opens it; where it comes back, in answers."""
    shape = kinds.get(rule.opens.kind)
    seats = [("owed_by", rule.owed_by), *((f"ladder[{at}].to", rung.to) for at, rung in enumerate(rule.ladder))]
    if shape is None:
        return
    if rule.until and rule.until not in (days := _days(rule, kinds)):
        remedy = f"Choose one of: {', '.join(sorted(days)) or 'none'}."
        kinds_of = " and ".join(naming(rule))
        yield Fault("until", rule.until, f"No coded day of {kinds_of} has this name.", remedy)
    for place, seat in seats:
        known = [*(name for name, codes in shape.coded.items() if codes), *sorted(shape.agencies)]
        if seat.named_in and seat.named_in not in known:
            says = f"{rule.opens.kind} has no coded answer of this name."
            yield Fault(f"{place}.named_in", seat.named_in, says, f"Choose one of: {', '.join(known)}.")


def naming(rule: Rule) -> tuple[str, ...]:
    """The kinds of fact that may name the day of a rule: what opens it and, where it comes back, what answers it."""
    answers = (match.kind for match in rule.discharged_by) if rule.repeats else ()
    return tuple(dict.fromkeys((rule.opens.kind, *answers)))


def _days(rule: Rule, kinds: Mapping[str, KindShape]) -> frozenset[str]:
    """The coded days of the facts that may name one."""
    return frozenset(day for kind in naming(rule) if kind in kinds for day in kinds[kind].days)


def _code_faults(
    place: str, kind: str, named: Mapping[str, tuple[str, ...]], kinds: Mapping[str, KindShape]
) -> Iterator[Fault]:
    """Unknown kinds are told once, at `where` or `coded`; fields and codes wherever they stand."""
    shape = kinds.get(kind)
    if shape is None:
        if kind != ANY and not place.endswith((".unless", ".together")):
            at = f"{place.rpartition('.')[0]}.kind"
            yield Fault(at, kind, "No fact is of this kind.", "Check its name.")
        return
    for field, codes in named.items():
        if field in shape.days:
            yield from (_day_fault(f"{place}.{field}", code) for code in codes if not _is_day(code))
        elif field not in shape.agencies:
            yield from _unknown_codes(f"{place}.{field}", field, codes, kind, shape)


def _unknown_codes(place: str, field: str, codes: Iterable[str], kind: str, shape: KindShape) -> Iterator[Fault]:
    if field not in shape.coded:
        remedy = f"Choose one of: {', '.join(shape.coded) or 'none'}."
        yield Fault(place, field, f"{kind} has no coded field of this name.", remedy)
        return
    for code in codes:
        if code not in shape.coded[field]:
            remedy = f"Choose one of: {', '.join(shape.coded[field])}."
            yield Fault(place, code, f"{kind} has no such code in {field}.", remedy)


def _is_day(code: str) -> bool:
    try:
        return bool(date.fromisoformat(code))
    except ValueError:
        return False


def _day_fault(place: str, code: str) -> Fault:
    return Fault(place, code, "A day is written as 2026-11-20.", "Write the day.")
