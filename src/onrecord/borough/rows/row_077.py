"""A teacher who has to report is told to wait until the governors have met."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.duties.facts import InstructionAnswered, InstructionReported

ROW = 77
TITLE = "Somebody who has to report is told to wait"
TOLD: dict[str, Any] = {
    "what": "not_report",
    "words": "I was told to wait with it until the governors have met, in two weeks.",
    "who": "A member of the school's leadership",
    "given": "The name of the school",
}
ANSWER: dict[str, Any] = {
    "finding": "withdrawn",
    "words": "Nobody may ask you to wait. I spoke with the school. Report it today, and it goes nowhere near them.",
}
CHILD = {"given_name": "Poppy", "family_name": "Farrant", "born": "2013-02-18", "sex": "F"}


def story(play: Play, enacted: bool) -> None:
    """Play it: the person outside is silent, and the inspectorate hears; or they answer, and it is reported."""
    play.wait(hours=1)
    told = play.say("paul-hargate", InstructionReported, **TOLD)
    play.wait(hours=20)
    if not enacted:
        play.say("owen-tregarth", InstructionAnswered, **on(told), **ANSWER)
        play.wait(hours=1)
        reported = play.report("paul-hargate", CHILD)
        play.wait(hours=2)
        play.answer(reported, outcome="send_to")
    play.wait(days=10)
