"""Agencies meet about several children. What one of them says of the meeting, or owes for it, opens to it the file of
no child with whom it does not work."""

from typing import Any

import pytest

from onrecord.case.facts import (
    ActionAgreed,
    ActionDone,
    AttendanceChecked,
    ChildDiscussed,
    DissentRecorded,
    MeetingHeld,
    MinutesDisputed,
    MinutesRecorded,
)
from onrecord.case.queries.opening import open_to
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, Fact
from tests.partnership import Store

HELD: dict[str, Any] = {
    "sort": "exploitation_panel",
    "group": "Panel",
    "came": ["childrens_social_care", "police", "health", "school"],
    "present": ["Ruth Oyelaran"],
    "trusted_adult": "none_named",
}
DISSENT = {"who": "Nia Prosser", "agency": "school", "speaks": "agency", "decision": "To end it.", "why": "Too soon."}
ACTION = {"what": "Watch the gate.", "owner": "school", "by_day": "2026-10-20"}
SAID: dict[str, Fact] = {
    "who came": AttendanceChecked(right="yes"),
    "a dissent": DissentRecorded.heard(DISSENT),
    "of a child": ChildDiscussed(decided="She stays on the list."),
    "an action": ActionAgreed.heard(ACTION),
}


@pytest.fixture
def reported(store: Store) -> list[Entry]:
    """A child of the school, and one of the health service with whom the school has nothing to do."""
    return [store.report(), store.report(by="nurse", child={"given_name": "Bartholomea"})]


@pytest.fixture
def held(store: Store, reported: list[Entry]) -> Entry:
    """A panel about both."""
    about = [one for made in reported for one in made.mentions]
    return store.say("team-manager", MeetingHeld.heard(HELD), about=about).entry


def opens(store: Store, user: str, reported: list[Entry]) -> list[bool]:
    """Whose files somebody may open."""
    mentions = [made.mentions[0] for made in reported]
    found = open_to(store.viewer(user), mentions)
    return [mention in found for mention in mentions]


@pytest.mark.parametrize("name", SAID)
def test_what_an_agency_says_of_it_opens_no_other_file(
    name: str, store: Store, reported: list[Entry], held: Entry
) -> None:
    store.say("teacher", SAID[name], held)
    assert opens(store, "teacher", reported) == [True, False]
    assert set(rebuild(check=True).values()) == {True}


def test_nor_what_it_says_of_the_minutes(store: Store, reported: list[Entry], held: Entry) -> None:
    minutes = store.say("team-manager", MinutesRecorded(minutes="Two plates."), held).entry
    store.say("officer", MinutesDisputed(says="Two.", was="Three."), minutes)
    assert opens(store, "officer", reported) == [False, False]


def test_nor_what_it_owes_for_all_of_it(store: Store, reported: list[Entry], held: Entry) -> None:
    agreed = store.say("team-manager", ActionAgreed.heard(ACTION), held).entry
    assert opens(store, "teacher", reported) == [True, False]
    store.say("teacher", ActionDone(how="Watched."), agreed)
    assert opens(store, "teacher", reported) == [True, False]


def test_what_it_owes_for_one_child_opens_that_file_alone(store: Store, reported: list[Entry], held: Entry) -> None:
    police = ActionAgreed.heard(ACTION | {"owner": "police"})
    store.say("team-manager", police, held, about=[reported[1].mentions[0]])
    assert opens(store, "officer", reported) == [False, True]
