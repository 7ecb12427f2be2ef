"""Reading a census into a founded record."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from onrecord.exchange import commands
from onrecord.exchange.actions import Imported, import_census
from onrecord.exchange.gateway import read_xml
from onrecord.exchange.queries import returning_agency
from onrecord.exchange.rules import read_census
from onrecord.ledger.gateway.clock import now
from tests.partnership import Store
from tests.stages.exchange.census import CENSUS, written


@pytest.fixture
def imported(store: Store, tmp_path: Path) -> Callable[..., Imported]:
    """Import a census (the invented one, or another text), by the machine or by one of the partnership's people."""

    def _imported(text: str = CENSUS, by: str = "") -> Imported:
        census = read_census(read_xml(written(tmp_path, text)), returning_agency()[1])
        return import_census(census, now(), store.viewer(by) if by else None)

    return _imported


@pytest.fixture
def run(store: Store) -> Callable[..., Result]:
    """Run one of the stage's commands."""
    app = typer.Typer(pretty_exceptions_enable=False)
    commands.register(app)
    app.command("nothing")(lambda: None)
    return lambda *words: CliRunner().invoke(app, ["import", *map(str, words)])
