"""A conference overrules somebody who disagrees, and nobody answers the reasons."""

from onrecord.borough.meetings import recorded
from onrecord.borough.play import Play, on
from onrecord.case.facts import DissentAnswered, DissentRecorded, MeetingHeld

ROW = 33
TITLE = "Somebody who disagrees with the category is overruled without an answer"
CAME = ["childrens_social_care", "police", "health"]


def story(play: Play, enacted: bool) -> None:
    """Play it: the dissent stands by name and is left without an answer, or the head of service answers it."""
    play.wait(hours=6)
    met = play.say("ruth-hallam", MeetingHeld, sort="initial_conference", group="Conference", came=CAME)
    dissent = play.say("leanne-mcardle", DissentRecorded, **on(met))
    play.wait(hours=3)
    if not enacted:
        play.say("colin-ashby", DissentAnswered, **on(dissent))
    recorded(play, met)
    play.wait(days=40)
