"""A group meets about exploited children, and leaves no record."""

from onrecord.borough.meetings import recorded
from onrecord.borough.play import Play
from onrecord.case.facts import MeetingHeld

ROW = 20
TITLE = "A group meets and no record of it is made"


def story(play: Play, enacted: bool) -> None:
    """Play it: no decisions sent round and no minutes, or both in time."""
    play.wait(hours=6)
    met = play.say("daniel-whitlow", MeetingHeld)
    if not enacted:
        recorded(play, met)
    play.wait(days=40)
