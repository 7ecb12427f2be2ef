"""What is known of a witness, in sentences."""

from datetime import UTC, datetime, timedelta

import pytest

from onrecord.ledger.rules.heard import STALE, Heard, spoken

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
BY_FILES = "Reached by files only, so nobody asks before we sign: this is what was known last."


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "less than an hour"), (0.99, "less than an hour"), (1, "an hour"), (1.99, "an hour"), (2, "2 hours"),
     (47.9, "47 hours"), (48, "2 days"), (71, "2 days"), (72, "3 days")],
)  # fmt: skip
def test_an_age_as_people_say_it(hours: float, words: str) -> None:
    assert spoken(timedelta(hours=hours)) == words


def test_what_was_signed_last_and_when() -> None:
    one = Heard("inspectorate", True, 7, NOW - timedelta(hours=3))
    assert (one.known(NOW), one.asked()) == ("Signed 7 entries, 3 hours ago.", BY_FILES)
    assert Heard("inspectorate", False).asked() == "Asked over the network before we sign."
    assert Heard("inspectorate", False).known(NOW) == "Has signed nothing yet."


def test_it_is_stale_after_a_day_and_an_hour() -> None:
    assert [Heard("a", True, 7, NOW - age).stale(NOW) for age in (STALE, STALE + timedelta(seconds=1))] == [False, True]
    assert Heard("a", True).stale(NOW)


def test_what_to_do_about_it() -> None:
    assert Heard("inspectorate", True).ill(NOW) == (
        f"The witness inspectorate: {BY_FILES} Has signed nothing yet. Have somebody carry the files."
    )
    assert Heard("inspectorate", False, 7, NOW - timedelta(days=3)).ill(NOW) == (
        "The witness inspectorate: Asked over the network before we sign. Signed 7 entries, 3 days ago. "
        "Is their machine running?"
    )
