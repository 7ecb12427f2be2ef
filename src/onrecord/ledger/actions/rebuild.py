"""Rebuild: the read tables thrown away and made again from the record. `check` proves them equal, no more."""

from collections.abc import Callable
from hashlib import sha256

import structlog
from django.db import transaction
from django.db.models import Model

from onrecord.ledger.actions.append import project
from onrecord.ledger.actions.store import hold
from onrecord.ledger.gateway.registry import projectors
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.models import Unprojected
from onrecord.ledger.queries import every, size

log = structlog.get_logger()


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def rebuild(*, check: bool, progress: Callable[[int, int], None] = lambda done, of: None) -> dict[str, bool]:
    """Make every read table again; table name to whether it came out as it stood. With `check`, nothing is kept.

    Nothing is appended meanwhile. Raises, and changes nothing, where an entry does not open.
    """
    tables = [table for projector in projectors() for table in projector.TABLES]
    equal: dict[str, bool] = {}
    try:
        with transaction.atomic():
            hold()
            before = {table: fingerprint(table) for table in tables}
            for table in reversed(tables):
                table._default_manager.all()._raw_delete("default")
            Unprojected.objects.all().delete()
            _replay(progress)
            equal = {table._meta.db_table: fingerprint(table) == before[table] for table in tables}
            if check:
                raise _Undo
    except _Undo:
        pass
    return equal


def heal() -> int:
    """Rebuild if any projector failed earlier; how many of those failures are mended.

    Where an entry does not open there is no rebuilding. That is for `verify` to say, and stops nobody else's work.
    """
    owed = Unprojected.objects.count()
    if not owed:
        return 0
    try:
        rebuild(check=False)
    except Exception as error:
        log.error("the read tables could not be rebuilt", owed=owed, **told(error))
    return owed - Unprojected.objects.count()


def fingerprint(table: type[Model]) -> str:
    """A digest of a table's rows, without the numbers the database gave them itself."""
    names = [field.attname for field in table._meta.concrete_fields if field.get_internal_type() != "BigAutoField"]
    digest = sha256()
    for row in sorted(repr(row) for row in table._default_manager.values_list(*names)):
        digest.update(row.encode())
    return digest.hexdigest()


def _replay(progress: Callable[[int, int], None]) -> None:
    total, done = size(), 0
    for batch in every():
        project(batch)
        done += len(batch)
        progress(done, total)
