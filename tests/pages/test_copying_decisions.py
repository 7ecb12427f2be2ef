"""Copy for my system stands by whatever staff said, on each page that shows it: also by what was decided later."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from onrecord.case.facts import ChildPlaced, ConferenceHeld, ExploitationAssessed, MinutesRecorded
from onrecord.ledger.facts import Corrected, Entry, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import size
from tests.pages.browsing import hours
from tests.pages.case.ground import called, held
from tests.pages.case.test_placement import HIDDEN, PLACED, shown
from tests.pages.test_copying import texts
from tests.partnership import ASSESSED, PEOPLE, Store
from tests.stages.duties.test_what_meets import talked

Browser = Callable[[str], Client]
WORKER = "Tomas Hale, Practitioner, Northbrook Children's Services"
WHY = {"reason": "new_information", "words": "The aunt vouches for him."}


@pytest.fixture
def made(store: Store) -> Entry:
    return store.report()


def file_of(made: Entry) -> str:
    return f"/children/{mention_of(made.id, 'child')}"


def copies(page: Any) -> dict[str, str]:
    """The texts of a page by the entries that they are of."""
    return {name.removeprefix("copy-"): said for name, said in texts(page).items() if name.startswith("copy-")}


def test_a_strategy_discussion_is_copied_the_same_wherever_it_is_shown(
    made: Entry, store: Store, browser: Browser
) -> None:
    with playing(hours(26)):
        said = store.say("social-worker", talked(), store.decide(made, outcome="strategy_discussion").entry).entry
        front = copies(browser("front-door").get(f"/front-door/{made.id}"))
        file = copies(browser("social-worker").get(file_of(made)))
    assert front[str(said.id)] == file[str(said.id)]
    assert file[str(said.id)].splitlines() == [
        f"OnRecord entry {str(said.id)[:8]}: Strategy discussion",
        "Day: 6 October 2026",
        "Recorded: 6 October 2026, 11:00",
        f"From: {WORKER}",
        "A strategy discussion was held with Children's social care, Police, Health: Section 47 enquiry, police and "
        "social care together. All hold a part of it.",
    ]


def test_what_was_put_right_is_copied_as_it_stands(made: Entry, store: Store, browser: Browser) -> None:
    decided = store.decide(made).entry
    fix = Corrected(field="why", value='"More <b>needs</b> to be asked."', why="Misheard.")
    assert not store.say("front-door", fix, decided).entry.proposed
    for user, url in (("front-door", f"/front-door/{made.id}"), ("social-worker", file_of(made))):
        found = copies(browser(user).get(url))[str(decided.id)]
        assert ("More <b>needs</b> to be asked." in found, "More needs to be known." in found) == (True, False)


def test_a_conference_an_assessment_and_a_decision_stand_on_the_file(
    made: Entry, store: Store, browser: Browser
) -> None:
    decided = store.decide(made).entry
    level = store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), decided).entry
    fact = ConferenceHeld.heard({"present": ["police", "health"], "outcome": "no_plan"})
    held_then = store.say("social-worker", fact, decided).entry
    found = copies(browser("social-worker").get(file_of(made)))
    assert {str(one.id) for one in (decided, level, held_then)} <= set(found)
    assert str(made.id) in found
    listed = copies(browser("social-worker").get(f"{file_of(made)}/assessments"))
    assert listed == {str(level.id): found[str(level.id)]}


def test_what_is_only_proposed_says_so(made: Entry, store: Store, browser: Browser) -> None:
    said = store.decide(made, WHY, outcome="no_further_action").entry
    for user, url in (("front-door", f"/front-door/{made.id}"), ("social-worker", file_of(made))):
        assert "\nProposed, not yet in effect.\n" in copies(browser(user).get(url))[str(said.id)]


def test_a_meeting_has_its_record_its_minutes_and_each_decision_to_copy(
    made: Entry, store: Store, browser: Browser
) -> None:
    store.decide(made)
    call = called(store, made)
    with playing(datetime.fromisoformat("2026-10-06T15:00:00+00:00")):
        met = held(store, made, call)
        minutes = store.say("social-worker", MinutesRecorded(minutes="All came. <i>Nobody</i> left."), met).entry
        found = copies(browser("social-worker").get(f"/meetings/{call.id}"))
    assert {str(met.id), str(minutes.id)} <= set(found)
    assert found[str(minutes.id)].splitlines()[-1].startswith("Minutes of the meeting: All came. <i>Nobody</i> left.")
    assert "Day: 6 October 2026\n" in found[str(met.id)]


def test_where_a_child_lives_is_in_no_copy(made: Entry, store: Store, browser: Browser) -> None:
    store.decide(made)
    said = store.say("social-worker", ChildPlaced.heard(PLACED), about=[mention_of(made.id, "child")]).entry
    found = copies(browser("social-worker").get(file_of(made)))
    assert shown(found[str(said.id)]) == []
    assert shown(str(said.saying.fact)) != []
    assert len(HIDDEN) > 1


def test_nobody_finds_a_copy_where_the_page_is_not_theirs_and_it_is_the_same_one_read(
    made: Entry, store: Store, browser: Browser
) -> None:
    decided = store.decide(made).entry
    for user in PEOPLE:
        page = browser(user).get(file_of(made))
        assert (str(decided.id) in page.content.decode()) == (page.status_code == 200), user
    before = size("reads")
    assert str(decided.id) in copies(browser("social-worker").get(file_of(made)))
    assert size("reads") == before + 1
