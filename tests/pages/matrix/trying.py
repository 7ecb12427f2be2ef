"""Trying a thing and undoing it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import transaction

from onrecord.ledger.gateway.head import head_path
from tests import databases


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is rolled back, in both ledgers, with the heads that were signed of it."""
    with ExitStack() as both:
        for alias in databases.ALIASES:
            head = head_path(alias)
            both.callback(head.write_bytes, head.read_bytes()) if head.exists() else both.callback(head.unlink, True)
            both.enter_context(transaction.atomic(using=alias))
            both.callback(transaction.set_rollback, True, using=alias)
        yield
