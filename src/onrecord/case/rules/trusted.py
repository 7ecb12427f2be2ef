"""Who is trusted still: everybody whom the child named, until an agreed replacement takes their place.

And whose page is closed: of an adult who is named among those who must not know, or in what was told since.
"""

from collections.abc import Collection, Iterable

from onrecord.case.facts import SafeContactSet, TrustedAdultNamed, TrustedAdultReplaced
from onrecord.case.facts.barred import barred, names
from onrecord.case.rules.file import must_not_know
from onrecord.intake.facts import ReportReceived
from onrecord.intake.rules.named import said_keys, staff_keys, titled_keys
from onrecord.ledger.facts import Entry, Fact
from onrecord.ledger.rules.effect import Line


def still_trusted(counting: Iterable[Line]) -> list[Line]:
    """Of the lines that count those that name somebody in whose place nobody was put, in ledger order."""
    named = [line for line in counting if line.kind in (TrustedAdultNamed.kind, TrustedAdultReplaced.kind)]
    gone = {target for line in named if line.kind == TrustedAdultReplaced.kind for target in line.regarding}
    return [line for line in named if line.id not in gone]


def kept_from_them(called: str, told: Collection[Entry]) -> bool:
    """Whether these entries, as they stand, name this adult among those who must not know."""
    free = [made.saying.fact.must_not_know for made in told if isinstance(made.saying.fact, ReportReceived)]
    return names(barred(must_not_know(told), [said for said in free if said]), called)


def told_of_them(called: str, fact: Fact) -> bool:
    """Whether what somebody told names this adult, found as generously as somebody who works here is.

    What it says of them nobody can tell but a person: so it closes their page, and two people open it again.
    """
    told = fact.told_us | ({"words"} if isinstance(fact, SafeContactSet) else frozenset())
    said = fact.model_dump(mode="json", exclude_none=True, include=set(told))
    return not (said_keys(said) | titled_keys(said)).isdisjoint(staff_keys(called, (), (), ()))
