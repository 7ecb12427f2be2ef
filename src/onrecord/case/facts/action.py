"""What a meeting agreed that somebody does by a day, and what came of it."""

from typing import Annotated, Any, ClassVar, Self

from onrecord.access.facts import SORTS
from onrecord.case.facts.decided import OF_A_MEETING
from onrecord.ledger.facts import Day, Fact, Known, Say, Text, Words, Wrong
from onrecord.ledger.facts.held import CODE, DECIDED, DECIDED_CODE, WORDS
from onrecord.ledger.facts.wrong import Refused

WHICH = "Several agencies of this sort take part. Choose the one that does it."


class ActionAgreed(Fact):
    """Something that a meeting agreed somebody does by a day.

    Where several agencies of a sort take part, it says which of them: it is owed by that one, and opens the child's
    file to no other.
    """

    kind: ClassVar = "case.action_agreed"
    title: ClassVar = "Action agreed"
    sentence: ClassVar = "Agreed: {what} To be done by {owner}, until {by_day}."
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = OF_A_MEETING
    of_some: ClassVar = True
    given_to: ClassVar = "which"
    fixed: ClassVar = frozenset({"owner", "which"})
    from_record: ClassVar = frozenset({"doer"})

    what: Annotated[Words, Say("What is to be done?", missing="Say what is to be done."), DECIDED]
    owner: Annotated[str, SORTS, Say("By which agency?", missing="Choose who does it."), DECIDED_CODE]
    which: Annotated[
        Text | None,
        Say("Which of them?", "Where there are several of that sort, such as schools.", wrong=WHICH),
        DECIDED,
    ] = None
    by_day: Annotated[Day, Say("By which day?", missing="Give the day by which it is done."), CODE]
    doer: Annotated[Text | None, Say("The agency that does it, by name"), DECIDED] = None

    def coded(self) -> dict[str, Any]:
        """The same, with the very agency that owes it where one is named."""
        return super().coded() | ({"owner": self.which} if self.which else {})

    def completed(self, known: Known) -> Self:
        """With the name of the agency. Raises Refused where several could be meant, and for one of another sort."""
        found = [agency for agency in known.agencies if known.sorts[agency] == self.owner]
        several = len(found) > 1
        if (several and self.which is None) or self.which not in (None, *found):
            raise Refused((Wrong("which", self.which or "", WHICH, "one of these agencies"),))
        which = self.which if several else None
        return self.model_copy(update={"which": which, "doer": known.agencies[which] if which else None})

    def spoken(self, name: str) -> str:
        """One field in words; of whoever does it also which of them."""
        said = super().spoken(name)
        return f"{said}, {self.doer}" if name == "owner" and self.doer else said


class ActionDone(Fact):
    """What a meeting agreed was done, and how it went."""

    kind: ClassVar = "case.action_done"
    title: ClassVar = "Action done"
    sentence: ClassVar = "It was done: {how}"
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = frozenset({ActionAgreed.kind})
    only_once: ClassVar = True
    theirs: ClassVar = "owner"

    how: Annotated[Words, Say("What was done, and how did it go?", missing="Say what was done."), WORDS]


class ActionNotDone(Fact):
    """What was agreed is not done yet. The reason and the new day are on record; it stays owed since the old one."""

    kind: ClassVar = "case.action_not_done"
    title: ClassVar = "Action not done yet"
    sentence: ClassVar = "It is not done yet: {why} New day: {new_day}. It stays owed."
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = frozenset({ActionAgreed.kind})
    not_after: ClassVar = frozenset({ActionDone.kind})
    theirs: ClassVar = "owner"

    why: Annotated[Words, Say("Why is it not done?", missing="Say why it is not done."), WORDS]
    new_day: Annotated[Day, Say("When will it be done?", missing="Give the new day."), CODE]
