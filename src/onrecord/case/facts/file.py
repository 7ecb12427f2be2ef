"""What is said of a child's file itself: what in it matters most, a document kept in it, and who leads the work."""

from typing import Annotated, ClassVar

from onrecord.access.facts import SORTS
from onrecord.ledger.facts import Day, Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, RECORD, STAFF, WHO, WORDS


class MarkedSignificant(Fact):
    """An entry is put into the list of significant events, or taken out again. The entry itself never changes."""

    kind: ClassVar = "case.marked_significant"
    title: ClassVar = "Significant event"
    sentence: ClassVar = "An entry was {mark} the significant events. {why}"
    weighs: ClassVar = True
    of_an_entry: ClassVar = True
    of_some: ClassVar = True

    mark: Annotated[
        str,
        Options({"in": "put among", "out": "taken out of"}),
        Say("What becomes of it?", missing="Choose whether it is put among the significant events or taken out."),
        CODE,
    ]
    why: Annotated[Words, Say("Why?", missing="Say in a sentence why."), WORDS]


class DocumentKept(Fact):
    """A document is kept sealed on a child's file, as it came. Never shown or read here, only handed out.

    It may name the one that it replaces (`regarding`), which stays. What is said of it can be put right: not the file.
    """

    kind: ClassVar = "case.document_kept"
    title: ClassVar = "Document kept"
    sentence: ClassVar = "A document was kept sealed: {what}, from {from_whom}."
    door: ClassVar = Door.MACHINE
    keeps_file: ClassVar = "sha256"
    correctable: ClassVar = frozenset({"what", "from_whom", "dated"})

    what: Annotated[
        Text,
        Say("What is it?", "For example, the letter of the hospital.", missing="Say in a few words what it is."),
        WORDS,
    ]
    from_whom: Annotated[Text, Say("From whom is it?", missing="Say from whom it is."), WORDS]
    dated: Annotated[Day | None, Say("Of which day is it?"), WHO] = None
    name: Annotated[Text, Say("Name of the file"), WORDS]
    media_type: Annotated[Text, Say("What sort of file it is said to be"), WHO]
    size: Annotated[Text, Say("How many bytes"), WHO]
    sha256: Annotated[Text, Say("SHA-256 of the file"), WHO]


class DocumentMoved(Fact):
    """A document stood on the wrong child's file. It is taken out of one and put on another, as it came.

    It takes two. Both files say so, and neither names the other child.
    """

    kind: ClassVar = "case.document_moved"
    title: ClassVar = "Document moved to another file"
    sentence: ClassVar = "A document was taken out of one child's file and put on another's, where it belongs: {why}"
    door: ClassVar = Door.MACHINE

    document: Annotated[Text, Say("Which document"), RECORD]
    into: Annotated[Text, Say("On which child's file it belongs"), RECORD]
    why: Annotated[
        Words,
        Say(
            "Why does it belong on the other file?",
            "Both files show this. Name no child.",
            missing="Say in a sentence why it belongs there.",
        ),
        WORDS,
    ]


class LeadNamed(Fact):
    """One manager answers for the whole of a child's case, whichever agencies work with her. The newest one counts."""

    kind: ClassVar = "case.lead_named"
    title: ClassVar = "Lead manager"
    sentence: ClassVar = "{who} ({agency}) leads the work with the child, for every agency."
    response: ClassVar = True
    on_file: ClassVar = True
    roles: ClassVar = frozenset({"team_manager", "head_of_service", "director"})

    who: Annotated[
        Text,
        Say(
            "Which manager leads the work with this child?",
            "One person, whom everybody asks. Agencies keep their own duties.",
            missing="Name the manager.",
        ),
        STAFF,
    ]
    agency: Annotated[str, SORTS, Say("Of which sort of agency?", missing="Choose their agency."), CODE]
