"""A young woman of eighteen reports for herself, and is sent away with advice about benefits."""

from typing import Any

from onrecord.borough.play import FRONT_DOOR, WORKER, Play, on
from onrecord.case.facts import ExploitationAssessed
from onrecord.intake.facts import ReferrerTold, ReportAcknowledged
from onrecord.mailbox.actions import disagree
from onrecord.mailbox.facts import MessageWritten

ROW = 2
TITLE = "A young person reports for herself, and it ends in advice"
CHILD = {"given_name": "Perpetua", "family_name": "Oakhanger", "born": "2008-05-17", "sex": "F"}
WORDS = "The men who drove me about when I was fifteen have found out where I live now."
ENDED = {"reason": "new_information", "words": "She is eighteen. Advice about benefits was given."}
ADVICE = "Benefits advice. She can ring again."
TOLD = "You were right to tell us. Somebody starts to look into it this week. You can say here if you don't agree."
BY_MESSAGE = (ReportAcknowledged, ReferrerTold)


def story(play: Play, enacted: bool) -> None:
    """Play it: it ends without action and she hears nothing, or she is owed, and gets, what a professional would."""
    play.wait(hours=1)
    reported = play.tell(CHILD, words=WORDS, concern="sexual_exploitation")
    play.wait(hours=3)
    if enacted:
        play.answer(
            reported,
            leaving_out=BY_MESSAGE,
            outcome="no_further_action",
            concern="sexual_exploitation",
            why=ADVICE,
            lowering=ENDED,
        )
        play.wait(days=3)
        play.in_mailbox(disagree, reported, "Do something about the men.", "It is not about money.", "page")
    else:
        decided = play.answer(reported, leaving_out=BY_MESSAGE, outcome="send_to", concern="sexual_exploitation")
        said: dict[str, Any] = {"words": TOLD, "says": "decision", "asks": "nothing"}
        play.say(FRONT_DOOR, MessageWritten, regarding=[reported], about=[reported], **said)
        play.wait(days=6)
        if decided:
            play.say(WORKER, ExploitationAssessed, **on(decided, reported))
    play.wait(days=40)
