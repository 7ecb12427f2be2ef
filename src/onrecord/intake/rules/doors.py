"""What is asked at the doors where nobody signs in, in which order, and what an answer that was left open means.

A child is asked one thing a page. Every question can be left, or answered with “I don't know” or “I'd rather not say”.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from onrecord.intake.facts import UNSAID, ReportReceived

NOBODY = {
    "child": "A child who wrote here and gave no name",
    "parent": "A child whose parent or carer wrote here",
    "public": "A child about whom somebody wrote here",
    "other": "A child about whom somebody wrote here",
    "professional": "A child about whom a professional wrote here without signing in",
}
"""How the child is called where nobody said anything about who it is: something has to stand for each child."""
OPEN = {"concern": "not_sure", "danger_now": "unknown", "positions": "unknown"}
"""What stands where one of these was not answered. None of them lowers anything."""


class Question(NamedTuple):
    """One page: its short name, the fields it asks, what it says above them, and the field that may be left unsaid."""

    name: str
    fields: tuple[str, ...]
    title: str
    says: str = ""
    unsaid: str = ""


CHILD = (
    Question("danger", ("danger_now",), "Are you in danger right now?", "If you are, ring 999. It is free."),
    Question(
        "reach",
        ("reach", "reach_how"),
        "How can we answer you safely?",
        "We ask this first, so that nothing we do gets you into trouble.",
    ),
    Question("secret", ("must_not_know",), "Who must not find out that you wrote?", "", "must_not_know"),
    Question(
        "words",
        ("words",),
        "What is happening?",
        "Say it your own way. Spelling does not matter. You do not have to say everything.",
        "words",
    ),
    Question(
        "who", ("who",), "Who is doing it?", "A name, a nickname, a car, or what they look like. Anything helps.", "who"
    ),
    Question(
        "where", ("place",), "Where does it happen?", "A street, a shop, a house, a website. Anything helps.", "place"
    ),
    Question(
        "work",
        ("positions",),
        "Does any of them work with children, the police, the council or taxis?",
        "If so, we keep this from the people they work with.",
    ),
    Question(
        "you", ("child",), "Who are you?", "You do not have to say. A first name or a nickname is enough.", "child"
    ),
)
"""What a child is asked, safety first."""


def left_open(said_by: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What stands for everything that was not answered at a door."""
    found: dict[str, Any] = {"said_by": said_by}
    found |= {name: code for name, code in OPEN.items() if not typed.get(name, "").strip()}
    if not any(text.strip() for name, text in typed.items() if name.startswith("child-")):
        found["child"] = {"described": NOBODY[said_by]}
    codes = [f"{name.removeprefix('unsaid-')}_{how}" for name, how in typed.items() if name.startswith("unsaid-")]
    found["unsaid"] = [code for code in codes if code in UNSAID.words and not _answered(code, typed)]
    return found


def _answered(code: str, typed: Mapping[str, str]) -> bool:
    """Whether something was written after all, beside “I don't know”."""
    field = code.removesuffix("_unknown").removesuffix("_rather_not")
    return any(text.strip() for name, text in typed.items() if name == field or name.startswith(f"{field}-"))


def trigger(fact: ReportReceived) -> str:
    """What the guidance says of a professional's worry: “met”, or “report anyway”. It never says “not met”."""
    alarming = {"sexual_exploitation", "criminal_exploitation", "harm_at_home"}
    return "met" if fact.danger_now == "yes" or fact.concern in alarming else "anyway"


class Reads(NamedTuple):
    """When a person reads next: whether somebody reads now, until or from when, and in how many days.

    Nobody reads now and there is no time: nobody is on the rota. Somebody reads now and there is none: past midnight.
    """

    now: bool
    at: datetime | None = None
    days: int = 0


def next_read(now: datetime, start: datetime | None, end: datetime | None, zone: tzinfo) -> Reads:
    """When a person reads next. `start` and `end` are the time on the rota that runs now or comes next."""
    if start is None or end is None:
        return Reads(False)
    here, begins, ends = (moment.astimezone(zone) for moment in (now, start, end))
    if begins <= here:
        return Reads(True, ends if ends.date() == here.date() else None)
    return Reads(False, begins, (begins.date() - here.date()).days)
