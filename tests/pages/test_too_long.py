"""A text that is too long comes back whole; more than is taken at once is said, on a page and to other systems."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from onrecord.access.actions import make_token
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import size
from tests.pages.browsing import TYPED, signed_in, text
from tests.partnership import REPORT, Store

MOST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def api(body: dict[str, Any] | str, key: str) -> Any:
    """What another system is answered."""
    raw = body if isinstance(body, str) else json.dumps(body)
    headers = {"Authorization": f"Bearer {key}"}
    return Client().post("/api/reports", raw, content_type="application/json", headers=headers)


@pytest.fixture
def key(store: Store) -> str:
    """The key of the school's system."""
    return make_token("teacher", now())


@pytest.mark.parametrize("length", [20_001, 3_000_000])
def test_a_text_too_long_for_its_field_comes_back_whole(store: Store, length: int) -> None:
    words, before = "marmalade " * (length // 10) + "end" * (length % 10), size()
    page = text(signed_in("teacher").post("/report", TYPED | {"words": words}))
    assert f"Shorten this: it has {len(words):,} characters, of 20,000 at most." in page
    assert (words in page, "Zephyrine" in page, size()) == (True, True, before)


def test_a_text_as_long_as_may_be_is_taken(store: Store) -> None:
    sent = signed_in("teacher").post("/report", TYPED | {"id": str(uuid4()), "words": "m" * 20_000})
    assert sent.url.startswith("/report/")


def test_more_than_is_taken_at_once_is_said_with_what_to_do(store: Store) -> None:
    before = size()
    page = signed_in("teacher").post("/report", TYPED | {"words": "m" * (MOST + 1)})
    assert (page.status_code, size()) == (413, before)
    assert "This is too long to send at once" in text(page)
    assert "what you typed is still there" in text(page)


def test_another_system_is_told_the_limit_as_json(store: Store, key: str) -> None:
    before = size()
    sent = api({"report": REPORT | {"words": "m" * MOST}}, key)
    assert (sent.status_code, sent["Content-Type"].partition(";")[0]) == (413, "application/json")
    assert sent.json() == {
        "message": "A report has at most 10 MB. Nothing was recorded. Shorten it, or send it as more than one report."
    }
    assert size() == before


def test_another_system_is_told_which_field_is_too_long(store: Store, key: str) -> None:
    sent = api({"report": REPORT | {"words": "m" * 3_000_000}}, key)
    assert sent.status_code == 422
    assert [(fault["field"], fault["message"]) for fault in sent.json()["faults"]] == [
        ("report.words", "Shorten this: it has 3,000,000 characters, of 20,000 at most.")
    ]


def test_the_mark_of_a_batch_is_a_fault_of_its_field(store: Store, key: str) -> None:
    before = size()
    sent = api({"report": REPORT | {"batch": "0" * 32}}, key)
    assert (sent.status_code, size()) == (422, before)
    (fault,) = sent.json()["faults"]
    assert (fault["field"], fault["message"]) == (
        "report.batch",
        "Only a file that is taken in as a batch marks its reports so. Leave “batch” out.",
    )
