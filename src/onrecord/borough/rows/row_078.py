"""A report is handed from one to the next, and each thinks that another has to decide it."""

from onrecord.borough.play import Play, on
from onrecord.duties.facts import DutyReassigned
from onrecord.duties.queries import owed_for
from onrecord.intake.facts import DecisionMade, ReferrerTold
from onrecord.ledger.facts import Entry

ROW = 78
TITLE = "Nobody is sure whose duty it is"
CHILD = {"given_name": "Niamh", "family_name": "Corrie", "born": "2011-11-30", "sex": "F"}
NEXT = ("joseph-okafor", "megan-pryce", "amira-sattar")


def story(play: Play, enacted: bool) -> None:
    """Play it: it changes hands three times and nobody decides; or whoever holds it last decides in time."""
    play.wait(hours=1)
    reported = play.report("esther-mwangi", CHILD)
    play.wait(hours=1)
    for holder in NEXT:
        _hand_over(play, reported, holder)
        play.wait(hours=1)
    play.answer(reported, leaving_out=(DecisionMade, ReferrerTold) if enacted else (), outcome="send_to")
    play.wait(days=30)


def _hand_over(play: Play, reported: Entry, holder: str) -> None:
    duties = owed_for([reported.id], play.at)[reported.id]
    deciding = next(str(duty.key) for duty in duties if duty.rule.id == "decide-next-step")
    why = "They know the family better than we do."
    play.say("ruth-hallam", DutyReassigned, **on(reported, reported), duty=deciding, holder=holder, why=why)
