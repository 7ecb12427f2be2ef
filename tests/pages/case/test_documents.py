"""Documents on a child's file: sealed as they came, never shown, handed out after a read is noted, and said before."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onrecord.access.rules import Denied
from onrecord.case.facts import DocumentKept
from onrecord.duties.actions import Unanswerable
from onrecord.intake.rules.papers import LARGEST
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.queries import every, file_faults
from tests.pages.browsing import text
from tests.pages.case.test_file import address, read_notes

LETTER = b"%PDF- a letter about Zephyrine Quillfeather and a quince-coloured car"
TYPED = {"what": "The letter of the clinic", "from_whom": "Northbrook Health"}


def sent(data: bytes = LETTER, name: str = "Zephyrine's letter.pdf", **typed: str) -> dict[str, Any]:
    """What a browser sends with a document."""
    return {"id": str(uuid4()), "file": SimpleUploadedFile(name, data, "application/pdf")} | TYPED | typed


def kept() -> list[Entry]:
    return [entry for batch in every() for entry in batch if entry.kind == DocumentKept.kind]


def test_it_is_said_before_that_no_naked_picture_is_sent(store: Any, browser: Any) -> None:
    made = store.report()
    page = text(browser("teacher").get(f"{address(made)}/documents"))
    said = [
        page.index(words) for words in ("Do not send a naked or sexual picture of a child", "Report Remove", "enctype=")
    ]
    assert said == sorted(said)


def test_it_is_kept_sealed_and_comes_back_as_it_came(store: Any, browser: Any, fresh_home: Path) -> None:
    made = store.report()
    page = text(browser("teacher").post(f"{address(made)}/documents", sent(), follow=True))
    assert "Kept sealed." in page
    assert "quince" not in page
    (entry,) = kept()
    files = [one.read_bytes() for one in (fresh_home / "files").iterdir()]
    assert [(b"quince" in one, len(one) > len(LETTER)) for one in files] == [(False, True)]
    answer = browser("front-door").get(f"/documents/{entry.id}")
    assert (answer.status_code, answer.content) == (200, LETTER)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="Zephyrine\'s letter.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert list(file_faults()) == []


def test_to_hand_it_out_is_a_read_noted_first(store: Any, browser: Any) -> None:
    made = store.report()
    browser("teacher").post(f"{address(made)}/documents", sent())
    before = len(read_notes())
    browser("front-door").get(f"/documents/{kept()[0].id}")
    assert read_notes()[before:] == [("document", "front-door", None)]


def test_nothing_on_the_page_shows_it(store: Any, browser: Any) -> None:
    made = store.report()
    browser("teacher").post(f"{address(made)}/documents", sent())
    page = text(browser("teacher").get(f"{address(made)}/documents"))
    assert [tag for tag in ("<img", "<iframe", "<embed", "<object", "quince") if tag in page.split("<main")[1]] == []
    assert "download>The letter of the clinic</a>" in page


def test_nobody_else_gets_it_and_is_answered_as_of_none(store: Any, browser: Any) -> None:
    made = store.report()
    browser("teacher").post(f"{address(made)}/documents", sent())
    before = len(read_notes())
    for user in ("nurse", "officer", "admin", "manager", "scrutineer"):
        found = [browser(user).get(f"/documents/{uid}") for uid in (kept()[0].id, uuid4())]
        assert [answer.status_code for answer in found] == [404, 404], user
    assert len(read_notes()) == before


def test_what_is_half_filled_in_comes_back_and_nothing_is_kept(store: Any, browser: Any, fresh_home: Path) -> None:
    made = store.report()
    none = text(browser("teacher").post(f"{address(made)}/documents", {"id": str(uuid4())} | TYPED))
    assert "Choose a file first." in none
    assert 'value="The letter of the clinic"' in none
    half = text(browser("teacher").post(f"{address(made)}/documents", sent(what="")))
    assert "Say in a few words what it is." in half
    large = sent(b"x" * (LARGEST + 1))
    assert "larger than 20 megabytes" in text(browser("teacher").post(f"{address(made)}/documents", large))
    assert (kept(), (fresh_home / "files").exists() and list((fresh_home / "files").iterdir())) == ([], False)


def test_sent_twice_it_is_one_and_another_file_under_its_number_is_refused(store: Any, browser: Any) -> None:
    made, uid = store.report(), str(uuid4())
    client, url = browser("teacher"), f"{address(made)}/documents"
    for _ in range(2):
        assert client.post(url, sent() | {"id": uid}).status_code == 302
    assert [entry.id for entry in kept()] == [UUID(uid)]
    page = text(client.post(url, sent(b"another") | {"id": uid}))
    assert "This was sent before" in page
    assert [entry.saying.fact.sha256 for entry in kept()] == [sha256(LETTER).hexdigest()]


def test_a_reason_opens_the_list_and_adds_nothing_to_it(store: Any, browser: Any) -> None:
    made = store.report()
    typed = {"form": "glass", "id": str(uuid4()), "why": "danger_now", "reason": "She rang."}
    browser("nurse").post(address(made), typed)
    url = f"{address(made)}/documents"
    assert "Keep a document" not in text(browser("nurse").get(url))
    assert browser("nurse").post(url, sent()).status_code == 403
    assert kept() == []


@pytest.mark.parametrize("spoil", ["missing", "changed"])
def test_a_file_that_is_gone_or_changed_is_not_handed_out(
    store: Any, browser: Any, fresh_home: Path, spoil: str
) -> None:
    made = store.report()
    browser("teacher").post(f"{address(made)}/documents", sent())
    path = fresh_home / "files" / str(kept()[0].id)
    path.unlink() if spoil == "missing" else path.write_bytes(b"changed" * 20)
    answer = browser("teacher").get(f"/documents/{kept()[0].id}")
    assert (answer.status_code, "This file cannot be handed out" in text(answer)) == (500, True)
    assert len(list(file_faults())) == 1


def test_a_document_on_a_sealed_childs_file_stays_behind_the_wall(store: Any, browser: Any) -> None:
    made = store.report(words="Asha Verne drives her.")
    assert browser("teacher").post(f"{address(made)}/documents", sent()).status_code == 302
    found = {user: browser(user).get(f"/documents/{kept()[0].id}").status_code for user in ("teacher", "front-door")}
    assert found == {"teacher": 200, "front-door": 404}


def fix(store: Any, made: Entry, field: str, value: str, by: str = "teacher") -> Any:
    return store.say(by, Corrected(field=field, value=json.dumps(value), why="Somebody mixed them up."), made)


def test_what_is_said_of_it_is_put_right_and_the_first_words_stay(store: Any, browser: Any) -> None:
    made = store.report()
    browser("teacher").post(f"{address(made)}/documents", sent())
    fix(store, kept()[0], "what", "The letter of the dentist")
    page = text(browser("teacher").get(f"{address(made)}/documents"))
    assert "download>The letter of the dentist</a>" in page
    assert "A document was kept sealed: The letter of the clinic, from Northbrook Health." in page
    assert browser("teacher").get(f"/documents/{kept()[0].id}").content == LETTER


@pytest.mark.parametrize("field", ["sha256", "size", "media_type", "name"])
def test_nothing_of_the_file_itself_is_put_right(field: str, store: Any, browser: Any) -> None:
    made = store.report()
    browser("teacher").post(f"{address(made)}/documents", sent())
    with pytest.raises(Unanswerable, match="cannot be corrected"):
        fix(store, kept()[0], field, "other")


def test_another_agency_does_not_put_it_right(store: Any, browser: Any) -> None:
    made = store.report()
    browser("teacher").post(f"{address(made)}/documents", sent())
    with pytest.raises(Denied):
        fix(store, kept()[0], "what", "Another letter", by="nurse")


def test_one_that_is_replaced_says_so_and_stays(store: Any, browser: Any) -> None:
    made = store.report()
    url = f"{address(made)}/documents"
    teacher = browser("teacher")
    teacher.post(url, sent())
    (old,) = kept()
    assert f"?replaces={old.id}" in text(teacher.get(url))
    assert "What you keep now replaces: <strong>The letter of the clinic</strong>." in text(
        teacher.get(f"{url}?replaces={old.id}")
    )
    teacher.post(f"{url}?replaces={old.id}", sent(b"%PDF- a better scan", what="The letter, legible"))
    new = kept()[1]
    page = text(teacher.get(url))
    assert new.saying.regarding == (old.id,)
    assert page.count("Replaced on 5 October 2026.") == 1
    assert page.index("The letter, legible") < page.index("The letter of the clinic") < page.index("Replaced on")
    assert teacher.get(f"/documents/{old.id}").content == LETTER


def test_a_document_of_another_file_is_not_replaced_from_here(store: Any, browser: Any) -> None:
    one, other = store.report(), store.report(by="teacher", child={"given_name": "Odo", "family_name": "Wren"})
    browser("teacher").post(f"{address(one)}/documents", sent())
    theirs = kept()[0].id
    browser("teacher").post(f"{address(other)}/documents?replaces={theirs}", sent(b"another"))
    assert [entry.saying.regarding for entry in kept()] == [(), ()]
