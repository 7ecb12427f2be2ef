"""The processing record's usual entries, so that a declaration names one instead of repeating five lines.

Legal basis and retention follow the partnership's appropriate policy document; a partnership with other terms changes
them here, once.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from onrecord.ledger.facts.declare import Fact, Held

TASK = "UK GDPR article 6(1)(e); Children Act 1989 sections 17 and 47; Children Act 2004 section 11"
SAFEGUARDING = f"{TASK}; article 9(2)(g) with Data Protection Act 2018 schedule 1 paragraph 18"
LIFE = "75 years from the child's birth, reviewed; a legal hold comes first"
TEAM = "the receiving front door, then those who work with the child"

AUTHOR, ANOTHER, MET, NAMED = "author", "another", "met", "named"
"""Whose words a field holds: its author's own; another's as its author wrote them down; of all those who met; of the
person whom the fact names (`Fact.in_name_of`).
"""

WORDS = Held("To know and act on what was said", SAFEGUARDING, TEAM, LIFE, special=True, said_by=AUTHOR)
"""What somebody said or wrote: sealed. Nobody else puts it otherwise alone."""

TOLD = replace(WORDS, said_by=ANOTHER)
"""What a child, a family or a worker said, written down by somebody else: nor does whoever wrote it down."""

DECIDED = replace(WORDS, said_by=MET)
"""What a meeting decided: nor does whoever wrote it down, but with somebody of another agency who came."""

WORDS_OF_NAMED = replace(WORDS, said_by=NAMED)
"""What somebody said who is named beside it, whoever wrote it down: nobody else puts it otherwise alone."""

WHO = Held("To find and protect the right child", TASK, TEAM, LIFE)
"""Who somebody is: sealed."""

CODE = Held("To decide what is owed, and to count", TASK, TEAM, LIFE, coded=True)
"""An answer from a list: may stand in read tables."""

DECIDED_CODE = replace(CODE, said_by=MET)
"""An answer from a list that a meeting gave."""

CODE_OF_NAMED = replace(CODE, said_by=NAMED)
"""An answer from a list of somebody who is named beside it."""

SPECIAL_CODE = Held("To decide what is owed, and to count", SAFEGUARDING, TEAM, LIFE, special=True, coded=True)
"""An answer from a list that says something about harm or health."""

SAFETY = Held(
    "So that nothing sent or said puts the child in danger", SAFEGUARDING, TEAM, LIFE, special=True, said_by=AUTHOR
)
"""Who must not find out, and how to make contact safely: sealed."""

TOLD_SAFETY = replace(SAFETY, said_by=ANOTHER)
"""The same, in the child's own words."""

LIVES = replace(SAFETY, seen_by="those who work with the child, by a reason that is noted", by_reason=True)
"""Where a child lives: sealed, and shown by a reason only, to the last word."""

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


def whose_words(kind: type[Fact], name: str, coded: Mapping[str, Any]) -> str:
    """Whose words a field of a fact with these coded answers holds; "" where it holds nobody's."""
    whose = _whose(kind).get(name, "")
    field, others = kind.spoken_for or ("", frozenset())
    return ANOTHER if whose == AUTHOR and coded.get(field) in others else whose


@cache
def _whose(kind: type[Fact]) -> Mapping[str, str]:
    told = dict.fromkeys(kind.told_us, AUTHOR)
    return told | {name: held.said_by for name, _, _, held in kind.fields() if held.said_by}
