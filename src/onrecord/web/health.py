"""Whether it runs: for machines, and for whoever watches the watch. No names, no counts of children."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from onrecord import __version__
from onrecord.duties.queries import last_beat
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.trouble import UNREAD
from onrecord.ledger.queries import newest_checkpoint

WATCH_SILENT_AFTER = timedelta(minutes=10)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Version, last tick, age of the newest checkpoint, database reachable. 503 when it does not answer right."""
    found = measured(now())
    return JsonResponse(found, status=200 if found["database"] == "reachable" else 503)


def measured(moment: datetime) -> dict[str, Any]:
    """The state of health at a moment; ages in seconds."""
    made: dict[str, Any] = {"version": __version__, "database": "reachable"}
    try:
        return made | _measured(moment)
    except DatabaseError as error:
        return made | {"database": f"not reachable ({type(error).__name__})"}
    except UNREAD as error:
        return made | {"database": f"not as it was written ({type(error).__name__}): run `onrecord verify`"}


def _measured(moment: datetime) -> dict[str, Any]:
    beat, checkpoint = last_beat(moment), newest_checkpoint()
    last = beat.at if beat else None
    return {
        "last_tick": last.isoformat() if last else None,
        "watch": "running" if last and moment - last < WATCH_SILENT_AFTER else "silent",
        "checkpoint_age_seconds": int((moment - checkpoint.made_at).total_seconds()) if checkpoint else None,
        "checkpoints": f"frozen: {beat.frozen}" if beat and beat.frozen else "signed",
    }
