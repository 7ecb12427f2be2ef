"""A youth project keeps a list of children it worries about. It is laid aside, and the project is called a nuisance."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.case.facts import ListCompared, ListGiven
from onrecord.duties.facts import DisagreementRaised, DisagreementSettled, StageAnswered

ROW = 58
TITLE = "A youth project's list is laid aside"
LIST: dict[str, Any] = {
    "name": "Lantern's list, autumn",
    "children": 31,
    "words": "Girls who come to us after ten at night, since March. Each of them is reported as well.",
}
FEWER: dict[str, Any] = {"result": "not_agreed", "counted": 12, "words": "The others do not meet what we count."}
DISAGREES: dict[str, Any] = {
    "whose": "agency",
    "level": "practitioner",
    "decided_by": "childrens_social_care",
    "different": "The nineteen others are looked at one by one.",
    "why": "Each was reported. Nobody has said what is missing.",
}
CHANGED: dict[str, Any] = {
    "stage": "first",
    "outcome": "changed",
    "spoke": "yes",
    "words": "We go through the nineteen on Friday.",
}


def story(play: Play, enacted: bool) -> None:
    """Play it: it is laid aside; or compared, disputed, and settled in the first talk."""
    play.wait(hours=1)
    given = play.say("marcus-bright", ListGiven, **LIST)
    play.wait(days=3)
    if not enacted:
        compared = play.say("ruth-hallam", ListCompared, **on(given), **FEWER)
        play.wait(hours=5)
        raised = play.say("marcus-bright", DisagreementRaised, **on(compared), **DISAGREES)
        play.wait(days=1)
        changed = play.say("ines-carvalho", StageAnswered, **on(raised), **CHANGED)
        play.wait(days=3)
        play.say("marcus-bright", DisagreementSettled, regarding=[raised, changed])
    play.wait(days=40)
