"""A child moves to another area. One area writes, the other is silent, and each believes that the other acts."""

from typing import Any

from onrecord.borough.play import MANAGER, WORKER, Play, on
from onrecord.case.facts import AssessmentCompleted, ChildPassedOn, PassingAnswered, PassingReceived, PassingSettled

ROW = 74
TITLE = "A child is passed on, and nobody receives her"
CHILD: dict[str, Any] = {"given_name": "Ffion", "family_name": "Aldermoor", "born": "2011-09-30", "sex": "F"}
TO_AREA: dict[str, Any] = {"way": "out", "area": "Westmere County Council, front door", "because": "family_moved"}
TO_HEALTH: dict[str, Any] = {"way": "agency", "to_agency": "health", "because": "service"}
SENT: dict[str, Any] = {
    "why": "She lives there since Monday. The driver of the blue van knows it too.",
    "plan": "child_in_need",
    "goes_with": ["safe_contact", "chronology", "spoken"],
}
THERE: dict[str, Any] = {"who": "Mair Lowther, duty social worker, Westmere"}
REFUSED: dict[str, Any] = {
    "outcome": "refused",
    "who": "Nadia Rehman, team manager",
    "words": "We see her already, and lead nothing here.",
}
ACCEPTED: dict[str, Any] = {
    "outcome": "accepted",
    "who": "Mair Lowther says that Joan Petrie visits her on Thursday",
    "words": "The whole file was read there.",
}
KEPT: dict[str, Any] = {"outcome": "keeps", "who": "Inês Carvalho", "words": "She goes on seeing her each week."}


def story(play: Play, enacted: bool) -> None:
    """Play it: health refuses and nobody holds her, and the other area never answers; or each of it is answered."""
    play.wait(hours=1)
    reported = play.report("claire-dunstan", CHILD, concern="harm_at_home")
    decided = play.answer(reported, outcome="assess", concern="harm_at_home")
    assert decided
    play.wait(days=1)
    within = play.say(WORKER, ChildPassedOn, about=[reported], **TO_HEALTH, **SENT)
    play.wait(hours=3)
    refused = play.say("esther-mwangi", PassingAnswered, **on(within), **REFUSED)
    if not enacted:
        play.say(MANAGER, PassingSettled, **on(refused), **KEPT)
    play.wait(days=14)
    out = play.say(WORKER, ChildPassedOn, about=[reported], **TO_AREA, **SENT)
    play.wait(hours=5)
    if not enacted:
        play.say(WORKER, PassingReceived, **on(out), **THERE)
        play.wait(days=2)
        play.say(MANAGER, PassingAnswered, **on(out), **ACCEPTED)
    play.say(WORKER, AssessmentCompleted, **on(decided))
    play.wait(days=40)
