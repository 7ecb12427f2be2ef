"""A page of 20 out of 50,000 children, for an agency that may see some of them, in few queries."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.store import START, Figure, found_store, report, scaled
from onrecord.access.actions import join_agency, take_up_role
from onrecord.access.queries import viewer_of
from onrecord.access.rules import Viewer
from onrecord.case.queries import look, matches, open_to
from onrecord.duties.queries import mine
from onrecord.intake.facts import ReportRouted
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Person, Saying, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.rules.machine import machine_saying

CHILDREN, SCHOOLS, PAGE, FEW, MOST = 50_000, 50, 20, 100, 12
AT_ONCE = 500
LATER = START + timedelta(hours=2)


def run() -> list[Figure]:
    """Fifty schools report; the head of one asks for what is theirs, first among few children and then among all."""
    found_store()
    with playing(START):
        for number in range(SCHOOLS):
            join_agency(f"school-{number}", f"School {number}", "school", START)
            take_up_role(f"head-{number}", f"Head {number}", "practitioner", f"school-{number}", START.date(), START)
        _reported(0, FEW)
        few = _asked()
        every = scaled(CHILDREN)
        _reported(FEW, every)
        many = _asked()
    figures = []
    for name, (count, took, found) in many.items():
        within = f"at most {MOST}; among {FEW} it was {few[name][0]}"
        figures.append(Figure(f"{name}, {every} children: queries", count, "", within, count <= MOST))
        figures.append(Figure(f"{name}, {every} children: took", took, "ms", f"for comparison; {found} rows", True))
    return figures


def _reported(first: int, last: int) -> None:
    for start in range(first, last, AT_ONCE):
        made = append([_report(number) for number in range(start, min(start + AT_ONCE, last))])
        append([_routed(one) for one in made])


def _routed(made: Entry) -> Saying:
    """Where almost every report goes, said as the program says it, but many in one append."""
    routed = ReportRouted(to="front_door", because="not", against=())
    return machine_saying(routed, START, uid=uuid5(made.id, routed.kind), about=made.mentions, regarding=(made.id,))


def _report(number: int) -> Saying:
    said = report(number)
    return replace(said, by=f"head-{number % SCHOOLS}", agency=f"school-{number % SCHOOLS}")


def _asked() -> dict[str, tuple[int, float, int]]:
    """Of each question: how many queries it took, how many milliseconds, and how many rows came back."""
    viewer = viewer_of("head-1")
    front = viewer_of("front")
    assert viewer is not None
    assert front is not None
    first = [mention_of(report(number).id, "child") for number in range(PAGE * 5)]
    questions: dict[str, Callable[[], int]] = {
        "whose file may be opened, of 100": lambda: len(open_to(viewer, first)),
        "a page of children who could be meant": lambda: _found(viewer),
        "a page of duties": lambda: len(mine(front, LATER, 0, PAGE)),
    }
    return {name: _counted(question) for name, question in questions.items()}


def _found(viewer: Viewer) -> int:
    """A first name by sound and a last name that every child has: all of them could be meant."""
    sought = Person(given_name="Ada1", family_name="Moss")
    return len(matches(look(viewer, sought), sought, LATER)[0])


def _counted(question: Callable[[], int]) -> tuple[int, float, int]:
    question()
    start = time.perf_counter()
    question()
    took = (time.perf_counter() - start) * 1000
    with CaptureQueriesContext(connection) as asked:
        found = question()
    return len(asked), round(took, 1), found
