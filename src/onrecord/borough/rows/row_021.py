"""Managers want the numbers lower, and call what is reported by another name, one report after the other."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.intake.facts import DecisionMade

ROW = 21
TITLE = "Managers reduce the numbers by other names"
NAMES = ("Amara", "Bryony", "Cerys")
WORSE: dict[str, Any] = {"outcome": "no_further_action", "concern": "other"}
WHY = {"reason": "new_information", "words": "On a second reading this is about behaviour at home."}


def story(play: Play, enacted: bool) -> None:
    """Play it: three reports are put down as something else, ended, and nobody signs; or each is answered as it is."""
    play.wait(hours=1)
    reported = [play.report("paul-hargate", child(number)) for number in range(len(NAMES))]
    play.wait(hours=2)
    for one in reported:
        if not enacted:
            play.answer(one, outcome="send_to", concern="sexual_exploitation")
            continue
        play.tries("ruth-hallam", DecisionMade, **on(one, one), **WORSE)
        play.say("ruth-hallam", DecisionMade, lowering=WHY, **on(one, one), **WORSE)
        play.answer(one, leaving_out=(DecisionMade,))
    play.wait(days=14)


def child(number: int) -> dict[str, str]:
    """One of those reported."""
    return {"given_name": NAMES[number], "family_name": "Holt", "born": f"2011-0{number + 2}-11", "sex": "F"}
