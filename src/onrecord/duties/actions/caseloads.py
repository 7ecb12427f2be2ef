"""What the watch finds about caseloads: a worker who holds more children than the threshold, said once a week."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from onrecord.access.queries import viewer_of
from onrecord.duties.facts import CaseloadFound
from onrecord.duties.models import Owed
from onrecord.duties.queries.caseload import counted
from onrecord.duties.rules.caseload import THRESHOLD
from onrecord.duties.rules.fold import OPEN, SPACE
from onrecord.ledger.actions import append, hold
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import envelopes, lines, untaken
from onrecord.ledger.rules.machine import machine_saying


def heavy_caseloads(now: datetime) -> int:
    """Workers who hold more children than the threshold; each is said once a week, unless it still waits."""
    heavy = counted(now, THRESHOLD)
    if not heavy:
        return 0
    year, week, _ = now.astimezone(HERE).isocalendar()
    said = envelopes([CaseloadFound.kind])
    waiting = set(
        Owed.objects.filter(opening__in=[row.uid for row in said], state=OPEN).values_list("opening", flat=True)
    )
    open_for = {row.coded["worker"] for row in said if row.uid in waiting}
    for worker, many in sorted(heavy.items()):
        if worker not in open_for:
            _note(worker, many, f"{year}-W{week:02d}", now)
    return len(heavy)


def _note(worker: str, many: int, week: str, now: datetime) -> None:
    found = viewer_of(worker)
    if found is None:
        return
    agency = found.seat.agency
    fact = CaseloadFound(worker=worker, agency=agency, children=many, threshold=THRESHOLD, week=week)
    with transaction.atomic():
        hold()
        uid = untaken(uuid5(SPACE, f"caseload/{worker}/{week}"), fact.kind)
        if not lines([uid]):
            append([replace(machine_saying(fact, now, uid=uid), agency=agency)])
