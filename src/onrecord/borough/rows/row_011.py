"""A child whom another list already knows is treated as new."""

from onrecord.borough.play import Play
from onrecord.linkage.facts import KnownBeforeAnswered

ROW = 11
TITLE = "A child already known is not recognised as known"
LISTED = {
    "child": {"local_id": "NB0104471", "upn": "P999200116004", "born": "2011-11-19", "sex": "F"},
    "source": "Northbrook Children's Services, Children in Need census",
    "known_since": "2024-03-14",
    "closed_on": "2025-01-20",
    "need": "N1",
    "episodes": 2,
}
CHILD = {"given_name": "Anya", "family_name": "Dolan", "born": "2011-11-19", "sex": "F", "upn": "P999 2001 16004"}


def story(play: Play, enacted: bool) -> None:
    """Play it: the front door decides without looking, or says that she was known."""
    play.wait(hours=1)
    play.register([LISTED])
    play.wait(days=1)
    reported = play.report("yasmin-akhtar", CHILD)
    play.wait(hours=4)
    play.answer(reported, outcome="send_to", leaving_out=[KnownBeforeAnswered] if enacted else [])
    play.wait(days=28)
