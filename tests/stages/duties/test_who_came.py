"""A chair signs for a meeting only once another agency that came has checked who did."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.access.rules import Denied
from onrecord.case.facts import (
    AttendanceChecked,
    ConferenceHeld,
    CoreGroupMet,
    ExploitationAssessed,
    MeetingHeld,
    StrategyDiscussionHeld,
)
from onrecord.case.facts.enquiry import MetAsStep
from onrecord.duties.actions.meetings import CAME, THERE
from onrecord.duties.rules.quorum import CHECKED, sorts_met, vouched
from onrecord.ledger.facts import Corrected
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.rules.effect import CORRECTED, Line
from onrecord.notices.models import Notice
from tests.partnership import Store
from tests.rules.ledger.lines import line
from tests.stages.case.test_minutes_of_steps import said
from tests.stages.duties.test_a_meeting_signs import RIGHT, agrees, chaired, met, outcome, proposed
from tests.stages.duties.test_lowering import GOOD, TOLD

__all__ = ["chaired"]
WRONG = AttendanceChecked(right="no", wrong="Nobody of ours was there.")
UNCHECKED: dict[str, Any] = {"checked": ""}


def test_nobody_signs_for_a_meeting_that_no_other_agency_vouches_for(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made, **UNCHECKED)
    for by in ("front-door", "head"):
        with pytest.raises(Denied, match="Your agency wrote this down"):
            chaired.say(by, RIGHT, meeting)
    with pytest.raises(Denied, match="No other agency has checked"):
        chaired.say("panel", agrees(meeting), said)
    chaired.say("nurse", RIGHT, meeting)
    chaired.say("panel", agrees(meeting), said)
    assert outcome(made) == "no_further_action"


def test_nor_does_the_agency_that_proposed_it(chaired: Store) -> None:
    made = chaired.report()
    chaired.say("nurse", ExploitationAssessed(level="serious", **TOLD), made)
    said = chaired.say("officer", ExploitationAssessed(level="none", **TOLD), made, lowering=GOOD).entry
    meeting = met(chaired, made)
    with pytest.raises(Denied, match="No other agency has checked"):
        chaired.say("panel", agrees(meeting), said)
    chaired.say("nurse", RIGHT, meeting)
    chaired.say("panel", agrees(meeting), said)


def test_whoever_did_not_come_does_not_vouch(chaired: Store) -> None:
    meeting = met(chaired, chaired.report(), **UNCHECKED)
    with pytest.raises(Denied, match="is said by"):
        chaired.say("teacher", RIGHT, meeting)


def test_one_agency_that_came_stops_it_until_it_is_put_right_and_checked_again(chaired: Store) -> None:
    made = chaired.report()
    said, meeting = proposed(chaired, made), met(chaired, made)
    chaired.say("nurse", WRONG, meeting)
    with pytest.raises(Denied, match="one says that it is wrong"):
        chaired.say("panel", agrees(meeting), said)
    more = Corrected(field="present", value='["Tess Marrow", "Sam Whitlock"]', why="Ines Fallow was not there.")
    chaired.say("panel", more, meeting)
    with pytest.raises(Denied, match="No other agency has checked"):
        chaired.say("panel", agrees(meeting), said)
    chaired.say("officer", RIGHT, meeting)
    chaired.say("panel", agrees(meeting), said)


def test_those_who_are_said_to_have_come_hear_of_it_the_same_day(chaired: Store) -> None:
    met(chaired, chaired.report(), **UNCHECKED)
    told = Notice.objects.filter(item__news=CAME)
    assert {one.recipient for one in told} == {"nurse", "officer"}
    assert "Panel" not in str([one.item for one in told])


def test_of_a_meeting_that_cannot_sign_nobody_is_told(chaired: Store) -> None:
    met(chaired, chaired.report(), sort="informal", **UNCHECKED)
    assert not Notice.objects.filter(item__news=CAME).exists()


@pytest.mark.parametrize("kind", [StrategyDiscussionHeld, ConferenceHeld, CoreGroupMet])
def test_those_who_are_said_to_have_been_at_a_step_hear_of_it_too(chaired: Store, kind: type[MetAsStep]) -> None:
    decided = chaired.decide(chaired.report()).entry
    chaired.say("social-worker", said(kind), decided)
    told = Notice.objects.filter(item__news__startswith=THERE.format(title=kind.title))
    assert {one.recipient for one in told} == {"nurse", "officer"}


def test_who_says_that_it_is_wrong_says_what() -> None:
    with pytest.raises(Refused, match="Say what is wrong"):
        AttendanceChecked.heard({"right": "no"})


AGENCIES = ("social-care", "police", "health")
SAYS = st.tuples(st.sampled_from(AGENCIES), st.sampled_from(["yes", "no", "fix"]))


@given(words=st.lists(SAYS, max_size=8), proposer=st.sampled_from(AGENCIES))
def test_it_is_vouched_for_by_the_newest_words_since_it_was_last_put_right(
    words: list[tuple[str, str]], proposer: str
) -> None:
    meeting, proposal = (
        line(seq, MeetingHeld.kind)._replace(agency=one) for seq, one in ((1, "social-care"), (2, proposer))
    )
    said: list[Line] = []
    latest: dict[str, str] = {}
    for seq, (agency, word) in enumerate(words, start=3):
        fixes = word == "fix"
        made = line(seq, CORRECTED if fixes else CHECKED, 1)
        said.append(made._replace(agency=agency, coded={"field": "came"} if fixes else {"right": word}))
        latest = {} if fixes else latest | {agency: word}
    others = latest.keys() - {"social-care", proposer}
    assert vouched(said, meeting, proposal) == ("no" not in latest.values() and bool(others))


SORTS = ("childrens_social_care", "health", "police", "school")


@given(
    came=st.sets(st.sampled_from(SORTS)),
    more=st.sampled_from(SORTS),
    sort=st.sampled_from([*MeetingHeld.quorum, "informal"]),
)
def test_who_comes_besides_never_takes_a_quorum_away(came: set[str], more: str, sort: str) -> None:
    few, many = (sorts_met(MeetingHeld, {"sort": sort, "came": sorted(one)}) for one in (came, came | {more}))
    assert set(few) <= set(many)
    assert few == () or len(few) > 1
