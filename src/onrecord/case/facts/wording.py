"""How somebody at work put something about a child, challenged by another: the words are never changed by a machine."""

from typing import Annotated, ClassVar, Self

from onrecord.ledger.facts import Fact, Known, Options, Say, Text, Words, Wrong
from onrecord.ledger.facts.held import CODE, STAFF_CODE, WORDS
from onrecord.ledger.facts.wrong import Refused

THEIR_OWN = (
    "These are the words of the child, the family or whoever reported, and they stand as they were said. "
    "Only how somebody at work puts it can be challenged."
)
NOT_THERE = "These words do not stand there. Copy them exactly as they were written."


class LanguageChallenged(Fact):
    """Somebody at work challenges words that another wrote about a child. The author's manager owes an answer."""

    kind: ClassVar = "case.language_challenged"
    title: ClassVar = "Wording challenged"
    sentence: ClassVar = "Wording was challenged: “{words}”. {why}[ Better: {offered}]"
    weighs: ClassVar = True
    response: ClassVar = True

    words: Annotated[
        Text, Say("Which words?", "Copy them as they were written.", missing="Copy the words you challenge."), WORDS
    ]
    why: Annotated[
        Words,
        Say(
            "Why?",
            "For example, that they blame the child, or call harm a choice.",
            missing="Say in a sentence why these words should not stand.",
        ),
        WORDS,
    ]
    offered: Annotated[
        Words | None,
        Say("What would say the same without blame?", "Keep every fact, above all those that say what was done."),
        WORDS,
    ] = None
    author_agency: Annotated[
        Text | None, Say("The agency of the author", "Filled in.", wrong="Leave the agency out."), STAFF_CODE
    ] = None

    def completed(self, known: Known) -> Self:
        """Say whose words they are. Words that stand nowhere, or are a child's or a reporter's own, are refused."""
        at_work = [(fact, agency) for fact, agency in zip(known.answered, known.said_by, strict=True)]
        found = next((agency for fact, agency in at_work if self._stand_in(fact, own=False)), None)
        if found is None:
            theirs = any(self._stand_in(fact, own=True) for fact in known.answered)
            says = THEIR_OWN if theirs else NOT_THERE
            raise Refused((Wrong("words", self.words, says, "words of somebody at work"),))
        return self.model_copy(update={"author_agency": found})

    def _stand_in(self, fact: Fact, *, own: bool) -> bool:
        """Whether the words stand in a fact: in what somebody told us (`own`), or in the rest."""
        sought = " ".join(self.words.split()).casefold()
        names = [name for name in type(fact).model_fields if (name in fact.told_us) == own]
        said = fact.model_dump(mode="json", include=set(names), exclude_none=True)
        return any(sought in " ".join(text.split()).casefold() for text in _texts(said))


class WordingAnswered(Fact):
    """A manager answered a challenge of how somebody of theirs put it."""

    kind: ClassVar = "case.wording_answered"
    title: ClassVar = "Answer about wording"
    sentence: ClassVar = "The challenge of wording was answered: {outcome}. {why}"
    weighs: ClassVar = True
    response: ClassVar = True
    roles: ClassVar = frozenset({"team_manager", "head_of_service", "director"})

    outcome: Annotated[
        str,
        Options({"put_right": "The words were put right", "stands": "The words stand"}),
        Say("What comes of it?", missing="Choose what comes of it."),
        CODE,
    ]
    why: Annotated[Words, Say("What did you find, and what did you say to the author?", missing="Say why."), WORDS]

    def by_another(self) -> bool:
        """That the words stand is not for whoever wrote them."""
        return self.outcome == "stands"


def _texts(said: object) -> list[str]:
    """Every text in a value of JSON."""
    if isinstance(said, str):
        return [said]
    inside = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    return [text for one in inside for text in _texts(one)]
