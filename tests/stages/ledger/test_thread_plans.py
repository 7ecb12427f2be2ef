"""How entries hang together is found by ids, also where the database counted many entries and few answers."""

from collections.abc import Callable, Iterable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onrecord.ledger.queries import above, families, threads
from tests.partnership import Store

ASKED: list[Callable[[Iterable[UUID]], object]] = [threads, above, families]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("answered", [False, True])
def test_a_thread_is_never_found_by_reading_every_entry(
    store: Store, asked: Callable[[Iterable[UUID]], object], answered: bool
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("This is how SQLite plans.")
    made = [store.report() for _ in range(5)]
    if answered:
        store.decide(made[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("UPDATE sqlite_stat1 SET stat = '100000 1' WHERE tbl = 'ledger_envelope' AND idx LIKE '%auto%'")
        cursor.execute("ANALYZE sqlite_schema")
        with CaptureQueriesContext(connection) as seen:
            asked([one.id for one in made[:2]])
        (question,) = [one["sql"] for one in seen.captured_queries]
        cursor.execute(f"EXPLAIN QUERY PLAN {question}")
        plan = [row[3] for row in cursor.fetchall()]
    assert any(step.startswith("SEARCH t") for step in plan)
    assert [step for step in plan if step.startswith("SCAN") and step.split()[1] not in ("up", "down")] == []
