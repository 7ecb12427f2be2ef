"""Trying a thing and undoing it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import transaction

from tests import databases


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is rolled back, in both ledgers."""
    with ExitStack() as both:
        for alias in databases.ALIASES:
            both.enter_context(transaction.atomic(using=alias))
            both.callback(transaction.set_rollback, True, using=alias)
        yield
