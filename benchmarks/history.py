"""Many facts at once, beside the rows that django-simple-history keeps: the same said, one machine, turn by turn.

django-simple-history copies each row with who and when, so that the row's past can be read. The ledger does that and
more: it commits to each field, seals it, and numbers it in the tree. Beside it stands the ledger alone (the log of who
read what, which has no tables to write after it), and then the record with every table that follows from a fact.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from statistics import median
from time import perf_counter
from uuid import uuid5

from django.db import connection, models, transaction
from simple_history.models import HistoricalRecords

from benchmarks.append import case
from benchmarks.store import SPACE, START, Figure, found_store, scaled
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Saying
from onrecord.ledger.gateway.clock import playing

BATCH = 500
"""Facts in one transaction, and rows in one transaction."""
TIMES = 1.5


class Row(models.Model):
    """What a fact says, in the columns of an ordinary application."""

    uid = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    by = models.CharField(max_length=64)
    role = models.CharField(max_length=64)
    agency = models.CharField(max_length=64)
    about = models.JSONField()
    regarding = models.JSONField()
    body = models.JSONField()

    history = HistoricalRecords()

    class Meta:
        """Made for this run alone: no migration knows it."""

        app_label = "ledger"
        db_table = "bench_row"


def run() -> list[Figure]:
    """Batch by batch, by turns: the ledger alone, the record with all its tables, and rows with their history."""
    found_store()
    with connection.schema_editor() as schema:
        schema.create_model(Row)
        schema.create_model(Row.history.model)
    turns = max(2, scaled(40))
    batches = [[one for number in range(turn * 100, turn * 100 + 100) for one in case(number)] for turn in range(turns)]
    alone, record, history = [], [], []
    with playing(START + timedelta(hours=1)):
        for sayings in batches:
            apart = [replace(one, id=uuid5(SPACE, f"alone/{one.id}")) for one in sayings]
            alone.append(_speed(lambda said=apart: append(said, "reads")))  # type: ignore[misc]
            record.append(_speed(lambda said=sayings: append(said)))  # type: ignore[misc]
            history.append(_speed(lambda said=sayings: _saved(said)))  # type: ignore[misc]
    assert Row.history.count() == Row._default_manager.count() == turns * BATCH
    ratio = median(ours / theirs for ours, theirs in zip(alone, history, strict=True))
    with_tables = median(ours / theirs for ours, theirs in zip(record, history, strict=True))
    return [
        Figure("rows saved with django-simple-history", round(median(history)), "rows/s", "for comparison", True),
        Figure("facts appended in bulk to the ledger", round(median(alone)), "facts/s", "for comparison", True),
        Figure(
            "the ledger beside django-simple-history", round(ratio, 2), "times", f"at least {TIMES}", ratio >= TIMES
        ),
        Figure("the same with every table that follows", round(with_tables, 2), "times", "for comparison", True),
    ]


def _speed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return BATCH / (perf_counter() - start)


def _saved(sayings: Sequence[Saying]) -> None:
    with transaction.atomic():
        for one in sayings:
            said = one.opened()
            body = {name: value for name, value in said.items() if name.startswith("body.")}
            Row(
                uid=one.id,
                kind=one.fact.kind,
                happened_at=one.happened.earliest,
                by=one.by,
                role=one.role,
                agency=one.agency,
                about=said["about"],
                regarding=said["regarding"],
                body=body,
            ).save(force_insert=True)
