"""An enquiry begins, and the conference that should follow is called and never held."""

from typing import Any

from onrecord.borough.meetings import recorded
from onrecord.borough.play import Play, on
from onrecord.case.facts import (
    ActionAgreed,
    ActionDone,
    AssessmentCompleted,
    ConferenceHeld,
    CoreGroupMet,
    MeetingCalled,
    MeetingHeld,
    StrategyDiscussionHeld,
)
from onrecord.ledger.facts import Entry

ROW = 36
TITLE = "A conference is called, and neither held nor put off"
CHILD = {"given_name": "Imogen", "family_name": "Thackray", "born": "2011-05-17", "sex": "F"}
CAME = ["childrens_social_care", "police", "health"]
SORT: dict[str, Any] = {"sort": "initial_conference", "group": "Conference"}


def story(play: Play, enacted: bool) -> None:
    """Play it: nobody says what became of the conference; or it is held, recorded, and acted on."""
    play.wait(hours=1)
    reported = play.report("claire-dunstan", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported, outcome="strategy_discussion", concern="harm_at_home")
    assert decided
    play.wait(hours=3)
    discussed = play.say("ruth-hallam", StrategyDiscussionHeld, **on(decided, reported))
    called = play.say("ruth-hallam", MeetingCalled, about=[reported], invited=CAME, **SORT)
    play.wait(days=3)
    if not enacted:
        _held(play, reported, discussed, called)
    play.wait(days=10)
    play.say("ines-carvalho", AssessmentCompleted, **on(decided, reported), outcome="plan")
    play.wait(days=60)


def _held(play: Play, reported: Entry, discussed: Entry, called: Entry) -> None:
    """The conference makes a plan, the police act on it, and the core group meets."""
    met = play.say("ruth-hallam", MeetingHeld, **on(called, reported), came=CAME, **SORT)
    held = play.say("ruth-hallam", ConferenceHeld, regarding=[discussed, met], about=[reported])
    agreed = play.say("ruth-hallam", ActionAgreed, **on(met, reported))
    play.wait(hours=1)
    play.say("leanne-mcardle", ActionDone, **on(agreed, reported))
    play.say("ines-carvalho", CoreGroupMet, **on(held, reported))
    recorded(play, met)
