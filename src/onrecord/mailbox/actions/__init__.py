"""The verbs of the mailbox: words are handed out and asked for, what is said there is recorded, staff answer."""

from onrecord.mailbox.actions.answering import check_mailbox, open_file_sent, open_identity, open_messages
from onrecord.mailbox.actions.box import (
    ask_for_another,
    choose_shown,
    disagree,
    keep_identity,
    not_safe,
    proof,
    send_file,
    settle,
    who_first,
    write,
)
from onrecord.mailbox.actions.words import OWN, WATCHED, Pair, draw_pair, keep_none, open_with, opens, words_for

__all__ = [
    "OWN",
    "WATCHED",
    "Pair",
    "ask_for_another",
    "check_mailbox",
    "choose_shown",
    "disagree",
    "draw_pair",
    "keep_identity",
    "keep_none",
    "not_safe",
    "open_file_sent",
    "open_identity",
    "open_messages",
    "open_with",
    "opens",
    "proof",
    "send_file",
    "settle",
    "who_first",
    "words_for",
    "write",
]
