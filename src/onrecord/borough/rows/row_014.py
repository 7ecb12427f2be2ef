"""A researcher's report on what the agencies do about exploitation is handed over, and put into a drawer."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.oversight.facts import WrittenReportAnswered, WrittenReportHandedOver

ROW = 14
TITLE = "A written report is put into a drawer"
REPORT: dict[str, Any] = {
    "name": "Eighteen months in three youth projects",
    "sort": "research",
    "author": "Dr Hana Whitcombe, who worked with the projects",
    "owner": "police",
    "finds": "Children gave names, cars and addresses. Few were asked again, and nobody joined them up.",
    "fingerprint": "4f" * 32,
}
ANSWER: dict[str, Any] = {
    "outcome": "part",
    "words": "The names and addresses are looked at again until 30 November. On page 12 we disagree, and say why.",
}


def story(play: Play, enacted: bool) -> None:
    """Play it: nobody answers it; or the head of service answers in writing. That it came stands either way."""
    play.wait(hours=1)
    handed = play.say("marcus-bright", WrittenReportHandedOver, **REPORT)
    play.wait(days=16)
    if not enacted:
        play.say("alison-brough", WrittenReportAnswered, **on(handed), **ANSWER)
    play.wait(days=45)
