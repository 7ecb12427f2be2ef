"""Whom a child trusts: named on a page by one person, replaced by two, and asked after when a service ends."""

from typing import Any
from uuid import UUID

from onrecord.case.facts import TrustedAdultLost, TrustedAdultNamed
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import every, size
from tests.pages.browsing import sheet, text

NAMED = TrustedAdultNamed(who="Kemi Adair", agency="school", judged="child", reach="At the youth club")
OTHER = {"who": "The duty worker", "judged": "worker", "why": "It is easier."}
LAST = {"last_day-day": "9", "last_day-month": "10", "last_day-year": "2026"}


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def url(made: Entry) -> str:
    return f"/children/{child(made)}/trusted-adult"


def test_somebody_is_named_and_stands_there(store: Any, browser: Any) -> None:
    made = store.report()
    assert "Nobody is named yet." in text(browser("teacher").get(url(made)))
    typed = sheet("name", who="Kemi Adair", agency="school", judged="child")
    sent = text(browser("teacher").post(url(made), typed, follow=True))
    assert "Recorded: Trusted adult." in sent
    assert '<h2 class="govuk-heading-m">Kemi Adair</h2>' in sent
    assert "Named because the child said so." in sent


def test_half_typed_it_comes_back(store: Any, browser: Any) -> None:
    sent = text(browser("teacher").post(url(store.report()), sheet("name", who="Kemi Adair")))
    assert 'value="Kemi Adair"' in sent
    assert "Say whether the child said so or a worker judged so." in sent


def test_a_replacement_asks_for_a_reason_and_then_waits(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("teacher", NAMED, about=[child(made)])
    asked = text(browser("social-worker").post(url(made), sheet("replace0", **OTHER)))
    assert "What is the reason?" in asked
    given = sheet("replace0", **OTHER, lowering_reason="support_ended", lowering_words="She asked for it.")
    sent = text(browser("social-worker").post(url(made), given, follow=True))
    assert "Whom the child trusts stays until a second person, from another agency, agrees." in sent
    assert '<h2 class="govuk-heading-m">Kemi Adair</h2>' in sent
    assert "It waits for a second person." in sent


def test_a_refused_reason_is_answered_in_words(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("teacher", NAMED, about=[child(made)])
    given = sheet("replace0", **OTHER, lowering_reason="capacity", lowering_words="Nobody has time.")
    assert "is never a reason to lower anything" in text(browser("social-worker").post(url(made), given))


def test_whoever_does_not_work_with_the_child_learns_nothing(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("teacher", NAMED, about=[child(made)])
    before = size()
    answer = browser("nurse").get(url(made))
    assert (answer.status_code, "Kemi Adair" in text(answer)) == (403, False)
    assert browser("nurse").post(url(made), sheet("name", who="X", judged="child")).status_code == 403
    assert size() == before


def test_a_sealed_child_s_trusted_adult_is_sealed_too(store: Any, browser: Any) -> None:
    made = store.report(words="Asha Verne, who takes the calls, told her to be quiet.")
    store.say("designated", NAMED, about=[child(made)])
    assert {user: browser(user).get(url(made)).status_code for user in ("teacher", "front-door", "designated")} == {
        "teacher": 200,
        "front-door": 403,
        "designated": 200,
    }
    assert [user for user in ("teacher", "designated") if "Kemi Adair" in text(browser(user).get(url(made)))] == [
        "designated"
    ]


def test_a_service_that_ends_asks_after_each_child(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("teacher", NAMED, about=[child(made)])
    form = browser("teacher").get("/services/end")
    typed = {"id": form.context["form"]["id"].value(), "service": "Outreach", "agency": "school", "why": "No funding."}
    sent = text(browser("teacher").post("/services/end", typed | LAST, follow=True))
    assert "Of each child who trusted somebody there it is asked who holds this child now." in sent
    asked = [one for batch in every() for one in batch if one.kind == TrustedAdultLost.kind]
    assert [one.mentions for one in asked] == [(child(made),)]
    assert "Say who now holds this child" in text(browser("team-manager").get("/duties"))


def test_another_agency_s_service_is_not_ended(store: Any, browser: Any) -> None:
    form = browser("social-worker").get("/services/end")
    typed = {"id": form.context["form"]["id"].value(), "service": "Outreach", "agency": "school", "why": "No funding."}
    before = size()
    assert "An agency says itself which of its services ends." in text(
        browser("social-worker").post("/services/end", typed | LAST)
    )
    assert size() == before
