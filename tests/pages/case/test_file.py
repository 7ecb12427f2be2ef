"""A child's file: safe contact first, corrections first, proposals marked, places by reason only. Opening is a read."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import ChildReturned, ExploitationAssessed, SafeContactSet
from onrecord.ledger.facts import Corrected, Entry, When, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import every
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import TYPED, hours, sheet, text
from tests.partnership import REPORT, START
from tests.stages.duties.test_lowering import TOLD

DUTY = r'href="/duties/([0-9a-f-]{36})'

MOST = 12
LOWER = {"reason": "plan_working", "words": "Six quiet months."}
SAFE = {"who": "Her aunt Ottilie", "how": "school", "judged": "child"}


def address(made: Entry) -> str:
    return f"/children/{mention_of(made.id, 'child')}"


def read_notes() -> list[tuple[str, str, str | None]]:
    """What the reads ledger says: what was opened, by whom, why."""
    made = [entry for batch in every("reads") for entry in batch if entry.kind == "access.record_opened"]
    return [(one.saying.fact.what, one.saying.by, one.saying.fact.reason) for one in made]


def corrected(field: str, value: object) -> Corrected:
    return Corrected(field=field, value=json.dumps(value), why="It was written down wrong.")


def about(made: Entry) -> dict[str, Any]:
    return {"about": [mention_of(made.id, "child")]}


def test_until_it_is_set_contact_is_not_known_to_be_safe(store: Any, browser: Any) -> None:
    made = store.report(must_not_know="Her uncle Barnaby.")
    store.decide(made)
    for url in (address(made), f"/front-door/{made.id}"):
        page = text(browser("front-door").get(url))
        assert page.count("Contact not known to be safe") == 1
        assert "Her uncle Barnaby." in page


def test_safe_contact_is_recorded_on_the_file_and_then_heads_it(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    typed = sheet("safe", **SAFE, **{"must_not_know-0": "Her uncle Barnaby", "words": "Not at home."})
    sent = text(browser("social-worker").post(address(made), typed, follow=True))
    assert "Recorded: Safe contact." in sent
    assert "Contact not known to be safe" not in sent
    assert sent.index("Her aunt Ottilie") < sent.index("On record, newest first")
    assert "<strong>Must not know:</strong> Her uncle Barnaby." in sent
    assert "Not at home." in sent
    assert decided.id in _answered()
    front = text(browser("front-door").get(f"/front-door/{made.id}"))
    assert "Her aunt Ottilie" in front
    assert "Contact not known to be safe" not in front


def _answered() -> set[UUID]:
    made = [entry for batch in every() for entry in batch if entry.kind == SafeContactSet.kind]
    return {target for one in made for target in one.saying.regarding}


def test_how_whoever_reported_thinks_that_the_child_can_be_reached_heads_the_file(store: Any, browser: Any) -> None:
    teacher = browser("teacher")
    assert "How can the child be reached safely?" in text(teacher.get("/report"))
    said = "In the library at lunch. Never by ringing home."
    sent = teacher.post("/report", TYPED | {"id": str(uuid4()), "child_reach": said})
    uid = sent["Location"].rstrip("/").split("/")[-1]
    page = text(teacher.get(f"/children/{mention_of(UUID(uid), 'child')}"))
    head = page[: page.index("Contact nobody in the family before that.") + 1_000]
    assert "How to reach the child, says a report:" in head
    assert said in head
    assert said in text(browser("front-door").get(f"/front-door/{uid}"))


def test_half_typed_it_comes_back_with_what_is_missing(store: Any, browser: Any) -> None:
    made = store.report()
    page = text(browser("teacher").post(address(made), sheet("safe", who="Her aunt Ottilie")))
    assert 'value="Her aunt Ottilie"' in page
    assert "Choose how it is safe." in page


def test_no_safe_way_is_an_answer_and_contact_stays_unsafe(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("teacher", SafeContactSet.heard(SAFE | {"how": "none"}), made, **about(made))
    page = text(browser("teacher").get(address(made)))
    assert "Contact not known to be safe" in page
    assert "no safe way is known" in page


def test_who_must_not_know_stays_named_when_a_later_list_names_others(store: Any, browser: Any) -> None:
    made = store.report()
    for name in ("Her uncle Barnaby", "Her brother Caspian"):
        store.say("teacher", SafeContactSet.heard(SAFE | {"must_not_know": [name]}), made, **about(made))
    assert "Her uncle Barnaby; Her brother Caspian." in text(browser("teacher").get(address(made)))


def test_the_level_says_since_when_and_by_when_again_and_is_grey_after(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    store.say("social-worker", ExploitationAssessed(level="serious", **TOLD), decided)
    page = text(browser("front-door").get(address(made)))
    assert "Assessed serious 5 October 2026, again by 5 January 2027." in page
    with playing(START + timedelta(days=100)):
        page = text(browser("front-door").get(address(made)))
    assert '<p class="govuk-body onr-muted">Assessed serious 5 October 2026, due again since' in page
    assert "This level is out of date." in page


def test_what_is_owed_to_the_child_is_counted(store: Any, browser: Any) -> None:
    made = store.report()
    with playing(hours(70)):
        assert "Owed to them: 4 late" in text(browser("front-door").get(address(made)))


def test_a_correction_stands_first_and_the_original_is_struck_and_folded(store: Any, browser: Any) -> None:
    made = store.report()
    right = REPORT["child"] | {"given_name": "Seraphina"}
    store.say("teacher", corrected("child", right), made)
    store.say("teacher", corrected("words", "She said a lemon-coloured car waits for her."), made)
    pages = {
        "file": browser("front-door").get(address(made)),
        "report": browser("front-door").get(f"/front-door/{made.id}"),
        "list": browser("front-door").get("/front-door"),
        "mine": browser("teacher").get("/my-reports"),
    }
    for name, page in pages.items():
        said = text(page)
        struck = "".join(part.split("</del>")[0] for part in said.split("<del")[1:])
        left = said.replace(struck, "")
        for part in said.split("<del")[1:]:
            left = left.replace(part.split("</del>")[0], "")
        assert "Seraphina" in said, name
        assert "Zephyrine" in struck, name
        assert "Zephyrine" not in left, name
        assert "marmalade" not in left, name


def test_a_corrected_child_shows_no_postcode_in_what_was_first_written(store: Any, browser: Any) -> None:
    made = store.report()
    store.decide(made, lowering={"reason": "duplicate", "words": "Sent twice."}, outcome="no_further_action")
    right = {"given_name": "Seraphina", "family_name": "Quillfeather", "born": "2012-01-03", "postcode": "YY8 8YY"}
    store.say("teacher", corrected("child", right), made)
    pages = [("front-door", address(made)), ("front-door", "/front-door"), ("signer", "/joint-list")]
    found = [text(browser(user).get(url)) for user, url in pages]
    assert ["Zephyrine" in page for page in found] == [True, True, True]
    assert [said for page in found for said in ("ZZ9 9ZZ", "YY8 8YY") if said in page] == []


def test_the_joint_list_shows_a_corrected_report_first(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("teacher", corrected("words", "She said a lemon-coloured car waits for her."), made)
    store.decide(made, lowering={"reason": "duplicate", "words": "Sent twice."}, outcome="no_further_action")
    page = text(browser("signer").get("/joint-list"))
    assert page.index("lemon-coloured") < page.index("<del") < page.index("marmalade-coloured")


def test_a_proposal_is_marked_as_proposed(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    store.say("social-worker", ExploitationAssessed(level="serious", **TOLD), decided)
    store.say("social-worker", ExploitationAssessed(level="moderate", **TOLD), decided, lowering=LOWER)
    page = text(browser("front-door").get(address(made)))
    assert page.count(">Proposed, not yet in effect<") == 1
    assert "Assessed serious 5 October 2026" in page


def test_it_can_be_listed_by_agency_and_by_kind(store: Any, browser: Any) -> None:
    made = store.report()
    store.decide(made)
    client, title = browser("front-door"), 'class="onr-timeline__title">'
    assert text(client.get(address(made))).count(title) == 2
    for query, kept in (("agency=school", "Report"), ("kind=intake.decision_made", "Decision on a report")):
        page = text(client.get(f"{address(made)}?{query}"))
        assert [part.split("<")[0].strip() for part in page.split(title)[1:]] == [kept]


def test_where_a_child_lives_is_shown_by_reason_only_and_noted_with_it(store: Any, browser: Any) -> None:
    made = store.report(child=REPORT["child"] | {"phone": "07700 900123"}, place={"address": "7 Nettle Row"})
    since = When.at(START - timedelta(hours=20)).model_dump()
    said = {"child": REPORT["child"], "missing_since": since, "found_at": {"postcode": "YY8 8YY"}}
    back = store.say("officer", ChildReturned.heard(said)).entry
    pair = [mention_of(one.id, "child") for one in (made, back)]
    store.say("front-door", LinkJudged(verdict="same", why="Same birth date."), about=pair)
    hidden, client = ("ZZ9 9ZZ", "07700 900123", "7 Nettle Row", "YY8 8YY"), browser("front-door")
    assert [one for one in hidden if one in text(client.get(address(made)))] == []
    blank = text(client.post(address(made), {"form": "where", "where-why": " "}))
    assert "Say why you need to see it." in blank
    assert [one for one in hidden if one in blank] == []
    page = text(client.post(address(made), {"form": "where", "where-why": "A visit at four."}))
    assert [one for one in hidden if one not in page] == []
    assert read_notes()[-1] == ("whereabouts", "front-door", "A visit at four.")
    assert [what for what, *_ in read_notes()].count("whereabouts") == 1


def test_opening_is_one_read_before_it_is_shown(store: Any, browser: Any) -> None:
    made = store.report()
    browser("teacher").get(address(made))
    assert read_notes() == [("chronology", "teacher", None)]


def test_a_reader_of_the_childs_last_name_is_flagged(store: Any, browser: Any) -> None:
    made = store.report(child={"given_name": "Zephyrine", "family_name": "Prosser"})
    for user in ("teacher", "front-door"):
        browser(user).get(address(made))
    noted = [entry.saying for batch in every("reads") for entry in batch if entry.kind == "access.record_opened"]
    assert [(one.by, one.fact.close) for one in noted] == [("teacher", "yes"), ("front-door", None)]


def test_who_does_not_work_with_the_child_is_asked_why_and_sees_no_name(store: Any, browser: Any) -> None:
    made, client = store.report(), browser("nurse")
    page = client.get(address(made))
    assert (page.status_code, "You do not work with this child" in text(page)) == (403, True)
    assert [said for said in ("Zephyrine", "Quillfeather", "marmalade") if said in text(page)] == []
    half = client.post(address(made), {"form": "glass", "id": str(uuid4()), "reason": "The mother rang."})
    assert "Choose why you need to open it." in text(half)
    assert "The mother rang." in text(half)
    typed = {"form": "glass", "id": str(uuid4()), "why": "danger_now", "reason": "The mother rang."}
    opened = client.post(address(made), typed, follow=True)
    assert (opened.status_code, "Zephyrine Quillfeather" in text(opened)) == (200, True)
    with playing(hours(24)):
        assert client.get(address(made)).status_code == 403


def test_the_business_manager_reviews_on_the_duty_page(store: Any, browser: Any) -> None:
    made, client = store.report(), browser("nurse")
    client.post(address(made), {"form": "glass", "id": str(uuid4()), "why": "other", "reason": "The mother rang."})
    manager = browser("manager")
    page = text(manager.get("/duties"))
    key = re.findall(DUTY, page)[0]
    shown = text(manager.get(f"/duties/{key}"))
    assert "The mother rang." in shown
    assert "Ines Fallow" in shown
    assert "Quillfeather" not in shown
    typed = sheet("glass_reviewed", finding="not_proper", words="The ward had nothing to do with it.")
    assert "Recorded: Opening of a file reviewed." in text(manager.post(f"/duties/{key}", typed, follow=True))


def test_of_a_child_that_is_none_the_page_asks_why_and_a_reason_leads_nowhere(store: Any, browser: Any) -> None:
    url, before = f"/children/{uuid4()}", len(read_notes())
    page = browser("front-door").get(url)
    assert (page.status_code, "Why do you need to open this file?" in text(page)) == (403, True)
    typed = {"form": "glass", "id": str(uuid4()), "why": "covering", "reason": "Tomas is ill."}
    assert browser("front-door").post(url, typed).status_code == 404
    assert len(read_notes()) == before


def test_the_file_is_linked_from_duties_for_those_who_may_open_it(store: Any, browser: Any) -> None:
    made = store.report(concern="harm_at_home")
    store.decide(made, concern="harm_at_home")
    link = f'href="{address(made)}"'
    page = text(browser("social-worker").get("/duties"))
    key = re.findall(DUTY, page)[0]
    found = {
        "duties": link in page,
        "duty": link in text(browser("social-worker").get(f"/duties/{key}")),
        "report": link in text(browser("front-door").get(f"/front-door/{made.id}")),
        "watcher": link in text(browser("scrutineer").get(f"/duties/{key}")),
    }
    assert found == {"duties": True, "duty": True, "report": True, "watcher": False}


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    made = store.report()
    decided = store.decide(made).entry
    for _ in range(rows):
        store.say("social-worker", ExploitationAssessed(level="serious", **TOLD), decided)
    client = browser("front-door")
    client.get(address(made))
    with CaptureQueriesContext(connections["default"]) as asked:
        page = client.get(address(made))
    assert text(page).count('class="onr-timeline__title"') == min(rows + 2, 50)
    assert len(asked) <= MOST


def test_fifty_are_listed_a_page(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    for _ in range(50):
        store.say("social-worker", ExploitationAssessed(level="serious", **TOLD), decided)
    page = text(browser("front-door").get(f"{address(made)}?page=2"))
    assert page.count('class="onr-timeline__title"') == 2
    assert "A worry about Zephyrine" in page
