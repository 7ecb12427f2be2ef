"""A lowering that was proposed before something was raised is not agreed to any more: it has to be proposed again."""

from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.duties.queries.stale import raised_after
from onrecord.ledger.facts import Seconded
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.effect import Line


def stale(viewer: Viewer, proposal: Line, fact: Seconded, now: datetime) -> str:
    """Why a proposal can be agreed to no more, in words; "" where it can. By whichever gate it takes two, it is so."""
    raised = raised_after(viewer, proposal, [UUID(fact.meeting)] if fact.meeting else [], now)
    if not raised:
        return ""
    title, day = catalogue()[raised[-1].kind].title, raised[-1].recorded_at.astimezone(HERE)
    return (
        f"Something was raised about this child after it was proposed: {title}, {day:%-d %B %Y}. "
        "Disagree, or say that it is not enough, and let it be proposed again by somebody who has read that too."
    )
