"""Writing the calendar. Only for whoever makes or checks `calendar.yaml`; due times never ask the library."""

from datetime import date

from holidays import country_holidays


def bank_holidays(first: date, last: date) -> frozenset[date]:
    """Ask the `holidays` library for the bank holidays of England from `first` to `last` inclusive.

    A newer library may answer otherwise, which is why the answer is kept as data.
    """
    known = country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1))
    return frozenset(day for day in known if first <= day <= last)


def generate(first: date, last: date) -> str:
    """Write the text of `calendar.yaml`, for the days from `first` to `last` inclusive."""
    lines = [
        "# Bank holidays in England and Wales, as data, so that a newer library cannot move a past due time.",
        "# Written by onrecord.rulebook.gateway.bank_holidays.generate; a test compares it with the library.",
        "# Future days are as the law stands; a new bank holiday is a new edition of the rulebook.",
        "nation: england",
        "timezone: Europe/London",
        f"first: {first}",
        f"last: {last}",
        "holidays:",
        *(f"- {day}" for day in sorted(bank_holidays(first, last))),
    ]
    return "\n".join(lines) + "\n"
