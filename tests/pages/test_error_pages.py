"""What went wrong is said in plain sentences; the page for our own failure asks nothing of the database."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from onrecord.access.models import User
from onrecord.web import wrong
from tests.pages.browsing import TYPED, signed_in, text


def test_a_missing_page_says_so(store: Any) -> None:
    page = signed_in("teacher").get("/no-such-page")
    assert page.status_code == 404
    assert "There is no such page, or it is not one you can open." in text(page)


@pytest.mark.parametrize(
    "url", ["/report/not-an-id", "/report/1", "/duties/00000000-0000-0000-0000-00000000000", "/front-door/x"]
)
def test_a_malformed_id_is_simply_not_found(store: Any, url: str) -> None:
    assert signed_in("front-door").get(url).status_code == 404


def test_our_own_failure_needs_no_database(db: None) -> None:
    with CaptureQueriesContext(connections["default"]) as asked:
        page = wrong.failed(RequestFactory().get("/report"))
    assert page.status_code == 500
    assert "it cannot be recorded twice" in text(page)
    assert len(asked) == 0


def test_an_exception_reaches_that_page(store: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("onrecord.intake.views.reports.report", _broken)
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="teacher"))
    page = client.post("/report", {"id": str(uuid4())} | TYPED)
    assert page.status_code == 500
    assert "This did not work" in text(page)


def test_what_cannot_be_read_is_answered_in_a_sentence(store: Any) -> None:
    page = wrong.bad_request(RequestFactory().get("/report"), ValueError("x"))
    assert page.status_code == 400
    assert "Nothing was recorded." in text(page)


@pytest.mark.parametrize(
    "header", ["Content-Security-Policy", "Referrer-Policy", "X-Frame-Options", "X-Content-Type-Options"]
)
def test_every_page_carries_the_headers_that_protect_it(store: Any, header: str) -> None:
    assert signed_in("teacher").get("/report").has_header(header)


def _broken(*args: Any, **more: Any) -> Any:
    raise RuntimeError("planted")
