"""What is handed to a court or an inquiry of a child's file: asked for by one, agreed to by a second."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Day, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, WORDS

OPENED = Options(
    {
        "said": "what was said",
        "who": "who said it",
        "child": "people and places by name, with an address where one was given",
    }
)


class BundleAsked(Fact):
    """A bundle of a child's file was asked for, for a court or an inquiry. It can be had when a second person agrees.

    It holds proofs of the entries that stood on the file then, and of what they say only what is asked for here. What
    keeps the child safe is never opened in it.
    """

    kind: ClassVar = "case.bundle_asked"
    title: ClassVar = "Bundle for a court or an inquiry"
    sentence: ClassVar = (
        "A bundle of the file was asked for, for {whom}[, from {since} on][, up to {until}]. [Opened in it: {opened}. ]"
        "{why}"
    )
    by_two: ClassVar = "why"
    on_file: ClassVar = True
    roles: ClassVar = frozenset({"team_manager", "head_of_service", "director"})

    whom: Annotated[
        Text,
        Say(
            "For which court or inquiry?",
            "With its number, if it has one.",
            missing="Name the court or the inquiry that asks for it.",
        ),
        WORDS,
    ]
    since: Annotated[Day | None, Say("What happened from which day on?", "Leave it out for everything."), CODE] = None
    until: Annotated[Day | None, Say("Up to which day?", "Leave it out for everything."), CODE] = None
    opened: Annotated[
        tuple[Annotated[str, OPENED], ...],
        Say("What is opened in it?", "Whatever is not opened is proved to be on record, and cannot be read."),
        CODE,
    ] = ()
    why: Annotated[
        Words,
        Say(
            "Why is it handed over, and on what legal ground?",
            "A second person, from another agency, reads this and agrees first.",
            missing="Say why it is handed over, and on what ground, such as the court's order.",
        ),
        WORDS,
    ]
