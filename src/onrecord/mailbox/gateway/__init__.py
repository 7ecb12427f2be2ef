"""What the mailbox needs of the machine: words and their keyed hashes, and an even pace."""

from onrecord.mailbox.gateway.pace import evenly
from onrecord.mailbox.gateway.words import HOW_MANY, draw, hashed, proof, said, word_list

__all__ = ["HOW_MANY", "draw", "evenly", "hashed", "proof", "said", "word_list"]
