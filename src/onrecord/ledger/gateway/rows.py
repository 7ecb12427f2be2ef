"""The statements every append repeats, prepared once: Django's connection and cursor, none of its query building.

A report writes a dozen rows in the transaction that holds the head row; building each statement anew, and a model for
each row, cost more than everything else together.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from threading import local
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from onrecord.ledger.gateway.values import Fit, fit_for, into_sqlite, plainly, reading_of

T = TypeVar("T", bound=models.Model)
Row = Any
"""A light row: see `row_type`."""

IF_NEW = " ON CONFLICT DO NOTHING"
KEPT = "onrecord_cursor"
"""Where a connection keeps its cursor for these statements: on itself, so that the two end together."""


class _Here(local):
    """Of each thread: the connection by which it appends, while it does."""

    connection: BaseDatabaseWrapper | None = None


_here = _Here()


@contextmanager
def one_connection(using: str) -> Iterator[None]:
    """Inside, this thread's connection is looked up once: Django asks anew each time whether an event loop runs."""
    before, _here.connection = _here.connection, connections[using]
    try:
        yield
    finally:
        _here.connection = before


def connection_of(using: str) -> BaseDatabaseWrapper:
    """The connection of this thread to a database."""
    known = _here.connection
    return known if known is not None and known.alias == using else connections[using]


class Settled(NamedTuple):
    """What stood before and what stands now, each row's values as the database holds them; the columns that differ."""

    before: Iterable[tuple[Any, ...]]
    after: Iterable[tuple[Any, ...]]
    moved: Collection[str]


def row_type(table: type[models.Model]) -> Callable[..., Row]:
    """The type of a table's light rows: values by name, in the order of its columns; a tenth of the cost of a model.

    A key that the database numbers itself is left out.
    """
    names = [field.attname for field in _fields(table)]
    return type(table.__name__, (namedtuple(table.__name__, names),), {"table": table, "__slots__": ()})


def insert(rows: Iterable[Row], using: str = "default", *, again: bool = False) -> None:
    """Add light rows, all of one table; with `again`, those that stand already are left as they are."""
    made = list(rows)
    if made:
        connection = connection_of(using)
        prepared = _prepare(made[0].table, using, connection.vendor)
        _write(prepared.add + IF_NEW if again else prepared.add, prepared.fit(made), connection)


def settle(kind: Callable[..., Row], column: str, ids: Collection[UUID], rows: Iterable[Row]) -> Settled:
    """Make `rows` be all the rows of a read table whose `column` holds one of these ids, and write only what differs.

    Most answers change one row of several. The table's first column must be its key.
    """
    make: Any = kind
    made = list(rows)
    if not ids and not made:
        return Settled((), (), ())
    connection = connection_of("default")
    prepared = _prepare(make.table, "default", connection.vendor)
    stood = []
    if ids:
        stood = _asked(f'{prepared.show} WHERE "{column}" IN ({marks(ids)})', ids, connection)
    before = {row[0]: row for row in stood}
    after = {row[0]: row for row in map(tuple, prepared.fit(made))}
    moved: set[str] = set()
    if gone := before.keys() - after.keys():
        _cursor(connection).execute(f"{prepared.drop} ({marks(gone)})", list(gone))
    for key, row in after.items():
        if before.get(key, row) != row:
            moved |= _amend(prepared, before[key], row, connection)
    if new := [row for key, row in after.items() if key not in before]:
        _write(prepared.add, new, connection)
    if gone or new:
        moved |= prepared.fits.keys()
    return Settled(stood, after.values(), moved)


def call(statement: str, rows: Sequence[Sequence[Any]], using: str) -> None:
    """Carry out a statement of this program once for each of these rows of ids, moments, numbers, texts and bytes."""
    connection = connection_of(using)
    _write(statement, [_as_held(row, connection) for row in rows], connection)


def fetch(
    table: type[models.Model],
    tail: str,
    parameters: Sequence[Any],
    using: str = "default",
    *,
    before: str = "",
    among: str = "",
) -> list[tuple[Any, ...]]:
    """Rows of a table, called `t`, as Python values in the order of its columns.

    `tail` follows FROM, `before` precedes SELECT and may make the table `among`, each row of which is joined to `t` in
    turn. All are fixed text of this program, values stand in `parameters`.
    """
    connection = connection_of(using)
    show, stands, readings = _read(table, using, connection.vendor)
    first = f"{among} CROSS JOIN" if among else ""
    rows = _asked(f"{before} {show} FROM {first} {stands} {tail}", parameters, connection)
    return [_as_python(list(row), readings) for row in rows]


def as_models(table: type[T], tail: str, parameters: Sequence[Any]) -> list[T]:
    """The same, as models. What a partial index asks stands in `tail`: SQLite prepares anew for each value of it."""
    return [table(*row) for row in fetch(table, tail, parameters)]


def asked(statement: str, parameters: Iterable[Any], using: str = "default") -> list[tuple[Any, ...]]:
    """The rows, as the database holds them, of a SELECT that is fixed text of this program."""
    return _asked(statement, parameters, connection_of(using))


def held(table: type[models.Model], tail: str) -> tuple[tuple[Any, ...], ...]:
    """The same as the database holds them: enough to know whether anything changed since it was read last."""
    connection = connection_of("default")
    return tuple(_asked(f"{_prepare(table, 'default', connection.vendor).show} t {tail}", (), connection))


def as_python(table: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of `held`, as Python values."""
    *_, readings = _read(table, "default", connection_of("default").vendor)
    return [_as_python(list(row), readings) for row in rows]


def remove(table: type[models.Model], column: str, values: Collection[UUID]) -> None:
    """Remove the rows of a read table whose column holds one of these ids."""
    connection = connection_of("default")
    statement = f'DELETE FROM "{table._meta.db_table}" WHERE "{column}" IN ({marks(values)})'  # noqa: S608
    _cursor(connection).execute(statement, _as_held(values, connection))


class _Prepared(NamedTuple):
    """The statements of one table on one database, and what makes its values fit."""

    add: str
    amend: str
    show: str
    drop: str
    fits: dict[str, Fit | None]
    places: list[tuple[int, Fit]]

    def fit(self, rows: Iterable[Row]) -> list[list[Any]]:
        """The values of light rows, as the database holds them."""
        found = [list(row) for row in rows]
        for place, fit in self.places:
            for values in found:
                values[place] = fit(values[place])
        return found


@lru_cache(maxsize=128)
def _prepare(table: type[models.Model], using: str, vendor: str) -> _Prepared:
    fields = _fields(table)
    names = [field.attname for field in fields]
    fits = {name: fit_for(field, using) for name, field in zip(names, fields, strict=True)}
    stands, key = f'"{table._meta.db_table}"', f'"{names[0]}"'
    columns = ", ".join(f'"{name}"' for name in names)
    add = f"INSERT INTO {stands} ({columns}) VALUES ({marks(names)})"  # noqa: S608  # no value in it
    return _Prepared(
        add=add,
        amend=f"UPDATE {stands} SET {{changes}} WHERE {key} = %s",  # noqa: S608
        show=f"SELECT {', '.join(plainly(field, using) for field in fields)} FROM {stands}",  # noqa: S608
        drop=f"DELETE FROM {stands} WHERE {key} IN",  # noqa: S608
        fits=fits,
        places=[(place, fit) for place, fit in enumerate(fits.values()) if fit],
    )


@lru_cache(maxsize=128)
def _read(table: type[models.Model], using: str, vendor: str) -> tuple[str, str, list[tuple[int, Fit]]]:
    fields = table._meta.concrete_fields
    readings = [(place, read) for place, field in enumerate(fields) if (read := reading_of(field, using))]
    columns = ", ".join(plainly(field, using, "t.") for field in fields)
    return f"SELECT {columns}", f'"{table._meta.db_table}" t', readings


def _fields(table: type[models.Model]) -> list[Any]:
    return [field for field in table._meta.concrete_fields if not isinstance(field, models.AutoField)]


def _as_python(row: list[Any], readings: Iterable[tuple[int, Fit]]) -> tuple[Any, ...]:
    for place, read in readings:
        row[place] = read(row[place])
    return tuple(row)


def marks(values: Collection[Any]) -> str:
    """The marks of a statement for so many values."""
    return ", ".join(["%s"] * len(values))


def _as_held(values: Iterable[Any], connection: BaseDatabaseWrapper) -> list[Any]:
    """Values with every id and moment among them as this database takes them."""
    if connection.vendor != "sqlite":
        return list(values)
    return [into_sqlite(value) for value in values]


def _asked(statement: str, parameters: Iterable[Any], connection: BaseDatabaseWrapper) -> list[tuple[Any, ...]]:
    """The rows, as the database holds them, that a statement of this program gives."""
    cursor = _cursor(connection)
    cursor.execute(statement, _as_held(parameters, connection) or None)
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _amend(prepared: _Prepared, old: Row, new: Row, connection: BaseDatabaseWrapper) -> set[str]:
    """Change those columns of a row that differ, and tell them: one more named is one more index written anew."""
    changed = {name: value for name, was, value in zip(prepared.fits, old, new, strict=True) if was != value}
    changes = ", ".join(f'"{name}" = %s' for name in changed)
    _cursor(connection).execute(prepared.amend.format(changes=changes), [*changed.values(), old[0]])
    return set(changed)


def _write(statement: str, rows: Sequence[Sequence[Any]], connection: BaseDatabaseWrapper) -> None:
    if len(rows) == 1:
        _cursor(connection).execute(statement, rows[0])
    elif rows:
        _cursor(connection).executemany(statement, rows)


def _cursor(connection: BaseDatabaseWrapper) -> Any:
    """A connection's cursor for these statements, kept with the connection: to open one costs more than to use it."""
    raw, watched, cursor = connection.__dict__.get(KEPT, (None, False, None))
    heeded = connection.force_debug_cursor or bool(connection.execute_wrappers)
    if raw is None or raw is not connection.connection or watched != heeded:
        cursor = connection.cursor()
        if connection.vendor == "sqlite" and not heeded:
            cursor = _Bare(connection)
        connection.__dict__[KEPT] = (connection.connection, heeded, cursor)
    return cursor


class _Bare:
    """SQLite's own cursor, for when nobody counts or wraps statements: the same refusals and errors as Django's."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Take a connection that is open."""
        self._check, self._errors = connection.validate_no_broken_transaction, connection.wrap_database_errors
        self._cursor = connection.connection.cursor()
        self.fetchall = self._cursor.fetchall

    def execute(self, statement: str, values: Sequence[Any] | None = None) -> None:
        """Carry out one statement."""
        self._check()
        try:
            self._cursor.execute(_with_marks(statement), values or ())
        except Exception:
            with self._errors:
                raise

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Carry out one statement for each of several rows."""
        self._check()
        try:
            self._cursor.executemany(_with_marks(statement), rows)
        except Exception:
            with self._errors:
                raise


@lru_cache(maxsize=1024)
def _with_marks(statement: str) -> str:
    """A statement with the marks for values that SQLite knows."""
    return statement.replace("%s", "?")
