"""Answering a child: a leading question is hinted at, and nothing is written where it is not safe."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import RecordOpened
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import entries, every, thread
from onrecord.mailbox.actions import ask_for_another, keep_identity, keep_none, not_safe, send_file, write
from onrecord.mailbox.facts import FileSent, IdentityOpened, MessageWritten, OffenceClear, ReaderChanged, WayFound
from onrecord.mailbox.rules import hints
from tests.pages.browsing import sheet, signed_in, text
from tests.stages.mailbox.ground import told_by, trained, writes

LEADING = "Did he touch you in the car?"
OPEN = "Tell me what happened in the car."


def at(made: Any) -> str:
    return f"/messages/{made.id}"


def written(made: Any) -> list[str]:
    uids = [line.id for line in thread(made.id) if line.kind == MessageWritten.kind]
    return [one.saying.fact.words for one in entries(uids)] if uids else []


def said(words: str, asks: str = "tell") -> dict[str, Any]:
    return sheet("write", words=words, says="other", asks=asks)


def test_somebody_trained_writes_and_what_was_waiting_is_answered(store: Any) -> None:
    made = told_by()
    again = write(made, "It happened again.", "page", now())
    trained(store)
    browser = signed_in("front-door")
    page = text(browser.get(at(made)))
    assert "The child wrote, of their own accord: “It happened again.”" in page
    assert "Answer the child who wrote" in page
    meanwhile = write(made, "And again.", "another page", now())
    assert browser.post(at(made), said(OPEN) | {"write-read": [str(again.id)]}).status_code == 302
    assert written(made) == [OPEN]
    (message,) = [line for line in thread(made.id) if line.kind == MessageWritten.kind]
    assert set(message.regarding) == {made.id, again.id}
    assert "Answer the child who wrote" in text(browser.get(at(made)))
    assert browser.post(at(made), said("Tell me more.") | {"write-read": [str(meanwhile.id)]}).status_code == 302
    assert "Answer the child who wrote" not in text(browser.get(at(made)))


def test_without_training_there_is_no_form_and_nothing_is_taken(store: Any) -> None:
    made = told_by()
    browser = signed_in("front-door")
    assert "Your training is not on record" in text(browser.get(at(made)))
    assert browser.post(at(made), said(OPEN)).status_code == 200
    assert written(made) == []


def test_a_leading_question_is_hinted_at_once_and_never_stopped(store: Any) -> None:
    made = told_by()
    trained(store)
    browser = signed_in("front-door")
    hinted = text(browser.post(at(made), said(LEADING)))
    assert "This may suggest its own answer." in hinted
    assert "“Tell me what happened.”" in hinted
    assert LEADING in hinted
    assert written(made) == []
    assert browser.post(at(made), said(LEADING) | {"as_it_is": "1"}).status_code == 302
    assert written(made) == [LEADING]


@pytest.mark.parametrize(
    "words",
    [
        "Did he touch you?",
        "Did your uncle say that?",
        "Didn't you want to go home?",
        "Was it Mr Marlow that drove?",
        "Has he ever hurt you?",
        "You were scared, weren't you?",
        "He gave you things, right?",
        "Why didn't you tell anybody?",
    ],
)
def test_questions_that_suggest_their_answer(words: str) -> None:
    assert len(hints(words)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Tell me what happened.",
        "Explain what you mean by “the party”.",
        "Describe the car.",
        "What happened then?",
        "Are you safe tonight?",
        "We read it. You did nothing wrong. Thank you for telling us.",
    ],
)
def test_open_questions_are_let_be(words: str) -> None:
    assert hints(words) == []


def test_a_childs_own_words_are_never_hinted_at(store: Any) -> None:
    made = told_by(words="Did he tell you? Didn't you know?")
    write(made, "Didn't you read it? Did he say so?", "page", now())
    trained(store)
    assert "may suggest" not in text(signed_in("front-door").get(at(made)))


def test_where_it_is_not_safe_another_way_is_asked_for_instead(store: Any) -> None:
    made = told_by()
    trained(store)
    not_safe(made, now())
    browser = signed_in("front-door")
    page = text(browser.get(at(made)))
    assert "Do not write here." in page
    assert 'id="form-write"' not in page
    assert "Do not write in the mailbox." in text(browser.get(f"/front-door/{made.id}"))
    way = sheet("way", how="another_way", words="Her teacher spoke with her alone.")
    assert browser.post(at(made), way).status_code == 302
    assert [line.coded["how"] for line in thread(made.id) if line.kind == WayFound.kind] == ["another_way"]
    assert 'id="form-write"' not in text(browser.get(at(made)))


def test_an_offence_is_handed_over_and_somebody_else_reads(store: Any) -> None:
    made = told_by()
    trained(store)
    ask_for_another(made, "Not a man, please.", "page", now())
    browser = signed_in("front-door")
    assert browser.post(at(made), sheet("offence", first="own", words="He makes me.")).status_code == 302
    kinds = [line.kind for line in thread(made.id)]
    assert kinds.count(OffenceClear.kind) == 1
    asked = browser.post(at(made), said(OPEN))
    assert "An offence is clear. Ask nothing more about what happened" in text(asked)
    assert written(made) == []
    assert (
        browser.post(
            at(made), sheet("reader", how="changed", reader="front-door", words="She asked for a woman.")
        ).status_code
        == 302
    )
    assert [line.kind for line in thread(made.id)].count(ReaderChanged.kind) == 1


def test_a_file_is_handed_out_whole_and_never_drawn(store: Any) -> None:
    made = told_by()
    picture = b"\xff\xd8\xff a marmalade-coloured picture"
    upload = SimpleUploadedFile("me.jpg", picture, "image/jpeg")
    sent = send_file(made, Piece(str(upload.name), "image/jpeg", picture), now())
    assert isinstance(sent.saying.fact, FileSent)
    browser = signed_in("front-door")
    page = text(browser.get(at(made)))
    assert [part for part in ("<img", "me.jpg", "marmalade-coloured picture") if part in page] == []
    handed = browser.get(f"{at(made)}/files/{sent.id}")
    assert (handed.content, handed["Content-Type"]) == (picture, "application/octet-stream")
    assert handed["Content-Disposition"].startswith("attachment;")
    assert signed_in("teacher").get(f"{at(made)}/files/{sent.id}").status_code == 404
    other = told_by()
    assert browser.get(f"/messages/{other.id}/files/{sent.id}").status_code == 404


def test_a_neighbour_is_not_written_to_here(store: Any) -> None:
    made = told_by("public")
    trained(store)
    browser = signed_in("front-door")
    page = text(browser.get(at(made)))
    assert "Whoever reported is not the child." in page
    assert 'id="form-write"' not in page
    browser.post(at(made), said(OPEN))
    assert written(made) == []


def test_without_words_for_it_nobody_is_written_to(store: Any) -> None:
    made = told_by()
    trained(store)
    keep_none(made, "sent", now())
    page = text(signed_in("front-door").get(at(made)))
    assert "Nobody has words for this mailbox." in page
    assert 'id="form-write"' not in page


def test_a_report_by_somebody_who_signs_in_has_no_mailbox(store: Any) -> None:
    made = store.report()
    assert signed_in("front-door").get(at(made)).status_code == 404
    assert "/messages/" not in text(signed_in("front-door").get(f"/front-door/{made.id}"))


def test_the_number_of_queries_does_not_grow(store: Any) -> None:
    trained(store)
    counted = []
    browser = signed_in("front-door")
    for number in (1, 3, 50):
        made = told_by()
        for one in range(number):
            write(made, f"It happened again, {one}.", "page", now())
        writes(store, made)
        browser.get(at(made))
        with CaptureQueriesContext(connection) as asked:
            browser.get(at(made))
        counted.append(len(asked))
    assert counted == [counted[0]] * 3
    assert counted[0] <= 12


def test_whoever_opens_a_mailbox_a_file_or_a_name_is_noted_first(store: Any) -> None:
    made = told_by()
    file = send_file(made, Piece("me.jpg", "image/jpeg", b"picture"), now())
    kept = keep_identity(made, "Philippa Oxbow-Tarn", "", "", "page", now())
    opened = store.say("front-door", IdentityOpened(why="The child cannot be found."), kept).entry
    store.say("signer", Seconded(why="Nobody else knows."), opened)
    browser = signed_in("front-door")
    for address in (at(made), f"{at(made)}/files/{file.id}", f"{at(made)}/who"):
        assert browser.get(address).status_code == 200
    found = [one.saying for batch in every("reads") for one in batch]
    noted = [(one.by, one.fact.what) for one in found if isinstance(one.fact, RecordOpened)]
    assert noted == [("front-door", "mailbox"), ("front-door", "sent_file"), ("front-door", "identity")]
    assert signed_in("team-manager").get(f"{at(made)}/who").status_code == 404
