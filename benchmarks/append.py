"""One fact, one commit: what an append costs with everything that follows from it, beside a plain Django create()."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from uuid import UUID, uuid5

from benchmarks.store import SPACE, START, Figure, cpu, found_store, report, scaled
from onrecord.intake.facts import DecisionMade, ReferrerTold, ReportAcknowledged
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Fact, Saying, When, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.linkage.facts import KnownBeforeAnswered

TURN = 10
"""Reports, each with its four answers, between one turn and the next."""
DECIDED = {
    "outcome": "send_to",
    "concern": "missing",
    "why": "Early help.",
    "crime_alleged": "no",
    "tell_reporter": "Yes.",
}


def case(number: int) -> list[Saying]:
    """A report and its four answers."""
    first = report(number)
    about = (mention_of(first.id, "child"),)
    answers: list[Fact] = [
        ReportAcknowledged(how="phone"),
        KnownBeforeAnswered(answer="not_known"),
        DecisionMade.heard(DECIDED),
        ReferrerTold(told="Early help will be in touch.", how="phone"),
    ]
    return [first, *(_answer(first.id, fact, about) for fact in answers)]


def run() -> list[Figure]:
    """Append facts one by one, and as many plain rows, by turns: what else the machine does weighs on both."""
    found_store()
    cases = [case(number) for number in range(scaled(400))]
    append_times: list[float] = []
    create_times: list[float] = []
    with playing(START + timedelta(hours=1)):
        _appended(case(10**6))
        for start in range(0, len(cases), TURN):
            sayings = [saying for made in cases[start : start + TURN] for saying in made]
            append_times.append(_appended(sayings))
            create_times.append(_created(range(start * 5, start * 5 + len(sayings))))
    appended, created = median(append_times), median(create_times)
    ratio = median(create / append for create, append in zip(create_times, append_times, strict=True))
    return [
        Figure(
            f"CPU for each of {5 * len(cases)} facts, with projections",
            round(appended, 2),
            "ms",
            "at most 2",
            appended <= 2,
        ),
        Figure("CPU for each plain Django create(), a commit each", round(created, 2), "ms", "for comparison", True),
        Figure("create() over append", round(ratio, 3), "times", "at least .2", ratio >= 0.2),
    ]


def _appended(sayings: Sequence[Saying]) -> float:
    """CPU milliseconds for each of these, appended one by one."""
    with cpu() as used:
        for saying in sayings:
            append([saying])
        return used() * 1000 / len(sayings)


def _created(places: range) -> float:
    """CPU milliseconds for each plain row, created one by one."""
    rows = [_plain(place) for place in places]
    with cpu() as used:
        for row in rows:
            row.save(force_insert=True)
        return used() * 1000 / len(rows)


def _answer(root: UUID, fact: Fact, about: tuple[UUID, ...]) -> Saying:
    uid = uuid5(SPACE, f"{root}/{fact.kind}")
    return Saying(uid, fact, "front", "front_door", "social-care", When.at(START), about=about, regarding=(root,))


def _plain(place: int) -> Envelope:
    """A row of the read tables, of ordinary width, that no projector makes."""
    return Envelope(
        seq=10**9 + place,
        uid=UUID(int=place + 1),
        kind="bench.plain",
        recorded_at=START,
        happened_at=START,
        by="front",
        role="front_door",
        agency="social-care",
        proposed=False,
        coded={"outcome": "send_to"},
        regarding=[],  # type: ignore[misc]
        mentions=[],
    )
