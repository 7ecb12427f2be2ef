"""What may be said about the file of a child that somebody opened without working with the child."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Options, Say, Words
from onrecord.ledger.facts.held import CODE, WORDS


class GlassBroken(Fact):
    """Somebody opened the file of a child with whom none of their agencies works. They gave a reason first."""

    kind: ClassVar = "access.glass_broken"
    title: ClassVar = "File opened without working with the child"
    sentence: ClassVar = "A file was opened by somebody who does not work with the child. {why}: “{reason}”"
    door: ClassVar = Door.MACHINE

    why: Annotated[
        str,
        Options(
            {
                "danger_now": "A child is in danger now",
                "covering": "I am covering for somebody who works with the child",
                "asked": "Somebody who works with the child asked me",
                "other": "Another reason",
            }
        ),
        Say("Why do you need to open this file?", missing="Choose why you need to open it."),
        CODE,
    ]
    reason: Annotated[
        Words,
        Say("In your words", "The partnership's business manager reads this.", missing="Say in a sentence why."),
        WORDS,
    ]


class GlassReviewed(Fact):
    """The business manager read why a file was opened, and said whether that was proper."""

    kind: ClassVar = "access.glass_reviewed"
    title: ClassVar = "Opening of a file reviewed"
    sentence: ClassVar = "The opening of the file was found: {finding}. {words}"
    response: ClassVar = True
    roles: ClassVar = frozenset({"business_manager"})

    finding: Annotated[
        str,
        Options({"proper": "Proper", "not_proper": "Not proper"}),
        Say("Was it proper to open it?", missing="Choose proper or not proper."),
        CODE,
    ]
    words: Annotated[Words, Say("Why do you find so?", missing="Say in a sentence why."), WORDS]
