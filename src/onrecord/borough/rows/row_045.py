"""Support after care fades away, and a young person loses their home unseen."""

from datetime import date

from onrecord.borough.play import Play, on
from onrecord.case.facts import CareLeaverRecorded, LeavingCareSupportEnded, PathwayPlanReviewed
from onrecord.ledger.facts import Seconded

ROW = 45
TITLE = "A care leaver's reviews stop, and nobody knows where they live"
CHILD = {"given_name": "Callum", "family_name": "Vane", "born": "2008-10-05", "sex": "M"}
UNTIL = date(2033, 10, 5)
ENDED = {"reason": "support_ended", "words": "He is 25 today and has a tenancy of his own."}


def story(play: Play, enacted: bool) -> None:
    """Play it: the reviews stop after two years, or go on to 25 and are ended by two people."""
    play.wait(hours=3)
    left = play.say("daniel-whitlow", CareLeaverRecorded, child=CHILD, until=UNTIL.isoformat())
    him = on(left, left)
    for _ in range(4 if enacted else 15):
        play.wait(days=168)
        play.say("daniel-whitlow", PathwayPlanReviewed, **him)
    if enacted:
        play.wait(days=240)
        return
    play.wait(days=(UNTIL - play.at.date()).days)
    end = play.say("daniel-whitlow", LeavingCareSupportEnded, reason="reached_25", lowering=ENDED, **him)
    play.wait(days=1)
    play.say("grace-abiola", Seconded, **on(end))
    play.wait(days=240)
