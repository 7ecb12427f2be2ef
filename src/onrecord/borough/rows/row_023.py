"""A small group that works with exploited children asks for people, and hears nothing."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.duties.facts import RefusalViewed, RequestAnswered, RequestMade

ROW = 23
TITLE = "A group's requests get little help or support"
ASKED: dict[str, Any] = {
    "wanted": "people",
    "what": "Two more workers. Nineteen girls wait for somebody who has time to listen.",
    "group": "Exploitation group of the youth team",
    "children": 19,
    "by_day": "2026-10-30",
}
REFUSED: dict[str, Any] = {"outcome": "refused", "reason": "capacity", "words": "There is no post to give this year."}
VIEW: dict[str, Any] = {"view": "raised", "words": "The need stands. I take it to the partners' meeting on the 29th."}


def story(play: Play, enacted: bool) -> None:
    """Play it: nobody answers; or it is refused for want of people, and the head of service carries the need on."""
    play.wait(hours=1)
    request = play.say("ines-carvalho", RequestMade, **ASKED)
    play.wait(days=2)
    if not enacted:
        refused = play.say("ruth-hallam", RequestAnswered, **on(request), **REFUSED)
        play.wait(days=3)
        play.say("colin-ashby", RefusalViewed, **on(refused), **VIEW)
    play.wait(days=45)
