"""Whether silence climbs: to seats we know, each a new person, each later, the last one outside."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.rulebook.facts import (
    AGENCY_SORTS,
    NAMED,
    OUTSIDE,
    OUTSIDE_ROLES,
    OWING,
    RECORDING,
    ROLES,
    Fault,
    Rule,
    Rung,
    Seat,
    Term,
)
from onrecord.rulebook.rules.spoken import spoken

AT_ONCE = Term(hours=0)


def seat_faults(rule: Rule) -> Iterator[Fault]:
    """Seats of a role or an agency that we do not know."""
    yield from _unknown("owed_by", rule.owed_by, AGENCY_SORTS | {RECORDING, NAMED})
    for number, rung in enumerate(rule.ladder):
        yield from _unknown(f"ladder[{number}].to", rung.to, AGENCY_SORTS | {RECORDING, OWING})
    if (rule.owed_by.of == NAMED) != (rule.owed_by.named_in is not None):
        remedy = "Say `of: named` and in which field: `named_in`."
        yield Fault("owed_by.named_in", rule.owed_by.named_in or "nothing", "A named agency stands in a field.", remedy)


def ladder_faults(rule: Rule) -> Iterator[Fault]:
    """A ladder that is empty, ends inside, stands out of order, or asks the same person twice."""
    if not rule.ladder:
        yield Fault("ladder", "nothing", "Silence climbs to somebody.", "Add rungs, the last one outside.")
        return
    last = rule.ladder[-1].to
    if last.of != OUTSIDE and last.role not in OUTSIDE_ROLES:
        remedy = "Add a last rung with `of: outside`."
        stood = f"ends at {last.role} of {last.of}"
        yield Fault("ladder", stood, "A ladder ends outside the agency that owes.", remedy)
    yield from _order(rule.ladder)
    yield from _new_people(rule)


def _order(ladder: Sequence[Rung]) -> Iterator[Fault]:
    for number, (earlier, later) in enumerate(pairwise(ladder), start=1):
        place, stood = f"ladder[{number}].after", spoken(later.after)
        if earlier.after == AT_ONCE and later.after != AT_ONCE:
            continue
        if later.after.unit != earlier.after.unit:
            says = "After a first rung at once, a ladder counts in one unit."
            yield Fault(place, stood, says, f"Count in {earlier.after.unit}.")
        elif later.after.number <= earlier.after.number:
            remedy = f"It must be more than {spoken(earlier.after)}."
            yield Fault(place, stood, "Each rung comes later than the one before.", remedy)


def _new_people(rule: Rule) -> Iterator[Fault]:
    told = {(rule.owed_by.role, rule.owed_by.of)}
    for number, rung in enumerate(rule.ladder):
        seat = (rung.to.role, rule.owed_by.of if rung.to.of == OWING else rung.to.of)
        if seat in told:
            says = "Silence climbs to a new person; it never repeats to the same."
            stood = f"{rung.to.role} of {rung.to.of}"
            yield Fault(f"ladder[{number}].to", stood, says, "Name another seat.")
        told.add(seat)


def _unknown(place: str, seat: Seat, sorts: frozenset[str]) -> Iterator[Fault]:
    if seat.role not in ROLES:
        remedy = f"Choose one of: {', '.join(sorted(ROLES))}."
        yield Fault(f"{place}.role", seat.role, "A seat is a role we know.", remedy)
    if seat.of not in sorts:
        remedy = f"Choose one of: {', '.join(sorted(sorts))}."
        yield Fault(f"{place}.of", seat.of, "A seat belongs to an agency we know.", remedy)
