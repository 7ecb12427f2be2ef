"""The school that reported hears nothing back."""

from onrecord.borough.play import Play
from onrecord.intake.facts import ReferrerTold

ROW = 76
TITLE = "The school that reported is never told what was decided"
CHILD = {"given_name": "Safiya", "family_name": "Rahman", "born": "2013-02-17", "sex": "F"}


def story(play: Play, enacted: bool) -> None:
    """Play it: the decision stays inside, or the school is told the same day."""
    play.wait(hours=1)
    reported = play.report("paul-hargate", CHILD)
    play.wait(hours=4)
    play.answer(reported, outcome="send_to", leaving_out=[ReferrerTold] if enacted else [])
    play.wait(days=42)
