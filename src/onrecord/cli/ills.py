"""What is wrong with an installation, in words, each with what to do."""

import sqlite3
from collections.abc import Iterator

from django.db import connections

from onrecord.cli.unsafe import unsafe
from onrecord.duties.queries import adopted
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.guards import missing_guards
from onrecord.ledger.gateway.home import home
from onrecord.ledger.queries import file_faults, heard_last, unprojected, witness_file
from onrecord.ledger.rules.weaker import WITNESS_FILE
from onrecord.rulebook.queries import damaged_editions
from onrecord.web.health import measured

WAL_RESET_FIXED = (3, 51, 3)


def ills() -> Iterator[str]:
    """Everything found wrong; nothing more than that, while the database does not answer."""
    told = measured(now())
    if told["database"] != "reachable":
        yield f"The database is {told['database']}."
        return
    if told["watch"] == "silent":
        yield "The watch has not looked for ten minutes. Start `onrecord watch`."
    if owed := unprojected():
        yield f"{owed} entries are not in the tables that say what is owed. Run `onrecord verify`."
    if str(told["checkpoints"]).startswith("frozen"):
        yield f"Checkpoints are {told['checkpoints']} Run `onrecord verify`."
    if words := WITNESS_FILE.get(witness_file()):
        yield words
    yield from (one.ill(now()) for one in heard_last() if one.stale(now()))
    yield from _databases()
    yield from file_faults()
    for path in sorted((home() / "keys").glob("*")):
        if path.stat().st_mode & 0o077:
            yield f"{path.name} can be read by others on this machine. Run chmod 600 on it."
    yield from unsafe(now())


def _databases() -> Iterator[str]:
    if connections["default"].vendor == "sqlite" and sqlite3.sqlite_version_info < WAL_RESET_FIXED:
        yield (
            f"SQLite {sqlite3.sqlite_version} can, rarely, damage a database written by two processes at once "
            "(fixed in 3.51.3). For a real record use PostgreSQL, or a newer SQLite."
        )
    for using in ("default", "reads"):
        if gone := missing_guards(using):
            yield (
                f"Guards against change are missing from {using}: {', '.join(gone)}. Somebody took them down. Find "
                "out who and why, run `onrecord verify`, and put the database back from a copy that has them."
            )
    for digest in damaged_editions(sorted({made.rulebook.digest for made in adopted()})):
        yield f"The kept text of the edition {digest[:12]} is gone or was changed. Put it back from a backup."
