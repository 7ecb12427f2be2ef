"""A process that is killed at a step of its own: from writing a report to publishing the log, and back.

It is forked, so that thirty of them take seconds. What it says through a pipe is what somebody was told: an id before
it is sent, the receipt when it came back, a checkpoint when it was signed.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from onrecord.ledger.actions import checkpoint, heads, publish
from onrecord.ledger.gateway import given, published
from tests.partnership import Store

REPORTS = 2
"""Before each checkpoint."""


class Steps:
    """Counts what is done to the disc and the database, and dies before one of them."""

    def __init__(self, until: int) -> None:
        """Die before this step."""
        self.done, self.until = 0, until

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same, with a step before it and one after."""

        def stepped(*words: Any, **more: Any) -> Any:
            self.step()
            made = call(*words, **more)
            self.step()
            return made

        return stepped

    def step(self) -> None:
        """One step, or the end."""
        self.done += 1
        if self.done == self.until:
            os.kill(os.getpid(), signal.SIGKILL)


def watched(steps: Steps) -> None:
    """Let every place where something becomes lasting be a step. Only in a process of its own: it is not undone."""
    append = sys.modules["onrecord.ledger.actions.append"]
    for owner, name in (
        (append, "add_rows"),
        (append, "_all_at_once"),
        (BaseDatabaseWrapper, "_commit"),
        (given, "_note"),
        (heads, "keep_head"),
        (os, "fsync"),
        (Path, "replace"),
        (published, "write_bytes"),
    ):
        setattr(owner, name, steps.before(getattr(owner, name)))


def forked(work: Callable[[Callable[[str], None]], None], until: int) -> tuple[list[str], bool]:
    """What a process said before it was killed at this step, and whether it was."""
    connections.close_all()
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        _lives(work, writes, until)
    os.close(writes)
    with os.fdopen(reads) as told:
        said = told.read().splitlines()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"The process failed: {said[-1:]}")
    return said, os.WIFSIGNALED(status)


def _lives(work: Callable[[Callable[[str], None]], None], writes: int, until: int) -> None:
    """The life of the process: it never comes back."""

    def tell(words: str) -> None:
        os.write(writes, f"{words}\n".encode())

    try:
        watched(Steps(until))
        work(tell)
    except BaseException as error:  # whatever it is, the parent says it
        tell(f"{type(error).__name__}: {error}".replace("\n", " "))
        os._exit(1)
    os._exit(0)


def reporting(store: Store, folder: Path) -> Callable[[Callable[[str], None]], None]:
    """Report, sign and publish, saying each time what somebody was told."""

    def work(tell: Callable[[str], None]) -> None:
        for _ in range(REPORTS):
            uid = uuid4()
            tell(f"sent {uid}")
            tell(f"received {uid} {store.receipt(uid=uid).split(chr(10))[3]}")
        tell(f"signed {checkpoint().split(chr(10))[1]}")
        publish(folder)
        tell("published")

    return work


def sent(said: list[str]) -> list[UUID]:
    """The ids that were sent."""
    return [UUID(line.split()[1]) for line in said if line.startswith("sent ")]


def received(said: list[str]) -> dict[UUID, str]:
    """The leaf hash of everything that was acknowledged, as the receipt says it."""
    return {UUID(line.split()[1]): line.split()[2] for line in said if line.startswith("received ")}
