"""Whoever ended the last report about a child decides the next one, and would have to say that the last was wrong."""

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.ledger.facts import Seconded

ROW = 86
TITLE = "Whoever ended the last report decides the next"
CHILD = {"given_name": "Ottilie", "family_name": "Brankin", "born": "2011-11-02", "sex": "F"}
ENDED = {"reason": "harm_not_found", "words": "The school spoke with the family and nothing was found."}
OTHER = "joseph-okafor"


def story(play: Play, enacted: bool) -> None:
    """Play it: she decides again and nobody seconds it, or somebody else at the front door decides."""
    play.wait(hours=1)
    first = play.report("paul-hargate", CHILD)
    play.wait(hours=2)
    ended = play.answer(first, outcome="no_further_action", lowering=ENDED)
    assert ended
    play.wait(hours=1)
    play.say("grace-abiola", Seconded, **on(ended))
    play.tells(FRONT_DOOR, first)
    play.wait(days=30)
    again = play.report("marcus-bright", CHILD)
    play.wait(hours=1)
    play.answer(again, by=FRONT_DOOR if enacted else OTHER, outcome="send_to")
    play.wait(days=20)
