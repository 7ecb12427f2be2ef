"""Whoever reads a figure or a list is told by which lawful erasures it is not what was first recorded."""

import json

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.ledger.actions import note_backup
from onrecord.ledger.gateway.clock import now
from tests.pages.browsing import signed_in, text
from tests.partnership import START, Store
from tests.stages.ledger.erasing import erased

LISTED = "Except by 1 listed erasure, of 1 entry"
HELD = "Backups may still hold it until 31 January 2027."
COMMANDS = (
    ("facts", "--by", "front-door", "--known-at", "2026-10-05 09:30"),
    ("duties", "--as-at", "2026-10-05", "--known-at", "2026-10-05 09:30"),
    ("people",),
)


def gone(store: Store) -> None:
    note_backup("The database", START.date().replace(year=2027, month=1, day=31), now())
    erased((store.report(), "words"))


@pytest.mark.parametrize("command", COMMANDS)
def test_under_a_list_as_it_was_known_then(command: tuple[str, ...], store: Store) -> None:
    before = CliRunner().invoke(app, list(command))
    gone(store)
    after = CliRunner().invoke(app, list(command))
    said = [(LISTED in one.stdout, HELD in one.stdout) for one in (before, after)]
    assert said == [(False, False), (True, True)]


@pytest.mark.parametrize("command", COMMANDS)
def test_where_a_program_reads_it_beside_the_answer(command: tuple[str, ...], store: Store) -> None:
    gone(store)
    done = CliRunner().invoke(app, [*command, "--json"])
    assert (LISTED in done.stderr, LISTED in done.stdout, isinstance(json.loads(done.stdout), list)) == (
        True,
        False,
        True,
    )


def test_beside_the_last_check_of_everything(own_store: Store) -> None:
    pages = []
    for _ in range(2):
        CliRunner().invoke(app, ["verify"])
        pages.append(text(signed_in("scrutineer").get("/ledger")))
        gone(own_store)
    assert [(LISTED in page, HELD in page) for page in pages] == [(False, False), (True, True)]
