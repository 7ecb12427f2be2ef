"""A report is put under restricted access, and then nobody reads it. That it is there stays in sight from outside."""

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import Corrected

ROW = 66
TITLE = "What was put under restricted access is buried"
CHILD = {"given_name": "Maisie", "family_name": "Thornbury", "born": "2011-05-21", "sex": "F"}
SAID = "She now says that the man who drove her was Colin Ashby, and that others in the building knew."
OFFICER = "sian-bevan"


def story(play: Play, enacted: bool) -> None:
    """Play it: it comes to name one of their own and is sealed, which is on record; then silence, or it is decided."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD)
    play.wait(hours=2)
    play.say(
        "marcus-bright", Corrected, regarding=[reported], field="words", value=f'"{SAID}"', why="She told me more."
    )
    play.look()
    play.wait(hours=1)
    if enacted:
        play.tries(FRONT_DOOR, DecisionMade, **on(reported, reported), outcome="no_further_action")
    else:
        play.answer(reported, by=OFFICER, worker=OFFICER, outcome="send_to")
    play.wait(days=40)
