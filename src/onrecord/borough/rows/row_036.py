"""An enquiry begins, and the conference that should follow is called and never held."""

from typing import Any

from onrecord.borough.meetings import CHAIR, minuted, recorded
from onrecord.borough.play import Play, on
from onrecord.case.facts import (
    ActionAgreed,
    ActionDone,
    AssessmentCompleted,
    ConferenceHeld,
    CoreGroupMet,
    MeetingCalled,
    MeetingHeld,
    MinutesLocked,
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
    sent_round = [minuted(play, discussed, reported)]
    if enacted:
        play.wait(days=19)
    else:
        sent_round.append(_held(play, reported, discussed, called))
    for sent in sent_round:
        play.say(CHAIR, MinutesLocked, **on(sent, reported))
    play.wait(days=10)
    play.say("ines-carvalho", AssessmentCompleted, **on(decided, reported), outcome="plan")
    play.wait(days=60)


def _held(play: Play, reported: Entry, discussed: Entry, called: Entry) -> Entry:
    """The conference makes a plan, the police act on it, the core group meets, and what it did is sent round."""
    met = play.say("ruth-hallam", MeetingHeld, **on(called, reported), came=CAME, **SORT)
    held = play.say("ruth-hallam", ConferenceHeld, regarding=[discussed, met], about=[reported], present=CAME)
    agreed = play.say("ruth-hallam", ActionAgreed, **on(met, reported))
    play.wait(hours=1)
    play.say("leanne-mcardle", ActionDone, **on(agreed, reported))
    sent_round = minuted(play, play.say("ines-carvalho", CoreGroupMet, **on(held, reported)), reported)
    recorded(play, met)
    return sent_round
