"""What may be said about notices: that one did not arrive, and that the person was told another way."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import RECORD, WORDS


class NoticeFailed(Fact):
    """A notice did not reach the person it was for. That is itself overdue."""

    kind: ClassVar = "notices.notice_failed"
    title: ClassVar = "Notice not delivered"
    sentence: ClassVar = "A notice to {recipient} did not arrive: {cause}."
    door: ClassVar = Door.MACHINE

    notice: Annotated[Text, Say("Which notice"), RECORD]
    recipient: Annotated[Text, Say("Sign-in name of the person it was for"), RECORD]
    cause: Annotated[
        str,
        Options(
            {
                "no_address": "no address is known",
                "refused": "the mailbox refused it",
                "not_collected": "it could not be handed over",
            }
        ),
        Say("Cause"),
        RECORD,
    ]


class ToldOtherwise(Fact):
    """The person was told another way."""

    kind: ClassVar = "notices.told_otherwise"
    title: ClassVar = "Told another way"
    sentence: ClassVar = "The person was told another way: {how}"
    response: ClassVar = True

    how: Annotated[Words, Say("How were they told, and when?", missing="Say how and when you told them."), WORDS]


FACTS: tuple[type[Fact], ...] = (NoticeFailed, ToldOtherwise)
