"""The ledger's page: what was signed and checked, who recorded what kind when, and not a word of it."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.duties.actions import tick
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope, Unprojected
from onrecord.ledger.queries import last_verified, size
from tests.pages.browsing import hours, text

MOST = 12


def rows(page: str) -> list[str]:
    """The listed entries."""
    listed = page.partition("Newest entries</caption>")[2].partition("<tbody")[2].partition("</tbody>")[0]
    return listed.split("<tr ")[1:]


@pytest.mark.parametrize("user", ["scrutineer", "inspectorate", "manager"])
def test_it_says_who_recorded_what_kind_when_and_no_word_of_it(store: Any, browser: Any, user: str) -> None:
    store.report()
    page = text(browser(user).get("/ledger"))
    (report,) = [row for row in rows(page) if 'onr-list__value">Report<' in row.replace("Report <", "Report<")]
    assert "Nia Prosser" in report
    assert "Hill School" in report
    assert "5 October 2026, 09:00:00" in report
    assert not [said for said in ("Zephyrine", "Quillfeather", "marmalade", "ZZ9") if said in page]
    assert len(rows(page)) == min(50, size())


@pytest.mark.parametrize("user", ["front-door", "director", "teacher", "admin", "designated", "signer"])
def test_nobody_else_opens_it(store: Any, browser: Any, user: str) -> None:
    assert browser(user).get("/ledger").status_code == 403


def test_what_is_sealed_from_somebody_has_neither_author_nor_time_nor_kind(store: Any, browser: Any) -> None:
    before = size()
    store.report(positions="yes")
    page = text(browser("manager").get("/ledger"))
    new = rows(page)[: size() - before]
    assert sum("Sealed" in row for row in new) == len(new)
    assert not [said for row in new for said in ("Nia Prosser", "October", "Report", "Hill School") if said in row]
    assert "Nia Prosser" in "".join(rows(text(browser("scrutineer").get("/ledger")))[: size() - before])


def test_it_says_what_was_signed_and_what_has_gone_wrong(store: Any, browser: Any) -> None:
    page = text(browser("scrutineer").get("/ledger"))
    assert "None has been signed yet." in page
    assert "The watch has not looked yet" in page
    tick(now())
    page = text(browser("scrutineer").get("/ledger"))
    assert page.count("The checkpoint to keep") == 1
    assert "The watch has not looked yet" not in page
    Unprojected.objects.create(seq=1, projector="onrecord.duties.projector", error="planted")
    with playing(hours(1)):
        page = text(browser("scrutineer").get("/ledger"))
    assert "The watch is silent" in page
    assert "1 entries are not in every table yet." in page


def test_a_number_at_which_nothing_stands_is_named(store: Any, browser: Any) -> None:
    Envelope.objects.filter(seq=size() - 2).delete()
    (gone,) = [row for row in rows(text(browser("scrutineer").get("/ledger"))) if "Missing" in row]
    assert f">{size() - 2}<" in gone


def test_it_says_when_everything_was_last_checked_and_what_was_found(store: Any, browser: Any) -> None:
    assert last_verified() is None
    assert "Nobody has run <code>onrecord verify</code> yet." in text(browser("scrutineer").get("/ledger"))
    tick(now())
    assert CliRunner().invoke(app, ["verify"]).exit_code == 0
    page = text(browser("scrutineer").get("/ledger"))
    assert "Every check held." in page
    assert page.count(": holds</li>") == 10 + 8
    Envelope.objects.filter(seq=size() - 2).delete()
    assert CliRunner().invoke(app, ["verify"]).exit_code == 1
    page = text(browser("scrutineer").get("/ledger"))
    assert "1 fault found." in page
    assert "Every check held." not in page


@pytest.mark.parametrize("reports", [1, 3, 50])
def test_the_page_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, reports: int) -> None:
    for _ in range(reports):
        store.report()
    tick(now())
    client = browser("manager")
    client.get("/ledger")
    with CaptureQueriesContext(connections["default"]) as asked, CaptureQueriesContext(connections["reads"]) as reads:
        page = text(client.get("/ledger"))
    assert len(rows(page)) == min(50, size())
    assert len(asked) + len(reads) <= MOST + 2


def test_its_pages_hold_every_number_once(store: Any, browser: Any) -> None:
    client, found = browser("scrutineer"), []
    for page in range(1, -(-size() // 50) + 1):
        listed = rows(text(client.get(f"/ledger?page={page}")))
        found += [row.partition("onr-list__first")[2][2:].partition("<")[0] for row in listed]
    assert found == [str(number) for number in range(size() - 1, -1, -1)]
