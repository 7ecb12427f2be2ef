"""What follows in a mailbox: who said it first, what hints at its answer, how a day reads."""

from onrecord.mailbox.rules.leading import Hint, hints
from onrecord.mailbox.rules.said_first import after_a_question, last_is_theirs
from onrecord.mailbox.rules.shown import may_show, not_shown

__all__ = ["Hint", "after_a_question", "hints", "last_is_theirs", "may_show", "not_shown"]
