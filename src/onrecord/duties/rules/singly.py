"""Which proposals are signed by themselves, never with others at once: and why, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onrecord.duties.facts import DisagreementRaised, DisagreementSettled
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.rules.effect import Line

YOUNG = 13
YEAR = timedelta(days=365)
RETURNED = "case.child_returned"
CARED_FOR = frozenset({"case.care_leaver_recorded", "case.child_placed"})
"""What is said of a child only who is, or was, looked after: also that they are at home again."""
HEARD = {"child": "the child disagrees", "reporter": "the person who reported disagrees"}
ORDER = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Signs:
    """What is on record about a child that makes a lowering one to be looked at by itself."""

    born: date | None = None
    in_care: bool = False
    missing: bool = False
    reports: int = 1
    trusted: bool = False
    disagree: frozenset[str] = frozenset()


def signs_of(lines: Iterable[Line], born: date | None, now: datetime) -> Signs:
    """The signs among the lines about one child, as they stand and as first said, where both are given.

    `born` is the birth date, where one is on record.
    """
    given = list(lines)
    reports = [line for line in given if line.kind == ReportReceived.kind]
    settled = {target for line in given if line.kind == DisagreementSettled.kind for target in line.regarding}
    raised = [line for line in given if line.kind == DisagreementRaised.kind and line.id not in settled]
    return Signs(
        born,
        any(_in_care(line) for line in given),
        any(line.kind == RETURNED or line.coded.get("concern") == "missing" for line in given),
        len({line.id for line in reports if line.recorded_at > now - YEAR}),
        any(line.coded.get("positions") == "yes" for line in reports),
        frozenset(str(line.coded.get("whose")) for line in raised),
    )


def singly(signs: Signs, day: date) -> tuple[str, ...]:
    """Why it is signed by itself, in words; nothing, when it may be signed with others. In doubt it is by itself."""
    found = [
        ("age not known", signs.born is None),
        ("under 13", signs.born is not None and _age(signs.born, day) < YOUNG),
        ("looked after", signs.in_care),
        ("was missing", signs.missing),
        (f"{_ordinal(signs.reports)} this year", signs.reports > 1),
        ("somebody in a position of trust", signs.trusted),
    ]
    heard = [words for whose, words in HEARD.items() if whose in signs.disagree]
    return (*(words for words, applies in found if applies), *heard)


def _in_care(line: Line) -> bool:
    """Whether it says that the child is, or was, looked after."""
    coded = line.coded
    return line.kind in CARED_FOR or coded.get("setting") == "care_home" or coded.get("plan") == "looked_after"


def _ordinal(reports: int) -> str:
    return f"{ORDER[reports - 1]} report" if 0 < reports <= len(ORDER) else f"{reports} reports"


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
