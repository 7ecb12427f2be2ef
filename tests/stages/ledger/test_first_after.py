"""The first entry from a moment on is found in a few questions, in a record of any length."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import RecordOpened
from onrecord.ledger.actions import append
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import between, every, first_after, size
from onrecord.ledger.rules.machine import machine_saying
from tests.partnership import START

MINUTE = timedelta(minutes=1)


def test_it_is_the_first_that_was_recorded_then_or_later(store: Any) -> None:
    assert first_after(START, "reads") == size("reads")
    for number in range(9):
        with playing(START + 2 * number * MINUTE):
            said = [machine_saying(RecordOpened(what="facts"), now(), uid=uuid4()) for _ in range(40 * number + 1)]
            append(said, using="reads")
    times = [made.recorded_at for batch in every("reads") for made in batch]
    moments = [START + number * MINUTE for number in range(-1, 19)]
    found = []
    for moment in moments:
        with CaptureQueriesContext(connections["reads"]) as asked:
            found.append(first_after(moment, "reads"))
        assert len(asked) <= 4
    assert found == [sum(at < moment for at in times) for moment in moments]


def test_between_gives_so_many_from_either_end(store: Any) -> None:
    append([machine_saying(RecordOpened(what="facts"), now(), uid=uuid4()) for _ in range(9)], using="reads")
    older, newer = between(2, 7, 3, "reads"), between(2, 7, 3, "reads", newest=False)
    assert [[made.seq for made in found] for found in (older, newer)] == [[6, 5, 4], [2, 3, 4]]
