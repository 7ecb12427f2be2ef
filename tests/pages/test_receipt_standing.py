"""The reporter's page says what became of the promise that the receipt makes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from onrecord.ledger.actions import checkpoint
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import StoredCosignature
from onrecord.ledger.queries import size
from onrecord_witness.home import Home
from tests.partnership import START, Store
from tests.stages.ledger.witnessing import countersigned, named

DAY = timedelta(hours=24)


def said(browser: Callable[[str], Any], uid: object, after: timedelta) -> str:
    """The page of a report, as its author sees it some time later."""
    with playing(START + after):
        return " ".join(browser("teacher").get(f"/report/{uid}").content.decode().split())


def test_promised_then_included(store: Store, browser: Callable[[str], Any]) -> None:
    made = store.report()
    assert "<strong>Promised until 6 October 2026, 09:00.</strong>" in said(browser, made.id, DAY)
    with playing(START + timedelta(hours=2)):
        checkpoint()
    page = said(browser, made.id, 9 * DAY)
    assert "<strong>Included</strong> 5 October 2026, 11:00." in page
    assert "Promised until" not in page


def test_a_broken_promise_is_called_evidence(store: Store, browser: Callable[[str], Any]) -> None:
    made = store.report()
    words = "Promise broken: this is evidence. Your report was to stand, signed, in the record by 6 October 2026, 09:00"
    page = said(browser, made.id, DAY + timedelta(seconds=1))
    assert f"{words}, and does not." in page
    assert "onrecord receipt v1" in page
    with playing(START + 2 * DAY):
        checkpoint()
    assert f"{words}, and did so only on 7 October 2026, 09:00." in said(browser, made.id, 3 * DAY)


def test_included_and_witnessed(store: Store, browser: Callable[[str], Any], fresh_home: Path, tmp_path: Path) -> None:
    outside = Home(tmp_path / "witness")
    outside.make_key("inspectorate.example/witness")
    named(fresh_home, outside, "")
    checkpoint()
    made = store.report()
    checkpoint()
    assert "Promised until" in said(browser, made.id, DAY)
    at = START + timedelta(hours=3)
    StoredCosignature.objects.create(size=size(), witness=outside.key(), signed_at=at - timedelta(hours=1), line="-")
    assert "Included and witnessed" not in said(browser, made.id, 9 * DAY)
    countersigned(outside, at).save()
    page = said(browser, made.id, 9 * DAY)
    assert "<strong>Included and witnessed</strong> 5 October 2026, 12:00." in page


def test_nobody_else_sees_it(store: Store, browser: Callable[[str], Any]) -> None:
    made = store.report()
    assert [browser(who).get(f"/report/{made.id}").status_code for who in ("nurse", "admin", "director")] == [404] * 3
