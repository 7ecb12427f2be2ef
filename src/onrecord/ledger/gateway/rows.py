"""Adding many rows quickly: one prepared statement a table, Django's own conversions, none of its query building.

A report writes a dozen rows in the transaction that holds the head row; building each statement anew cost more than
everything else together.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import connections, models


def insert(rows: Iterable[models.Model], using: str = "default") -> None:
    """Add rows, all of one model. A key the database numbers itself is left to it."""
    made = list(rows)
    if not made:
        return
    connection = connections[using]
    statement, fields = _statement(type(made[0]))
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in made],
        )


@lru_cache(maxsize=128)
def _statement(table: type[models.Model]) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    fields = tuple(field for field in table._meta.concrete_fields if not isinstance(field, models.AutoField))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({marks})', fields  # noqa: S608  # no value in it
