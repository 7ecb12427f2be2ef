"""What is wrong with an installation, in words, each with what to do."""

import sqlite3
from collections.abc import Iterator

from django.db import connections

from onrecord.cli.unsafe import unsafe
from onrecord.duties.queries import adopted
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.backup_keys import key_files, out_of_reach, stands
from onrecord.ledger.gateway.backups import broken_off
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.guards import missing_guards, strange_guards
from onrecord.ledger.gateway.home import home
from onrecord.ledger.gateway.trouble import UNREAD
from onrecord.ledger.queries import backups, file_faults, heard_last, seal_fits, unprojected, witness_file
from onrecord.ledger.rules.backups import Backup
from onrecord.ledger.rules.weaker import WITNESS_FILE
from onrecord.mailbox.queries import changed_words
from onrecord.rulebook.queries import damaged_editions
from onrecord.web.health import measured

WAL_RESET_FIXED = (3, 51, 3)


def ills() -> Iterator[str]:
    """Everything found wrong; nothing more than that, while the database does not answer or nothing can be opened."""
    try:
        yield from _ills()
    except UNREAD as fault:
        yield f"A row of the tables is not what this program writes ({type(fault).__name__}). Run `onrecord verify`."


def _ills() -> Iterator[str]:
    told = measured(now())
    if stops := _stops(told["database"]):
        yield stops
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
    yield from _mailboxes()
    yield from file_faults()
    yield from _backups()
    for path in (*sorted((home() / "keys").glob("*")), *key_files()):
        if path.stat().st_mode & 0o077:
            yield f"{path.name} can be read by others on this machine. Run chmod 600 on it."
    yield from unsafe(now())


def _mailboxes() -> Iterator[str]:
    """Words that open no mailbox any more, because somebody had them open another."""
    if changed := changed_words():
        yield (
            f"{changed} rows of mailbox_words were changed since they were written, and open nothing. Find out who did "
            "it and why, and put the table back from a backup: whoever reported cannot read what is written to them."
        )


def _stops(database: str) -> str:
    """What keeps the rest from being looked at; nothing where it can be."""
    if database != "reachable":
        return f"The database is {database}."
    if not seal_fits():
        return "The key in keys/seal.json opens nothing that was recorded. Put back the one it was recorded with."
    return ""


def _backups() -> Iterator[str]:
    """Keys of backups that stand too long, or that are gone too soon; and what a backup left lying."""
    today = now().astimezone(HERE).date()
    for one in backups():
        if one.due(today):
            yield f"The day of a backup is over, and its key {one.sealed} is not destroyed.{_out_of_reach(one)}"
        elif one.sealed and not one.destroyed_at and not stands(one.sealed):
            yield f"The key {one.sealed} of a backup is not here. Without the copy in its second place nobody opens it."
        elif one.sealed and one.destroyed_at and stands(one.sealed):
            yield f"The key {one.sealed} of a backup was destroyed, and stands in the folder backup-keys. Remove it."
    if broken_off():
        yield "A backup was broken off, and left copies in the folder backup-draft. Make it again: that removes them."


def _out_of_reach(one: Backup) -> str:
    """What to do where the second place of a key is not there; else the watch does it."""
    if not out_of_reach(one.second):
        return " Is the watch running?"
    return (
        f" Its second place, {one.second}, is not there: bring it back, or destroy that copy by hand and say so by "
        f"`onrecord backup --destroy {one.sealed}`."
    )


def _databases() -> Iterator[str]:
    if connections["default"].vendor == "sqlite" and sqlite3.sqlite_version_info < WAL_RESET_FIXED:
        yield (
            f"SQLite {sqlite3.sqlite_version} can, rarely, damage a database written by two processes at once "
            "(fixed in 3.51.3). For a real record use PostgreSQL, or a newer SQLite."
        )
    for using in ("default", "reads"):
        if gone := missing_guards(using):
            yield (
                f"Guards against change are gone from {using}, or were changed: {', '.join(gone)}. Find "
                "out who did it and why, run `onrecord verify`, and put the database back from a copy that has them."
            )
        if strange := strange_guards(using):
            yield (
                f"Guards against change: {', '.join(strange)} in {using} was not made by us, and acts on what is "
                "written. It could hide a report. Find out who made it and why, and take it out."
            )
    for digest in damaged_editions(sorted({made.rulebook.digest for made in adopted()})):
        yield f"The kept text of the edition {digest[:12]} is gone or was changed. Put it back from a backup."
