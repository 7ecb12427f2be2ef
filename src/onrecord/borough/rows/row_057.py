"""Staff say that a decision is wrong, and nobody hears them."""

from typing import Any

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.duties.facts import DisagreementRaised, DisagreementSettled, StageAnswered

ROW = 57
TITLE = "Staff who raise a concern are not heard"
CHILD: dict[str, Any] = {"given_name": "Wren", "family_name": "Halloran", "born": "2011-02-17", "sex": "F"}
DISAGREES: dict[str, Any] = {
    "whose": "worker",
    "level": "front_door",
    "decided_by": "childrens_social_care",
    "different": "A strategy discussion, with the police and with us.",
    "why": "The same three men collect her each week, and a parenting group does not answer that.",
}
TALKED: dict[str, Any] = {
    "stage": "first",
    "outcome": "not_agreed",
    "spoke": "yes",
    "words": "We read it again and see it as before.",
}
CHANGED: dict[str, Any] = {
    "stage": "second",
    "outcome": "changed",
    "spoke": "yes",
    "words": "A strategy discussion is held tomorrow.",
}


def story(play: Play, enacted: bool) -> None:
    """Play it: the youth worker says that it is wrong, and nobody answers; or in two stages, until it is settled."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported, outcome="send_to")
    assert decided
    play.wait(hours=3)
    raised = play.say("marcus-bright", DisagreementRaised, **on(reported), **DISAGREES)
    if enacted:
        play.wait(days=30)
        return
    play.wait(days=1)
    talked = play.say(FRONT_DOOR, StageAnswered, **on(raised), **TALKED)
    play.tries(FRONT_DOOR, StageAnswered, **on(talked), **CHANGED)
    play.tries("ruth-hallam", DisagreementSettled, **on(raised))
    play.wait(days=2)
    changed = play.say("ruth-hallam", StageAnswered, **on(talked), **CHANGED)
    play.wait(days=1)
    play.say("marcus-bright", DisagreementSettled, regarding=[raised, changed])
    play.wait(days=30)
