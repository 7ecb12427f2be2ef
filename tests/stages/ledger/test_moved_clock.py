"""A demonstration's clock is moved on, for good and only forwards; a real record's is not."""

import gc
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from onrecord.ledger.gateway.clock import ClockRefused, is_demo, move_on, now, playing
from onrecord.ledger.gateway.collector import NEW, OLD, YOUNG, paused, seldom
from onrecord.ledger.gateway.trouble import told
from tests.partnership import ORIGIN, START

SOON = timedelta(minutes=1)


def ahead() -> timedelta:
    """How far the record's clock is before the machine's."""
    return now() - datetime.now(UTC)  # noqa: TID251  # what it is compared with


def test_it_moves_forwards_step_by_step(fresh_home: Path) -> None:
    assert abs(ahead()) < SOON
    move_on(timedelta(days=2))
    assert abs(ahead() - timedelta(days=2)) < SOON
    move_on(timedelta(0))
    move_on(timedelta(hours=3))
    assert abs(ahead() - timedelta(days=2, hours=3)) < SOON
    assert json.loads((fresh_home / "demo-clock.json").read_text()) == {"moved_seconds": 51 * 3600}
    with pytest.raises(ClockRefused, match="only goes forwards"):
        move_on(timedelta(seconds=-1))
    (fresh_home / "demo-clock.json").unlink()
    assert abs(ahead()) < SOON


def test_an_empty_file_moves_nothing(fresh_home: Path) -> None:
    (fresh_home / "demo-clock.json").write_text("{}")
    assert abs(ahead()) < SOON


def test_a_real_record_is_not_moved_even_by_the_file(fresh_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fresh_home / "origin.json").unlink(missing_ok=True)
    move_on(timedelta(days=2))
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", ORIGIN.removeprefix("demo."))
    assert not is_demo()
    assert abs(ahead()) < SOON
    with pytest.raises(ClockRefused, match="cannot be moved"):
        move_on(timedelta(days=2))
    with pytest.raises(ClockRefused, match="cannot be played"), playing(START):
        pass


def test_inside_playing_it_is_then_and_afterwards_it_is_not(fresh_home: Path) -> None:
    with playing(START):
        with playing(START + SOON):
            assert now() == START + SOON
        assert now() == START
    assert abs(ahead()) < SOON


def test_cycles_are_not_looked_for_while_it_is_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert gc.isenabled()
    with paused():
        assert not gc.isenabled()
        with paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_process_that_serves_never_looks_again_at_what_stands() -> None:
    was, frozen = gc.get_threshold(), gc.get_freeze_count()
    loop: list[object] = []
    loop.append(loop)
    try:
        seldom()
        assert gc.get_threshold()[:2] == (NEW, YOUNG)
        assert gc.get_threshold()[2] in (OLD, 0)  # Python 3.14 has no oldest of three
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()
        gc.set_threshold(*was)


def test_of_an_error_only_its_type_and_three_places_are_told() -> None:
    def deep(left: int) -> None:
        if not left:
            raise ValueError("a child's words")
        deep(left - 1)

    with pytest.raises(ValueError, match="words") as raised:
        deep(5)
    said = told(raised.value)
    file, line = Path(__file__), deep.__code__.co_firstlineno
    places = [f"{str(file).rpartition('/onrecord/')[2]}:{line + number}" for number in (3, 3, 2)]
    assert said == {"error": "ValueError", "where": " > ".join(places)}


def test_of_a_place_in_the_program_only_the_file_below_it_is_told(fresh_home: Path) -> None:
    (fresh_home / "demo-clock.json").write_text("{")
    with pytest.raises(RuntimeError) as raised:
        now()
    places = told(raised.value)["where"].split(" > ")
    assert [place.partition(":")[0] for place in places] == ["ledger/gateway/clock.py"] * 2 + ["ledger/gateway/home.py"]
