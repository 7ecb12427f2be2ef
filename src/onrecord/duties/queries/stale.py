"""What was raised about the children of a proposal since it was made, as far as somebody may know of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.duties.queries.walls import parted
from onrecord.duties.rules.stale import raised_since
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import lines, threads_about
from onrecord.ledger.rules.effect import Line, standing
from onrecord.linkage.queries import clusters


def raised_after(viewer: Viewer, proposal: Line, met: Iterable[UUID], now: datetime) -> list[Line]:
    """What was raised after a proposal, and was not on record when a meeting that had it before them was held."""
    people = {one for mention, same in clusters(proposal.mentions).items() for one in {mention, *same}}
    if not people:
        return []
    seen = parted(viewer, threads_about(people))[0]
    counting = [line for line, _ in standing(seen, now) if people.intersection(line.mentions)]
    held = [line.happened_at for line in lines(met)]
    raised = raised_since(counting, proposal.seq, catalogue())
    return [line for line in raised if not any(line.recorded_at <= moment for moment in held)]
