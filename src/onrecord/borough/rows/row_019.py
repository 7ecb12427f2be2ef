"""Managers are told at a seminar what happens to children. Nobody writes down who was there."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.oversight.facts import BriefingAcknowledged, BriefingGiven

ROW = 19
TITLE = "Nobody can say who was told"
SEMINAR: dict[str, Any] = {
    "name": "Seminar on exploitation in Northbrook",
    "sort": "seminar",
    "on_day": "2026-10-05",
    "owner": "childrens_social_care",
    "told": "How children are approached, which places come up again and again, and how many have said so.",
}
THERE: dict[str, Any] = {
    "came": ["Ruth Hallam, team manager", "Colin Ashby, head of service"],
    "words": "Both teams go through their open cases for the places that were named, until Friday.",
}


def story(play: Play, enacted: bool) -> None:
    """Play it: the agency that was told stays silent; or it says who was there. It was told either way."""
    play.wait(hours=9)
    given = play.say("helen-marsh", BriefingGiven, **SEMINAR)
    play.wait(days=2)
    if not enacted:
        play.say("ruth-hallam", BriefingAcknowledged, **on(given), **THERE)
    play.wait(days=40)
