"""A list of children whom a voluntary or youth agency knows and worries about, beside the official count."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Options, Say, Text, Whole, Words
from onrecord.ledger.facts.held import CODE, WHO, WORDS


class ListGiven(Fact):
    """An agency says how many children it knows and worries about. Each child is reported as well, by itself."""

    kind: ClassVar = "case.list_given"
    title: ClassVar = "An agency's own list"
    sentence: ClassVar = "{name}: {children} children whom the agency knows and worries about. {words}"

    name: Annotated[Text, Say("What is the list called?", missing="Give the list a name."), WHO]
    children: Annotated[Whole, Say("How many children are on it?", missing="Say how many children are on it."), CODE]
    words: Annotated[
        Words,
        Say(
            "How do you know them, and since when?",
            "Do not name a child here. Report each one.",
            missing="Say how you know them.",
        ),
        WORDS,
    ]


class ListCompared(Fact):
    """The list was compared with the official count, child by child. Both numbers stand."""

    kind: ClassVar = "case.list_compared"
    title: ClassVar = "An agency's list compared"
    sentence: ClassVar = "The list was compared: {result}. {counted} of its children are in the official count. {words}"
    response: ClassVar = True

    result: Annotated[
        str,
        Options(
            {
                "all_counted": "every child on it is counted",
                "some_missing": "some children on it were not counted, and are now",
                "not_agreed": "we count fewer, and say why",
            }
        ),
        Say("What came of it?", missing="Choose what came of it."),
        CODE,
    ]
    counted: Annotated[
        Whole,
        Say("How many of them are in the official count?", missing="Say how many of them are counted."),
        CODE,
    ]
    words: Annotated[Words, Say("Why do the numbers agree or differ?", missing="Say why."), WORDS]
