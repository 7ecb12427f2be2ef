"""The invented borough: as large as promised, in every state, and a record like any other."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command

from onrecord.access.queries import viewer_of
from onrecord.borough import demo
from onrecord.borough.children import Children, pupil_number
from onrecord.borough.demo import populate
from onrecord.borough.raised import raised
from onrecord.borough.store import FILES, standing_in
from onrecord.duties.queries import duties_as_at, watched
from onrecord.intake.queries import waiting
from onrecord.ledger.actions import rebuild, verify
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.home import write_whole
from onrecord.ledger.queries import all_lines, every, size

NOW = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)  # a Friday
SCALE = 10


def invent() -> None:
    """A small borough in the store that stands ready."""
    for using in FILES:
        call_command("migrate", database=using, verbosity=0, interactive=False)
    populate(NOW, scale=SCALE)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object) -> Path:
    """The folder of a small borough, played once for this file."""
    folder = tmp_path_factory.mktemp("borough")
    write_whole(folder / "origin.json", {"origin": "demo.borough.onrecord.example"})
    with django_db_blocker.unblock(), standing_in(folder):  # type: ignore[attr-defined]
        invent()
    return folder


@pytest.fixture
def borough(invented: Path, django_db_blocker: object) -> Iterator[None]:
    """The small borough; inside, it is NOW."""
    with django_db_blocker.unblock(), standing_in(invented), playing(NOW):  # type: ignore[attr-defined]
        yield


def test_it_is_as_large_as_promised(borough: None) -> None:
    assert demo.CHILDREN + demo.LISTED - demo.KNOWN + demo.SECOND_LIST + demo.LEAVERS >= 300
    named = {line.id for line in all_lines() if line.mentions and not line.regarding}
    assert len(named) >= 300 * SCALE // 100
    assert size() >= 2000 * SCALE // 100


def test_duties_stand_in_every_state(borough: None) -> None:
    duties = duties_as_at(NOW, NOW)
    assert set(Counter(duty.state for duty in duties)) == {"open", "late", "met", "met_late", "ended"}
    tonight = NOW.replace(hour=0, minute=0) + timedelta(days=1)
    assert len([duty for duty in duties if duty.state == "open" and duty.due_at <= tonight]) >= 5
    assert len({duty.rule.id for duty in duties}) >= 15


def test_something_has_climbed_past_the_walls_and_something_has_not_yet(borough: None) -> None:
    outside = [any(told.outside for told in item.told) for item in raised(NOW)]
    assert outside.count(True) >= 5
    assert outside.count(False) >= 5
    scrutineer = viewer_of("owen-tregarth")
    assert scrutineer
    assert watched(scrutineer, NOW)


def test_every_list_has_something_to_show(borough: None) -> None:
    kinds = Counter(line.kind for line in all_lines())
    for kind in ("duties.lowering_refused", "duties.cannot_in_time", "duties.duty_reassigned", "ledger.corrected"):
        assert kinds[kind] >= 1, kind
    proposed = [line.id for line in all_lines() if line.proposed]
    answered = {target for line in all_lines() if line.kind.startswith("ledger.") for target in line.regarding}
    assert len([one for one in proposed if one not in answered]) >= 2
    assert {line.coded["answer"] for line in all_lines() if line.kind == "linkage.known_before_answered"} >= {"known"}


def test_the_front_door_has_a_day_before_it(borough: None) -> None:
    desk = viewer_of("amira-sattar")
    assert desk
    rows = waiting(desk, now())
    assert len(rows) >= 10
    assert rows[0].row.danger_now == "yes"
    assert len([row for row in rows if NOW - row.row.received_at < timedelta(hours=7)]) >= 6


def test_cars_phones_and_places_were_seen(borough: None) -> None:
    facts = [entry.saying.fact for batch in every() for entry in batch if entry.kind == "intake.report_received"]
    assert all(any(getattr(fact, name) for fact in facts) for name in ("vehicles", "phones", "place"))
    numbers = [phone.number for fact in facts for phone in getattr(fact, "phones", ())]
    assert all(number.startswith("07700 900") for number in numbers)


def test_it_is_a_record_like_any_other(borough: None) -> None:
    assert {check.number: check.faults for check in verify() if check.faults} == {}
    assert [table for table, equal in rebuild(check=True).items() if not equal] == []


def test_the_same_day_gives_the_same_borough(borough: None, tmp_path: Path) -> None:
    told = [(line.id, line.kind, line.recorded_at, line.coded) for line in all_lines() if line.by != "onrecord"]
    write_whole(tmp_path / "origin.json", {"origin": "demo.borough.onrecord.example"})
    with standing_in(tmp_path):
        invent()
        again = [(line.id, line.kind, line.recorded_at, line.coded) for line in all_lines() if line.by != "onrecord"]
    seats = {"access.seat_accepted", "duties.lowering_reread"}  # an acceptance has an id of its own; a key draws
    assert [made for made in told if made[1] not in seats] == [made for made in again if made[1] not in seats]


def test_it_can_be_played_on_either_database(empty_store: object) -> None:
    populate(NOW, scale=1)
    with playing(NOW):
        assert size() > 150
        assert [check.faults for check in verify() if check.faults] == []


def test_it_is_refused_where_a_record_stands(borough: None) -> None:
    with pytest.raises(ValueError, match="empty record"):
        populate(NOW)


def test_broken_off_it_leaves_nothing(tmp_path: Path, django_db_blocker: object) -> None:
    def stop(done: int, of: int) -> None:
        if done > 20:
            raise KeyboardInterrupt

    write_whole(tmp_path / "origin.json", {"origin": "demo.borough.onrecord.example"})
    with django_db_blocker.unblock(), standing_in(tmp_path):  # type: ignore[attr-defined]
        for using in FILES:
            call_command("migrate", database=using, verbosity=0, interactive=False)
        with pytest.raises(KeyboardInterrupt):
            populate(NOW, stop, scale=SCALE)
        assert (size(), size("reads")) == (0, 0)


def test_a_pupil_number_carries_the_letter_that_belongs_to_it() -> None:
    assert pupil_number("372300114006") == "B372300114006"  # an invented number that another validator accepts
    assert pupil_number("001071234123") == "D001071234123"  # 210, and 3 when divided by 23: the fourth letter


def test_no_two_children_share_a_name_or_a_number() -> None:
    stream = Children(Random(1), NOW.date())
    children = [stream.child() for _ in range(400)]
    assert len({(child["given_name"], child["family_name"]) for child in children}) == 400
    assert len({child["upn"] for child in children}) == 400
    ages = [(NOW.date() - datetime.fromisoformat(child["born"]).date()).days // 365 for child in children]
    assert (min(ages), max(ages)) == (11, 17)
