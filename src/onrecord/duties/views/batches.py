"""Reports that came together, in one file or at once from one place, stand in the front door's list as one line.

It opens. A report that says that there is danger now never stands in it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any


def folded(lines: Sequence[dict[str, Any]], now: datetime) -> Iterator[dict[str, Any]]:
    """The lines of a list in groups, in their order: neighbours of one batch together, every other line by itself."""
    for _, found in groupby(lines, key=lambda line: line["batch"] or line["uid"]):
        group = list(found)
        due = [line["due"] for line in group if line["due"]]
        yield {
            "lines": group,
            "folded": len(group) > 1,
            "soonest": min(due, default=None),
            "late": sum(until <= now for until in due),
            "flagged": sum(bool(line["flags"] or line["proposed"] or line["earlier"]) for line in group),
            "unsigned": group[0]["unsigned"],
            "agency": group[0]["agency"],
            "received_at": group[0]["received_at"],
        }
