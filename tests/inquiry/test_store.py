"""A story is played in a store of its own: the caller's record is the same before and after."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from onrecord.access.facts import PEERS, ROLES
from onrecord.access.queries import people
from onrecord.borough.cast import AGENCIES, PEOPLE
from onrecord.borough.inquiry import ORIGIN, play_rows
from onrecord.borough.store import fresh_store
from onrecord.ledger.gateway.home import home, origin
from onrecord.ledger.queries import size
from onrecord.rulebook.facts import NAMED, OWING, RECORDING
from onrecord.rulebook.gateway import read, shipped

KEPT = ("ONRECORD_HOME", "ONRECORD_ORIGIN", "EMAIL_BACKEND", "EMAIL_FILE_PATH")


def outside_view() -> dict[str, object]:
    """Everything that points to the caller's own record."""
    found: dict[str, object] = {name: getattr(settings, name) for name in KEPT}
    for alias in ("default", "reads"):
        found |= {alias: id(connections[alias]), f"{alias} file": settings.DATABASES[alias]["NAME"]}
    return found


def test_the_callers_record_is_not_touched(store: object) -> None:
    before, entries, reads = outside_view(), size(), size("reads")
    play_rows([20])
    assert (outside_view(), size(), size("reads")) == (before, entries, reads)


def test_nor_when_a_story_breaks_off(store: object, made: Path) -> None:
    before = outside_view()
    folders: list[Path] = []

    def breaks_off() -> None:
        with fresh_store(made):
            folders.append(home())
            raise ZeroDivisionError(origin())

    with pytest.raises(ZeroDivisionError, match=ORIGIN):
        breaks_off()
    assert outside_view() == before
    assert [folder.exists() for folder in folders] == [False]


def test_two_stores_share_nothing(made: Path) -> None:
    sizes = []
    for _ in range(2):
        with fresh_store(made):
            sizes.append(size())
    assert sizes[0] == sizes[1]


def test_every_seat_that_a_duty_climbs_to_is_held(made: Path) -> None:
    sorts = {agency.id: agency.sort for agency in AGENCIES}
    held = {(person.role, sorts[person.agency]) for person in PEOPLE}
    for rule in read(shipped()).rules:
        next_door = "outside" if rule.owed_by.role in PEERS else "childrens_social_care"
        recording = next_door if rule.owed_by.of in (NAMED, RECORDING) else rule.owed_by.of
        seats = [rule.owed_by, *(rung.to for rung in rule.ladder)]
        wanted = {(seat.role, recording if seat.of in (NAMED, RECORDING, OWING) else seat.of) for seat in seats}
        assert wanted <= held, rule.id


def test_the_cast_is_who_the_record_says(made: Path) -> None:
    with fresh_store(made):
        assert people() == [tuple(person) for person in PEOPLE]
    assert {person.role for person in PEOPLE} <= set(ROLES.words)
