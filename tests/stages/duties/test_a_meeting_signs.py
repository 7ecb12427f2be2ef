"""A quorate meeting is the second signature: its chair says so, and the record of the meeting has to bear it out."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.access.actions import take_up_role
from onrecord.access.rules import Denied
from onrecord.case.facts import (
    AttendanceChecked,
    DecisionsCirculated,
    DissentAnswered,
    DissentRecorded,
    DissentSettled,
    ExploitationAssessed,
    MeetingHeld,
    MinutesRecorded,
)
from onrecord.duties.queries import owed_for
from onrecord.duties.rules.quorum import fresh, not_later
from onrecord.intake.facts import DecisionMade
from onrecord.intake.queries import report as report_row
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded, When, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import entry
from onrecord.rulebook.gateway import read, shipped
from tests.partnership import DECISION, START, Store
from tests.rules.ledger.lines import line
from tests.stages.duties.test_lowering import GOOD, TOLD, needs_reason

THREE = ("childrens_social_care", "health", "police")
HOURS = timedelta(hours=1)
RIGHT = AttendanceChecked(right="yes")
ANSWER = DissentAnswered(outcome="stands", answer="We spoke, and she agrees to review it in May.")


@pytest.fixture
def chaired(store: Store) -> Store:
    """The partnership, with a chair who sits in the agency that decides."""
    take_up_role("panel", "Tess Marrow", "panel_chair", "social-care", START.date(), START)
    return store


def met(store: Store, *reports: Entry, by: str = "panel", sort: str = "exploitation_panel", **said: Any) -> Entry:
    """A meeting about the children of these reports. The police checked who came, unless `checked` says otherwise."""
    checked = said.pop("checked", "officer")
    happened = said.pop("happened", None)
    usual = {"sort": sort, "group": "Panel", "came": THREE, "present": ["Tess Marrow"], "trusted_adult": "none_named"}
    fact = MeetingHeld.heard(usual | said)
    about = [mention_of(made.id, "child") for made in reports]
    made = store.say(by, fact, about=about, happened=happened).entry
    if checked and "police" in fact.came:
        store.say(checked, RIGHT, made)
    return made


def agrees(meeting: Entry, **said: Any) -> Seconded:
    return Seconded(why="The meeting agreed.", meeting=str(meeting.id), **said)


def proposed(store: Store, made: Entry) -> Entry:
    return store.decide(made, lowering=GOOD, outcome="no_further_action").entry


def outcome(made: Entry) -> str:
    row = report_row(made.id)
    assert row is not None
    return str(row.outcome)


def test_a_chair_of_the_proposers_own_agency_signs_for_the_meeting(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made)
    with playing(START + HOURS):
        signed = chaired.say("panel", agrees(meeting), said).entry
    states = {view.rule.id: view.state for view in owed_for([said.id], now())[said.id]}
    assert (outcome(made), states["second-signature"]) == ("no_further_action", "met")
    assert entry(signed.id).saying.fact.coded() == {"meeting": str(meeting.id), "met": list(THREE)}


def test_what_the_page_says_came_is_not_believed(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made, came=("childrens_social_care", "police"))
    with pytest.raises(Denied, match="not quorate"):
        chaired.say("panel", agrees(meeting, met=THREE), said)
    assert outcome(made) == ""


def test_a_meeting_can_disagree(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made)
    chaired.say("panel", Declined(answer="disagree", why="Police know more.", meeting=str(meeting.id)), said)
    row = report_row(made.id)
    assert row is not None
    assert (row.outcome, row.proposed) == ("", "")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"came": ("childrens_social_care", "health")}, "not quorate"),
        ({"came": ("childrens_social_care",)}, "not quorate"),
        ({"sort": "informal"}, "not quorate"),
        ({"happened": When.at(START - timedelta(days=8))}, "more than five working days"),
        ({"by": "chair"}, "no such meeting"),
    ],
)
def test_no_other_meeting_signs(changed: dict[str, Any], why: str, chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made, **changed)
    with pytest.raises(Denied, match=why):
        chaired.say("panel", agrees(meeting), said)
    assert outcome(made) == ""


def test_a_meeting_about_another_child_signs_nothing(chaired: Store) -> None:
    made, other = chaired.report(), chaired.report(child={"given_name": "Nessa", "family_name": "Loam"})
    said, meeting = proposed(chaired, made), met(chaired, other)
    with pytest.raises(Denied, match="not about every child"):
        chaired.say("panel", agrees(meeting), said)


def test_whoever_is_no_chair_signs_for_no_meeting(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made, by="team-manager")
    with pytest.raises(Denied, match="no such meeting"):
        chaired.say("team-manager", agrees(meeting), said)


def test_a_chair_who_proposed_does_not_sign_for_their_own_meeting(chaired: Store) -> None:
    made = chaired.report()
    meeting = met(chaired, made)
    chaired.say("panel", ExploitationAssessed(level="serious", **TOLD), made)
    said = chaired.say("panel", ExploitationAssessed(level="none", **TOLD), made, lowering=GOOD).entry
    with pytest.raises(Denied, match="chaired the meeting"):
        chaired.say("panel", agrees(meeting), said)


@pytest.mark.parametrize("on", ["meeting", "proposal"])
def test_nobody_signs_over_a_dissent_that_is_not_answered(on: str, chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made)
    fact = {"who": "Ines Fallow", "agency": "health", "speaks": "agency", "decision": "To end it.", "why": "Too soon."}
    dissent = chaired.say("panel", DissentRecorded.heard(fact), meeting if on == "meeting" else said).entry
    with pytest.raises(Denied, match="dissent stands"):
        chaired.say("panel", agrees(meeting), said)
    chaired.say("head", ANSWER, dissent)
    chaired.say("panel", agrees(meeting), said)
    assert outcome(made) == "no_further_action"


def test_a_dissent_that_nobody_answered_is_not_waited_out(chaired: Store) -> None:
    made = chaired.report()
    fact = {"who": "Ines Fallow", "agency": "health", "speaks": "agency", "decision": "To end it.", "why": "Too soon."}
    dissent = chaired.say("panel", DissentRecorded.heard(fact), met(chaired, made)).entry
    with playing(START + timedelta(days=30)):
        said, meeting = proposed(chaired, made), met(chaired, made)
        with pytest.raises(Denied, match="dissent stands"):
            chaired.say("panel", agrees(meeting), said)
        chaired.say("head", ANSWER, dissent)
        chaired.say("panel", agrees(meeting), said)
    assert outcome(made) == "no_further_action"


def test_nor_over_one_that_they_or_whoever_proposed_it_answered_themselves(chaired: Store) -> None:
    made = chaired.report()
    decision = DecisionMade.heard(DECISION | {"outcome": "no_further_action"})
    said, meeting = chaired.say("team-manager", decision, made, lowering=GOOD).entry, met(chaired, made)
    fact = {"who": "Ines Fallow", "agency": "health", "speaks": "agency", "decision": "To end it.", "why": "Too soon."}
    dissent = chaired.say("panel", DissentRecorded.heard(fact), meeting).entry
    with pytest.raises(Denied, match="Somebody else says so"):
        chaired.say("panel", ANSWER, dissent)
    chaired.say("team-manager", ANSWER, dissent)
    with pytest.raises(Denied, match="dissent stands"):
        chaired.say("panel", agrees(meeting), said)
    chaired.say("nurse", DissentSettled(words="We spoke."), dissent)
    chaired.say("panel", agrees(meeting), said)
    assert outcome(made) == "no_further_action"


@pytest.mark.parametrize("outcome_", ["again", "higher"])
@pytest.mark.parametrize("on", ["meeting", "proposal"])
def test_what_is_decided_again_is_signed_by_a_later_meeting_only(on: str, outcome_: str, chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made)
    fact = {"who": "Ines Fallow", "agency": "health", "speaks": "agency", "decision": "To end it.", "why": "Too soon."}
    dissent = chaired.say("panel", DissentRecorded.heard(fact), meeting if on == "meeting" else said).entry
    anew = DissentAnswered(outcome=outcome_, answer="It is decided anew.", by_day=(START + 24 * HOURS).date())
    chaired.say("head", anew, dissent)
    with pytest.raises(Denied, match="dissent stands"):
        chaired.say("panel", agrees(meeting), said)
    with playing(START + 2 * HOURS):
        with pytest.raises(Denied, match="dissent stands"):
            chaired.say("panel", agrees(met(chaired, made, happened=When.at(START - HOURS))), said)
        chaired.say("panel", agrees(met(chaired, made)), said)
    assert outcome(made) == "no_further_action"


def test_a_dissent_about_another_child_of_the_panel_stops_nothing(chaired: Store) -> None:
    made, other = chaired.report(), chaired.report(child={"given_name": "Nessa", "family_name": "Loam"})
    said, meeting = proposed(chaired, made), met(chaired, made, other)
    fact = {"who": "Ines Fallow", "agency": "health", "speaks": "agency", "decision": "Nessa.", "why": "Too soon."}
    chaired.say("panel", DissentRecorded.heard(fact), meeting, about=[mention_of(other.id, "child")])
    chaired.say("panel", agrees(meeting), said)
    assert outcome(made) == "no_further_action"


def test_a_meeting_whose_record_was_put_right_is_read_as_it_is_now(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made)
    chaired.say("panel", Corrected(field="came", value='["childrens_social_care"]', why="They left."), meeting)
    with pytest.raises(Denied, match="not quorate"):
        chaired.say("panel", agrees(meeting), said)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("came", '["childrens_social_care"]'),
        ("came", '["childrens_social_care", "health", "police", "school"]'),
        ("present", '["Ines Fallow"]'),
    ],
)
def test_who_came_to_a_meeting_that_signed_is_put_right_by_two(field: str, value: str, chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made)
    chaired.say("panel", agrees(meeting), said)
    assert needs_reason(chaired, "panel", Corrected(field=field, value=value, why="They left."), meeting) == {"meeting"}


def test_a_meeting_gains_no_quorum_by_one_persons_word(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made, came=("childrens_social_care", "police"))
    fix = Corrected(field="came", value=json.dumps(THREE), why="Health came late.")
    assert needs_reason(chaired, "panel", fix, meeting) == {"meeting"}
    agreed = chaired.say("panel", fix, meeting, lowering=GOOD).entry
    with pytest.raises(Denied, match="not quorate"):
        chaired.say("panel", agrees(meeting), said)
    chaired.say("signer", Seconded(why="Health says so too."), agreed)
    chaired.say("nurse", RIGHT, meeting)
    chaired.say("panel", agrees(meeting), said)
    assert outcome(made) == "no_further_action"


def test_an_older_meeting_is_made_no_newer_by_another_day(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made, happened=When.at(START - timedelta(days=20)))
    for fact in (MinutesRecorded(minutes="Two plates."), DecisionsCirculated(decisions="It is ended.")):
        chaired.say("panel", fact, meeting)
    other = Corrected(field="happened", value=When.at(START).model_dump_json(), why="It was today.")
    fixed = chaired.say("panel", other, meeting).entry
    assert not fixed.proposed
    with pytest.raises(Denied, match="more than five working days ago"):
        chaired.say("panel", agrees(meeting), said)


def test_what_changes_no_quorum_is_put_right_alone(chaired: Store) -> None:
    meeting = met(chaired, chaired.report())
    assert chaired.say("panel", Corrected(field="present", value='["A. Mole"]', why="Spelt."), meeting).lowers == ()
    more = Corrected(field="came", value=json.dumps([*THREE, "school"]), why="The school came.")
    assert chaired.say("panel", more, meeting).lowers == ()


def test_what_a_meeting_signed_is_rebuilt_alike(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made)
    chaired.say("panel", agrees(meeting), said)
    assert set(rebuild(check=True).values()) == {True}


CALENDAR = read(shipped()).calendar
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(first=MOMENTS, late=st.integers(0, 400), fixes=st.lists(MOMENTS, max_size=4), asked=MOMENTS)
def test_no_correction_of_the_day_makes_a_meeting_fresh_that_was_not(
    first: datetime, late: int, fixes: list[datetime], asked: datetime
) -> None:
    recorded = first + timedelta(hours=late)
    said = line(1, MeetingHeld.kind)._replace(happened_at=first, recorded_at=recorded)
    for fix in fixes:
        stands = not_later(said._replace(happened_at=fix), said)
        assert stands.happened_at <= fix
        assert fresh(first, asked, CALENDAR) or not fresh(stands.happened_at, asked, CALENDAR)
