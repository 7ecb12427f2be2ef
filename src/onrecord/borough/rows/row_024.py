"""Overwhelmed by the numbers, an agency takes a whole list of children out of sight within a week."""

from typing import Any

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import Entry, Seconded

ROW = 24
TITLE = "Many children are removed from monitoring at once"
NAMES = ("Ada", "Bea", "Cleo", "Dawn", "Effie", "Fern")
ENDS: dict[str, Any] = {"outcome": "no_further_action", "concern": "other"}
FULL = {"reason": "capacity", "words": "The team has no room for any of these."}
NOW = {"reason": "plan_working", "words": "The plan is in place, so that monitoring can end."}


def story(play: Play, enacted: bool) -> None:
    """Play it: capacity is refused as a reason, another is found, and all six end in a week; or one does, with care."""
    play.wait(hours=1)
    reported = [play.report("dorota-lis", child(number), concern="missing") for number in range(len(NAMES))]
    play.wait(hours=2)
    for one in reported:
        play.answer(one, outcome="send_to")
    play.wait(days=7)
    if enacted:
        play.tries(FRONT_DOOR, DecisionMade, lowering=FULL, **on(reported[0], reported[0]), **ENDS)
    for one in reported if enacted else reported[:1]:
        _end(play, one)
    play.wait(days=14)


def _end(play: Play, reported: Entry) -> None:
    """One report is ended, and signed by somebody who trusts the list that they are given."""
    ended = play.say(FRONT_DOOR, DecisionMade, lowering=NOW, **on(reported, reported), **ENDS)
    play.wait(hours=2)
    play.say("grace-abiola", Seconded, **on(ended))
    play.tells(FRONT_DOOR, reported)


def child(number: int) -> dict[str, str]:
    """One of those on the list."""
    return {"given_name": NAMES[number], "family_name": "Quill", "born": f"2010-0{number + 2}-21", "sex": "F"}
