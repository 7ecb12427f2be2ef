"""Whose mailbox it is: a child is heard there, also without a word, and nobody else speaks as the child."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onrecord.duties.queries import owed_for
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import thread
from onrecord.mailbox.actions import OWN, WATCHED
from onrecord.mailbox.facts import ChildWrote, FileSent
from onrecord.mailbox.forms import Held
from onrecord.mailbox.gateway import pace
from tests.pages.browsing import signed_in, text
from tests.pages.mailbox.test_box import BOX, opened, press, said
from tests.stages.mailbox.ground import told_by, trained, words_of, writes


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short beat: how even it is is asked of the mailbox by itself."""
    monkeypatch.setattr(pace, "BEAT", 0.001)


@pytest.mark.parametrize("said_by", ["parent", "public", "other", "professional"])
def test_nobody_else_writes_in_the_childs_name(store: Any, said_by: str) -> None:
    made = told_by(said_by)
    pages = [opened(words) for words in words_of(made)]
    before = len(thread(made.id))
    typed = {"more": "I made it all up.", "whom": "My uncle", "show-names": "on"}
    for do in ("add", "other", "unsafe", "shown"):
        assert [page for page in pages if f'name="do" value="{do}"' in text(page)] == []
        for sort in (OWN, WATCHED):
            Client().post(BOX, {"box": Held(made, sort).token(now()), "do": do, **typed})
    assert len(thread(made.id)) == before


@pytest.mark.parametrize("said_by", ["child", "parent", "public", "other", "professional"])
def test_whoever_objected_sees_that_it_stands_until_they_say_that_it_is_settled(store: Any, said_by: str) -> None:
    own, _ = words_of(told_by(said_by))
    stands = "You told us that you don't agree."
    assert stands not in text(opened(own))
    press(opened(own), "disagree", different="Come sooner.")
    assert stands in text(page := opened(own))
    assert 'name="do" value="settled"' in text(page)
    assert stands not in text(press(page, "settled"))


def test_whom_a_child_would_like_is_not_barred_by_their_wish(store: Any) -> None:
    liked, not_liked = told_by(), told_by()
    press(opened(words_of(liked)[0]), "other", liked="Asha Verne, please.")
    press(opened(words_of(not_liked)[0]), "other", whom="Asha Verne, please not.")
    client = signed_in("front-door")
    shown, barred = (client.get(f"/messages/{made.id}") for made in (liked, not_liked))
    assert (shown.status_code, barred.status_code) == (200, 404)
    assert "Whom they would like: “Asha Verne, please.”" in text(shown)


def test_a_voice_message_alone_is_heard_and_owed_an_answer(store: Any) -> None:
    made = told_by()
    own, _ = words_of(made)
    trained(store)
    writes(store, made)
    panel = f"/front-door/{made.id}"
    assert "waits for an answer" not in text(signed_in("front-door").get(panel))
    page = press(opened(own), "add", file=SimpleUploadedFile("me.ogg", b"OggS", "audio/ogg"))
    for shown in (page, opened(own)):
        assert "Next: somebody writes here by the end of Tuesday 6 October." in text(shown)
        assert '<p class="govuk-body">A picture or a voice message</p>' in text(shown)
    assert "The child wrote or sent a file, and waits for an answer." in text(signed_in("front-door").get(panel))
    (uid,) = [line.id for line in thread(made.id) if line.kind == FileSent.kind]
    assert "answer-the-child-file" in [view.rule.id for view in owed_for([uid], now())[uid] if view.waits]
    typed = {"form": "write", "write-words": "We have what you sent.", "write-says": "other", "write-asks": "nothing"}
    client = signed_in("front-door")
    page = text(client.get(f"/messages/{made.id}"))
    sent, read = (re.search(rf'name="write-{name}" value="([^"]+)"', page) for name in ("id", "read"))
    assert (sent is not None, read is not None) == (True, True)
    client.post(f"/messages/{made.id}", typed | {"write-id": sent[1], "write-read": read[1]})
    assert "answer-the-child-file" not in [view.rule.id for view in owed_for([uid], now())[uid] if view.waits]


def ogg(words: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("me.ogg", b"OggS " + words, "audio/ogg")


def test_of_a_voice_message_too_it_is_kept_whether_it_was_asked_for(store: Any) -> None:
    made = told_by()
    own, second = words_of(made)
    trained(store)
    press(opened(own), "add", file=ogg(b"one"))
    writes(store, made, words="Tell me more.", asks="tell")
    press(
        opened(own), "add", more="It is in what I said.", file=SimpleUploadedFile("two.ogg", b"OggS two", "audio/ogg")
    )
    press(opened(second), "add", file=ogg(b"three"))
    assert [fact.first for fact in said(made, FileSent)] == ["own", "asked", "watched"]
    assert [fact.first for fact in said(made, ChildWrote)] == ["asked"]


def test_pressed_twice_after_a_question_it_is_sent_once(store: Any) -> None:
    made = told_by()
    trained(store)
    writes(store, made, words="Tell me more.", asks="tell")
    page = opened(words_of(made)[0])
    for _ in range(2):
        press(page, "add", more="It is in what I said.", file=ogg(b"one"))
    assert [fact.first for kind in (ChildWrote, FileSent) for fact in said(made, kind)] == ["asked", "asked"]


def test_that_a_file_was_sent_stands_in_the_box_and_nothing_of_it(store: Any) -> None:
    own, _ = words_of(told_by())
    press(opened(own), "add", file=SimpleUploadedFile("marmalade.jpg", b"\xff\xd8\xff\xe0 marmalade", "image/jpeg"))
    page = text(opened(own))
    assert '<p class="govuk-body">A picture or a voice message</p>' in page
    assert "marmalade" not in page
