"""What arrives as an e-mail, a letter or a file, and how it becomes a report: typed once, by whoever wrote it."""

from onrecord.intake.rules.papers.draft import LONGEST, drafted, shortened
from onrecord.intake.rules.papers.markup import plain_text
from onrecord.intake.rules.papers.paper import LARGEST, Paper, Piece, Unreadable, original_id, sniffed

__all__ = [
    "LARGEST",
    "LONGEST",
    "Paper",
    "Piece",
    "Unreadable",
    "drafted",
    "original_id",
    "plain_text",
    "shortened",
    "sniffed",
]
