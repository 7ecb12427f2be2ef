"""Who said it first: whether a child spoke of their own accord, or was asked."""

from collections.abc import Iterable

from onrecord.ledger.rules.effect import Line
from onrecord.mailbox.facts import ChildWrote, FileSent, MessageWritten

NO_QUESTION = frozenset({"nothing"})
THEIRS = frozenset({ChildWrote.kind, FileSent.kind})
"""What a child says there: written, or as a file."""


def after_a_question(lines: Iterable[Line]) -> bool:
    """Whether a question to the child, among these lines in order, was not followed by their words yet."""
    asked = False
    for line in lines:
        if line.kind == MessageWritten.kind:
            asked = asked or line.coded["asks"] not in NO_QUESTION
        elif line.kind == ChildWrote.kind:
            asked = False
    return asked


def last_is_theirs(lines: Iterable[Line]) -> bool:
    """Whether the child wrote, or sent a file, after whatever was written to them."""
    kinds = [line.kind for line in lines if line.kind in THEIRS or line.kind == MessageWritten.kind]
    return bool(kinds) and kinds[-1] in THEIRS
