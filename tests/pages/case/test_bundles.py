"""The page of bundles for a court: what was asked for, where each stands, and the file for the two who agreed."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import BundleAsked
from onrecord.ledger.actions import checkpoint
from onrecord.ledger.facts import Entry, Seconded, mention_of
from tests.pages.browsing import sheet, text
from tests.pages.case.test_file import address

MOST = 12
TYPED = {"whom": "The family court, NB26 C00017", "why": "The court ordered it on 1 October 2026."}


@pytest.fixture
def decided(store: Any) -> Entry:
    """The teacher's report, decided."""
    made: Entry = store.report()
    store.decide(made)
    return made


def asked(store: Any, made: Entry, **changed: Any) -> Entry:
    fact = BundleAsked.heard(TYPED | {"opened": ["said"]} | changed)
    one: Entry = store.say("team-manager", fact, about=[mention_of(made.id, "child")]).entry
    return one


def test_a_manager_asks_on_the_childs_file_and_is_told_that_it_waits(store: Any, browser: Any, decided: Entry) -> None:
    client = browser("team-manager")
    assert f"{address(decided)}/bundles" in text(client.get(f"{address(decided)}/documents"))
    page = text(client.get(f"{address(decided)}/bundles"))
    assert "Nobody has asked for one." in page
    form = f"{address(decided)}/record/case-bundle_asked"
    assert f'href="{form}"' in page
    sent = text(client.post(form, sheet("say", **TYPED), follow=True))
    assert "Recorded as a proposal." in sent
    page = text(client.get(f"{address(decided)}/bundles"))
    assert "For The family court, NB26 C00017" in page
    assert "It waits for a second person, from another agency." in page
    assert "Download the bundle" not in page


def test_what_is_half_filled_in_comes_back(store: Any, browser: Any, decided: Entry) -> None:
    form = f"{address(decided)}/record/case-bundle_asked"
    page = text(browser("team-manager").post(form, sheet("say", **TYPED | {"why": ""})))
    assert "Say why it is handed over, and on what ground" in page
    assert 'value="The family court, NB26 C00017"' in page


def test_the_two_download_it_and_the_others_see_that_it_was_agreed(store: Any, browser: Any, decided: Entry) -> None:
    one = asked(store, decided)
    store.say("signer", Seconded(why="I saw the order."), one)
    early = browser("team-manager").get(f"/bundles/{one.id}")
    assert (early.status_code, "Not signed yet" in text(early)) == (503, True)
    checkpoint()
    page = text(browser("team-manager").get(f"{address(decided)}/bundles"))
    assert f'href="/bundles/{one.id}"' in page
    answer = browser("team-manager").get(f"/bundles/{one.id}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer["Content-Disposition"] == f'attachment; filename="bundle-{str(one.id)[:8]}.zip"'
    assert "no-store" in answer["Cache-Control"]
    with ZipFile(BytesIO(answer.content)) as archive:
        names = archive.namelist()
        page = archive.read("READ ME.txt").decode()
    assert (names[0], names[1:4], names[-1]) == (
        "READ ME.txt",
        ["0001.entry", "0001.tlog-proof", "0001.opened"],
        "log.vkey",
    )
    assert "Bundle for a court or an inquiry, for The family court, NB26 C00017." in page
    other = text(browser("social-worker").get(f"{address(decided)}/bundles"))
    assert "Agreed. The two people who agreed can download it." in other
    assert "/record/case-bundle_asked" not in other
    assert browser("social-worker").get(f"/bundles/{one.id}").status_code == 404


@pytest.mark.parametrize("user", ["nurse", "officer", "manager", "admin", "scrutineer"])
def test_nobody_who_does_not_work_with_the_child_sees_it(store: Any, browser: Any, decided: Entry, user: str) -> None:
    one = asked(store, decided)
    found = [
        browser(user).get(f"{address(decided)}/bundles").status_code,
        browser(user).get(f"/bundles/{one.id}").status_code,
    ]
    assert found == [403, 404]


def test_questions_do_not_grow_with_the_bundles(store: Any, browser: Any, decided: Entry) -> None:
    counts, client = [], browser("team-manager")
    for more in (1, 2, 47):
        for number in range(more):
            asked(store, decided, whom=f"Court {number}")
        client.get(f"{address(decided)}/bundles")
        with CaptureQueriesContext(connections["default"]) as made:
            client.get(f"{address(decided)}/bundles")
        counts.append(len(made))
    assert counts == [counts[0]] * 3
    assert counts[0] <= MOST
