"""A list asks the database at most twelve times in every state: files restricted by name or team, children linked,
words put right, people away, duties handed over, witnesses named.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onrecord.access.actions import take_up_role
from onrecord.access.facts import AbsenceNoted, FileRestricted, TeamJoined
from onrecord.duties.actions import tick
from onrecord.duties.facts import DutyReassigned
from onrecord.duties.models import Owed
from onrecord.ledger.actions import append, checkpoint
from onrecord.ledger.facts import Corrected, Entry, Fact, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import StoredCosignature
from onrecord.linkage.facts import LinkJudged
from onrecord_witness.home import Home
from tests.pages.browsing import hours, signed_in, text
from tests.pages.test_questions import FRAME, MOST, saying
from tests.partnership import Store
from tests.stages.ledger.witnessing import countersigned, named

ROWS = [1, 3, 50]
TEAM = "exploitation-team"
LISTS = [
    ("social-worker", "/duties"),
    ("team-manager", "/duties"),
    ("head", "/duties"),
    ("head", "/duties/agency"),
    ("team-manager", "/duties/agency"),
    ("team-manager", "/duties/team"),
    ("social-worker", "/duties/team"),
    ("head", "/duties/law"),
    ("front-door", "/front-door"),
    ("front-door", "/same-child"),
    ("front-door", "/duties"),
    ("teacher", "/my-reports"),
    ("teacher", "/raised"),
    ("team-manager", "/caseload"),
    ("head", "/caseload"),
    ("social-worker", "/meetings"),
    ("signer", "/joint-list"),
    ("designated", "/sealed"),
    ("scrutineer", "/watch"),
    ("manager", "/watch"),
    ("manager", "/reads"),
    ("manager", "/searches"),
    ("manager", "/links"),
    ("scrutineer", "/ledger"),
    ("scrutineer", "/known-to-whom"),
    ("scrutineer", "/people"),
    ("manager", "/people"),
    ("scrutineer", "/told"),
    ("manager", "/erasures"),
    ("social-worker", "/notices"),
]


def restrict(by: str = "", team: str | None = None) -> Fact:
    users = tuple(user for user in (by,) if user)
    return FileRestricted(because="works_here", users=users, team=team, until=date(2026, 12, 1), why="Her uncle.")


def crowded(store: Store, rows: int) -> list[Entry]:
    """Reports decided and not, of children linked by twos, put right, restricted by name and by team, handed over."""
    for user, part in (("team-manager", "leads"), ("social-worker", "works")):
        store.say("team-manager", TeamJoined(user=user, agency="social-care", team=TEAM, part=part))
    take_up_role("relief", "Noor Abbot", "practitioner", "social-care", date(2026, 1, 1), now())
    made = [store.report(concern="harm_at_home") for _ in range(rows)]
    fixed = Corrected(field="words", value='"She said a lemon-coloured car waits."', why="Misheard.")
    for number, one in enumerate(made):
        about = (mention_of(one.id, "child"),)
        append([saying(store, "teacher", fixed, regarding=(one.id,), about=about)])
        if number % 2 == 0:
            store.decide(one, concern="harm_at_home")
        by = ("social-worker", "relief", "", "teacher", "director")[number % 5]
        append([saying(store, "team-manager", restrict(by, None if by else TEAM), about=about)])
    children = [mention_of(one.id, "child") for one in made]
    for pair in zip(children[::2], children[1::2], strict=False):
        append([saying(store, "front-door", LinkJudged(verdict="same", why="One."), about=pair)])
    for duty in Owed.objects.filter(state="open", role="practitioner")[: rows // 3]:
        handed = DutyReassigned(duty=str(duty.key), holder="relief", why="Away.")
        append([saying(store, "social-worker", handed, regarding=(duty.opening,))])
    off = AbsenceNoted(user="social-worker", first=now().date(), last=now().date() + timedelta(9), cover="relief")
    store.say("social-worker", off)
    return made


def asked(client: Client, url: str) -> list[str]:
    """What a page asks of the record. What is kept is read before."""
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as seen:
        page: Any = client.get(url)
    assert page.status_code == 200, url
    return [one["sql"] for one in seen if not one["sql"].startswith(FRAME)]


def too_many(pages: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The pages that ask too much, by who opens them, each with what it asks."""
    found = {(user, url): asked(signed_in(user), url) for user, url in pages}
    return {page: "\n".join(["", *said]) for page, said in found.items() if len(said) > MOST}


@pytest.mark.parametrize("rows", ROWS)
def test_no_list_asks_too_much_where_files_are_restricted(rows: int, store: Store) -> None:
    crowded(store, rows)
    with playing(hours(200)):
        if rows < 50:
            tick(hours(200), sign=False)
        assert too_many(LISTS) == {}


@pytest.mark.parametrize("rows", ROWS)
def test_no_page_of_a_child_asks_too_much_where_the_file_is_restricted(rows: int, store: Store) -> None:
    made = crowded(store, rows)[0]
    file = f"/children/{mention_of(made.id, 'child')}"
    said = ("", "/record/case-crisis_recorded", "/restricted", "/who", "/plan", "/assessments", "/documents")
    pages = [("social-worker", f"{file}{part}") for part in said]
    pages.append(("teacher", f"/report/{made.id}"))
    with playing(hours(70)):
        assert too_many(pages) == {}


@pytest.mark.parametrize("rows", ROWS)
def test_neither_the_ledger_nor_a_receipt_asks_more_where_witnesses_are_named(
    rows: int, store: Store, fresh_home: Path, tmp_path: Path
) -> None:
    outside = Home(tmp_path / "witness")
    outside.make_key("inspectorate.example/witness")
    named(fresh_home, outside, "")
    checkpoint()
    made = crowded(store, rows)[0]
    store.report(by="manager", positions="yes")
    checkpoint()
    signatures = [countersigned(outside, now() + timedelta(minutes=one)) for one in range(rows)]
    StoredCosignature.objects.bulk_create(signatures)
    watching = [(user, "/ledger") for user in ("scrutineer", "inspectorate", "manager")]
    assert too_many([*watching, ("teacher", f"/report/{made.id}")]) == {}
    page = text(signed_in("teacher").get(f"/report/{made.id}"))
    assert "inspectorate" in page
