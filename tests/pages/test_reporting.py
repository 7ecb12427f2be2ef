"""A report is sent once, whatever happens in between, and its receipt tells the same to everybody."""

import re
from typing import Any
from uuid import uuid4

from django.test import Client

from onrecord.duties.actions import tick
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import size
from tests.pages.browsing import TYPED, at_address, hours, signed_in, text


def test_sending_leads_to_the_receipt_with_promise_and_proof(send: Any, browser: Any) -> None:
    sent = send()
    page = text(browser("teacher").get(sent.url))
    assert sent.status_code == 302
    assert "Received 09:00" in page
    assert "Decision by the end of Tuesday 6 October." in page
    assert "it goes to the team manager, then the head of service, then the director, then outside" in page
    assert "You need not chase." in page
    assert "onrecord receipt v1" in page


def test_both_pages_for_professionals_say_that_it_is_enough(store: Any) -> None:
    for page in (text(signed_in("teacher").get("/report")), text(Client().get("/m/3"))):
        assert ["Trigger met:" in page, "report anyway." in page, "not met" in page] == [True, True, False]


def test_the_same_page_sent_twice_is_one_report_even_minutes_later(send: Any, store: Any) -> None:
    uid = str(uuid4())
    first = send(id=uid)
    with playing(hours(0.1)):
        assert send(id=uid).url == first.url
    assert send(id=uid).url == first.url


def test_a_page_sent_again_with_other_words_keeps_both(send: Any) -> None:
    uid = str(uuid4())
    send(id=uid)
    again = send(id=uid, words="And there was a second car.")
    page = text(again)
    assert again.status_code == 200
    assert "This page was sent before, with other words" in page
    assert "And there was a second car." in page
    fresh = re.search(r'name="id" value="([^"]+)"', page)
    assert fresh is not None
    assert fresh[1] != uid
    assert send(id=fresh[1], words="And there was a second car.").status_code == 302


def test_a_half_typed_page_comes_back_with_every_word_and_every_fault(send: Any) -> None:
    before = size()
    page = send(concern="", child__given_name="", child__family_name="", child__born__day="31", positions="")
    said = text(page)
    assert page.status_code == 200
    assert "She said a marmalade-coloured car waits for her." in said
    assert 'value="31"' in said
    assert "Choose one. “Not sure yet” is an answer." in said
    assert "<title>Error: " in said
    assert size() == before


def test_somebody_whose_session_ended_gets_their_words_back(store: Any, client: Any) -> None:
    page = client.post("/report", TYPED | {"id": str(uuid4())})
    assert page.status_code == 403
    assert "She said a marmalade-coloured car waits for her." in text(page)
    assert "Nothing was recorded" in text(page)


def test_a_failed_csrf_check_gives_the_words_back_too(store: Any) -> None:
    client = signed_in("teacher")
    client.handler.enforce_csrf_checks = True
    page = client.post("/report", TYPED | {"id": str(uuid4())})
    assert page.status_code == 403
    assert "She said a marmalade-coloured car waits for her." in text(page)


def test_the_receipt_is_the_same_whether_the_child_is_known_or_not(
    send: Any, browser: Any, django_assert_max_num_queries: Any
) -> None:
    unknown = send(child__given_name="Barnabasa", child__family_name="Quillfeathex", child__born__year="2009")
    send()
    known = send()
    pages = []
    for sent in (unknown, known):
        with django_assert_max_num_queries(40) as asked:
            page = browser("teacher").get(sent.url)
        pages.append((shape(text(page), sent.url), len(asked)))
    assert pages[0] == pages[1]


def shape(page: str, url: str) -> str:
    """A receipt without what must differ: the words sent, ids and signatures."""
    uid = url.rsplit("/", 1)[-1]
    for own in (uid, uid[:8]):
        page = page.replace(own, "ID")
    page = (
        page.replace("Barnabasa Quillfeathex", "NAME").replace("Zephyrine Quillfeather", "NAME").replace("2009", "2012")
    )
    page = re.sub(r"\S{40,}", "LONG", page)
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_the_sending_itself_asks_as_much_of_the_database_known_or_not(
    send: Any, browser: Any, django_assert_max_num_queries: Any
) -> None:
    client = browser("teacher")
    send(client=client)
    asked = []
    for changed in ({"child__given_name": "Barnabasa", "child__family_name": "Oxbow"}, {}):
        with django_assert_max_num_queries(60) as queries:
            send(client=client, **changed)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_nobody_else_can_tell_a_report_from_one_that_does_not_exist(send: Any, browser: Any) -> None:
    url = send().url
    for user in ("nurse", "front-door", "scrutineer", "admin"):
        client = browser(user)
        theirs, none = client.get(url), client.get(f"/report/{uuid4()}")
        assert (theirs.status_code, none.status_code) == (404, 404)
        assert _without_tokens(theirs) == _without_tokens(none)


def _without_tokens(page: Any) -> str:
    return re.sub(r'value="[^"]+"', "", text(page))


def test_proof_and_copy_are_plain_text_to_keep(send: Any, browser: Any) -> None:
    url = send().url
    proof, copy = browser("teacher").get(f"{url}/proof.txt"), browser("teacher").get(f"{url}/copy.txt")
    assert proof["Content-Disposition"].startswith("attachment")
    assert proof.content.decode().startswith("onrecord receipt v1\n")
    assert "Quillfeather" not in proof.content.decode()
    lines = copy.content.decode().splitlines()
    assert lines[2] == "Reported by: Nia Prosser, Hill School"
    assert "Decision by: the end of Tuesday 6 October" in lines
    assert "Date of birth: 3 January 2012" in lines


def test_the_receipt_says_to_whom_silence_climbed(send: Any, browser: Any) -> None:
    url = send().url
    with playing(hours(70)):
        tick(hours(70))
        page = text(browser("teacher").get(url))
        mine = text(browser("teacher").get("/my-reports"))
    assert "It was not made in time." in page
    assert "A report that is not decided goes on. By the rules, so far:" in page
    assert "to the Team manager, Northbrook Children&#x27;s Services." in page
    assert "to the Independent scrutineer, Office of the Scrutineer (outside)." in page
    assert "It was not answered in time. By the rules it goes to: Independent scrutineer, outside" in mine


def test_the_receipt_shows_the_decision_and_what_the_front_door_says(send: Any, browser: Any, store: Any) -> None:
    url = send().url
    store.decide(at_address(url))
    page = text(browser("teacher").get(url))
    assert "<strong>Assess</strong>. Decided" in page
    assert "An assessment begins this week." in page
    assert "It was made in time." in page


def test_a_proposal_to_end_it_is_shown_as_not_in_effect(send: Any, browser: Any, store: Any) -> None:
    url = send().url
    lowering = {"reason": "duplicate", "words": "The same as last week's."}
    store.decide(at_address(url), lowering, outcome="no_further_action")
    page = text(browser("teacher").get(url))
    assert "proposes: <strong>No further action</strong>. It has no effect until a second person" in page


def test_an_administrator_cannot_report(browser: Any) -> None:
    page = browser("admin").get("/report")
    assert page.status_code == 403
    assert "Your role runs the machine." in text(page)
