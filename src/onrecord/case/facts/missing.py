"""Missing episodes and the interview each return is owed."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Options, Person, Place, Say, When, Words
from onrecord.ledger.facts.held import SPECIAL_CODE, TOLD, WHO, WORDS


class ChildReturned(Fact):
    """A missing child came back. `happened` is the return."""

    kind: ClassVar = "case.child_returned"
    title: ClassVar = "Returned from a missing episode"
    sentence: ClassVar = "{child} came back, missing since {missing_since}."
    by_one: ClassVar = ("", frozenset[str]())

    child: Annotated[Person, Say("The child", missing="Say which child came back."), WHO]
    missing_since: Annotated[When, Say("Missing since", missing="Say since when the child was missing."), WORDS]
    found_at: Annotated[Place | None, Say("Where the child was found"), WORDS] = None


class ReturnInterviewHeld(Fact):
    """An independent return interview was offered, and this is what came of it."""

    kind: ClassVar = "case.return_interview_held"
    title: ClassVar = "Return interview"
    sentence: ClassVar = "Return interview: {held}. {said}"
    response: ClassVar = True

    held: Annotated[
        str,
        Options(
            {
                "held": "Held",
                "declined_by_child": "Offered, and the child did not want one",
                "not_held": "Decided not to hold one",
            }
        ),
        Say("Was it held?", missing="Choose what happened."),
        SPECIAL_CODE,
    ]
    said: Annotated[Words, Say("What the child said, or why none was held", missing="Say what came of it."), TOLD]
