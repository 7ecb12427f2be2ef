"""The first screen of a child's file: whom she trusts, her words, what happens and could, what is owed, who meets."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from onrecord.case.facts import (
    ExploitationAssessed,
    LeadNamed,
    MarkedSignificant,
    SafeContactSet,
    TrustedAdultNamed,
    TrustedAdultReplaced,
)
from onrecord.ledger.facts import Corrected, Seconded
from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import sheet, text
from tests.pages.case.ground import called
from tests.pages.case.test_file import about, address
from tests.partnership import ASSESSED, REPORT, START

TAGS = re.compile(r"<[^>]+>")
HAPPENS = {"what": "gifts", "known": "A phone from a man.", "source": "Her aunt"}
BOTH = {key: said for key, said in ASSESSED.items() if key != "nothing_happening"} | {"happening": [HAPPENS]}
TITLE = 'class="onr-timeline__title">'


def shown(browser: Any, made: Any, user: str = "front-door", query: str = "") -> str:
    """What the file says, without what marks it up."""
    return " ".join(TAGS.sub("", text(browser(user).get(address(made) + query))).split())


def test_whom_she_trusts_stands_before_what_is_on_record(store: Any, browser: Any) -> None:
    made = store.report()
    assert "Trusts: nobody is named yet." in shown(browser, made)
    fact = TrustedAdultNamed(who="Kemi", agency="youth_project", judged="child")
    named = store.say("teacher", fact, **about(made)).entry
    page = shown(browser, made)
    assert "Trusts: Kemi, youth project." in page
    assert page.index("Safe contact") < page.index("Trusts: Kemi") < page.index("On record, newest first")
    other = TrustedAdultReplaced(who="Bola", agency="school", judged="child", why="She asked for her.")
    reason = {"reason": "support_ended", "words": "Kemi moved away."}
    proposed = store.say("teacher", other, named, **about(made), lowering=reason).entry
    assert "Trusts: Kemi, youth project." in shown(browser, made)
    store.say("signer", Seconded(why="I asked her."), proposed)
    assert "Trusts: Bola, school." in shown(browser, made)


def test_her_newest_words_stand_as_she_said_them(store: Any, browser: Any) -> None:
    made = store.report(child=REPORT["child"] | {"sex": "F"})
    decided = store.decide(made).entry
    safe = {"who": "Herself", "how": "school", "judged": "child"}
    store.say("teacher", SafeContactSet.heard(safe | {"words": "i dont want him to no"}), made, **about(made))
    page = text(browser("front-door").get(address(made)))
    assert 'In her words</h2> <blockquote class="onr-quote onr-words">i dont want him to no</blockquote>' in page
    with playing(START + timedelta(hours=1)):
        store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), decided)
        silent = {key: said for key, said in ASSESSED.items() if key != "child_says"}
        silent |= {"child_not_asked": "She was asleep."}
    with playing(START + timedelta(hours=2)):
        store.say("social-worker", ExploitationAssessed(level="serious", **silent), decided)
        page = text(browser("front-door").get(address(made)))
    assert '<blockquote class="onr-quote onr-words">He is nice to me.</blockquote>' in page


def test_no_number_of_entries_without_a_word_of_hers_takes_them_from_the_head(store: Any, browser: Any) -> None:
    made = store.report()
    safe = {"who": "Herself", "how": "school", "judged": "child"}
    store.say("teacher", SafeContactSet.heard(safe | {"words": "i dont want him to no"}), made, **about(made))
    for hours in range(1, 8):
        with playing(START + timedelta(hours=hours)):
            store.say("teacher", SafeContactSet.heard(safe), made, **about(made))
    with playing(START + timedelta(hours=8)):
        assert "i dont want him to no</blockquote>" in text(browser("front-door").get(address(made)))


@pytest.mark.parametrize(("sex", "words"), [("F", "Owed to her:"), ("M", "Owed to him:"), ("U", "Owed to them:")])
def test_a_child_is_spoken_of_as_she_he_or_they(store: Any, browser: Any, sex: str, words: str) -> None:
    made = store.report(child=REPORT["child"] | {"sex": sex})
    assert f"{words} 4, none late." in shown(browser, made)


def test_what_happens_and_what_could_stand_apart_and_grey_when_out_of_date(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    assert "Nobody has assessed this yet." in shown(browser, made)
    store.say("social-worker", ExploitationAssessed.heard({"level": "serious"} | BOTH), decided)
    page = shown(browser, made)
    happens = "Happening Gifts, money or debts: A phone from a man. (says: Her aunt)"
    could = "Could happen Contact by adults outside the family: A driver waits for her. (says: Her teacher)"
    assert page.index(happens) < page.index(could) < page.index("Assessed serious 5 October 2026, again by 5 January")
    grey = (
        '<div class="govuk-grid-row onr-muted"> <div class="govuk-grid-column-one-half"><h2 class="govuk-heading-m">Hap'
    )
    assert grey not in text(browser("front-door").get(address(made)))
    with playing(START + timedelta(days=93)):
        assert grey in text(browser("front-door").get(address(made)))


def test_the_next_meeting_is_named_with_its_day(store: Any, browser: Any) -> None:
    made = store.report()
    assert "Next meeting: none is called." in shown(browser, made)
    called(store, made, on_day="2026-10-09", group="Later group")
    first = called(store, made)
    page = text(browser("front-door").get(address(made)))
    assert f'<a class="govuk-link" href="/meetings/{first.id}">Marmalade group</a>, Tuesday 6 October 2026.' in page
    with playing(START + timedelta(days=2)):
        assert "Next meeting: Later group, Friday 9 October 2026." in shown(browser, made)


def test_one_manager_leads_and_the_newest_counts(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    assert "Lead manager:" not in shown(browser, made)
    url = f"{address(made)}/record/case-lead_named"
    typed = sheet("say", who="Ruth Oyelaran", agency="childrens_social_care")
    sent = browser("team-manager").post(url, typed, follow=True)
    assert "Lead manager: Ruth Oyelaran." in " ".join(TAGS.sub("", text(sent)).split())
    store.say("head", LeadNamed(who="Piotr Lund", agency="childrens_social_care"), decided, **about(made))
    assert "Lead manager: Piotr Lund." in shown(browser, made)
    assert browser("teacher").get(url).status_code == 404


def test_an_entry_is_put_among_the_significant_events_and_taken_out_again(store: Any, browser: Any) -> None:
    made = store.report()
    store.decide(made)
    client, url = browser("teacher"), f"{address(made)}/significant/{made.id}"
    assert "Nobody has put anything like this among the significant events." in shown(
        browser, made, query="?list=significant"
    )
    half = text(client.post(url, sheet("say", mark="in")))
    assert "Say in a sentence why." in half
    client.post(url, sheet("say", mark="in", why="The first sign."))
    page = text(browser("front-door").get(f"{address(made)}?list=significant"))
    assert [part.split("<")[0].strip() for part in page.split(TITLE)[1:]] == ["Report"]
    assert "Significant, says Nia Prosser, Practitioner, Hill School: The first sign." in page
    kind = text(browser("front-door").get(f"{address(made)}?list=significant&kind=intake.decision_made"))
    assert kind.count(TITLE) == 0
    client.post(url, sheet("say", mark="out", why="It was another car."))
    assert text(client.get(f"{address(made)}?list=significant")).count(TITLE) == 0
    assert "An entry was taken out of the significant events. It was another car." in shown(browser, made)


def test_why_something_is_significant_is_shown_as_put_right(store: Any, browser: Any) -> None:
    made = store.report()
    mark = store.say("teacher", MarkedSignificant(mark="in", why="The frist sign."), made).entry
    store.say("teacher", Corrected(field="why", value=json.dumps("The first sign."), why="Typed wrong."), mark)
    assert "Hill School: The first sign." in shown(browser, made, query="?list=significant")


def test_of_several_children_only_the_one_whose_file_it_is_gets_the_mark(store: Any, browser: Any) -> None:
    one, other = store.report(), store.report(child={"given_name": "Odalys", "family_name": "Brankin"})
    met = called(store, one, other)
    url = f"{address(one)}/significant/{met.id}"
    browser("teacher").post(url, sheet("say", mark="in", why="She came with Zephyrine’s uncle."))
    assert "uncle" in shown(browser, one)
    assert "uncle" not in shown(browser, other)


def test_a_reason_opens_a_file_and_marks_nothing(store: Any, browser: Any) -> None:
    made = store.report()
    typed = {"form": "glass", "id": "7f6b5a2e-6f0c-4c55-9d13-9f6f0a7f8f11", "why": "danger_now", "reason": "She rang."}
    browser("nurse").post(address(made), typed)
    page = text(browser("nurse").get(address(made)))
    assert ("Zephyrine" in page, "significant/" in page) == (True, False)
    found = browser("nurse").post(f"{address(made)}/significant/{made.id}", sheet("say", mark="in", why="It matters."))
    assert found.status_code == 403
