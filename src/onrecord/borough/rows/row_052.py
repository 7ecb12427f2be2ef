"""A worker is told not to write down what a child said, for fear of what it might be called."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.duties.facts import InstructionAnswered, InstructionReported

ROW = 52
TITLE = "Fear of being thought racist keeps workers silent"
TOLD: dict[str, Any] = {
    "what": "not_record",
    "words": "I was told to leave the men's names out, as it would only cause trouble for the service.",
    "who": "A manager above my own",
    "given": "How it might look",
}
ANSWER: dict[str, Any] = {
    "finding": "withdrawn",
    "words": "I spoke with the director. Record what the child said, all of it.",
}


def story(play: Play, enacted: bool) -> None:
    """Play it: the person outside is silent, and the inspectorate hears; or they answer the worker the next day."""
    play.wait(hours=1)
    told = play.say("daniel-whitlow", InstructionReported, **TOLD)
    play.tries("ruth-hallam", InstructionAnswered, **on(told), **ANSWER)
    play.wait(hours=20)
    if not enacted:
        play.say("owen-tregarth", InstructionAnswered, **on(told), **ANSWER)
    play.wait(days=10)
