"""What a child says in the mailbox. It is kept exactly as it was said; nobody corrects it."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, RECORD, SAFETY, WHO, WORDS

NOBODY_ALONE = ("", frozenset[str]())
"""Nobody asks here what the worry is, so that it is left to one person by no answer."""

FIRST = Options(
    {
        "own": "of their own accord",
        "asked": "after they were asked",
        "watched": "while the words for when somebody makes them open it were used",
    }
)
"""Whether a child said something unasked."""


class ChildWrote(Fact):
    """More from a child who reported. Whether it came after a question is kept, for what it is worth in court."""

    kind: ClassVar = "mailbox.child_wrote"
    title: ClassVar = "The child wrote"
    sentence: ClassVar = "The child wrote, {first}: “{words}”"
    door: ClassVar = Door.PUBLIC
    opens_concern: ClassVar = True
    by_one: ClassVar = NOBODY_ALONE
    told_us: ClassVar = frozenset({"words"})

    words: Annotated[
        Words,
        Say("What do you want to add?", "You can stop at any time.", missing="Write something first, or go back."),
        WORDS,
    ]
    first: Annotated[
        str,
        FIRST,
        Say("Who said it first", "Filled in by the page."),
        RECORD,
    ]


class FileSent(Fact):
    """A picture or a voice message that a child sent. Sealed before anything touches it; nobody shows it on a page."""

    kind: ClassVar = "mailbox.file_sent"
    title: ClassVar = "File sent by the child"
    sentence: ClassVar = "The child sent a file[, {first}]. It was sealed unopened: {size} bytes."
    door: ClassVar = Door.PUBLIC
    opens_concern: ClassVar = True
    by_one: ClassVar = NOBODY_ALONE
    keeps_file: ClassVar = "sha256"

    name: Annotated[Text, Say("Name of the file"), WORDS]
    media_type: Annotated[Text, Say("What sort of file it is said to be"), WHO]
    size: Annotated[Text, Say("How many bytes"), WHO]
    sha256: Annotated[Text, Say("SHA-256 of the file"), WHO]
    first: Annotated[str | None, FIRST, Say("Who said it first", "Filled in by the page."), RECORD] = None


class AnotherReaderAsked(Fact):
    """A child asks that somebody else reads and answers. No reason is needed."""

    kind: ClassVar = "mailbox.another_reader_asked"
    title: ClassVar = "Somebody else asked for"
    sentence: ClassVar = "The child asks that somebody else reads this.[ “{words}”][ Whom they would like: “{liked}”]"
    door: ClassVar = Door.PUBLIC
    told_us: ClassVar = frozenset({"words"})

    words: Annotated[Words | None, Say("Whom would you not like?", "You don't have to say."), WORDS] = None
    liked: Annotated[Words | None, Say("Whom would you like?", "You don't have to say."), WORDS] = None
    """Never compared with those who work here: a report is kept from whomever it names, and this one is wished for."""


class MayBeWatched(Fact):
    """Somebody else may read what is written to the child. Nobody writes there until another way is found."""

    kind: ClassVar = "mailbox.may_be_watched"
    title: ClassVar = "May be watched"
    sentence: ClassVar = "Do not write to the child in the mailbox: {because}."
    door: ClassVar = Door.PUBLIC
    guarded: ClassVar = frozenset({"because"})

    because: Annotated[
        str,
        Options(
            {
                "told": "the child says that it is not safe to write there",
                "second_words": "it was opened with the words for when somebody makes them open it",
            }
        ),
        Say("Why", "Filled in by the page."),
        CODE,
    ]


class WordsGivenUp(Fact):
    """Whoever reported keeps no words, so that nobody can open the mailbox. What is written there is read by nobody."""

    kind: ClassVar = "mailbox.words_given_up"
    title: ClassVar = "No words are kept"
    sentence: ClassVar = "Whoever reported keeps no words for the mailbox: {when}."
    door: ClassVar = Door.PUBLIC

    when: Annotated[
        str,
        Options({"sent": "they asked for none when they sent it", "later": "they made them stop working"}),
        Say("When", "Filled in by the page."),
        CODE,
    ]


SHOWN = Options(
    {
        "names": "Names of the people who help me",
        "places": "Places",
        "visits": "When somebody visits",
        "police": "What the police do",
    }
)
"""What stays out of the mailbox until the child chooses it."""


class ShownChosen(Fact):
    """What else a child wants to see in the mailbox. Without it no names, places, visits or steps of the police."""

    kind: ClassVar = "mailbox.shown_chosen"
    title: ClassVar = "What may show in the mailbox"
    sentence: ClassVar = "The child chose what else may show in the mailbox[: {shows}]."
    door: ClassVar = Door.PUBLIC

    shows: Annotated[tuple[Annotated[str, SHOWN], ...], Say("What else may show here?"), SAFETY] = ()


class MessageRead(Fact):
    """A message was shown in the mailbox, to whoever had the words."""

    kind: ClassVar = "mailbox.message_read"
    title: ClassVar = "Message shown"
    sentence: ClassVar = "The message was shown in the mailbox, {where}."
    door: ClassVar = Door.MACHINE

    where: Annotated[str, Options({"box": "to whoever had the words"}), Say("Where"), RECORD] = "box"
