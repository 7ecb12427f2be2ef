"""Values on their way into a database and out of it: what Django's fields do, once per column and not once per value.

SQLite has no type for an id, a moment or a list, and its rows are the ones an append waits for; so these few are ours.
They must give what Django's fields give, which a test holds them to. Every other value goes through the field.
"""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from pydantic_core import from_json

Fit = Callable[[Any], Any]


class Number(models.BigAutoField):  # type: ignore[type-arg]
    """A row's own number. On SQLite nothing but the row itself keeps it, so a number may be given again."""

    def db_type_suffix(self, connection: BaseDatabaseWrapper) -> str | None:
        """What follows the column's type: SQLite would otherwise write the last number down apart from the row."""
        return None if connection.vendor == "sqlite" else super().db_type_suffix(connection)


class Place(models.BigIntegerField):  # type: ignore[type-arg]
    """An entry's number as a key. On SQLite it is the row's own number, so that no second index holds it."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """The column's type: SQLite takes no other word for it."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


AS_IT_IS = (models.BinaryField, models.BooleanField, models.CharField, models.IntegerField, models.TextField)
"""Fields whose values both databases take as Python has them."""

NATIVE = frozenset({models.UUIDField, models.DateTimeField})
"""Fields whose values PostgreSQL takes, and gives, as Python has them."""


def fit_for(field: "models.Field[Any, Any]", using: str) -> Fit | None:
    """What makes a value of this field fit for the database; None where it fits as it is."""
    sort, vendor = type(field), connections[using].vendor
    if isinstance(field, models.TextField) and sort is not models.TextField:
        return field.get_prep_value
    if issubclass(sort, AS_IT_IS) or (vendor == "postgresql" and sort in NATIVE):
        return None
    if vendor == "sqlite" and sort in INTO_SQLITE:
        return INTO_SQLITE[sort]
    return lambda value: field.get_db_prep_save(value, connections[using])


def reading_of(field: "models.Field[Any, Any]", using: str) -> Fit | None:
    """What makes a value that the database gave a value of this field; None where it is one already."""
    connection, sort = connections[using], type(field)
    if connection.vendor == "sqlite" and sort in FROM_SQLITE:
        return FROM_SQLITE[sort]
    if isinstance(field, models.TextField) and sort is not models.TextField:
        return field.to_python
    column = field.get_col(field.model._meta.db_table)
    converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    if not converters:
        return None

    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, column, connections[using])
        return value

    return read


def into_sqlite(value: Any) -> Any:
    """A value of any type, as SQLite takes it."""
    if isinstance(value, UUID):
        return value.hex
    return _text(value) if isinstance(value, datetime) else value


def as_id(value: UUID | str) -> UUID:
    """An id as a database gave it."""
    return value if isinstance(value, UUID) else _hexed(value)


def ids_text(ids: Iterable[UUID]) -> str:
    """Several ids as one text."""
    return " ".join([uid.hex for uid in ids])


@lru_cache(maxsize=16384)
def ids_of(text: str) -> tuple[UUID, ...]:
    """The ids of a text."""
    return tuple(map(UUID, text.split()))


def plainly(field: "models.Field[Any, Any]", using: str, of: str = "") -> str:
    """A column of a SELECT, as the database holds it: a bare name has the driver turn moments and yes or no for us."""
    bare = f'{of}"{field.column}"'
    return f"+{bare}" if connections[using].vendor == "sqlite" and type(field) in FROM_SQLITE else bare


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


@lru_cache(maxsize=16384)
def _hexed(value: str) -> UUID:
    return UUID(value)


def _id(value: str | None) -> UUID | None:
    return None if value is None else _hexed(value)


def _text(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no time zone, so nobody knows when it is.")
    return _written(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=4096)
def _written(moment: datetime) -> str:
    return str(moment.replace(tzinfo=None))


def _moment(value: str | None) -> datetime | None:
    return None if value is None else _read(value)


@lru_cache(maxsize=4096)
def _read(value: str) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


INTO_SQLITE: dict[type, Fit] = {models.UUIDField: _hex, models.DateTimeField: _text, models.JSONField: json.dumps}
FROM_SQLITE: dict[type, Fit] = {
    models.UUIDField: _id,
    models.DateTimeField: _moment,
    models.JSONField: from_json,
    models.BooleanField: bool,
}
