"""One record for a whole file of the matrix: laid once and rolled back at its end, and each try that writes before."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import transaction

from onrecord.ledger.gateway.clock import playing
from tests import databases
from tests.pages.matrix.ground import Ground, lay
from tests.partnership import START


@pytest.fixture(scope="module")
def ground(
    django_db_setup: dict[str, str], django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """The ground, at START."""
    home = tmp_path_factory.mktemp("ground") / "home"
    left_out = shutil.ignore_patterns("database-*", "*.sqlite3*", "mailbox")
    shutil.copytree(settings.ONRECORD_HOME, home, ignore=left_out)
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock(), ExitStack() as undone:  # type: ignore[attr-defined]
        patched.setattr(settings, "ONRECORD_HOME", str(home))
        patched.setattr(settings, "EMAIL_FILE_PATH", str(home / "mailbox"))
        patched.setenv("ONRECORD_HOME", str(home))
        for alias in databases.ALIASES:
            undone.enter_context(transaction.atomic(using=alias))
            undone.callback(transaction.set_rollback, True, using=alias)
        with playing(START):
            yield lay()
