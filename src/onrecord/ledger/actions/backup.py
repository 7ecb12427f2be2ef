"""Backups on record: what was copied, and the day on which it is over. Until then it holds what went since.

A backup that the record makes itself is sealed under a key of its own. On its day the watch destroys that key, and then
nobody opens any copy of it: what was erased meanwhile is gone there too.
"""

from datetime import date, datetime
from pathlib import Path
from uuid import uuid5

from django.db import transaction

from onrecord.ledger.actions.append import append
from onrecord.ledger.actions.store import hold
from onrecord.ledger.facts import BackupKeyDestroyed, BackupMade, Entry
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.gateway.backup_keys import (
    destroy_backup_key,
    make_backup_key,
    out_of_reach,
    read_backup_key,
)
from onrecord.ledger.gateway.backups import NotCopied, about_backup, open_backup, write_backup
from onrecord.ledger.gateway.home import home
from onrecord.ledger.gateway.sealing import NotOpened
from onrecord.ledger.queries import backups, entries, untaken
from onrecord.ledger.rules.backups import Backup
from onrecord.ledger.rules.machine import machine_saying

GONE = "The key {key} of this backup is not here. If its day is over it was destroyed, and nobody opens this backup."


class NoBackup(LookupError):
    """No backup whose key still stands is on record under this id."""


def note_backup(what: str, until: date, at: datetime) -> Entry:
    """Put on record that somebody made a backup by other means, and until when it is kept.

    Raises Refused for a day gone by.
    """
    return _noted({"what": what, "until": until}, until, at)


def make_backup(target: Path, what: str, until: date, second: Path | None, at: datetime) -> Entry:
    """Write a sealed backup, put on record first, whose key is destroyed when its day is over.

    `second` is a folder elsewhere in which a copy of the key stands too. Raises Refused and NotCopied.
    """
    _check(until, at)
    if target.exists() or not target.parent.is_dir() or home().resolve() in target.resolve().parents:
        message = "Say a file that is not there yet, on another disc than the record."
        raise Refused((Wrong("to", str(target), message, "a new file elsewhere"),))
    place = _outside(second) if second else None
    key = make_backup_key(until, place)
    said = {"what": what, "until": until, "sealed": key.id, "second": str(place) if place else None}
    made = _noted(said, until, at)
    try:
        write_backup(target, key, {"until": until.isoformat(), "made": at.isoformat()})
    except NotCopied:
        _destroy(next(one for one in backups() if one.id == made.id), at)
        raise
    return made


def restore_backup(source: Path, folder: Path, file: Path | None) -> None:
    """Open a sealed backup into a folder that is not there yet, with the key from here or from a file.

    Raises NotOpened, also where the key is gone.
    """
    if folder.exists():
        raise NotOpened(f"{folder} is there already. Name a folder that is not.")
    wanted = about_backup(source)["key"]
    key = read_backup_key(wanted, file)
    if key is None:
        raise NotOpened(GONE.format(key=wanted))
    open_backup(source, key, folder)


def destroy_keys(at: datetime) -> list[Entry]:
    """Destroy the keys of backups whose day is over, and say so. One whose second place is out of reach waits."""
    due = [one for one in backups() if one.due(at.astimezone(HERE).date())]
    for one in due:
        destroy_backup_key(str(one.sealed), one.second)
    return [_destroyed(one, "here", at) for one in due if not out_of_reach(one.second)]


def destroy_key(key: str, at: datetime) -> Entry:
    """Destroy the key of a backup now, before its day too. Raises NoBackup.

    Where its second place is out of reach, whoever asks says by that that it was destroyed there by hand.
    """
    found = next((one for one in backups() if one.sealed == key and one.destroyed_at is None), None)
    if found is None:
        raise NoBackup(f"No backup whose key still stands has the key {key}.")
    return _destroy(found, at)


def _destroy(one: Backup, at: datetime) -> Entry:
    destroy_backup_key(str(one.sealed), one.second)
    return _destroyed(one, "by_hand" if out_of_reach(one.second) else "asked", at)


def _destroyed(one: Backup, how: str, at: datetime) -> Entry:
    fact = BackupKeyDestroyed.heard({"sealed": one.sealed, "how": how})
    with transaction.atomic():
        hold()
        uid = untaken(uuid5(one.id, "destroyed"), fact.kind)
        said = entries([uid])  # by another watch, at the same time
        return said[0] if said else append([machine_saying(fact, at, uid=uid, regarding=(one.id,))])[0]


def _noted(said: dict[str, object], until: date, at: datetime) -> Entry:
    _check(until, at)
    kept = {name: value for name, value in said.items() if value is not None}
    return append([machine_saying(BackupMade.heard(kept), at)])[0]


def _check(until: date, at: datetime) -> None:
    if until < at.astimezone(HERE).date():
        raise Refused((Wrong("until", str(until), "Say a day that is still to come.", "to come"),))


def _outside(second: Path) -> Path:
    """A second place for a key, whole. Raises Refused unless it is a folder outside the record's own."""
    place = second.resolve()
    if not place.is_dir() or home().resolve() in (place, *place.parents):
        message = "Say a folder that is there, on another disc than the record."
        raise Refused((Wrong("second", str(second), message, "a folder elsewhere"),))
    return place
