"""The statements of an append take and give what Django's own fields would."""

import gc
import weakref
from datetime import UTC, datetime, timedelta, timezone
from threading import Thread
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections, models

from onrecord.access.models import Relation, Wall
from onrecord.duties.models import Owed
from onrecord.intake.models import Report
from onrecord.ledger.gateway.rows import asked, connection_of, fetch, insert, one_connection, row_type, settle
from onrecord.ledger.gateway.values import fit_for, reading_of
from onrecord.ledger.models import About, Envelope, Regards
from onrecord.linkage.models import MatchKey
from tests.partnership import Store

MOMENTS = [
    datetime(2026, 10, 5, 8, tzinfo=UTC),
    datetime(2026, 10, 5, 8, 1, 2, 3, tzinfo=UTC),
    datetime(2026, 7, 5, 8, tzinfo=timezone(timedelta(hours=1))),
]
SAMPLES: list[tuple["models.Field[object, object]", object]] = [
    *((Owed._meta.get_field("due_at"), moment) for moment in MOMENTS),
    (Owed._meta.get_field("done_at"), None),
    (Owed._meta.get_field("key"), UUID(int=7)),
    (Owed._meta.get_field("done_by"), None),
    (Owed._meta.get_field("rung"), 3),
    (Envelope._meta.get_field("proposed"), True),
    (Envelope._meta.get_field("coded"), {"outcome": "send_to", "days": [1, None], "said": "Zoë"}),
    (Envelope._meta.get_field("mentions"), []),
]


@pytest.mark.parametrize(("field", "value"), SAMPLES)
def test_a_value_goes_in_as_djangos_field_sends_it(field: "models.Field[object, object]", value: object) -> None:
    fit = fit_for(field, "default")
    sent, wanted = fit(value) if fit else value, field.get_db_prep_save(value, connection)
    assert repr(sent) == repr(wanted) if fit else sent == wanted


def test_every_column_comes_back_as_a_model_reads_it(store: Store) -> None:
    store.report("teacher")
    store.report("teacher")
    for table in (Envelope, Owed, Report):
        key = table._meta.concrete_fields[0].attname
        names = [field.attname for field in table._meta.concrete_fields]
        read = list(table._default_manager.order_by(key).values_list(*names))
        assert fetch(table, f'ORDER BY t."{key}"', ()) == read
        assert len(read) > 1
    assert reading_of(Owed._meta.get_field("rung"), "default") is None


def test_a_connection_and_its_cursor_end_together(store: Store) -> None:
    """Else every thread of a server would leave its connections open behind it."""
    left: list[weakref.ref[object]] = []

    def asks() -> None:
        asked("SELECT 1", ())
        left.append(weakref.ref(connections["default"]))
        connections["default"].close()

    for _ in range(5):
        thread = Thread(target=asks)
        thread.start()
        thread.join()
    gc.collect()
    assert [one() for one in left] == [None] * 5


def test_a_moment_without_a_zone_is_refused_and_two_of_one_hour_stay_apart() -> None:
    london, fit = ZoneInfo("Europe/London"), fit_for(Owed._meta.get_field("due_at"), "default")
    first, second = (datetime(2026, 10, 25, 1, 30, tzinfo=london, fold=fold) for fold in (0, 1))
    if fit:
        assert (fit(first), fit(second)) == ("2026-10-25 00:30:00", "2026-10-25 01:30:00")
        with pytest.raises(ValueError, match="names no time zone"):
            fit(datetime(2026, 10, 25, 1, 30))  # noqa: DTZ001


def test_settling_writes_what_differs_removes_what_is_gone_and_leaves_the_rest(store: Store) -> None:
    made = store.report("teacher")
    kind = row_type(Owed)
    rows = [kind(*row) for row in fetch(Owed, "WHERE t.opening = %s ORDER BY t.key", (made.id,))]
    kept, changed, gone = rows[:3]
    others = set(Owed.objects.exclude(opening=made.id).values_list("key", flat=True))
    new = kept._replace(key=uuid4(), occurrence=9)
    settled = settle(kind, "opening", [made.id], [kept, changed._replace(rung=5), new])
    assert {row.key for row in Owed.objects.filter(opening=made.id)} == {kept.key, changed.key, new.key}
    assert Owed.objects.get(key=changed.key).rung == 5
    assert Owed.objects.get(key=kept.key).rung == kept.rung
    assert len(list(settled.before)) == len(rows)
    assert len(list(settled.after)) == 3
    assert set(settled.moved) == set(rows[0]._fields)
    assert not Owed.objects.filter(key=gone.key).exists()
    assert set(Owed.objects.exclude(opening=made.id).values_list("key", flat=True)) == others


def test_rows_go_in_together_and_with_again_those_that_stand_are_left(store: Store) -> None:
    subject, relating = uuid4(), row_type(Relation)
    insert([relating(subject, agency, "recorded", subject, "") for agency in ("school", "police")])
    insert((relating(subject, agency, "recorded", subject, "") for agency in ("police", "health")), again=True)
    found = Relation.objects.filter(subject=subject).order_by("agency").values_list("agency", flat=True)
    assert list(found) == ["health", "police", "school"]


def test_settling_tells_which_columns_differ(store: Store) -> None:
    made, kind = store.report("teacher"), row_type(Owed)
    rows = [kind(*row) for row in fetch(Owed, "WHERE t.opening = %s ORDER BY t.key", (made.id,))]
    assert set(settle(kind, "opening", [made.id], rows).moved) == set()
    late = [rows[0]._replace(rung=5, raised="no_capacity"), *rows[1:]]
    assert set(settle(kind, "opening", [made.id], late).moved) == {"rung", "raised"}
    assert set(settle(kind, "opening", [], []).moved) == set()


def test_one_connection_is_of_this_thread_and_this_database_and_only_inside(store: Store) -> None:
    def both() -> list[bool]:
        return [connection_of(alias) is connections[alias] for alias in ("default", "reads")]

    @one_connection("default")
    def inside() -> None:
        with one_connection("reads"):
            found.extend(both())
        found.extend(both())
        thread = Thread(target=lambda: found.append(connection_of("default") is ours))
        thread.start()
        thread.join()
        raise KeyError

    found: list[bool] = []
    ours = connections["default"]
    with pytest.raises(KeyError):
        inside()
    connections["default"] = connections.create_connection("default")
    try:
        found += both()
    finally:
        connections["default"] = ours
    assert found == [True] * 4 + [False] + [True] * 2


def test_no_number_of_a_row_is_kept_apart_from_the_row(store: Store) -> None:
    """What an append writes on every page it writes again."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite keeps the last number in a table of its own.")
    store.decide(store.report("teacher"))
    apart = {name for (name,) in asked("SELECT name FROM sqlite_sequence", ())}
    for table in (About, Regards, Relation, Wall, MatchKey):
        assert table._default_manager.count() > 0
        assert table._meta.db_table not in apart
    assert "access_role" in apart


def test_the_collector_looks_again_after_an_append(store: Store) -> None:
    store.report("teacher")
    assert gc.isenabled()
