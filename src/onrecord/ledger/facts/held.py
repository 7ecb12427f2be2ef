"""The processing record's usual entries, so that a declaration names one instead of repeating five lines.

Legal basis and retention follow the partnership's appropriate policy document; a partnership with other terms changes
them here, once.
"""

from dataclasses import replace
from functools import cache

from onrecord.ledger.facts.declare import Fact, Held

TASK = "UK GDPR article 6(1)(e); Children Act 1989 sections 17 and 47; Children Act 2004 section 11"
SAFEGUARDING = f"{TASK}; article 9(2)(g) with Data Protection Act 2018 schedule 1 paragraph 18"
LIFE = "75 years from the child's birth, reviewed; a legal hold comes first"
TEAM = "the receiving front door, then those who work with the child"

AUTHOR, ANOTHER = "author", "another"
"""Whose words a field holds: its author's own, or another's as its author wrote them down."""

WORDS = Held("To know and act on what was said", SAFEGUARDING, TEAM, LIFE, special=True, said_by=AUTHOR)
"""What somebody said or wrote: sealed. Nobody else puts it otherwise alone."""

TOLD = replace(WORDS, said_by=ANOTHER)
"""What a child, a family or a worker said, written down by somebody else: nor does whoever wrote it down."""

WHO = Held("To find and protect the right child", TASK, TEAM, LIFE)
"""Who somebody is: sealed."""

CODE = Held("To decide what is owed, and to count", TASK, TEAM, LIFE, coded=True)
"""An answer from a list: may stand in read tables."""

SPECIAL_CODE = Held("To decide what is owed, and to count", SAFEGUARDING, TEAM, LIFE, special=True, coded=True)
"""An answer from a list that says something about harm or health."""

SAFETY = Held(
    "So that nothing sent or said puts the child in danger", SAFEGUARDING, TEAM, LIFE, special=True, said_by=AUTHOR
)
"""Who must not find out, and how to make contact safely: sealed."""

TOLD_SAFETY = replace(SAFETY, said_by=ANOTHER)
"""The same, in the child's own words."""

STAFF = Held("To know who holds which duty, and who held it before", TASK, "everybody who works here", LIFE)
"""About people at work: sealed."""

STAFF_CODE = Held("To know who holds which duty", TASK, "everybody who works here", LIFE, coded=True)
"""About people at work: codes and ids."""

STAFF_COMPARED = Held(
    "To keep a report from whom it may be about, and to show who opened the record of a neighbour",
    TASK,
    "the designated officer, with a reason; whoever agrees to what is said of somebody else",
    LIFE,
)
"""What people at work say of themselves to be compared: sealed."""

RECORD = Held("To show afterwards what the record itself did", TASK, "scrutineers and managers", LIFE, coded=True)
"""What the machine did."""


@cache
def words_of(kind: type[Fact], whose: str) -> frozenset[str]:
    """The fields of a kind that hold words of its AUTHOR, or of ANOTHER."""
    return frozenset(name for name, _, _, held in kind.fields() if held.said_by == whose)
