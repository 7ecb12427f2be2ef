"""The one worker whom a child trusts is to be replaced, is overruled in a meeting, and their service is closed."""

from typing import Any

from onrecord.borough.meetings import recorded
from onrecord.borough.play import Play, on
from onrecord.case.facts import (
    ChildHeldNow,
    DissentAnswered,
    DissentRecorded,
    MeetingCalled,
    MeetingHeld,
    TrustedAdultNamed,
    TrustedAdultReplaced,
)
from onrecord.ledger.facts import Seconded

ROW = 87
TITLE = "The project that a child trusts is overruled and closed, and nobody asks who holds her now"
CHILD = {"given_name": "Odalys", "family_name": "Brankin", "born": "2012-02-23", "sex": "F"}
DISSENT: dict[str, Any] = {
    "who": "Marcus Bright",
    "agency": "youth_project",
    "speaks": "trusted_adult",
    "decision": "That her visits to the project end.",
    "why": "It is the one place to which she comes of her own accord.",
}
SORT: dict[str, Any] = {"sort": "core_group"}
CAME = ["childrens_social_care", "health", "youth_project"]
ASKED = "She was asked, and wants somebody at her school."
REASON = {"reason": "support_ended", "words": ASKED}


def story(play: Play, enacted: bool) -> None:
    """Play it: an unseen replacement is refused, dissent and loss stay unanswered; or all of it is done in the open."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD, concern="harm_at_home")
    play.wait(hours=2)
    play.answer(reported, outcome="send_to", concern="harm_at_home")
    named = play.say("marcus-bright", TrustedAdultNamed, about=[reported])
    called = play.say("ines-carvalho", MeetingCalled, about=[reported], **SORT)
    play.wait(days=3)
    met = play.say("ines-carvalho", MeetingHeld, **on(called, reported), **SORT, came=CAME, trusted_adult="came")
    dissent = play.say("marcus-bright", DissentRecorded, **on(met, reported), **DISSENT)
    if not enacted:
        play.say("colin-ashby", DissentAnswered, **on(dissent, reported))
    recorded(play, met)
    lost = play.end_service("marcus-bright")
    play.wait(days=1)
    if enacted:
        play.tries("ines-carvalho", TrustedAdultReplaced, **on(named, reported))
    else:
        play.say("ruth-hallam", ChildHeldNow, regarding=lost, about=[reported])
        new: dict[str, Any] = {"who": "Claire Dunstan", "agency": "school", "judged": "child", "why": ASKED}
        proposed = play.say("ines-carvalho", TrustedAdultReplaced, **on(named, reported), **new, lowering=REASON)
        play.say("grace-abiola", Seconded, **on(proposed))
    play.wait(days=40)
