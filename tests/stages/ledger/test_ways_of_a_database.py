"""What differs between SQLite and PostgreSQL is decided in one place; a copy to work on is thrown away."""

import os
import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from onrecord.access.models import Relation
from onrecord.duties.models import Owed
from onrecord.ledger.gateway import kept, registry, rows, values
from onrecord.ledger.gateway.kept import LATER, MOMENT, SOMEBODY, Kept, answers_to
from onrecord.ledger.gateway.registry import needed, needs, page_of_answer, panels
from onrecord.ledger.gateway.roles import grant_role
from onrecord.ledger.gateway.rows import as_python, asked, call, fetch, held, insert, remove, row_type, settle
from onrecord.ledger.gateway.scratch import scratch
from onrecord.ledger.gateway.values import as_id, fit_for, ids_of, ids_text, into_sqlite, plainly, reading_of
from onrecord.ledger.models import Envelope
from tests.partnership import START, Store

KEY, DUE, STATE = (Owed._meta.get_field(name) for name in ("key", "due_at", "state"))
CODED, PROPOSED, MENTIONS = (Envelope._meta.get_field(name) for name in ("coded", "proposed", "mentions"))
UID = UUID("5f1f7c3e-6f0b-4c7e-9f55-1d3c1a4c2b70")


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two, as the program sees it."""
    for module in (values, kept):
        monkeypatch.setattr(module, "connections", {"default": SimpleNamespace(vendor=request.param)})
    return str(request.param)


def test_postgresql_takes_ids_and_moments_as_they_are_and_sqlite_takes_texts(other: str) -> None:
    fits = [fit_for(field, "default") for field in (KEY, DUE, STATE, PROPOSED)]
    sent = [fit(value) if fit else value for fit, value in zip(fits, (UID, START, "open", True), strict=True)]
    texts = {"sqlite": [UID.hex, "2026-10-05 08:00:00", "open", True], "postgresql": [UID, START, "open", True]}
    assert sent == texts[other]
    shown = [plainly(field, "default", "t.") for field in (KEY, DUE, PROPOSED, STATE)]
    plus = {"sqlite": "+", "postgresql": ""}[other]
    assert shown == [f'{plus}t."key"', f'{plus}t."due_at"', f'{plus}t."proposed"', 't."state"']
    assert plainly(KEY, "default") == f'{plus}"key"'
    mentions = fit_for(MENTIONS, "default")
    assert mentions is not None
    assert mentions([UID, UID]) == f"{UID.hex} {UID.hex}"


def test_a_kept_question_has_the_moments_put_in_as_each_holds_them(other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[list[Any]] = []
    monkeypatch.setattr(kept, "asked", lambda statement, given: sent.append([statement, *given]))
    moments: tuple[Any, ...] = (MOMENT, LATER, date(1971, 6, 6))
    marks = tuple(map(str, (into_sqlite(MOMENT), into_sqlite(LATER), moments[2]))) if other == "sqlite" else moments
    question = Kept("SELECT", (SOMEBODY, *marks, "words", 3, None))
    answers_to(question, "teacher", START)
    answers_to(question, "teacher", START, START + timedelta(hours=1))
    day = "2026-10-05" if other == "sqlite" else date(2026, 10, 5)
    assert sent == [
        ["SELECT", "teacher", START, later, day, "words", 3, None] for later in (START, START + timedelta(hours=1))
    ]


def test_a_role_of_its_own_is_for_postgresql_alone(store: Store, vendor: str) -> None:
    assert rows._as_held([UID, START], SimpleNamespace(vendor="postgresql")) == [UID, START]  # type: ignore[arg-type]
    if vendor == "sqlite":
        with CaptureQueriesContext(connection) as seen:
            grant_role("default")
        assert seen.captured_queries == []


def test_values_of_any_type_go_into_sqlite_and_come_back() -> None:
    assert [into_sqlite(value) for value in (UID, START, "words", 3, None)] == [
        UID.hex,
        "2026-10-05 08:00:00",
        "words",
        3,
        None,
    ]
    assert (as_id(UID), as_id(UID.hex)) == (UID, UID)
    other = uuid4()
    assert (ids_of(ids_text([UID, other])), ids_of("")) == ((UID, other), ())


def test_a_value_that_was_never_there_stays_so(store: Store, vendor: str) -> None:
    if vendor != "sqlite":
        pytest.skip("PostgreSQL gives these values itself")
    done: Any = Owed._meta.get_field("done_at")
    for field, text, value in ((KEY, UID.hex, UID), (DUE, "2026-10-05 08:00:00", START), (CODED, '{"a": 1}', {"a": 1})):
        fit, read = fit_for(field, "default"), reading_of(field, "default")
        assert fit is not None
        assert read is not None
        assert (fit(value), read(text), read) == (text, value, values.FROM_SQLITE[type(field)])
    for field in (KEY, done):
        fit, read = fit_for(field, "default"), reading_of(field, "default")
        assert fit is not None
        assert read is not None
        assert (fit(None), read(None)) == (None, None)


def relation(agency: str, why: str = "recorded") -> Any:
    return row_type(Relation)(UID, agency, why, UID, "")


def standing() -> list[tuple[str, str]]:
    return sorted(Relation.objects.filter(subject=UID).values_list("agency", "why"))


def test_rows_go_in_one_by_one_or_together_and_are_removed_by_their_ids(store: Store) -> None:
    insert([])
    insert([relation("school")])
    insert([relation("police"), relation("health")])
    insert([relation("school")], again=True)
    assert standing() == [("health", "recorded"), ("police", "recorded"), ("school", "recorded")]
    with pytest.raises(DatabaseError), transaction.atomic():
        insert([relation("school")])
    assert row_type(Relation).table is Relation  # type: ignore[attr-defined]
    assert not hasattr(relation("school"), "__dict__")
    remove(Relation, "subject", [uuid4(), uuid4()])
    assert len(standing()) == 3
    remove(Relation, "subject", [uuid4(), UID])
    assert standing() == []


def test_what_is_held_becomes_what_is_fetched(store: Store) -> None:
    store.report()
    assert as_python(Owed, held(Owed, "ORDER BY t.key")) == fetch(Owed, "ORDER BY t.key", ())
    call("UPDATE duties_owed SET rung = %s WHERE opening = %s", [(7, UID)], "default")
    assert not Owed.objects.filter(rung=7).exists()
    opening = Owed.objects.values_list("opening", flat=True)[0]
    call("UPDATE duties_owed SET rung = %s WHERE opening = %s", [(6, UID), (7, opening)], "default")
    assert set(Owed.objects.filter(opening=opening).values_list("rung", flat=True)) == {7}


def test_settling_nothing_writes_nothing_and_the_same_rows_are_not_written_again(store: Store) -> None:
    made = store.report()
    kind = row_type(Owed)
    same = [kind(*row) for row in fetch(Owed, "WHERE t.opening = %s", (made.id,))]
    with CaptureQueriesContext(connection) as seen:
        settled = settle(kind, "opening", [made.id], same)
        nothing = settle(kind, "opening", [], [])
    assert [one["sql"].split()[0] for one in seen.captured_queries] == ["SELECT"]
    assert (len(list(settled.before)), len(list(settled.after))) == (len(same), len(same))
    assert (list(nothing.before), list(nothing.after)) == ([], [])


def test_a_change_names_those_columns_alone_that_differ(store: Store) -> None:
    made = store.report()
    kind = row_type(Owed)
    first, *others = [kind(*row) for row in fetch(Owed, "WHERE t.opening = %s", (made.id,))]
    with CaptureQueriesContext(connection) as seen:
        settle(kind, "opening", [made.id], [first._replace(rung=5, state="met"), *others])
    change = seen.captured_queries[-1]["sql"]
    assert (change.startswith('UPDATE "duties_owed" SET '), change.count("=")) == (True, 3)
    assert Owed.objects.get(key=first.key).rung == 5


def test_statements_are_counted_while_somebody_counts(store: Store) -> None:
    asked("SELECT 1", ())
    with CaptureQueriesContext(connection) as seen:
        assert asked("SELECT 2", ()) == [(2,)]
    asked("SELECT 3", ())
    heard: list[str] = []

    def hear(execute: Any, statement: str, *rest: Any) -> Any:
        heard.append(statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(hear):
        asked("SELECT 4", ())
    asked("SELECT 5", ())
    assert ([one["sql"] for one in seen.captured_queries], heard) == (["SELECT 2"], ["SELECT 4"])


def test_after_a_failure_nothing_more_is_done_in_the_same_transaction(store: Store) -> None:
    with transaction.atomic():
        with pytest.raises(DatabaseError), transaction.atomic():
            asked("SELECT nothing_of_the_kind", ())
        assert asked("SELECT 1", ()) == [(1,)]
        connection.needs_rollback = True
        for doing in (lambda: asked("SELECT 1", ()), lambda: insert([relation("school"), relation("police")])):
            with pytest.raises(transaction.TransactionManagementError):
                doing()
        connection.needs_rollback = False
    assert standing() == []


def test_a_cursor_is_kept_with_its_connection_and_not_longer(own_store: Store, vendor: str) -> None:
    asked("SELECT 1", ())
    first = rows._cursor(connection)
    assert isinstance(first, rows._Bare) == (vendor == "sqlite")
    assert rows._cursor(connection) is first
    connection.close()
    assert asked("SELECT 1", ()) == [(1,)]
    assert rows._cursor(connection) is not first


def test_a_copy_to_work_on_is_thrown_away(own_store: Store, vendor: str) -> None:
    if vendor != "sqlite":
        pytest.skip("PostgreSQL needs no copy")
    name, count = connection.settings_dict["NAME"], Envelope.objects.count()
    folders = set(Path(tempfile.gettempdir()).glob("onrecord-copy-*"))
    handles = len(os.listdir("/proc/self/fd"))
    with scratch():
        copy = Path(connection.settings_dict["NAME"])
        assert (Envelope.objects.count(), copy.parent.name.startswith("onrecord-copy-")) == (count, True)
        Envelope.objects.all().delete()
        beside = sqlite3.connect(name)
        assert beside.execute("SELECT count(*) FROM ledger_envelope").fetchone() == (count,)
        beside.close()
    assert (connection.settings_dict["NAME"], Envelope.objects.count(), copy.exists()) == (name, count, False)
    connection.close()
    assert len(os.listdir("/proc/self/fd")) <= handles
    assert set(Path(tempfile.gettempdir()).glob("onrecord-copy-*")) <= folders
    with pytest.raises(ZeroDivisionError), scratch():
        raise ZeroDivisionError
    assert connection.settings_dict["NAME"] == name


def test_what_another_thread_records_meanwhile_is_not_thrown_away(own_store: Store, vendor: str) -> None:
    with scratch(), ThreadPoolExecutor(1) as beside:
        uid = beside.submit(lambda: (own_store.report().id, connections.close_all())[0]).result()
        assert Envelope.objects.filter(uid=uid).exists() == (vendor != "sqlite")
    assert Envelope.objects.filter(uid=uid).exists()


def test_inside_a_transaction_there_is_no_copy(store: Store) -> None:
    name = connection.settings_dict["NAME"]
    with transaction.atomic(), scratch():
        assert connection.settings_dict["NAME"] == name


def test_what_later_stages_add_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    @needs("one", "two")
    def first(viewer: Any, seen: Any, now: datetime) -> str:
        return "first"

    @needs("two", "three")
    def second(viewer: Any, seen: Any, now: datetime) -> str:
        return "second"

    def third(viewer: Any, seen: Any, now: datetime) -> str:
        return "third"

    monkeypatch.setattr(settings, "PANELS", {"a page of this test": ("second", "first", "third")})
    monkeypatch.setattr(settings, "ANSWER_PAGES", {"a kind": "a page of this test"})
    monkeypatch.setattr(registry, "import_string", {"first": first, "second": second, "third": third}.get)
    assert panels("a page of this test") == (second, first, third)
    assert needed("a page of this test") == {"one", "two", "three"}
    assert (panels("no page of this test"), needed("no page of this test")) == ((), frozenset())
    assert (page_of_answer("a kind"), page_of_answer("no kind")) == ("a page of this test", "")
