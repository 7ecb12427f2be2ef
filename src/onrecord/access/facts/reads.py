"""What may be said in the reads ledger: who opened what."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Options, Say, Words
from onrecord.ledger.facts.held import RECORD, WORDS


class RecordOpened(Fact):
    """Somebody read something. One entry for each page or look-up, written before it is shown."""

    kind: ClassVar = "access.record_opened"
    title: ClassVar = "Record opened"
    sentence: ClassVar = "A record was opened: {what}."
    door: ClassVar = Door.MACHINE

    what: Annotated[
        str,
        Options(
            {
                "report": "a report",
                "report_and_known": "a report, and whether its child was known before",
                "known_before": "whether a child was known before",
                "chronology": "a child's chronology",
                "receipt": "a receipt",
                "facts": "facts, by the command line",
                "original": "what a report was taken from",
                "search": "a search for a child",
                "whereabouts": "where a child lives and how to reach them",
                "print": "a child's file, on paper",
                "document": "a document on a child's file",
                "bundle": "what of a child's file a court or an inquiry gets",
                "who_knows": "who may know what of a child",
                "reads": "the list of who read what",
                "meeting": "a meeting",
                "staff_details": "the details of somebody who works here",
                "mailbox": "what was written in a mailbox",
                "sent_file": "a file that a child sent",
                "identity": "who reported",
                "pair": "two mentions of a child, side by side",
                "erasure": "what of an entry is to be erased",
                "trusting": "what an adult whom a child trusts may see",
                "told": "what was put to agencies, and what they answered",
                "linking": "every mention of a child, to link them in batch",
            }
        ),
        Say("What was opened"),
        RECORD,
    ]
    reason: Annotated[Words | None, Say("Why"), WORDS] = None
    sought: Annotated[Words | None, Say("Whom they looked for"), WORDS] = None
    close: Annotated[
        str | None,
        Options(
            {
                "yes": "Same last name as the child",
                "home": "Same postcode as the child",
                "both": "Same last name and postcode as the child",
            }
        ),
        Say("Could the reader be family, or a neighbour?"),
        RECORD,
    ] = None
