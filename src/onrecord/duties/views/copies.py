"""A report and what was decided in plain text, for another system: so that nobody types it twice."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime

from onrecord.access.queries import post
from onrecord.intake.queries import spoken_outcome
from onrecord.ledger.facts import Entry
from onrecord.ledger.rules.answers import answers


def copied(made: Entry, row: Any, told: str, promises: Iterable[str] = ()) -> str:
    """What was said, by whom and for whom, what is owed, and what was decided."""
    lines = [f"OnRecord report {str(made.id)[:8]}", f"Received: {_at(made.recorded_at)}"]
    lines += [f"From: {post(made.saying.role, made.saying.agency)}{for_whom(made)}", *promises]
    lines += [f"{label}{'' if label.endswith('?') else ':'} {said}" for label, said in answers(made.saying.fact)]
    if row.decided_at:
        lines += ["", f"Decided: {spoken_outcome(row.outcome)}, {_at(row.decided_at)}"]
        lines += [f"The person who reported is told: {told}"]
    return "\n".join(lines)


def for_whom(made: Entry) -> str:
    """For whom a report was taken down, if for anybody."""
    return f", for {made.saying.on_behalf}" if made.saying.on_behalf else ""


def _at(moment: Any) -> str:
    return f"{localtime(moment):%-d %B %Y, %H:%M}"
