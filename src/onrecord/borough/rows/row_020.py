"""A group meets about exploited children, and leaves no record."""

from onrecord.borough.play import Play, on
from onrecord.case.facts import DecisionsCirculated, MeetingHeld, MinutesRecorded

ROW = 20
TITLE = "A group meets and no record of it is made"


def story(play: Play, enacted: bool) -> None:
    """Play it: no decisions sent round and no minutes, or both in time."""
    play.wait(hours=6)
    met = play.say("daniel-whitlow", MeetingHeld)
    play.wait(hours=20)
    if not enacted:
        play.say("tomasz-wolny", DecisionsCirculated, **on(met))
    play.wait(days=6)
    if not enacted:
        play.say("tomasz-wolny", MinutesRecorded, **on(met))
    play.wait(days=40)
