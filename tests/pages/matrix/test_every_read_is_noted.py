"""Page by page and role by role: what names a child is noted first, once; what cannot be noted is not shown."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from onrecord.access import actions
from onrecord.ledger.queries import size
from tests.pages.matrix.ground import Ground
from tests.pages.matrix.rows import MATRIX, RECORDS
from tests.pages.matrix.test_what_belongs_to_a_report import opens

OF_A_CHILD = (b"Quillfeather", b"Zephyrine", b"marmalade")
TRIED = ("open", "decided", "restricted", "sealed", "officer", "unrouted")
"""States that differ in who opens what."""
NEAR = ("front-door", "front-door")
"""Asha Verne, and her list: the child called Verne is noted there by herself, because the two could be family."""


def pages() -> Iterator[tuple[str, str, str]]:
    """Every address that somebody may open, with the state in which it is tried, and the person."""
    for address, (may, _) in MATRIX.items():
        if address not in RECORDS:
            yield from ((address, "decided" if "<uuid:key>" in address else "open", user) for user in sorted(may))
    for address in RECORDS:
        yield from ((address, state, user) for state in TRIED for user in sorted(opens(address, state)))


def opened(ground: Ground, address: str, state: str, user: str) -> Any:
    """What somebody is answered there."""
    url = ground.url(address, state).replace("<slug:name>", "facts")
    client = ground.sender(user)
    client.raise_request_exception = False
    return Client().get(url, headers=ground.key(user)) if url.startswith("/api/") else client.get(url)


def names(answer: Any) -> bool:
    """Whether an answer says who a child is, or what was said of her."""
    return any(word in answer.content for word in OF_A_CHILD)


def test_what_names_a_child_is_noted_once_and_what_names_nobody_at_most_once(ground: Ground) -> None:
    unnoted, twice, named = [], [], set()
    for address, state, user in pages():
        before = size("reads")
        answer = opened(ground, address, state, user)
        notes = size("reads") - before
        named |= {address} if names(answer) else set()
        unnoted += [(address, state, user)] if names(answer) and not notes else []
        twice += [(address, user)] if notes > 1 else []
    assert (unnoted, twice) == ([], [NEAR])
    assert len(named) > 20


def test_what_cannot_be_noted_is_not_shown(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "append", _broken)
    shown, failed = [], set()
    for address, state, user in pages():
        answer = opened(ground, address, state, user) if not address.startswith("api/") else None
        shown += [(address, state, user)] if answer and names(answer) else []
        failed |= {address} if answer and answer.status_code == 500 else set()
    assert shown == []
    assert len(failed) > 20


def _broken(*args: Any, **more: Any) -> Any:
    raise RuntimeError("planted")
