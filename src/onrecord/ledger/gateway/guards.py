"""Whether the database's own refusals stand as they were made, and nothing else does that acts by itself.

Whoever owns the file can drop one, hollow one out, or put up another beside them.

A guard is compared by what it does: its own text and, on PostgreSQL, that of the function which it calls.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, UniqueConstraint

from onrecord.ledger.migrations import _guards

MADE = re.compile(r"\s*CREATE (?:TRIGGER|VIEW|FUNCTION) (\w+)")
BODY = re.compile(r"\$\$(.*)\$\$", re.DOTALL)
SQLITE = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
POSTGRESQL = """SELECT t.tgname, pg_get_triggerdef(t.oid, true) FROM pg_trigger t
  WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
  UNION ALL SELECT p.proname, string_agg(p.prosrc, '') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = current_schema() AND p.proname LIKE 'ledger%' GROUP BY p.proname"""
"""Of a function all that bear its name: one more, beside the one that was made, is a change."""
SQLITE_BESIDE = "SELECT name, '' FROM sqlite_master WHERE type = 'table' AND upper(sql) LIKE '%ON CONFLICT%'"
POSTGRESQL_BESIDE = """SELECT rulename, '' FROM pg_rules WHERE schemaname = current_schema()
  UNION ALL SELECT policyname, '' FROM pg_policies WHERE schemaname = current_schema()
  UNION ALL SELECT viewname, '' FROM pg_views WHERE schemaname = current_schema()
  UNION ALL SELECT conname, '' FROM pg_constraint WHERE contype = 'x'"""
"""What could let a row vanish besides a trigger: a table that passes over what it does not take, a rule, a view, a
constraint that excludes."""


def missing_guards(using: str) -> list[str]:
    """The names of the guards that a ledger has not, or not as they were made: gone, switched off, or changed."""
    postgresql = connections[using].vendor == "postgresql"
    return sorted(name for name, _ in _made(postgresql) - _standing(using, POSTGRESQL if postgresql else SQLITE))


def strange_guards(using: str) -> list[str]:
    """The names of what acts on the tables of a database, and was not made by us.

    A trigger that takes a row out again as it is written, or puts another in its place, would do so when the tables
    are made again too. So to make them again shows nothing.
    """
    postgresql = connections[using].vendor == "postgresql"
    found = _standing(using, POSTGRESQL if postgresql else SQLITE) - _made(postgresql)
    found |= _standing(using, POSTGRESQL_BESIDE if postgresql else SQLITE_BESIDE)
    return sorted({name for name, _ in found}.difference(missing_guards(using)).union(_strange_limits(using)))


def _strange_limits(using: str) -> Iterator[str]:
    """What limits the rows of a table, and was not declared of its model: that no two are alike, or what they may hold.

    Rows that may stand there already are written so that a second one is passed over. By one limit more, every notice
    to one person is, and nobody hears of it: also not when the tables are made again. What may not hold a name keeps
    the watch from telling whoever bears it.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if not router.allow_migrate_model(using, model):
                continue
            alike, held = _declared(model, connection)
            for name, found in connection.introspection.get_constraints(cursor, table).items():
                columns = frozenset(found["columns"] or ())
                strange = (found["unique"] or found["primary_key"]) and columns not in alike
                if strange or (found["check"] and not {name, columns} & held):
                    yield f"a limit of {table}" if name.startswith("__") else name


def _declared(
    model: type[Model], connection: BaseDatabaseWrapper
) -> tuple[set[frozenset[str | None]], set[str | frozenset[str | None]]]:
    """The columns of which no two rows hold the same; and what is asked of values, by its name or its one column."""
    fields, meta = model._meta.local_fields, model._meta
    together = [one.fields for one in meta.constraints if isinstance(one, UniqueConstraint)] + [*meta.unique_together]
    named = {field.name: field.column for field in fields}
    alone = [[field.column] for field in fields if field.unique or field.primary_key]
    alike = {frozenset(columns) for columns in (*alone, *([named[name] for name in names] for names in together))}
    asked = {frozenset({field.column}) for field in fields if field.db_check(connection)}
    return alike, {one.name for one in meta.constraints} | asked


def _made(postgresql: bool) -> set[tuple[str, str]]:
    statements = _guards.POSTGRESQL if postgresql else _guards.SQLITE
    return {(name, _plain(text, postgresql)) for name, text in _wanted(statements)}


def _standing(using: str, question: str) -> set[tuple[str, str]]:
    with connections[using].cursor() as cursor:
        cursor.execute(question)
        return {(name, _plain(text, connections[using].vendor == "postgresql")) for name, text in cursor.fetchall()}


def _wanted(statements: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The name of each guard, and of what it calls, with its text: of a function, its body."""
    for statement in statements:
        if found := MADE.match(statement):
            body = BODY.search(statement)
            yield found[1], body[1] if body else statement


def _plain(text: str, postgresql: bool) -> str:
    """A text in one spacing. PostgreSQL writes a trigger out anew, in its own case, with what may be left out."""
    plain = " ".join(text.split())
    if not postgresql or not plain.startswith("CREATE TRIGGER"):
        return plain
    plain = plain.lower()
    return plain if " for each " in plain else plain.replace(" execute ", " for each statement execute ")
