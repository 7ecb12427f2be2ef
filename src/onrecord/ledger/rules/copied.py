"""One entry in plain text, for another system: so that nobody types twice what was decided here."""

from datetime import datetime
from typing import NamedTuple

from onrecord.ledger.facts import Entry
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.rules.places import quiet
from onrecord.ledger.rules.sentence import sentence


class Copied(NamedTuple):
    """The text, a name that no other on the page has, and what it is, for who hears the page read."""

    name: str
    text: str
    about: str


def copied(made: Entry, happened: datetime, by: str, state: str = "") -> Copied:
    """An entry as it stands: its reference, day, whose word it is, why it has no effect, and its sentence.

    What is shown by a reason only, and where anybody lives, is left out. `happened` is when, as put right.
    """
    title, day = made.saying.fact.title, _day(happened)
    lines = [
        f"OnRecord entry {str(made.id)[:8]}: {title}",
        f"Day: {day}",
        f"Recorded: {_day(made.recorded_at)}, {made.recorded_at.astimezone(HERE):%H:%M}",
        f"From: {by}",
        *([f"{state}."] if state else []),
        sentence(quiet(made)),
    ]
    return Copied(f"copy-{made.id}", "\n".join(lines), f"{title} of {day}")


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(HERE):%-d %B %Y}"
