"""What somebody was trained for, where the work asks it: such as to answer children who write."""

from typing import Annotated, ClassVar

from onrecord.access.facts.people import WHY
from onrecord.ledger.facts import Day, Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import STAFF_CODE, WORDS


class TrainingHeld(Fact):
    """Somebody was trained for something, until a day on which it is looked at again. It always takes two.

    After that day it does not count, until it is said anew.
    """

    kind: ClassVar = "access.training_held"
    title: ClassVar = "Training held"
    sentence: ClassVar = "{user} is trained {sort}, until it is looked at again on {until}."
    door: ClassVar = Door.PEOPLE
    by_two: ClassVar = "why"

    user: Annotated[Text, Say("Who?", missing="Choose who was trained."), STAFF_CODE]
    sort: Annotated[
        str,
        Options({"answers_children": "to answer children who write to us"}),
        Say("What for?", missing="Choose what for."),
        STAFF_CODE,
    ]
    until: Annotated[
        Day, Say("Looked at again on", "At most a year from now.", missing="Say on which day."), STAFF_CODE
    ]
    why: Annotated[Words, Say("Which training was it, and when?", hint=WHY, missing="Say which training."), WORDS]
