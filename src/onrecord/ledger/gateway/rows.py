"""The statements every append repeats, prepared once: Django's own conversions, none of its query building.

A report writes a dozen rows in the transaction that holds the head row; building each statement anew cost more than
everything else together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

AS_IT_IS = frozenset(
    {models.CharField, models.TextField, models.IntegerField, models.BigIntegerField, models.BooleanField}
)
"""Fields whose values both databases take as Python has them."""


def insert(rows: Iterable[models.Model], using: str = "default") -> None:
    """Add rows, all of one model. A key the database numbers itself is left to it."""
    made = list(rows)
    if not made:
        return
    connection = connections[using]
    statement, fields = _statement(type(made[0]), using, connection.vendor)
    values = [
        [prepare(getattr(row, name), connection) if prepare else getattr(row, name) for name, prepare in fields]
        for row in made
    ]
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)


def change(table: type[models.Model], values: Mapping[str, Any], where: str, using: str = "default") -> None:
    """Change the rows that `where`, fixed text of this program, names."""
    connection = connections[using]
    given = {name: table._meta.get_field(name) for name in values}
    columns = ", ".join(f'"{name}" = %s' for name in values)
    prepared = [given[name].get_db_prep_save(value, connection) for name, value in values.items()]  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table._meta.db_table}" SET {columns} {where}', prepared)  # noqa: S608


def fetch(
    table: type[models.Model], tail: str, parameters: Sequence[Any], using: str = "default", *, before: str = ""
) -> list[tuple[Any, ...]]:
    """Rows of a table, called `t`, as Python values in the order of its columns.

    `tail` follows FROM, `before` precedes SELECT; both are fixed text of this program, values stand in `parameters`.
    """
    connection = connections[using]
    columns, expressions = _columns(table, using, connection.vendor)
    native = connection.features.has_native_uuid_field
    values = [value.hex if isinstance(value, UUID) and not native else value for value in parameters]
    with connection.cursor() as cursor:
        cursor.execute(f'{before} SELECT {columns} FROM "{table._meta.db_table}" t {tail}', values)  # noqa: S608
        rows = cursor.fetchall()
    converted = [(place, expression, how) for place, (expression, how) in enumerate(expressions) if how]
    return [_converted(list(row), converted, connection) for row in rows]


def remove(table: type[models.Model], column: str, values: Collection[UUID]) -> None:
    """Remove the rows of a read table whose column holds one of these ids."""
    connection = connections["default"]
    native = connection.features.has_native_uuid_field
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM "{table._meta.db_table}" WHERE "{column}" IN ({marks})',  # noqa: S608  # no value in it
            [value if native else value.hex for value in values],
        )


def _converted(row: list[Any], wanted: Sequence[Any], connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
    for place, expression, converters in wanted:
        for convert in converters:
            row[place] = convert(row[place], expression, connection)
    return tuple(row)


@lru_cache(maxsize=128)
def _columns(table: type[models.Model], using: str, vendor: str) -> tuple[str, list[tuple[Any, list[Any]]]]:
    connection = connections[using]
    fields = table._meta.concrete_fields
    expressions = [field.get_col(table._meta.db_table) for field in fields]
    converters = [
        (made, [*connection.ops.get_db_converters(made), *made.get_db_converters(connection)]) for made in expressions
    ]
    return ", ".join(f't."{field.column}"' for field in fields), converters


@lru_cache(maxsize=128)
def _statement(table: type[models.Model], using: str, vendor: str) -> tuple[str, list[tuple[str, Any]]]:
    """The statement that adds a row, and for each of its columns the attribute and what prepares it, if anything."""
    fields = [field for field in table._meta.concrete_fields if not isinstance(field, models.AutoField)]
    native = connections[using].features.has_native_uuid_field
    prepared = [(field.attname, _preparer(field, native=native)) for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({marks})', prepared  # noqa: S608  # no value in it


def _preparer(field: "models.Field[Any, Any]", *, native: bool) -> Any:
    """What makes a value of this field fit for the database; None where it fits as it is."""
    if type(field) in AS_IT_IS:
        return None
    if isinstance(field, models.UUIDField) and not native:
        return lambda value, connection: value.hex if value is not None else None
    return field.get_db_prep_save
