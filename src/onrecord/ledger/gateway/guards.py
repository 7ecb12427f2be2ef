"""Whether the database's own refusals stand as they were made. Whoever owns the file can drop one, or hollow one out.

A guard is compared by what it does: its own text and, on PostgreSQL, that of the function which it calls.
"""

import re
from collections.abc import Iterator

from django.db import connections

from onrecord.ledger.migrations import _guards

MADE = re.compile(r"\s*CREATE (?:TRIGGER|VIEW|FUNCTION) (\w+)")
BODY = re.compile(r"\$\$(.*)\$\$", re.DOTALL)
SQLITE = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
POSTGRESQL = """SELECT t.tgname, pg_get_triggerdef(t.oid, true) FROM pg_trigger t
  WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
  UNION ALL SELECT p.proname, string_agg(p.prosrc, '') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = current_schema() AND p.proname LIKE 'ledger%' GROUP BY p.proname"""
"""Of a function all that bear its name: one more, beside the one that was made, is a change."""


def missing_guards(using: str) -> list[str]:
    """The names of the guards that a ledger has not, or not as they were made: gone, switched off, or changed."""
    postgresql = connections[using].vendor == "postgresql"
    with connections[using].cursor() as cursor:
        cursor.execute(POSTGRESQL if postgresql else SQLITE)
        stands = {(name, _plain(text, postgresql)) for name, text in cursor.fetchall()}
    made = _guards.POSTGRESQL if postgresql else _guards.SQLITE
    return sorted(name for name, text in _wanted(made) if (name, _plain(text, postgresql)) not in stands)


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
