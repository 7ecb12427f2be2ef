"""A strategy discussion, a conference and a core group owe minutes like any meeting, and are in the public count."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import (
    ConferenceHeld,
    CoreGroupMet,
    MeetingHeld,
    MinutesCirculated,
    MinutesDisputed,
    MinutesRecorded,
    StrategyDiscussionHeld,
)
from onrecord.case.facts.enquiry import MetAsStep
from onrecord.case.queries.unrecorded import bodies
from onrecord.duties.actions import Unanswerable
from onrecord.duties.queries import owed_for
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from tests.partnership import START, Store

THREE = ("childrens_social_care", "police", "health")
STEPS: dict[type[MetAsStep], dict[str, Any]] = {
    StrategyDiscussionHeld: {"outcome": "no_enquiry", "why": "It is looked at again in May."},
    ConferenceHeld: {"outcome": "no_plan"},
    CoreGroupMet: {},
}
LATER = START + timedelta(days=40)
every_step = pytest.mark.parametrize("kind", STEPS)


def said(kind: type[MetAsStep], **more: Any) -> MetAsStep:
    return kind.heard(STEPS[kind] | {"present": THREE} | more)


def step(store: Store, kind: type[MetAsStep], *answers: Entry, **more: Any) -> Entry:
    """Such a step, with what comes before it."""
    about = list(store.report().mentions)
    return store.say(
        "team-manager", said(kind, **more), *answers or (store.decide(store.report()).entry,), about=about
    ).entry


def met(store: Store, kind: type[MetAsStep], *reports: Entry, **more: Any) -> Entry:
    """The meeting, about the children of these reports, at which a step could be taken."""
    about = [mention for made in reports for mention in made.mentions]
    there = {"group": "Meeting", "came": THREE, "present": ["Sam Whitlock"], "trusted_adult": "came"}
    return store.say("team-manager", MeetingHeld.heard({"sort": kind.meets_as[0]} | there | more), about=about).entry


def minutes_owed(made: Entry) -> list[str]:
    """How it stands with the minutes that it owes."""
    found = owed_for([made.id], now()).get(made.id, ())
    kinds = [(view, {match.kind for match in view.rule.discharged_by}) for view in found]
    return [view.state for view, wanted in kinds if MinutesRecorded.kind in wanted]


@every_step
def test_it_owes_minutes_until_they_are_written(kind: type[MetAsStep], store: Store) -> None:
    made = step(store, kind)
    with playing(LATER):
        assert minutes_owed(made) == ["late"]
        store.say("team-manager", MinutesRecorded(minutes="Two plates."), made)
        assert minutes_owed(made) == ["met_late"]


@every_step
def test_in_the_public_count_is_every_one_that_left_none(kind: type[MetAsStep], store: Store) -> None:
    made = [step(store, kind) for _ in range(2)]
    store.say("team-manager", MinutesRecorded(minutes="Two plates."), made[0])
    with playing(LATER):
        ((body, held, without),) = bodies(now())[0]
    assert (body, held, without) == (("social-care", kind.meets_as[0]), 2, 1)


@every_step
def test_taken_at_a_meeting_on_record_it_leaves_them_to_the_meeting(kind: type[MetAsStep], store: Store) -> None:
    report = store.report()
    meeting = met(store, kind, report)
    made = step(store, kind, store.decide(report).entry, meeting)
    assert (minutes_owed(made), minutes_owed(meeting)) == ([], ["open"])
    with playing(LATER):
        assert [(held, without) for _, held, without in bodies(now())[0]] == [(1, 1)]
    assert set(rebuild(check=True).values()) == {True}


@every_step
def test_that_it_was_at_a_meeting_is_nothing_that_anybody_types(kind: type[MetAsStep], store: Store) -> None:
    made = step(store, kind, minuted="meeting")
    assert minutes_owed(made) == ["open"]
    with pytest.raises(Unanswerable, match="it is not put right"):
        store.say("team-manager", Corrected(field="minuted", value='"meeting"', why="It was."), made)


@every_step
@pytest.mark.parametrize("other", [{"sort": "informal"}, {"came": THREE[:2]}])
def test_nor_at_any_other_meeting(kind: type[MetAsStep], other: dict[str, Any], store: Store) -> None:
    report = store.report()
    meeting = met(store, kind, report, **other)
    with pytest.raises(Refused, match="another sort, on another day, or without some"):
        step(store, kind, store.decide(report).entry, meeting)


@every_step
def test_nor_at_one_about_another_child_or_about_nobody(kind: type[MetAsStep], store: Store) -> None:
    decided = store.decide(store.report()).entry
    for reports in ([], [store.report(child={"given_name": "Nessa", "family_name": "Loam"})]):
        with pytest.raises(Unanswerable, match="not about this child"):
            store.say("team-manager", said(kind), decided, met(store, kind, *reports))


@every_step
def test_nor_at_one_of_another_day(kind: type[MetAsStep], store: Store) -> None:
    report = store.report()
    meeting = met(store, kind, report)
    with playing(START + timedelta(days=1)), pytest.raises(Refused, match="on another day"):
        step(store, kind, store.decide(report).entry, meeting)


@every_step
def test_those_who_came_say_what_is_wrong_in_them_and_nobody_else(kind: type[MetAsStep], store: Store) -> None:
    made = step(store, kind)
    minutes = store.say("team-manager", MinutesRecorded(minutes="Two plates."), made).entry
    store.say("team-manager", MinutesCirculated(to=THREE), minutes)
    wrong = MinutesDisputed(says="Two plates.", was="Three plates.")
    assert store.say("officer", wrong, minutes).entry
    with pytest.raises(Denied, match="is said by"):
        store.say("teacher", wrong, minutes)


def test_one_agency_alone_is_no_core_group(store: Store) -> None:
    about = list(store.report().mentions)
    conference = store.say(
        "team-manager", said(ConferenceHeld, outcome="plan"), store.decide(store.report()).entry, about=about
    ).entry
    for present, state in (("childrens_social_care",), "open"), (("childrens_social_care", "school"), "met"):
        store.say("social-worker", CoreGroupMet(present=present), conference)
        (view,) = [one for one in owed_for([conference.id], now())[conference.id] if one.rule.id == "core-group"]
        assert view.state == state
