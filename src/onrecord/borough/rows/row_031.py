"""Somebody at work writes of a child with contempt, another challenges it, and nobody answers."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.case.facts import AssessmentCompleted, ExploitationAssessed, LanguageChallenged, WordingAnswered

ROW = 31
TITLE = "A child is written of with contempt"
CHILD = {"given_name": "Shona", "family_name": "Everett", "born": "2012-02-11", "sex": "F"}
CONTEMPT = "Staff report deviant and promiscuous behaviour."
CHALLENGED: dict[str, Any] = {
    "words": "deviant and promiscuous behaviour",
    "why": "It blames the child for what adults did to her.",
    "offered": "Adults are in contact with the child, and harm her.",
}


def story(play: Play, enacted: bool) -> None:
    """Play it: the words are challenged and nobody answers, or the author's manager has them put right."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported, concern="sexual_exploitation")
    assert decided
    child = on(decided, reported)
    play.wait(days=3)
    assessed = play.say("ines-carvalho", ExploitationAssessed, judgement=CONTEMPT, **child)
    play.wait(days=1)
    challenged = play.say("marcus-bright", LanguageChallenged, **on(assessed, reported), **CHALLENGED)
    play.tries(
        "ines-carvalho", LanguageChallenged, **on(reported, reported), words="will not say", why="It sounds stubborn."
    )
    play.wait(days=2)
    if not enacted:
        play.say("ruth-hallam", WordingAnswered, **on(challenged, reported))
    play.wait(days=14)
    play.say("ines-carvalho", AssessmentCompleted, **child)
    play.wait(days=21)
