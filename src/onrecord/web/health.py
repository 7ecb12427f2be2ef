"""Whether it runs: for machines, and for whoever watches the watch. No names, no counts of children."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from onrecord import __version__
from onrecord.duties.queries import last_beat
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import newest_checkpoint

WATCH_SILENT_AFTER = timedelta(minutes=10)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Version, last tick, age of the newest checkpoint, database reachable. 503 when the database does not answer."""
    found = measured(now())
    return JsonResponse(found, status=200 if found["database"] == "reachable" else 503)


def measured(moment: datetime) -> dict[str, Any]:
    """The state of health at a moment; ages in seconds."""
    made: dict[str, Any] = {"version": __version__, "database": "reachable"}
    try:
        beat, checkpoint = last_beat(), newest_checkpoint()
    except DatabaseError as error:
        return made | {"database": f"not reachable ({type(error).__name__})"}
    last = beat.at if beat else None
    made["last_tick"] = last.isoformat() if last else None
    made["watch"] = "running" if last and moment - last < WATCH_SILENT_AFTER else "silent"
    made["checkpoint_age_seconds"] = int((moment - checkpoint.made_at).total_seconds()) if checkpoint else None
    made["checkpoints"] = f"frozen: {beat.frozen}" if beat and beat.frozen else "signed"
    return made
