"""Whoever was told not to report says so at the door, without signing in: one person outside reads it, nobody inside.

The report itself goes its usual way. Nothing in it, and no entry, leads to what was said past everybody inside.
"""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4, uuid5

import pytest
from django.test import Client

from onrecord.access.actions import accept_seat, take_up_role
from onrecord.access.models import Seat
from onrecord.duties.actions import tick
from onrecord.duties.facts import InstructionAnswered, InstructionReported
from onrecord.duties.models import Owed
from onrecord.intake.actions import compare_again
from onrecord.intake.models import Report
from onrecord.intake.queries import hidden, past_everybody
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import entries, entry, envelopes
from onrecord.ledger.rules.machine import SOMEBODY
from onrecord.ledger.rules.sentence import sentence
from onrecord.mailbox.gateway import pace
from onrecord.notices.models import Notice
from onrecord.notices.queries import to
from onrecord.notices.rules import NOBODY_LEFT
from tests.pages.browsing import signed_in, text
from tests.partnership import PEOPLE, Store, viewer

TYPED = {"child-given_name": "Zephyrine", "words": "She said that a man waits for her.", "concern": "not_sure"}
SAID = "Leave the marmalade-coloured car out, said the leadership."
INSIDE = sorted(set(PEOPLE) - {"scrutineer", "inspectorate"})
WORDS = re.compile(r'onr-door-words" lang="en" dir="ltr">([a-z ]+)<')


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short beat: how even it is is asked of the mailbox by itself."""
    monkeypatch.setattr(pace, "BEAT", 0.001)


def sent(**typed: str) -> str:
    """What the page says after Send at the door for professionals."""
    answer: Any = Client().post("/m/3", {"id": str(uuid4())} | TYPED | {"told": "yes", "told_words": SAID} | typed)
    return text(answer)


def told() -> list[Entry]:
    """Everything that was said past everybody inside."""
    return entries([row.uid for row in envelopes([InstructionReported.kind])])


def report() -> Report:
    """The one report at the door."""
    return Report.objects.get(agency="public")


def test_the_report_goes_its_way_and_what_was_told_goes_outside_at_once(store: Store) -> None:
    page = sent()
    (made,) = told()
    assert (made.saying.by, made.saying.regarding, made.mentions) == (SOMEBODY, (), ())
    assert "marmalade" in sentence(made)
    assert str(report().uid)[:8] in sentence(made)
    assert report().route == "front_door"
    assert "marmalade" not in repr(entry(report().uid).saying)
    assert "Only somebody outside can read that, and nobody inside." in page
    assert "by the end of Wednesday 7 October" in page.partition("Only somebody outside")[2]
    assert set(rebuild(check=True).values()) == {True}


def test_one_person_outside_is_told_at_once_reads_it_and_owes_the_answer(store: Store) -> None:
    sent()
    (made,) = told()
    (notice,) = [one for one in to("scrutineer") if "not to report" in str(one)]
    assert (notice.made_at, "marmalade" in str(notice)) == (now(), False)
    (row,) = Owed.objects.filter(opening=made.id)
    assert "marmalade" in text(signed_in("scrutineer").get(f"/duties/{row.key}"))
    assert "not your words" in text(signed_in("scrutineer").get(f"/duties/{row.key}"))


def test_nobody_inside_reads_it_or_hears_that_it_is_there(store: Store) -> None:
    sent()
    (made,) = told()
    (row,) = Owed.objects.filter(opening=made.id)
    uid = report().uid
    addresses = ["/front-door", f"/front-door/{uid}", f"/messages/{uid}", "/duties", "/raised", "/ledger", "/watch"]
    for user in INSIDE:
        browser = signed_in(user)
        shown = [text(browser.get(one)) for one in (*addresses, f"/duties/{row.key}")]
        assert [part for part in ("marmalade", str(made.id)[:8], "into an instruction") if part in "".join(shown)] == []
        assert hidden(store.viewer(user), [made.id]) == {made.id}
        assert [one for one in to(user) if "not to report" in str(one)] == []
    assert "a man waits for her" in text(signed_in("front-door").get(f"/front-door/{uid}"))


@pytest.mark.parametrize("answer", ["", "no", "rather_not"])
def test_who_was_not_told_or_would_rather_not_say_says_nothing(store: Store, answer: str) -> None:
    assert "told not to report" not in sent(told=answer, told_words=" ")
    assert (told(), Report.objects.filter(agency="public").count()) == ([], 1)


@pytest.mark.parametrize("answer", ["", "no", "rather_not"])
def test_what_was_written_is_not_lost_for_want_of_a_tick(store: Store, answer: str) -> None:
    sent(told=answer)
    assert [made.saying.fact.spoken("words") for made in told()] == [SAID]


def test_yes_is_enough(store: Store) -> None:
    sent(told_words="")
    assert [made.saying.fact.spoken("words") for made in told()] == ["(not said)"]


def test_whoever_is_named_as_having_said_it_cannot_read_the_report(store: Store) -> None:
    sent(told_words="Asha Verne said that I must wait.")
    assert report().route == "sealed"
    uid = report().uid
    assert hidden(store.viewer("front-door"), [uid, told()[0].id]) == {uid, told()[0].id}
    assert hidden(store.viewer("designated"), [uid, told()[0].id]) == {told()[0].id}


@pytest.mark.parametrize("signed", [False, True])
def test_the_person_outside_does_not_read_what_names_them(store: Store, signed: bool) -> None:
    words = "Edith Vale said that I must wait."
    if signed:
        store.say("nurse", InstructionReported(what="not_report", words=words, who="Somebody outside"))
    else:
        sent(told_words=words)
    (made,) = told()
    assert hidden(store.viewer("scrutineer"), [made.id]) == {made.id}
    assert hidden(store.viewer("inspectorate"), [made.id]) == set()
    heard = set(Notice.objects.filter(item__reference=str(made.id)[:8]).values_list("recipient", flat=True))
    assert heard == {"inspectorate"}


def test_nobody_who_signed_in_says_that_it_came_with_a_report(store: Store) -> None:
    """What only the record fills in is not taken from whoever sends it: neither whom it names, nor another's report."""
    forged = {"with_report": str(store.report().id)[:8], "against": ("scrutineer",)}
    made = store.say("nurse", InstructionReported(what="not_report", words=SAID, who="A manager", **forged)).entry
    assert "without signing in" not in sentence(made)
    assert hidden(store.viewer("scrutineer"), [made.id]) == set()


def test_a_flood_drowns_nobody_outside_and_hides_nothing(store: Store) -> None:
    for number in range(13):
        sent(told_words=f"Wait, said number {number}.")
    assert (len(told()), Owed.objects.filter(rule="instruction-not-to-report").count()) == (13, 13)
    told_of = Notice.objects.filter(recipient="scrutineer", item__matter="what only you can read")
    assert [told_of.filter(single=single).count() for single in (True, False)] == [10, 3]
    store.say("nurse", InstructionReported(what="not_report", words=SAID, who="A manager"))
    assert told_of.filter(single=True).count() == 11
    with playing(now() + timedelta(days=2)):
        sent()
    assert told_of.filter(single=True).count() == 12


def test_sent_twice_it_is_said_once_and_other_words_are_said_beside(store: Store) -> None:
    uid = str(uuid4())
    for words in (SAID, SAID, "And not to write it down."):
        sent(id=uid, told_words=words)
    assert [made.saying.fact.spoken("words") for made in told()] == [SAID, "And not to write it down."]
    assert Report.objects.filter(agency="public").count() == 1


def test_who_takes_its_id_beforehand_silences_nothing(store: Store) -> None:
    uid = uuid4()
    before = InstructionReported(what="not_report", words="Harmless.", who="Nobody")
    store.say("nurse", before, uid=uuid5(uid, "past everybody"))
    sent(id=str(uid))
    assert sorted(made.saying.fact.spoken("words") for made in told()) == ["Harmless.", SAID]
    assert "Harmless" not in box(sent(id=str(uuid4())))


def test_another_report_under_its_id_is_not_taken_for_it(store: Store) -> None:
    """Whoever writes at a door chooses the id of their report."""
    uid = uuid4()
    page = sent(id=str(uid), told="no", told_words="")
    sent(id=str(uuid5(uid, "past everybody")), told="no", told_words="", words="Edith Vale knows of it.")
    assert "What you were told" not in box(page)
    assert past_everybody(uid)[0] == []
    sent(id=str(uid))
    assert [made.saying.fact.spoken("words") for made in told()] == [SAID]


def test_where_it_cannot_be_passed_on_the_report_stands_and_the_page_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def planted(*given: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("onrecord.web.doors.was_told", planted)
    assert "could not be passed on just now. What you reported stands." in sent()
    assert (told(), report().route) == ([], "front_door")


def test_what_was_told_still_counts_when_the_report_is_compared_again(store: Store) -> None:
    sent(told_words="Rosalind Quern said that I must wait.")
    with playing(now() + timedelta(days=1)):
        at, day = now(), now().date()
        take_up_role("rosalind", "Rosalind Quern", "practitioner", "health", day, at, email="r@northbrook.example")
        compare_again(report().uid, now())
    assert report().route == "sealed"


def words_in(page: str) -> str:
    """The six words that a page shows."""
    found = WORDS.search(page)
    assert found, page
    return found[1]


def box(page: str) -> str:
    """The mailbox that the words of this page open."""
    return text(Client().post("/m/box", {"words": words_in(page)}))


def without_marks(page: str) -> str:
    """A mailbox without what differs from one report to the next."""
    return re.sub(r'name="box" value="[^"]+"|<pre.*?</pre>', "", page)


def test_its_words_open_a_mailbox_that_says_by_when_and_what_came_of_it(store: Store) -> None:
    words = words_in(sent())
    shown = text(Client().post("/m/box", {"words": words}))
    assert "They look into it by the end of Wednesday 7 October." in shown
    answered = InstructionAnswered(finding="withdrawn", words="The school knows her.")
    said = store.say("scrutineer", answered, told()[0]).entry
    shown = text(Client().post("/m/box", {"words": words}))
    assert "They looked into it on 05/10/2026. It was wrong, and has been taken back." in shown
    assert [part for part in ("The school knows her", "marmalade", "Edith Vale") if part in shown] == []
    store.say("scrutineer", Corrected(field="finding", value='"not_found"', why="They took nothing back."), said)
    shown = text(Client().post("/m/box", {"words": words}))
    assert ("has been taken back" in shown, "It could not be found out" in shown) == (False, True)


def test_silence_goes_to_the_other_body_outside_and_the_mailbox_says_so(store: Store) -> None:
    words = words_in(sent())
    with playing(now() + timedelta(days=9)):
        tick(now())
        assert "Somebody else outside is told." in text(Client().post("/m/box", {"words": words}))
        assert [one for user in INSIDE for one in to(user) if "not to report" in str(one)] == []


def test_a_known_and_an_unknown_child_look_alike_beside_it(store: Store) -> None:
    store.decide(store.report())
    name = {"child-family_name": "Quillfeather", "child-born_0": "3", "child-born_1": "1", "child-born_2": "2012"}
    pages = [sent(**name), sent(**{"child-given_name": "Ottoline", "child-family_name": "Featherstonehaugh"})]
    assert re.sub(WORDS, "", pages[0]) == re.sub(WORDS, "", pages[1])
    boxes = [box(page) for page in pages]
    assert without_marks(boxes[0]) == without_marks(boxes[1])


def test_the_page_says_where_nobody_outside_reads(store: Store) -> None:
    assert "Nobody outside has agreed" not in text(Client().get("/m/3"))
    Seat.objects.all().delete()
    assert "Nobody outside has agreed to read this yet." in text(Client().get("/m/3"))


def test_whoever_names_everybody_outside_is_not_lost(store: Store) -> None:
    """They hear that something waits for another reader, and of nothing in it; whoever comes next reads it."""
    sent(told_words="Edith Vale and Ivor Penn said so, and Asha Verne and Carys Bright.")
    with playing(now() + timedelta(days=9)):
        tick(now(), sign=False)
        for user in ("scrutineer", "inspectorate"):
            lines = {line.partition(": ")[2] for line in (one.line for one in to(user)) if "seats are held" in line}
            assert lines == {NOBODY_LEFT}
            assert signed_in(user).get(f"/sealed/{report().uid}").status_code == 404
        assert {row.recipient for row in Notice.objects.filter(item__news=NOBODY_LEFT)} == {
            "scrutineer",
            "inspectorate",
        }
        at, day = now(), now().date()
        take_up_role("ottilie", "Ottilie Crane", "scrutineer", "outside", day, at, email="o@northbrook.example")
        accept_seat(viewer("ottilie"), "scrutineer", at)
    assert "Edith Vale" in sentence(told()[0])
    assert signed_in("ottilie").get(f"/sealed/{report().uid}").status_code == 200


def test_what_is_too_long_is_said_beside_it_and_nothing_typed_is_lost(store: Store) -> None:
    page = sent(told_words="x" * 20_001)
    assert ("x" * 20_001 in page, "a man waits for her" in page, told()) == (True, True, [])
    assert Report.objects.count() == 0
