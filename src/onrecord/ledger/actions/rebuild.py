"""Rebuild: the read tables thrown away and made again from the record. `check` proves them equal, no more."""

from collections.abc import Callable
from hashlib import sha256

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Model

from onrecord.ledger.actions.append import project
from onrecord.ledger.actions.store import hold
from onrecord.ledger.gateway.registry import projectors
from onrecord.ledger.gateway.rows import held
from onrecord.ledger.gateway.scratch import scratch
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.models import Unprojected
from onrecord.ledger.queries import every, size

log = structlog.get_logger()


class NotReplayed(ValueError):
    """A projector failed on entries of the record, so tables made again would lack what follows from them."""


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def rebuild(*, check: bool, progress: Callable[[int, int], None] = lambda done, of: None) -> dict[str, bool]:
    """Make every read table again; table name to whether it came out as it stood. With `check`, nothing is kept.

    Nothing is appended meanwhile, but for a check on SQLite, which reads a copy and keeps nobody waiting. Raises, and
    changes nothing, where an entry does not open; NotReplayed, where a projector fails on one.
    """
    if not check:
        return _rebuild(check, progress)
    with scratch():
        return _rebuild(check, progress)


def _rebuild(check: bool, progress: Callable[[int, int], None]) -> dict[str, bool]:
    tables = [table for projector in projectors() for table in projector.TABLES]
    equal: dict[str, bool] = {}
    try:
        with transaction.atomic():
            hold()
            before = {table: fingerprint(table) for table in tables}
            beside = {made: _columns(*made) for projector in projectors() for made in getattr(projector, "BESIDE", ())}
            for table in reversed(tables):
                table._default_manager.all()._raw_delete("default")
            Unprojected.objects.all().delete()
            _replay(progress)
            if left := Unprojected.objects.count():
                raise NotReplayed(f"{left} entries cannot be read into the tables; the tables stay as they were.")
            equal = {table._meta.db_table: fingerprint(table) == before[table] for table in tables}
            equal |= {made[0]._meta.db_table: _columns(*made) == stood for made, stood in beside.items()}
            if check:
                raise _Undo
    except _Undo:
        pass
    return equal


def heal() -> int:
    """Try again what a projector failed on; how many of those failures are mended.

    Each is tried by itself, which keeps nobody waiting for long. Only when all go through are the tables made again
    whole, for what was projected meanwhile without them. Where an entry does not open there is no rebuilding: that is
    for `verify` to say, and stops nobody else's work.
    """
    owed = Unprojected.objects.count()
    if not owed:
        return 0
    try:
        if all([_projects_now(row) for row in Unprojected.objects.order_by("seq", "id")]):
            rebuild(check=False)
    except Exception as error:
        log.error("the read tables could not be rebuilt", owed=owed, **told(error))
    return owed - Unprojected.objects.count()


def _projects_now(row: Unprojected) -> bool:
    """Whether the projector that failed on an entry no longer does. Nothing is kept: the rebuild does that."""
    made = next(made for made in projectors() if made.__name__ == row.projector)
    batch = next(every(first=row.seq))
    try:
        with transaction.atomic():
            made.project(batch[:1])
            raise _Undo
    except _Undo:
        return True
    except IntegrityError:
        return True  # what it would write stands there already: the tables made again whole will tell
    except Exception as error:
        log.error("projection still fails", projector=row.projector, seq=row.seq, **told(error))
        return False


def fingerprint(table: type[Model]) -> str:
    """A digest of a table's rows, without the numbers the database gave them itself."""
    digest = sha256()
    for row in sorted(map(repr, held(table, ""))):
        digest.update(row.encode())
    return digest.hexdigest()


def _columns(table: type[Model], columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    """What of a table that is none of these follows from the record: it is written again, and never thrown away."""
    return list(table._default_manager.order_by(*columns).values_list(*columns))


def _replay(progress: Callable[[int, int], None]) -> None:
    total, done = size(), 0
    for batch in every():
        project(batch)
        done += len(batch)
        progress(done, total)
