"""Whether the database's own refusals stand. Whoever owns the file can drop one, and put it back."""

import re

from django.db import connections

from onrecord.ledger.migrations import _guards

SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"


def missing_guards(using: str) -> list[str]:
    """The names of the guards that a ledger's tables should have and have not, or that are switched off."""
    vendor = connections[using].vendor
    made = _guards.POSTGRESQL if vendor == "postgresql" else _guards.SQLITE
    wanted = {found[1] for statement in made if (found := re.match(r"CREATE TRIGGER (\w+)", statement))}
    with connections[using].cursor() as cursor:
        cursor.execute(POSTGRESQL if vendor == "postgresql" else SQLITE)
        return sorted(wanted - {name for (name,) in cursor.fetchall()})
