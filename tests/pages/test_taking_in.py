"""A referral that was written elsewhere, and a call: taken once, kept sealed, never shown."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import RecordOpened
from onrecord.intake.actions import keep_originals
from onrecord.intake.facts import ReportReceived
from onrecord.intake.queries import originals
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.gateway.files import kept_files
from onrecord.ledger.queries import every, size
from tests.pages.browsing import TYPED, at_address, text
from tests.partnership import Store
from tests.stages.intake.papers import docx, message, pdf

SAID = "A marmalade-coloured car waits."
Read = Callable[..., Any]


@pytest.fixture
def page(browser: Callable[[str], Client]) -> dict[str, Any]:
    """A front-door worker's browser, and the number of the page it shows."""
    return {"client": browser("front-door"), "id": str(uuid4())}


@pytest.fixture
def read(page: dict[str, Any]) -> Read:
    """Press "Read the file", with a file and with whatever else was typed."""

    def _read(data: bytes | None, name: str = "letter.pdf", **typed: Any) -> Any:
        said = {"id": page["id"], "read": "1"} | typed
        if data is not None:
            said["file"] = SimpleUploadedFile(name, data, "text/html")
        return page["client"].post("/take-in", said)

    return _read


@pytest.fixture
def send(page: dict[str, Any]) -> Callable[..., Any]:
    """Press "Send"."""
    return lambda **typed: page["client"].post("/take-in", {"id": page["id"]} | TYPED | typed)


def tickets(shown: Any) -> list[str]:
    """The tickets for files that a page carries."""
    return re.findall(r'name="original" value="([^"]+)"', shown.content.decode())


def words_in(shown: Any) -> str:
    found = re.search(r'<textarea[^>]*name="words"[^>]*>(.*?)</textarea>', shown.content.decode(), re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_the_words_of_a_file_stand_in_the_report_form_and_nothing_is_reported_yet(read: Read) -> None:
    before = size()
    shown = read(pdf(SAID))
    assert (shown.status_code, words_in(shown), len(tickets(shown))) == (200, SAID, 1)
    assert "Error" not in text(shown)
    assert (size(), len(kept_files())) == (before, 1)


def test_sent_it_is_a_report_with_its_original_sealed_beside(read: Read, send: Callable[..., Any]) -> None:
    sent = send(original=tickets(read(pdf(SAID))), words=SAID, sender="Hill School")
    saying = at_address(sent.url).saying
    assert isinstance(saying.fact, ReportReceived)
    assert (saying.fact.words, saying.by, saying.on_behalf) == (SAID, "front-door", "Hill School")
    assert [fact.name for _, fact in originals(saying.id)] == ["letter.pdf"]
    assert len(kept_files()) == 1


def test_a_file_is_handed_out_as_bytes_and_noted(read: Read, send: Callable[..., Any], page: dict[str, Any]) -> None:
    sent = send(original=tickets(read(b"<script>alert(1)</script>", 'a"b.txt')))
    uid = originals(at_address(sent.url).id)[0][0]
    assert f"/originals/{uid}" in text(page["client"].get(sent.url))
    got = page["client"].get(f"/originals/{uid}")
    assert got.content == b"<script>alert(1)</script>"
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"] == 'attachment; filename="a\\"b.txt"'
    assert got["X-Content-Type-Options"] == "nosniff"
    opened = [made for batch in every("reads") for made in batch][-1].saying.fact
    assert isinstance(opened, RecordOpened)
    assert opened.what == "original"


def test_the_front_door_can_download_it_and_sees_for_whom_it_was_taken(
    read: Read, send: Callable[..., Any], page: dict[str, Any]
) -> None:
    made = at_address(send(original=tickets(read(pdf(SAID))), sender="Hill School").url)
    shown = text(page["client"].get(f"/front-door/{made.id}"))
    assert f'href="/originals/{originals(made.id)[0][0]}" download>letter.pdf</a>' in shown
    assert "Front door practitioner, Northbrook Children's Services, for Hill School." in shown.replace("&#x27;", "'")


@pytest.mark.parametrize(("address", "most"), [("/front-door/{}", 0), ("/report/{}", 1)])
def test_twenty_files_cost_a_page_no_more_questions_than_one(
    address: str, most: int, store: Store, browser: Callable[[str], Client]
) -> None:
    asked, client = [], browser("front-door")
    for count in (0, 0, 1, 20):  # the first time, what is kept for later pages is read too
        made = store.report("front-door")
        pieces = [Piece(f"{n}.txt", "text/plain", b"x%d" % n) for n in range(count)]
        keep_originals(store.viewer("front-door"), made, pieces)
        with CaptureQueriesContext(connections["default"]) as queries:
            client.get(address.format(made.id))
        asked.append(len(queries))
    assert [more - asked[1] for more in asked[2:]] == [most, most]


@pytest.mark.parametrize(("user", "status"), [("teacher", 404), ("admin", 404), ("team-manager", 200)])
def test_nobody_else_gets_it(
    user: str, status: int, read: Read, send: Callable[..., Any], browser: Callable[[str], Client]
) -> None:
    uid = originals(at_address(send(original=tickets(read(pdf(SAID)))).url).id)[0][0]
    got = browser(user).get(f"/originals/{uid}")
    assert got.status_code == status
    assert (b"%PDF" in got.content) == (status == 200)


def test_a_word_file_and_an_email_with_its_attachment(read: Read, send: Callable[..., Any]) -> None:
    first = read(docx("One.", "Two."), "a.docx")
    second = read(message().as_bytes(), "b.eml", original=tickets(first), words=words_in(first))
    assert words_in(second).startswith("One.\nTwo.\n\nWorry about Zephyrine\n\nShe said")
    assert 'value="nia@hill.example"' in text(second)
    sent = send(original=tickets(second))
    names = [fact.name for _, fact in originals(at_address(sent.url).id)]
    assert names == ["a.docx", "b.eml", "letter.pdf"]


def test_a_pdf_without_words_says_so_and_asks_for_a_summary(read: Read) -> None:
    shown = read(pdf())
    assert words_in(shown) == ""
    assert "No words were found in this file. It may be a scan, or hold only pictures." in text(shown)
    assert "Write below, in a few sentences, what it says." in text(shown)
    assert len(tickets(shown)) == 1


@pytest.mark.parametrize(
    ("data", "name", "fault"),
    [
        (b"GIF89a", "a.gif", "It is neither a PDF, a Word file (.docx), an e-mail (.eml) nor plain text (.txt)."),
        (b"", "a.pdf", "The file is empty. Nothing that you typed is lost."),
        (None, "", "Choose a file first."),
        (b"x" * (20 * 1024 * 1024 + 1), "a.txt", "The file is larger than 20 megabytes."),
    ],
)
def test_a_bad_file_loses_nothing_that_was_typed(data: bytes | None, name: str, fault: str, read: Read) -> None:
    before, half = size(), {"words": "Half a sent", "child-born-day": "31", "sender": "A neighbour"}
    earlier = read(pdf(SAID))
    shown = read(data, name, original=tickets(earlier), **half)
    page = text(shown)
    assert fault in page
    assert "<title>Error: Take in a referral" in page
    assert (words_in(shown), 'value="31"' in page, 'value="A neighbour"' in page) == ("Half a sent", True, True)
    assert (tickets(shown) != [], size()) == (True, before)
    assert len(kept_files()) == 1


def test_what_is_missing_is_said_and_the_file_stays(read: Read, send: Callable[..., Any]) -> None:
    shown = send(original=tickets(read(pdf(SAID))), concern="")
    assert "Choose one. “Not sure yet” is an answer." in text(shown)
    assert len(tickets(shown)) == 1


def test_a_ticket_of_another_person_is_worth_nothing(
    read: Read, browser: Callable[[str], Client], send: Callable[..., Any]
) -> None:
    stolen = tickets(read(pdf(SAID)))
    before = size()
    for ticket in (stolen[0], "made-up"):
        shown = browser("teacher").post("/take-in", {"id": str(uuid4()), "original": [ticket]} | TYPED)
        assert "A file was lost on the way. Choose it again." in text(shown)
    assert size() == before


def test_a_second_report_from_the_same_page_keeps_the_file_too(read: Read, send: Callable[..., Any]) -> None:
    kept = tickets(read(pdf(SAID)))
    first = send(original=kept)
    again = send(original=kept, words="Something else.")
    fresh = re.search(r'name="id" value="([^"]+)"', text(again))
    assert fresh is not None
    second = send(original=tickets(again), words="Something else.", id=fresh[1])
    counts = [len(originals(at_address(one.url).id)) for one in (first, second)]
    assert (first.url != second.url, counts) == (True, [1, 1])


def test_a_report_stands_when_its_file_is_gone(
    read: Read, send: Callable[..., Any], page: dict[str, Any], fresh_home: Any
) -> None:
    kept = tickets(read(pdf(SAID)))
    (fresh_home / "files" / kept_files()[0]).unlink()
    sent = send(original=kept)
    assert isinstance(at_address(sent.url).saying.fact, ReportReceived)
    assert "A file could not be joined to it: send it again by hand." in text(page["client"].get(sent.url))


CALL = {
    "caller": "Nia Prosser",
    "number": "07700 900123",
    "behalf": "Hill School",
    "child-described": "A girl in year 8",
    "words": SAID,
    "danger_now": "yes",
}


def test_a_call_becomes_a_report_with_words_to_read_out(browser: Callable[[str], Client]) -> None:
    client = browser("front-door")
    sent = client.post("/phone-note", {"id": str(uuid4())} | CALL)
    saying = at_address(sent.url).saying
    fact = saying.fact
    assert isinstance(fact, ReportReceived)
    assert (saying.on_behalf, fact.reporter_contact) == ("Nia Prosser, for Hill School", "Nia Prosser, 07700 900123")
    assert (fact.words, fact.danger_now, fact.concern, fact.positions) == (SAID, "yes", "not_sure", "unknown")
    page = text(client.get(sent.url))
    assert f"Its reference is: {' '.join(str(saying.id)[:8])}." in page
    assert "Decision by: the end of Tuesday 6 October. If there is no decision by then" in page


def test_a_caller_without_a_name_is_a_caller(browser: Callable[[str], Client]) -> None:
    nameless = CALL | {"caller": "", "number": "", "behalf": ""}
    saying = at_address(browser("front-door").post("/phone-note", {"id": str(uuid4())} | nameless).url).saying
    assert saying.on_behalf == "Somebody who rang and gave no name"
    assert isinstance(saying.fact, ReportReceived)
    assert saying.fact.reporter_contact is None


def test_half_a_call_comes_back(browser: Callable[[str], Client]) -> None:
    before = size()
    shown = text(browser("front-door").post("/phone-note", {"id": str(uuid4())} | CALL | {"danger_now": ""}))
    assert "Say whether there is danger now." in shown
    assert "07700 900123" in shown
    assert SAID in shown
    assert size() == before


def test_a_report_made_for_oneself_has_nothing_to_read_out(browser: Callable[[str], Client]) -> None:
    client = browser("teacher")
    sent = client.post("/report", {"id": str(uuid4())} | TYPED)
    assert "You took this down for" not in text(client.get(sent.url))
