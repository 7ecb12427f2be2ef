"""Four agencies work with one child, each with a file of its own, and nobody leads."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.case.facts import AssessmentCompleted, ExploitationAssessed, LeadNamed, MarkedSignificant

ROW = 81
TITLE = "Four agencies work with a child, and no manager leads"
CHILD = {"given_name": "Tirion", "family_name": "Ashgrove", "born": "2011-12-04", "sex": "F"}
MARK: dict[str, Any] = {"mark": "in", "why": "The clinic saw the same adult a week before."}


def story(play: Play, enacted: bool) -> None:
    """Play it: nobody is named, and it climbs; or one manager leads, and what matters stands together in one file."""
    play.wait(hours=1)
    reported = play.report("paul-hargate", CHILD)
    play.wait(hours=2)
    left_out = (LeadNamed,) if enacted else ()
    decided = play.answer(reported, concern="sexual_exploitation", leaving_out=left_out)
    assert decided
    play.wait(days=6)
    play.say("ines-carvalho", ExploitationAssessed, **on(decided, reported))
    if not enacted:
        play.say("paul-hargate", MarkedSignificant, **on(reported, reported), **MARK)
    play.wait(days=20)
    play.say("ines-carvalho", AssessmentCompleted, **on(decided, reported))
    play.wait(days=14)
