"""What may be said about notices: that one did not arrive, how they were told instead, by which way notices go."""

from dataclasses import replace
from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import RECORD, WORDS

SETTING = replace(RECORD, coded=False)
"""How the machine is set: sealed."""


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


class ChannelNamed(Fact):
    """By which mail system notices are to go out. Another takes effect once somebody outside hears by it."""

    kind: ClassVar = "notices.channel_named"
    title: ClassVar = "Way of notices named"
    sentence: ClassVar = "Notices are to go out by the mail system {mark}[, which is {changed}]."
    door: ClassVar = Door.MACHINE

    mark: Annotated[Text, Say("Mark of the mail system: how, where and under which name"), RECORD]
    way: Annotated[Text, Say("The mail system itself, so that it can be used while another is not agreed to"), SETTING]
    changed: Annotated[
        str | None, Options({"yes": "another than before"}), Say("Whether it is another than before"), RECORD
    ] = None


class ChannelAnswered(Fact):
    """Somebody outside says whether messages reach them by another mail system. It takes effect once they do."""

    kind: ClassVar = "notices.channel_answered"
    title: ClassVar = "Said whether messages arrive"
    sentence: ClassVar = "Whether messages arrive by the new mail system: {arrives}.[ {words}]"
    response: ClassVar = True
    roles: ClassVar = frozenset({"scrutineer", "inspectorate"})

    arrives: Annotated[
        str,
        Options({"yes": "yes, they reach me", "no": "no, they do not reach me"}),
        Say(
            "Did the copy that came by the new mail system reach you?",
            "The message says by which one it came. With “yes”, the new one takes effect.",
            missing="Say whether it reached you.",
        ),
        RECORD,
    ]
    words: Annotated[Words | None, Say("Anything to add"), WORDS] = None


FACTS: tuple[type[Fact], ...] = (NoticeFailed, ToldOtherwise, ChannelNamed, ChannelAnswered)
