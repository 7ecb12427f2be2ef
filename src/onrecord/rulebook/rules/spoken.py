"""Parts of a rule in plain words, for faults, differences and pages."""

from datetime import date

from onrecord.rulebook.facts import (
    NAMED,
    NOT_COMMENCED,
    OUTSIDE,
    OWING,
    RECORDING,
    Many,
    Match,
    Rung,
    Seat,
    Term,
    Together,
    Value,
)

UNITS = {
    "working_days": ("working day", "working days"),
    "days": ("day", "days"),
    "hours": ("hour", "hours"),
    "months": ("month", "months"),
}
AGENCIES = {
    NAMED: "of the agency that is named",
    OUTSIDE: "outside",
    OWING: "of the agency that owes",
    RECORDING: "of the agency that recorded it",
    "childrens_social_care": "of children's social care",
}


def spoken(term: Term | None) -> str:
    """Say a term: `10 working days`, `the same day`, `no time at all`, or that the rule ends."""
    if term is None:
        return "no limit, the rule ends"
    if term.same_day:
        return "the same day"
    if term.hours == 0:
        return "no time at all"
    one, many = UNITS[term.unit]
    return f"{term.number} {one if term.number == 1 else many}"


def spoken_values(values: tuple[Value, ...]) -> str:
    """Say dated values, each with its first day."""
    return "; ".join(f"{spoken(value.term)} from {spoken_start(value.start)}" for value in values)


def spoken_start(start: date) -> str:
    """Say the first day of a value: a date, or that none is set."""
    return "a day that is not set yet" if start == NOT_COMMENCED else f"{start:%-d %B %Y}"


def spoken_many(value: Many) -> str:
    """Say from how many children on it is many at once."""
    if value.term is None:
        return spoken(None)
    share = f", and {value.in_hundred} of every hundred open concerns," if value.in_hundred else ""
    return f"{value.children} children{share} within {spoken(value.term)}"


def spoken_match(match: Match) -> str:
    """Say which facts are meant."""
    where = [f"{field} {' or '.join(codes)}" for field, codes in match.where.items()]
    unless = [f"not {field} {' or '.join(codes)}" for field, codes in match.unless.items()]
    proposed = ["proposed"] if match.standing == "proposed" else []
    together = [spoken_together(match.together)] if match.together else []
    agreed = ["agreed to by two"] if match.by_two else []
    vouched = ["vouched for by another agency that took part"] if match.vouched else []
    conditions = ", ".join(where + unless + together + proposed + agreed + vouched)
    return f"{match.kind} ({conditions})" if conditions else match.kind


def spoken_together(wanted: Together) -> str:
    """Say who has to take part, by code, and how many."""
    named = [f"{wanted.field} {' and '.join(wanted.all_of)}"] if wanted.all_of else []
    many = [f"{wanted.field} {wanted.at_least} at least"] if wanted.at_least > max(1, len(wanted.all_of)) else []
    return ", ".join(named + many)


def spoken_seat(seat: Seat) -> str:
    """Say a seat: `the team manager of the agency that owes`, `the scrutineer outside`."""
    agency = AGENCIES.get(seat.of, f"of {seat.of.replace('_', ' ')}")
    return f"the {seat.role.replace('_', ' ')} {agency}"


def spoken_ladder(ladder: tuple[Rung, ...]) -> str:
    """Say who is told and when, rung by rung."""
    return ", ".join(f"{spoken_seat(rung.to)} {_after(rung.after)}" for rung in ladder)


def _after(term: Term) -> str:
    return "at once" if term.hours == 0 else f"after {spoken(term)}"
