"""What the police record of a crime against a child."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Say, Text, Words
from onrecord.ledger.facts.held import WHO, WORDS


class CrimeRecorded(Fact):
    """The police recorded a crime against a child, under a number of theirs."""

    kind: ClassVar = "case.crime_recorded"
    title: ClassVar = "Crime recorded"
    sentence: ClassVar = "The police recorded a crime, number {number}.[ {words}]"
    response: ClassVar = True
    sorts: ClassVar = frozenset({"police"})

    number: Annotated[Text, Say("Crime number", "As the police hold it.", missing="Give the crime number."), WHO]
    words: Annotated[Words | None, Say("Which offence?"), WORDS] = None
