"""What is said in somebody's place is read by those who agree, whole and noted first; and by nobody else."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import RecordOpened, StaffDetailsGiven
from onrecord.case.facts import ExploitationAssessed
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.intake.models import StaffKey
from onrecord.ledger.facts import Corrected, Entry, Seconded, mention_of
from onrecord.ledger.queries import corrected, every
from tests.pages.browsing import sheet, text
from tests.partnership import ASSESSED, PEOPLE, START

SOFTER = "She said a car waits for her."
FIX = Corrected(field="words", value=json.dumps(SOFTER), why="It was put too strongly.")
GIVEN = {"user": "head", "employers": ("Sixhills Minicabs",), "phones": ("07700 900861",), "postcode": "ZZ9 9ZZ"}
WHY = "He told me that he drives for them."


def noted() -> list[tuple[str, str]]:
    """Who opened what, by the reads ledger."""
    found = [made.saying for batch in every("reads") for made in batch]
    return [(one.by, one.fact.what) for one in found if isinstance(one.fact, RecordOpened)]


def proposed(store: Any) -> tuple[Entry, Entry]:
    """A report, and the proposal of the front door to put it right."""
    made = store.report()
    return made, store.say("front-door", FIX, made).entry


def details(store: Any) -> Entry:
    return store.say("team-manager", StaffDetailsGiven(**GIVEN, why=WHY)).entry


def test_the_author_finds_it_on_the_receipt_reads_both_and_agrees(store: Any, browser: Any) -> None:
    made, fix = proposed(store)
    client = browser("teacher")
    assert f'href="/agree/{fix.id}"' in text(client.get(f"/report/{made.id}"))
    page = text(client.get(f"/agree/{fix.id}"))
    said = ("She said a marmalade-coloured car waits for her.", SOFTER, "It was put too strongly.", "Asha Verne")
    assert [one for one in said if one not in page] == []
    assert noted()[-1] == ("teacher", "report")
    sent = client.post(f"/agree/{fix.id}", sheet("agree", answer="agree", why="That is what I meant."))
    assert (sent.status_code, sent.url) == (302, "/duties")
    assert corrected([made], START)[made.id].entry.saying.fact.words == SOFTER
    assert client.get(f"/agree/{fix.id}").status_code == 404
    assert "/agree/" not in text(client.get(f"/report/{made.id}"))


def test_half_typed_it_comes_back(store: Any, browser: Any) -> None:
    _, fix = proposed(store)
    page = text(browser("teacher").post(f"/agree/{fix.id}", sheet("agree", why="I think so.")))
    assert "Choose agree, disagree, or not enough to decide." in page
    assert "I think so." in page


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"teacher", "scrutineer", "inspectorate"}))
def test_nobody_else_reads_what_would_be_put_right(store: Any, browser: Any, user: str) -> None:
    _, fix = proposed(store)
    before = len(noted())
    assert browser(user).get(f"/agree/{fix.id}").status_code == 404
    assert len(noted()) == before


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"manager", "scrutineer", "inspectorate"}))
def test_nobody_else_reads_what_was_given_of_a_colleague(store: Any, browser: Any, user: str) -> None:
    made = details(store)
    client = browser(user)
    answers = [client.get(f"/agree/{made.id}"), client.post(f"/agree/{made.id}", sheet("agree", answer="agree"))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Sixhills" not in "".join(text(answer) for answer in answers)


def test_the_business_manager_finds_it_among_what_is_owed_and_agrees(store: Any, browser: Any) -> None:
    made = details(store)
    client = browser("manager")
    key = Owed.objects.get(rule="staff-details-agreed").key
    page = text(client.get(f"/duties/{key}"))
    assert f'href="/agree/{made.id}"' in page
    assert "Sixhills" not in page
    page = text(client.get(f"/agree/{made.id}"))
    said = ("Details given of Piotr Lund", "Sixhills Minicabs", "07700 900861", WHY, "Ruth Oyelaran")
    assert [one for one in said if one not in page] == []
    assert page.count(WHY) == 1
    assert noted()[-1] == ("manager", "staff_details")
    client.post(f"/agree/{made.id}", sheet("agree", answer="agree", why="I asked him."))
    assert StaffKey.objects.filter(entry=made.id).count() == 3


def test_where_somebody_lives_is_said_to_change_and_not_shown(store: Any, browser: Any) -> None:
    made = store.report()
    right = made.saying.fact.child.model_dump(mode="json", exclude_none=True) | {"postcode": "ZZ8 8ZZ"}
    fix = store.say("front-door", Corrected(field="child", value=json.dumps(right), why="They moved."), made).entry
    page = text(browser("teacher").get(f"/agree/{fix.id}"))
    assert page.count("Not shown here") == 2
    assert [one for one in ("ZZ8", "ZZ9") if one in page] == []


def test_when_it_happened_is_shown_in_words(store: Any, browser: Any) -> None:
    made = store.report()
    when = {"earliest": "2026-10-02T15:00:00Z", "latest": "2026-10-02T15:00:00Z", "said": "Friday after school"}
    fix = store.say("front-door", Corrected(field="happened", value=json.dumps(when), why="She said so."), made).entry
    page = text(browser("teacher").get(f"/agree/{fix.id}"))
    assert [one for one in ("5 October 2026", "Friday after school") if one not in page] == []


def test_what_was_sealed_meanwhile_opens_to_its_author_as_any_other(store: Any, browser: Any) -> None:
    pages = []
    for words in ("She now says it was Usha Verne.", "She now says it was Asha Verne."):
        made, fix = proposed(store)
        store.say("teacher", Corrected(field="setting", value='"home"', why="At home."), made)
        store.say("teacher", Corrected(field="words", value=json.dumps(words), why="She said so."), made)
        tick(START, sign=False)
        page = text(browser("teacher").get(f"/agree/{fix.id}")).replace("Usha", "Asha")
        pages.append(page.replace(str(fix.id), "id").partition("<main")[2].partition("<form")[0])
    assert pages[0] == pages[1]
    assert "Asha Verne" in pages[0]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_database_little(store: Any, browser: Any, rows: int) -> None:
    made = store.report(vehicles=[{"colour": f"blue {number}"} for number in range(rows)])
    for _ in range(rows):
        fix = store.say("front-door", FIX, made).entry
    client = browser("teacher")
    for address in (f"/agree/{fix.id}", f"/report/{made.id}"):
        client.get(address)
        with CaptureQueriesContext(connections["default"]) as asked:
            client.get(address)
        assert len(asked) <= 12


def test_the_officer_proposes_to_take_a_detail_back(store: Any, browser: Any) -> None:
    made = store.say("head", StaffDetailsGiven(user="head", employers=("Sixhills Minicabs", "Quillfeather"))).entry
    client = browser("designated")
    page = text(client.post("/staff-details/head", {"why": "It sealed four reports."}))
    assert f'href="/staff-details/head/{made.id}"' in page
    address = f"/staff-details/head/{made.id}"
    assert "Other employers: Quillfeather" in text(client.get(address))
    assert noted()[-1] == ("designated", "staff_details")
    typed = {"id": str(uuid4()), "part": "employers/1"}
    page = text(client.post(address, typed | {"why": " "}))
    assert "Say in a sentence how you know that it is wrong." in page
    assert 'value="employers/1" checked' in page
    sent = client.post(address, typed | {"why": "It is no firm."})
    assert (sent.status_code, StaffKey.objects.filter(entry=made.id).count()) == (302, 2)
    fix = [one for batch in every() for one in batch if isinstance(one.saying.fact, Corrected)][-1]
    assert json.loads(fix.saying.fact.value) == ["Sixhills Minicabs"]
    page = text(browser("signer").get(f"/agree/{fix.id}"))
    assert "Sixhills Minicabs Quillfeather" in page
    store.say("signer", Seconded(why="I looked."), fix)
    assert StaffKey.objects.filter(entry=made.id).count() == 1
    assert "Taken back: 1" in text(client.get("/staff-details"))


@pytest.mark.parametrize("user", ["head", "manager", "scrutineer", "front-door", "admin"])
def test_nobody_else_has_that_page(store: Any, browser: Any, user: str) -> None:
    made = store.say("head", StaffDetailsGiven(user="head", employers=("Sixhills Minicabs",))).entry
    client = browser(user)
    answers = [client.get(f"/staff-details/head/{made.id}"), client.post(f"/staff-details/head/{made.id}", {})]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert browser("designated").get(f"/staff-details/teacher/{made.id}").status_code == 404


def test_how_many_reports_details_sealed_is_told_to_the_officer_but_for_those_about_them(
    store: Any, browser: Any
) -> None:
    for user in ("head", "designated"):
        store.say(user, StaffDetailsGiven(user=user, employers=("Sixhills Minicabs",)))
    store.report(words="A cab of Sixhills Minicabs.")
    store.say("head", StaffDetailsGiven(user="head", employers=("Lantern Cars",)))
    store.report(words="Lantern Cars drove her.")
    page = text(browser("designated").get("/staff-details"))
    assert page.count("1 report sealed by these details alone") == page.count("sealed by these details alone") == 1


def test_the_officer_finds_the_details_by_a_link_and_says_whether_they_are_right(store: Any, browser: Any) -> None:
    store.say("head", StaffDetailsGiven(user="head", employers=("Quillfeather",)))
    for _ in range(4):
        store.report()
    tick(START, sign=False)
    address = f"/duties/{Owed.objects.get(rule='staff-details-right').key}"
    client = browser("designated")
    page = text(client.get(address))
    assert "4 reports were sealed because of details given of head" in page
    assert 'href="/staff-details/head"' in page
    said = sheet("staff_details_judged", finding="wrong", words="It is no firm.")
    assert client.post(address, said).status_code == 302
    assert Owed.objects.get(rule="staff-details-right").state == "met"


def judged(store: Any) -> tuple[Entry, Entry]:
    """An assessment of the social worker, and the words that their manager proposes for it."""
    made = store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), store.report()).entry
    fix = Corrected(field="judgement", value='"Nothing much."', why="It was put too strongly.")
    return made, store.say("team-manager", fix, made).entry


def test_a_worker_finds_what_their_manager_would_put_otherwise_among_their_duties(store: Any, browser: Any) -> None:
    made, fix = judged(store)
    client = browser("social-worker")
    page = text(client.get("/duties"))
    assert page.count(f'href="/agree/{fix.id}"') == 1
    assert "It counts only if you agree." in page
    assert "Nothing much." not in page
    page = text(client.get(f"/agree/{fix.id}"))
    said = (ASSESSED["judgement"], "Nothing much.", "It was put too strongly.", "Ruth Oyelaran")
    assert [one for one in said if one not in page] == []
    sent = client.post(f"/agree/{fix.id}", sheet("agree", answer="disagree", why="I meant what I wrote."))
    assert (sent.status_code, sent.url) == (302, "/duties")
    assert corrected([made], START)[made.id].entry.saying.fact == made.saying.fact
    assert "/agree/" not in text(client.get("/duties"))


def test_or_agrees_and_the_first_words_stand_beside(store: Any, browser: Any) -> None:
    made, fix = judged(store)
    browser("social-worker").post(f"/agree/{fix.id}", sheet("agree", answer="agree", why="That is better."))
    assert corrected([made], START)[made.id].entry.saying.fact.judgement == "Nothing much."
    page = text(browser("team-manager").get(f"/children/{mention_of(made.saying.regarding[0], 'child')}"))
    assert [one for one in (ASSESSED["judgement"], "Nothing much.") if one not in page] == []


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"social-worker", "scrutineer", "inspectorate"}))
def test_nobody_else_reads_or_answers_it(store: Any, browser: Any, user: str) -> None:
    made, fix = judged(store)
    client = browser(user)
    typed = sheet("agree", answer="agree", why="Fine.")
    answers = [client.get(f"/agree/{fix.id}"), client.post(f"/agree/{fix.id}", typed)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert f"/agree/{fix.id}" not in text(client.get("/duties"))
    assert corrected([made], START)[made.id].entry.saying.fact == made.saying.fact


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_however_many_wait_the_list_of_duties_asks_the_same(store: Any, browser: Any, rows: int) -> None:
    made = store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), store.report()).entry
    for number in range(rows):
        fix = Corrected(field="judgement", value=f'"Nothing, {number}."', why="It was put too strongly.")
        store.say("team-manager", fix, made)
    client = browser("social-worker")
    client.get("/duties")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/duties"))
    assert (page.count("/agree/"), len(asked) <= 14) == (rows, True)
