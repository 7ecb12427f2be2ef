"""A letter arrives as a PDF; a school rings; nobody types twice, and the copy goes out again."""

from pathlib import Path
from typing import Any

import pytest

from onrecord.exchange.actions import take_notifications
from onrecord.exchange.rules.notifications import COLUMNS, NEEDED, notifications
from onrecord.exchange.rules.table import read_table
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.clock import now
from tests.journeys.conftest import Tab
from tests.stages.intake.papers import pdf

pytestmark = pytest.mark.browser
SAID = "A marmalade-coloured car waits for her."


def seen(tab: Tab, name: str) -> None:
    """Nothing is wrong with the page as it stands; a picture of it."""
    assert tab.looked_over() == []
    tab.picture(name)


def test_a_letter_is_read_sent_and_copied(tab: Tab, tmp_path: Path) -> None:
    letter, scan = tmp_path / "letter.pdf", tmp_path / "scan.pdf"
    letter.write_bytes(pdf(SAID))
    scan.write_bytes(pdf())
    tab.take_place("Asha Verne")
    tab.page.get_by_role("link", name="Take in a referral").click()
    page = tab.page
    page.get_by_role("button", name="Read the file").click()
    assert "Choose a file first." in tab.read()
    seen(tab, "no-file")
    page.get_by_label("First name").fill("Zephyrine")
    page.get_by_label("The file").set_input_files(letter)
    page.get_by_role("button", name="Read the file").click()
    assert page.get_by_label("What have you seen or been told?").input_value() == SAID
    assert page.get_by_label("First name").input_value() == "Zephyrine"
    page.get_by_label("The file").set_input_files(scan)
    page.get_by_role("button", name="Read the file").click()
    assert "No words were found in this file." in tab.read()
    seen(tab, "read")
    page.get_by_label("Not sure yet").check()
    page.locator('[name="danger_now"][value="no"]').check()
    page.locator('[name="positions"][value="unknown"]').check()
    page.get_by_label("Who sent it?").fill("Hill School")
    page.get_by_role("button", name="Send").click()
    assert "You took this down for Hill School." in tab.read()
    assert "letter.pdf" in tab.read()
    page.get_by_text("Copy for my system").click()
    page.locator("textarea#copy").focus()
    assert page.evaluate("getSelection().toString()").startswith("OnRecord report ")
    seen(tab, "receipt")
    with page.expect_download() as got:
        page.get_by_role("link", name="letter.pdf").click()
    assert Path(got.value.path()).read_bytes() == pdf(SAID)
    tab.open("/my-reports")
    page.get_by_text("Copy for my system").click()
    seen(tab, "my-reports")


def test_a_call_and_a_file_of_notifications(tab: Tab, own_store: Any) -> None:
    rows = (f"Child{n},He was found at the station.,{'yes' if n == 0 else 'no'}" for n in range(4))
    data = "\n".join(["child.given_name,words,danger_now", *rows]).encode()
    given = notifications(read_table(data, COLUMNS, NEEDED), "police", now(), HERE)
    take_notifications(own_store.viewer("officer"), given, now())
    tab.take_place("Asha Verne")
    assert "3 reports in one file" in tab.read()
    tab.page.get_by_text("Show the 3 reports").click()
    seen(tab, "front-door")
    tab.page.get_by_role("main").get_by_role("link", name="note a call").click()
    page = tab.page
    page.get_by_label("Who is ringing?").fill("Nia Prosser")
    page.get_by_label("Their number").fill("07700 900123")
    page.get_by_role("button", name="Send").click()
    assert "Say whether there is danger now." in page.inner_text("main")
    seen(tab, "call")
    page.get_by_label("First name").fill("Zephyrine")
    page.get_by_label("What do they say?").fill(SAID)
    page.locator('[name="danger_now"][value="no"]').check()
    page.get_by_role("button", name="Send").click()
    assert "You took this down for Nia Prosser." in tab.read()
    seen(tab, "call-receipt")
