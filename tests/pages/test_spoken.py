"""Times at the doors, in words: when a person reads next, and by when somebody answers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from onrecord.intake.rules.doors import Reads
from onrecord.web.templatetags.spoken import by_when, next_read

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
"""A Friday, one o'clock."""


def hours(number: float) -> datetime:
    return NOW + timedelta(hours=number)


@pytest.mark.parametrize(
    ("reads", "said"),
    [
        (Reads(True, hours(3)), "Next: today by 4 pm."),
        (Reads(True, hours(-1)), "Next: today by midday."),
        (Reads(True), "Somebody is reading today."),
        (Reads(False, hours(2.5)), "Nobody reads right now. Next: today from 3.30 pm."),
        (Reads(False, hours(20), 1), "Nobody reads right now. Next: tomorrow from 9 am."),
        (Reads(False, hours(68), 3), "Nobody reads right now. Next: Monday 23 November from 9 am."),
        (Reads(False), "Nobody is down to read this yet. If it cannot wait, ring one of the numbers above."),
    ],
)
def test_when_a_person_reads_next(reads: Reads, said: str) -> None:
    assert next_read(reads) == said


def test_by_when_somebody_answers() -> None:
    assert by_when(datetime(2026, 10, 6, 23, tzinfo=UTC)) == "the end of Tuesday 6 October"
    assert by_when(datetime(2026, 11, 18, 14, 2, tzinfo=UTC)) == "14:02 on Wednesday 18 November"
    assert by_when(None) == ""


def test_in_welsh_and_urdu() -> None:
    with translation.override("cy"):
        assert next_read(Reads(False, hours(68), 3)) == (
            "Does neb yn darllen ar hyn o bryd. Nesaf: dydd Llun 23 Tachwedd o 9 y bore."
        )
        assert by_when(datetime(2026, 11, 18, 14, 2, tzinfo=UTC)) == "14:02, dydd Mercher 18 Tachwedd"
    with translation.override("ur"):
        assert by_when(datetime(2026, 11, 18, 14, 2, tzinfo=UTC)) == "بدھ 18 نومبر کو 14:02 بجے"
