"""A page asks the database at most twelve times, however much hangs together with what it shows; and notes one read.

The note in the reads ledger is one append in a database of its own, and is counted by itself.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import SafeContactSet
from onrecord.duties.actions import tick
from onrecord.duties.facts import DutyReassigned
from onrecord.duties.queries import DECISION, owed_for
from onrecord.intake.actions import keep_originals, route_waiting
from onrecord.intake.facts import DecisionMade, ReferrerTold, ReportReceived
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Corrected, Entry, Fact, Saying, When, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import size
from onrecord.linkage.facts import LinkJudged, ModelAdopted
from onrecord.linkage.gateway.model import keep, shipped
from onrecord.linkage.queries import alike
from tests.pages.browsing import hours, text
from tests.partnership import DECISION as DECIDED
from tests.partnership import REPORT, Store

MOST = 12
NOTE = range(1, 5)
"""The statements of one append."""
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
Browser = Callable[[str], Client]


def asked(client: Client, url: str) -> tuple[str, int, int]:
    """A page, and how many statements it put to the record and to the reads ledger. What is kept is read before."""
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as record, CaptureQueriesContext(connections["reads"]) as reads:
        page = client.get(url)
    assert page.status_code == 200
    counts = [sum(not one["sql"].startswith(FRAME) for one in found) for found in (record, reads)]
    return text(page), counts[0], counts[1]


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def full(store: Store, rows: int, **changed: str) -> Entry:
    """A report on a child of many reports, judged the same one after the other, with all that can come of one."""
    by = "designated" if changed else "front-door"
    fact = ReportReceived.heard(REPORT | changed)
    made = append([saying(store, "teacher", fact) for _ in range(rows + 1)])
    route_waiting()
    same = LinkJudged(verdict="same", why="Same birth date.")
    append([saying(store, by, same, about=(child(one), child(other))) for one, other in pairwise(made)])
    last = made[-1]
    keep_originals(store.viewer("teacher"), last, [Piece(f"{n}.txt", "text/plain", b"x%d" % n) for n in range(rows)])
    told = ReferrerTold(told="By telephone.", how="phone")
    append([saying(store, by, told, about=last.mentions, regarding=(last.id,)) for _ in range(rows)])
    duty = next(view for view in owed_for([last.id], now())[last.id] if view.rule.id == DECISION)
    handed = DutyReassigned(duty=str(duty.key), holder=by, why="Away.")
    safe = SafeContactSet(who="Her aunt", how="school", judged="child")
    fixed = Corrected(field="words", value='"She said a lemon-coloured car waits."', why="Misheard.")
    for user, said in (("teacher", fixed), (by, safe), (by, handed)):
        append([saying(store, user, said, about=last.mentions, regarding=(last.id,))])
    return last


def saying(store: Store, by: str, fact: Fact, **more: Any) -> Saying:
    """What somebody says now."""
    seat = store.viewer(by).seat
    return Saying(uuid4(), fact, by, seat.role, seat.agency, When.at(now()), **more)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_report_at_the_front_door(rows: int, store: Store, browser: Browser) -> None:
    made = full(store, rows)
    with playing(hours(70)):
        climbed = tick(hours(70), sign=False).escalated if rows < 50 else 0
        before = size("reads")
        page, count, noted = asked(browser("front-door"), f"/front-door/{made.id}")
    assert size("reads") == before + 2
    assert (count <= MOST, noted in NOTE) == (True, True)
    assert page.count('class="onr-known"') == min(rows, 10)
    assert page.count(">Referrer told the outcome<") == rows
    assert ".txt</a>" in page
    assert "Her aunt" in page
    assert "lemon-coloured" in page
    assert ("was not met." in page) == bool(climbed)


def test_a_report_at_the_front_door_where_people_taught_the_weights(store: Store, browser: Browser) -> None:
    made = full(store, 3)
    digest, _ = keep(shipped() | {"learnt": "elsewhere"}, "")
    append([saying(store, "director", ModelAdopted(digest=digest, why="Measured."))])
    near = alike(child(made))
    assert near is not None
    assert near.weights.version == digest
    page, count, _ = asked(browser("front-door"), f"/front-door/{made.id}")
    assert (page.count('class="onr-known"'), count <= MOST) == (3, True)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_sealed_report(rows: int, store: Store, browser: Browser) -> None:
    made = full(store, rows, positions="yes")
    found = {}
    for user in ("designated", "scrutineer"):
        page, count, noted = asked(browser(user), f"/sealed/{made.id}")
        found[user] = (page.count('class="onr-known"'), count <= MOST, noted in NOTE)
    assert found == {"designated": (min(rows, 10), True, True), "scrutineer": (0, True, True)}


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_receipt(rows: int, store: Store, browser: Browser) -> None:
    made = full(store, rows)
    store.decide(made)
    with playing(hours(70)):
        page, count, noted = asked(browser("teacher"), f"/report/{made.id}")
    assert page.count(".txt</a>") == rows
    assert "An assessment begins this week." in page
    assert (count <= MOST, noted in NOTE) == (True, True)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_childs_file(rows: int, store: Store, browser: Browser) -> None:
    made = full(store, rows)
    with playing(hours(70)):
        page, count, noted = asked(browser("front-door"), f"/children/{child(made)}")
    assert page.count('class="onr-timeline__title"') == min(50, 4 * rows + 3)
    assert (count <= MOST, noted in NOTE) == (True, True)


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize(("user", "url"), [("teacher", "/my-reports"), ("scrutineer", "/watch"), ("manager", "/watch")])
def test_a_list(user: str, url: str, rows: int, store: Store, browser: Browser) -> None:
    made = append([saying(store, "teacher", ReportReceived.heard(REPORT)) for _ in range(rows)])
    route_waiting()
    decided = DecisionMade.heard(DECIDED)
    append([saying(store, "front-door", decided, about=one.mentions, regarding=(one.id,)) for one in made[::2]])
    with playing(hours(200)):
        page, count, _ = asked(browser(user), url)
    assert page.count('class="onr-card__title"') >= min(rows, 25)
    assert count <= MOST
