"""A small partnership in a fresh store, for a benchmark to work on."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from onrecord.access.actions import accept_seat, join_agency, take_up_role
from onrecord.access.queries import viewer_of
from onrecord.cli.founding import make_tables
from onrecord.duties.actions import adopt_shipped, begin_record
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import Saying, When
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.home import home, write_whole

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
ORIGIN = "demo.bench.onrecord.example"
SPACE = UUID("6f6e7265-636f-5264-8000-62656e636800")
AGENCIES = (
    ("social-care", "childrens_social_care"),
    ("school", "school"),
    ("partnership", "partnership"),
    ("outside", "outside"),
)
PEOPLE = (
    ("front", "front_door", "social-care"),
    ("worker", "practitioner", "social-care"),
    ("manager", "team_manager", "social-care"),
    ("head", "head_of_service", "social-care"),
    ("director", "director", "social-care"),
    ("teacher", "practitioner", "school"),
    ("signer", "second_signer", "partnership"),
    ("office", "business_manager", "partnership"),
    ("scrutineer", "scrutineer", "outside"),
    ("inspector", "inspectorate", "outside"),
)
WORRY = "A car waited outside the school gate again on Tuesday. She got in without speaking to anybody."


@dataclass(frozen=True)
class Figure:
    """One measured figure: what was asked (`within`), what was found, and whether it holds."""

    name: str
    found: float
    unit: str
    within: str
    holds: bool


def found_store() -> None:
    """Set up the store of this process: tables, keys, agencies, people, seats, law."""
    write_whole(home() / "origin.json", {"origin": ORIGIN})
    make_tables()
    with playing(START):
        begin_record(ORIGIN, "Benchmark")
        adopt_shipped(START)
        for agency, sort in AGENCIES:
            join_agency(agency, agency.title(), sort, START)
        for user, role, agency in PEOPLE:
            take_up_role(user, user.title(), role, agency, date(2026, 1, 1), START, f"{user}@example.org")
        for user, role in (("scrutineer", "scrutineer"), ("inspector", "inspectorate")):
            viewer = viewer_of(user)
            assert viewer is not None
            accept_seat(viewer, role, START)


def report(number: int, moment: datetime = START) -> Saying:
    """An invented report, the heaviest fact there is: a person, words, and four duties."""
    born = f"2012-{number % 12 + 1:02}-{number % 28 + 1:02}"
    child = {"given_name": f"Ada{number}", "family_name": "Moss", "born": born}
    said = {
        "child": child,
        "words": WORRY,
        "concern": "sexual_exploitation",
        "danger_now": "no",
        "positions": "unknown",
    }
    fact = ReportReceived.heard(said)
    return Saying(uuid5(SPACE, f"report/{number}"), fact, "teacher", "practitioner", "school", When.at(moment))


@contextmanager
def cpu() -> Iterator[Callable[[], float]]:
    """Inside, a question that answers the CPU seconds used so far."""
    start = time.process_time()
    yield lambda: time.process_time() - start


def scaled(full: int) -> int:
    """A size, smaller when ONRECORD_BENCH_SCALE says so (1 is full size)."""
    return max(10, int(full * float(os.environ.get("ONRECORD_BENCH_SCALE", "1"))))
