"""A tick with 100,000 open duties of which 1,000 are due: it may touch only those."""

import time
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.store import START, Figure, found_store, report, scaled
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.intake.actions import route_waiting
from onrecord.intake.queries import unrouted
from onrecord.ledger.actions import append
from onrecord.ledger.gateway.clock import playing

RULES_ON_A_REPORT = 4


def run() -> list[Figure]:
    """Reports of two days, all routed; the watch looks when only those of the first day are due."""
    found_store()
    due, count = scaled(1000) // RULES_ON_A_REPORT, scaled(100_000) // RULES_ON_A_REPORT
    later = START + timedelta(days=7)
    with playing(START + timedelta(hours=1)):
        append([report(number) for number in range(due)])
    with playing(later):
        for first in range(due, count, 500):
            append([report(number) for number in range(first, min(first + 500, count))])
        while unrouted():
            route_waiting()
    looking = START + timedelta(days=1, hours=16)
    waiting = Owed.objects.filter(state="open").count()
    late = Owed.objects.filter(state="open", look_at__lte=looking).count()
    before = dict(Owed.objects.filter(look_at__gt=looking).values_list("key", "look_at"))
    with playing(later), CaptureQueriesContext(connection) as captured:
        start = time.process_time()
        done = tick(looking, sign=False)
        took = time.process_time() - start
    untouched = dict(Owed.objects.filter(key__in=list(before)[:5000]).values_list("key", "look_at"))
    moved = sum(1 for key, look in untouched.items() if before[key] != look)
    climbed = max(1, done.escalated)
    plain = "for comparison"
    return [
        Figure("duties open", waiting, "", plain, True),
        Figure(f"steps taken, {late} duties due", done.escalated, "", "all that are due", done.escalated >= late),
        Figure("rows moved that were not due (first 5,000 looked at)", moved, "rows", "0", moved == 0),
        Figure("queries for each step", round(len(captured) / climbed, 1), "", plain, True),
        Figure("CPU for each step", round(took * 1000 / climbed, 1), "ms", plain, True),
    ]
