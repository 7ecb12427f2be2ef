"""The report that a paper becomes. What nobody was asked stays unsaid or unknown; a person asks it afterwards."""

from typing import Any

from onrecord.intake.rules.papers.paper import Paper

LONGEST = 20_000
LINE = 300
REST = "\n\n(The rest is in the original, which is kept sealed with this report.)"
NO_WORDS = "(No words that a machine can read. What came is kept sealed with this report.)"


def drafted(paper: Paper) -> dict[str, Any]:
    """The body of a report as plain values: the words as they were written, the subject kept in front."""
    words = paper.words.strip("\n") if paper.words.strip() else NO_WORDS
    said = f"{paper.subject}\n\n{words}" if paper.subject else words
    meant = f"The child meant in “{paper.subject}”" if paper.subject else "The child meant in these words"
    return {
        "child": {"described": cut(meant)},
        "words": shortened(said),
        "concern": "not_sure",
        "danger_now": "unknown",
        "positions": "unknown",
    }


def shortened(words: str) -> str:
    """Words as long as a report can hold; where they are cut, they say so."""
    return words if len(words) <= LONGEST else words[: LONGEST - len(REST)] + REST


def cut(line: str) -> str:
    """One line as long as a line may be."""
    flat = " ".join(line.split())
    return flat if len(flat) <= LINE else flat[: LINE - 2] + " …"
