"""Who reported, kept apart from the report: opened by two with a reason, and the reporter sees that it was."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Held, Say, Text, Words
from onrecord.ledger.facts.held import LIFE, TASK, WORDS

APART = Held(
    "To reach whoever reported, where two agree that it is needed", TASK, "two who agreed, with a reason", LIFE
)
"""Sealed, and shown on no page but the one that two people opened."""


class IdentityKept(Fact):
    """Who reported, if they said so. It never stands on the report, and a sentence never says it."""

    kind: ClassVar = "mailbox.identity_kept"
    title: ClassVar = "Who reported"
    sentence: ClassVar = "Whoever reported said who they are. It is kept apart, sealed."
    door: ClassVar = Door.PUBLIC
    kept_apart: ClassVar = True

    who: Annotated[
        Text,
        Say("Your name", "You don't have to say.", missing="Write a name, or leave this page without Send."),
        APART,
    ]
    of: Annotated[Text | None, Say("Where you work, if it is about work"), APART] = None
    reach: Annotated[Text | None, Say("How can we reach you?"), APART] = None


class IdentityOpened(Fact):
    """Two people agreed, with a reason, to open who reported. The reporter sees that it was opened."""

    kind: ClassVar = "mailbox.identity_opened"
    title: ClassVar = "Open who reported"
    sentence: ClassVar = "To open who reported: {why}"
    of_an_entry: ClassVar = True
    by_two: ClassVar = "why"
    roles: ClassVar = frozenset({"front_door", "team_manager", "designated_officer"})

    why: Annotated[
        Words,
        Say(
            "Why does somebody have to know who reported?",
            "Whoever reported sees that it was opened, and when.",
            missing="Say why in a sentence.",
        ),
        WORDS,
    ]
