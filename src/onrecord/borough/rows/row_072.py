"""Whoever decided leaves. Their agency is asked to answer for the decision all the same."""

from typing import Any

from onrecord.access.facts import RoleEnded
from onrecord.borough.play import Play, on
from onrecord.ledger.facts import Seconded
from onrecord.oversight.facts import AccountAsked, AccountGiven

ROW = 72
TITLE = "Nobody answers for what was decided"
LEAVES = {"user": "daniel-whitlow", "role": "practitioner", "agency": "social-care"}
ASKED: dict[str, Any] = {
    "decision": "In spring three worries about one family were closed within a week, on a visit that nobody made.",
    "owner": "childrens_social_care",
}
ACCOUNT: dict[str, Any] = {
    "decided_by": "Daniel Whitlow, social worker",
    "now": "left",
    "followed": "regulator",
    "words": "He wrote that he had visited. The record of his visits shows none. The worries are open again.",
}


def story(play: Play, enacted: bool) -> None:
    """Play it: the agency stays silent once he has left; or it says who decided, on what, and what followed."""
    play.wait(hours=1)
    ended = play.people("helen-marsh", RoleEnded(**LEAVES, why="He has given notice."))
    play.wait(hours=20)
    play.say("owen-tregarth", Seconded, regarding=[ended], why="I asked him, and he confirmed it.")
    play.wait(days=2)
    asked = play.say("owen-tregarth", AccountAsked, **ASKED)
    play.wait(days=10)
    if not enacted:
        play.say("colin-ashby", AccountGiven, **on(asked), **ACCOUNT)
    play.wait(days=50)
