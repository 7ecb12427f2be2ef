"""The mailbox as whoever reported meets it: by words alone, and nothing of it stays behind."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from onrecord.duties.actions import tick
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.files import kept_files, open_file
from onrecord.ledger.gateway.home import home
from onrecord.ledger.queries import entries, thread
from onrecord.mailbox.actions import choose_shown
from onrecord.mailbox.facts import AnotherReaderAsked, ChildWrote, FileSent, MayBeWatched, MessageRead
from onrecord.mailbox.gateway import pace
from tests.pages.browsing import hours, signed_in, text
from tests.stages.mailbox.ground import ZEPHYRINE, told_by, trained, words_of, writes

BOX = "/m/box"
PICTURE = b"\xff\xd8\xff\xe0 a marmalade-coloured picture"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short beat; what it evens out is asked in a test of its own."""
    monkeypatch.setattr(pace, "BEAT", 0.001)


def opened(words: str) -> HttpResponse:
    return Client().post(BOX, {"words": words})


def press(response: Any, do: str, **more: Any) -> HttpResponse:
    """A button of an opened box, pressed in a browser that keeps nothing."""
    kept = re.search(r'name="box" value="([^"]+)"', text(response))
    assert kept is not None
    return Client().post(BOX, {"box": kept[1], "do": do, **more})


def said(made: Any, kind: type[Any]) -> list[Any]:
    uids = [line.id for line in thread(made.id) if line.kind == kind.kind]
    return [one.saying.fact for one in entries(uids)] if uids else []


def test_a_child_reads_what_was_written_and_what_is_next(store: Any) -> None:
    made = told_by()
    own, _ = words_of(made)
    before = text(opened(own))
    assert "Nobody has answered yet." in before
    assert "Next: somebody writes here by the end of Tuesday 6 October." in before
    trained(store)
    writes(store, made)
    after = text(opened(own))
    assert "We read it. Monday 5 October, 09:00." in after
    assert "We read it. You did nothing wrong." in after


def test_when_we_are_late_the_child_is_told_so_and_when_someone_outside_hears(store: Any) -> None:
    undecided, decided = told_by(), told_by()
    store.decide(decided)
    words = [words_of(made)[0] for made in (undecided, decided)]
    shown = {}
    for day in (6, 7, 8, 20):
        with playing(now().replace(day=day)):
            tick(now())
            shown[day] = [text(opened(own)) for own in words]
    assert [page for page in shown[6] if "We are late." in page] == []
    assert "someone outside is told: by the end of Wednesday 7 October." in shown[7][0]
    assert "someone outside is told: by 09:00 on Monday 19 October." in shown[7][1]
    assert ["Someone outside was told." in page for page in (*shown[8], *shown[20])] == [True, False, True, True]
    assert ["someone outside is told: by" in page for page in (*shown[8], *shown[20])] == [False, True, False, False]


@pytest.mark.parametrize("said_by", ["parent", "public", "professional"])
def test_whoever_else_wrote_is_told_that_we_are_late_too(store: Any, said_by: str) -> None:
    made = told_by(said_by)
    own, _ = words_of(made)
    assert "We are late." not in text(opened(own))
    with playing(now().replace(day=8)):
        page = text(opened(own))
        assert "By the end of Tuesday 6 October. <strong>We are late.</strong>" in page
        store.decide(made)
        assert "We are late." not in text(opened(own))


def test_no_name_of_anybody_shows_until_the_child_chose_it(store: Any) -> None:
    made = told_by()
    own, _ = words_of(made)
    trained(store)
    writes(store, made)
    page = opened(own)
    assert "Asha Verne" not in text(page)
    assert "Asha Verne" in text(press(page, "shown", **{"show-names": "on"}))
    assert "Asha Verne" not in text(press(opened(own), "shown"))


def test_a_box_holds_no_word_of_the_report_itself(store: Any) -> None:
    made = told_by(child=ZEPHYRINE, must_not_know="My uncle Barnaby Oxbow")
    page = text(opened(words_of(made)[0]))
    parts = ("Zephyrine", "Quillfeather", "marmalade", "Oxbow", "ZZ9 9ZZ", "ZZ99ZZ")
    assert [part for part in parts if part in page] == []


def test_each_button_does_what_it_says(store: Any) -> None:
    made = told_by()
    own, _ = words_of(made)
    assert "Sent. Somebody reads it." in text(press(opened(own), "add", more="He came again."))
    assert "Somebody else will read this." in text(press(opened(own), "other"))
    assert "Somebody has to answer" in text(press(opened(own), "disagree", different="Come sooner."))
    assert "It is all right now" in text(opened(own))
    assert "We noted that it is settled." in text(press(opened(own), "settled"))
    assert "Nobody writes here now." in text(press(opened(own), "unsafe"))
    assert [fact.words for fact in said(made, ChildWrote)] == ["He came again."]
    assert len(said(made, AnotherReaderAsked)) == len(said(made, MayBeWatched)) == 1
    before = opened(own)
    assert "do not work any more" in text(gone := press(before, "forget"))
    assert ("He came again." in text(before), "He came again." in text(gone)) == (True, False)
    assert "open nothing here" in text(opened(own))
    assert "He came again." not in text(press(before, "shown"))


def test_what_was_just_sent_stands_in_the_box_on_the_same_page(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    own, _ = words_of(told_by())
    held, times = opened(own), iter([hours(1) - timedelta(seconds=1), hours(1)])
    monkeypatch.setattr("onrecord.mailbox.views.box.now", lambda: next(times))
    with playing(hours(1)):
        page = text(press(held, "add", more="And then he came back."))
    assert "Sent. Somebody reads it." in page
    assert '<p class="govuk-body onr-words" dir="auto">And then he came back.</p>' in page


def test_nothing_sent_is_nothing_said_and_what_was_typed_stays(store: Any) -> None:
    made = told_by()
    page = text(press(opened(words_of(made)[0]), "disagree", different=" ", why="He waits every Friday."))
    assert "Say what should be different." in page
    assert "He waits every Friday." in page
    assert "Write something first" in text(press(opened(words_of(told_by())[0]), "add"))


@pytest.mark.parametrize("said_by", ["child", "parent", "professional"])
def test_a_page_that_is_too_old_gives_back_what_was_written(store: Any, said_by: str) -> None:
    made = told_by(said_by)
    own, _ = words_of(made)
    page = opened(own)
    with playing(now().replace(hour=20)):
        late = press(page, "add", more="He came again.")
        assert "open for too long" in text(late)
        assert "He came again." in text(late)
        again = Client().post(BOX, {"words": own, "again": "He came again."})
        assert "He came again.</textarea>" in text(again)
    assert said(made, ChildWrote) == []


def test_the_second_words_open_an_empty_box_and_what_is_written_there_is_kept_as_such(store: Any) -> None:
    made = told_by()
    own, second = words_of(made)
    trained(store)
    writes(store, made)
    empty = opened(second)
    assert "There are no messages yet." in text(empty)
    assert [part for part in ("You did nothing wrong", "We read it", "onrecord receipt") if part in text(empty)] == []
    assert "Sent. Somebody reads it." in text(press(empty, "add", more="I made it all up."))
    assert [(fact.first, fact.words) for fact in said(made, ChildWrote)] == [("watched", "I made it all up.")]
    press(opened(second), "other")
    press(opened(second), "forget")
    assert said(made, AnotherReaderAsked) == []
    assert "I made it all up." in text(opened(own))
    press(opened(second), "add", file=SimpleUploadedFile("me.jpg", PICTURE, "image/jpeg"))
    assert [fact.size for fact in said(made, FileSent)] == [str(len(PICTURE))]


def test_a_file_is_sealed_and_no_page_or_program_looks_into_it(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*given: Any) -> None:
        raise AssertionError("somebody looked into the file")

    monkeypatch.setattr("onrecord.intake.gateway.reading.read_paper", looked)
    monkeypatch.setattr("onrecord.intake.actions.routing.texts_in", lambda pieces: looked() if pieces else [])
    made = told_by()
    page = press(opened(words_of(made)[0]), "add", file=SimpleUploadedFile("me.jpg", PICTURE, "image/jpeg"))
    (fact,) = said(made, FileSent)
    (uid,) = [line.id for line in thread(made.id) if line.kind == FileSent.kind]
    assert (open_file(uid), fact.size) == (PICTURE, str(len(PICTURE)))
    assert [name for name in kept_files() if PICTURE in (home() / "files" / name).read_bytes()] == []
    assert [part for part in ("me.jpg", "<img", "blob:") if part in text(page)] == []


def test_it_is_said_before_what_not_to_send(store: Any) -> None:
    page = text(opened(words_of(told_by())[0]))
    warned = page.index("Do not send a naked or sexual picture")
    assert warned < page.index('type="file"')


def test_the_page_leaves_nothing_in_the_browser(store: Any) -> None:
    own, second = words_of(told_by())
    pages = (Client().get(BOX), opened(own), opened(second), opened("other words"), press(opened(own), "add", more="x"))
    for made in pages:
        assert (made.status_code, made.cookies.output()) == (200, "")
        assert made["Cache-Control"] == "no-store, private"
        assert made["X-Robots-Tag"] == "noindex, nofollow"
        assert own not in text(made)
        assert "<title>Messages</title>" in text(made)


def test_words_never_stand_in_an_address(store: Any) -> None:
    own, _ = words_of(told_by())
    page = Client().get(BOX, {"words": own})
    assert "There are no messages yet." not in text(page)
    assert "Your six words" in text(page)


def test_right_wrong_and_second_words_are_answered_at_one_moment(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = told_by()
    own, second = words_of(made)
    trained(store)
    for number in range(10):
        writes(store, made, words=f"Message {number}.")
    opened(own)
    monkeypatch.setattr(pace, "BEAT", 0.4)
    took = {}
    for name, words in (("own", own), ("second", second), ("other", "apple " * 6), ("nothing", "")):
        began = time.monotonic()
        opened(words)
        took[name] = round((time.monotonic() - began) / 0.4)
    assert set(took.values()) == {1}


def test_guessing_shuts_nobody_out(store: Any) -> None:
    own, _ = words_of(told_by())
    for _ in range(40):
        assert "open nothing here" in text(opened("apple barrel canoe daisy eagle fern"))
    assert "Nobody has answered yet." in text(opened(own))


def test_a_form_from_another_site_is_not_taken(store: Any) -> None:
    own, _ = words_of(told_by())
    strange = Client().post(BOX, {"words": own}, headers={"Sec-Fetch-Site": "cross-site"})
    assert strange.status_code == 403


def test_a_message_that_holds_what_the_child_has_not_chosen_stays_closed(store: Any) -> None:
    made = told_by()
    own, _ = words_of(made)
    trained(store)
    plain = writes(store, made, words="You did nothing wrong.").entry
    visit = writes(store, made, words="Rae comes on Friday at four.", holds=["visits"]).entry
    both = writes(
        store, made, words="Rae and an officer come to the cormorant clinic.", holds=["police", "places"]
    ).entry
    page = opened(own)
    assert [
        part for part in ("Rae", "Friday", "officer", "clinic") if part in text(page).split("What else may")[0]
    ] == []
    assert text(page).count("This message stays closed.") == 2
    assert shown(made) == {plain.id}
    page = press(page, "shown", **{"show-visits": "on", "show-police": "on"})
    assert ("Friday at four" in text(page), "cormorant" in text(page)) == (True, False)
    assert shown(made) == {plain.id, visit.id}
    page = press(page, "shown", **{f"show-{code}": "on" for code in ("visits", "police", "places")})
    assert "cormorant" in text(page)
    assert shown(made) == {plain.id, visit.id, both.id}
    assert "Friday at four" not in text(press(page, "shown"))


def shown(made: Any) -> set[Any]:
    """The messages that are noted as shown."""
    return {target for line in thread(made.id) if line.kind == MessageRead.kind for target in line.regarding}


def test_who_writes_sees_that_a_message_stays_closed(store: Any) -> None:
    made = told_by()
    trained(store)
    writes(store, made, holds=["visits"])
    assert text(signed_in("front-door").get(f"/messages/{made.id}")).count("Closed in the mailbox:") == 1
    choose_shown(made, ["visits"], "page", now())
    assert "Closed in the mailbox:" not in text(signed_in("front-door").get(f"/messages/{made.id}"))
