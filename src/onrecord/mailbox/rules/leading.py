"""Questions that suggest their own answer. A child may agree to please, and a court may not believe the answer.

A plain list of patterns, no judgement: it can be wrong, so it only hints, and offers an open wording. It is used on
what staff write, never on a child's words.
"""

import re
from typing import NamedTuple

ACTS = "touch|hurt|hit|kiss|rape|abuse|force|grab|film|photograph|threaten|give|make|take|send|ask|tell|pay|drive|meet"
TELL = "“Tell me what happened.”"
EXPLAIN = "“Explain what you mean by …” with the child's own word."
DESCRIBE = "“Describe the person.” “Describe the place.”"


class Hint(NamedTuple):
    """A question that suggests its answer: the words, why, and an open wording instead."""

    words: str
    why: str
    instead: str


PATTERNS = (
    (r"\bwhy (?:did|didn['’]t|do|don['’]t|were|are) you\b[^.?!]*", "It can sound like blame.", EXPLAIN),
    (
        r"\bdid (?:he|she|they|it|your|the|mr|mrs|anyone|anybody|somebody|someone)\b[^.?!]*",
        "It names the answer.",
        TELL,
    ),
    (
        r"\b(?:did|didn|is|isn|was|wasn|were|weren|do|don|does|doesn|has|hasn|have|haven|won|wouldn)['’]t "
        r"(?:he|she|they|it|you|that|this|your)\b[^.?!]*",
        "It says which answer you expect.",
        TELL,
    ),
    (r"\b(?:was|is) it (?:\w+\W+){1,4}?(?:that|who|when|in|at)\b[^.?!]*", "It names a person or a place.", DESCRIBE),
    (
        rf"\b(?:has|have|was|were|did|does|do|is|are) (?:\w+\W+){{1,3}}?(?:{ACTS})\w*\b[^.?!]*\?",
        "It names an act, and can only be answered yes or no.",
        TELL,
    ),
    (r"\b(?:right|isn['’]t it|correct|yes|no)\s*\?", "It asks the child to agree.", EXPLAIN),
)


def hints(text: str) -> list[Hint]:
    """What in a message suggests its answer, in the order in which it stands; nothing where nothing does."""
    found: dict[tuple[int, int], Hint] = {}
    for pattern, why, instead in PATTERNS:
        for hit in re.finditer(pattern, text, re.IGNORECASE):
            if not any(first <= hit.start() < last for first, last in found):
                found[hit.span()] = Hint(hit[0].strip(), why, instead)
    return [found[span] for span in sorted(found)]
