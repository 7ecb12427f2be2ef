"""A school reports, and nobody answers."""

from onrecord.borough.play import Play

ROW = 1
TITLE = "A report stays without a response"
CHILD = {"given_name": "Kezia", "family_name": "Marlowe", "born": "2012-01-03", "sex": "F"}


def story(play: Play, enacted: bool) -> None:
    """Play it: nobody answers, or the front door answers the same day."""
    play.wait(hours=2)
    reported = play.report("paul-hargate", CHILD)
    play.wait(hours=3)
    if not enacted:
        play.answer(reported, outcome="send_to")
    play.wait(days=30)
