"""What may be said about a child's file that only some people open: that it is so, until when, and that it ends."""

from typing import Annotated, ClassVar

from onrecord.access.facts.teams import Team
from onrecord.ledger.facts import Day, Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, STAFF_CODE, WORDS

RESTRICTING = frozenset({"team_manager", "head_of_service", "director", "designated_officer"})
"""Who restricts a file, and says whether it stays restricted."""
AGAIN = "At most six months from now."
NO_TEAM = "Write the short name of the team, such as exploitation-team."


class FileRestricted(Fact):
    """A child's file is open only to people who are named, or to a team, until it is looked at again.

    It hides nothing from whoever owes the child something, from the people outside, or from the front door while it
    decides. Somebody else opens the file with a reason, as any file of a child with whom they do not work.
    """

    kind: ClassVar = "access.file_restricted"
    title: ClassVar = "File restricted"
    sentence: ClassVar = (
        "The file was restricted[ to {users}][ and to the team {team}], as {because}. {why} Looked at again by {until}."
    )
    door: ClassVar = Door.PEOPLE
    roles: ClassVar = RESTRICTING

    because: Annotated[
        str,
        Options(
            {
                "works_here": "somebody in it works here, or is close to somebody who does",
                "hidden": "nobody may learn where the child is",
                "talked_of": "the child or the family is talked of in public",
                "asked": "the child asked for it",
                "other": "there is another reason",
            }
        ),
        Say("Why is it restricted?", missing="Choose why it is restricted."),
        CODE,
    ]
    users: Annotated[
        tuple[Text, ...],
        Say("Who opens it?", "Sign-in names, each in a field of its own, of people whose agency works with the child."),
        STAFF_CODE,
    ] = ()
    team: Annotated[
        Team | None, Say("Which team of your agency opens it?", "Its short name.", wrong=NO_TEAM), STAFF_CODE
    ] = None
    until: Annotated[Day, Say("Looked at again by", AGAIN, missing="Say by which day it is looked at again."), CODE]
    why: Annotated[
        Words, Say("In your words", "Whoever looks again reads it.", missing="Say in a sentence why."), WORDS
    ]


class RestrictionReviewed(Fact):
    """Somebody else than the one who restricted a file looked again, and it stays restricted until another day."""

    kind: ClassVar = "access.restriction_reviewed"
    title: ClassVar = "Restriction of a file looked at again"
    sentence: ClassVar = "The file stays restricted, until it is looked at again by {until}. {why}"
    door: ClassVar = Door.PEOPLE
    response: ClassVar = True
    roles: ClassVar = RESTRICTING

    until: Annotated[Day, Say("Looked at again by", AGAIN, missing="Say by which day it is looked at again."), CODE]
    why: Annotated[Words, Say("Why does it stay?", missing="Say in a sentence why it stays restricted."), WORDS]


class RestrictionLifted(Fact):
    """A file is open again to everybody who works with the child. It counts when a second person agrees."""

    kind: ClassVar = "access.restriction_lifted"
    title: ClassVar = "Restriction of a file lifted"
    sentence: ClassVar = "The file is to be open again to everybody who works with the child. {why}"
    door: ClassVar = Door.PEOPLE
    response: ClassVar = True
    roles: ClassVar = RESTRICTING
    by_two: ClassVar = "why"

    why: Annotated[
        Words, Say("Why can it be open again?", "The second person reads it.", missing="Say in a sentence why."), WORDS
    ]
