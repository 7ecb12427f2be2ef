"""The front door sees what waits, who was known before, and decides; lowering needs a reason and a second person."""

import json
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.duties.actions import tick
from onrecord.intake.queries import report as report_row
from onrecord.ledger.facts import Corrected, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import every, size
from onrecord.linkage.queries.judged import verdicts_on
from tests.pages.browsing import DECIDED, at_address, hours, sheet, text
from tests.partnership import REPORT

MOST = 12


def read_notes() -> list[str]:
    """What the reads ledger says was opened, in order."""
    made = (entry for batch in every("reads") for entry in batch)
    return [entry.saying.fact.what for entry in made if entry.kind == "access.record_opened"]


def test_the_list_puts_danger_first_then_the_oldest_in_the_reporters_own_words(store: Any, browser: Any) -> None:
    store.report(words="The first one.\nMore of it.", child={"described": "A boy in a green cap"})
    with playing(hours(1)):
        store.report(words="The second one.", danger_now="yes", must_not_know="Her uncle.")
        page = text(browser("front-door").get("/front-door"))
    assert page.index("The second one.") < page.index("The first one.")
    assert "More of it." not in page
    assert "A boy in a green cap" in page
    assert "Danger now" in page
    assert "Somebody must not find out" in page
    assert "Her uncle" not in page


def test_the_strip_counts_what_is_due_today_late_and_how_old_the_oldest_is(store: Any, browser: Any) -> None:
    store.report()
    with playing(hours(30)):
        store.report()
        page = text(browser("front-door").get("/front-door"))
    assert counted(page) == [("1", "due today"), ("0", "late"), ("30 h", "oldest")]
    with playing(hours(40)):
        page = text(browser("front-door").get("/front-door"))
    assert counted(page) == [("1", "due today"), ("▲ 1", "late"), ("40 h", "oldest")]


def counted(page: str) -> list[tuple[str, str]]:
    """The strip of counts, as read."""
    items = page.split('class="onr-counts__number">')[1:]
    plain = [item.replace('<span aria-hidden="true">', "").replace("</span>", "|") for item in items]
    numbers = [part.split("|") for part in plain]
    late = [[parts[0] + parts[1], parts[2]] if "▲" in parts[0] else parts for parts in numbers]
    return [(parts[0].strip(), parts[1].rpartition(">")[2].strip()) for parts in late]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for number in range(rows):
        store.report(child={"given_name": "Zephyrine", "family_name": f"Quill{number}"})
    client = browser("front-door")
    client.get("/front-door")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = client.get("/front-door")
    assert text(page).count('class="onr-card__title"') == rows
    assert len(asked) <= MOST


def test_opening_the_list_is_noted_once_before_it_is_shown(store: Any, browser: Any) -> None:
    store.report()
    store.report()
    browser("front-door").get("/front-door")
    assert read_notes() == ["report"]


def test_earlier_reports_on_a_child_judged_the_same_are_counted(store: Any, browser: Any) -> None:
    first = store.report()
    again = store.report(by="nurse")
    client = browser("front-door")
    typed = sheet("same0", verdict="same", why="Same birth date and name.")
    assert client.post(f"/front-door/{again.id}", typed).status_code == 302
    row, earlier = report_row(again.id), report_row(first.id)
    assert row is not None
    assert earlier is not None
    assert verdicts_on(row.mention)[earlier.mention] == "same"
    assert text(client.get("/front-door")).count("<strong>1 earlier report</strong>") == 2


def test_known_before_says_by_whom_since_when_and_why(store: Any, browser: Any) -> None:
    store.report(by="nurse")
    made = store.report()
    page = text(browser("front-door").get(f"/front-door/{made.id}"))
    assert "<strong>Northbrook Health</strong>, since 5 October 2026" in page
    assert "Why: same birth date, same first name" in page
    assert read_notes() == ["report_and_known"]


def test_a_decision_is_recorded_and_the_reporter_is_then_owed_the_telling(store: Any, browser: Any) -> None:
    made, client = store.report(), browser("front-door")
    sent = client.post(f"/front-door/{made.id}", sheet("decide", **DECIDED), follow=True)
    row = report_row(made.id)
    assert row is not None
    assert row.outcome == "assess"
    assert "Recorded: Decision on a report." in text(sent)
    told = client.post(f"/front-door/{made.id}", sheet("told", told="By telephone at noon.", how="phone"), follow=True)
    assert "Recorded: Referrer told the outcome." in text(told)
    assert 'id="form-told"' not in text(told)


def test_a_half_typed_decision_keeps_every_word(store: Any, browser: Any) -> None:
    made, before = store.report(), size()
    page = browser("front-door").post(f"/front-door/{made.id}", sheet("decide", why="Because of the car."))
    assert "Because of the car." in text(page)
    assert "Choose what happens next." in text(page)
    assert size() == before


def no_action(**more: str) -> dict[str, str]:
    """A decision to do nothing, as a browser sends it."""
    return sheet("decide", **DECIDED | {"outcome": "no_further_action"} | more)


def test_ending_without_action_asks_for_a_reason_and_loses_nothing(store: Any, browser: Any) -> None:
    made = store.report()
    page = text(browser("front-door").post(f"/front-door/{made.id}", no_action(why="Seen before.")))
    assert "This needs a reason, and a second person" in page
    assert "a child who is counted would not be counted any more" in page
    assert "Seen before." in page
    assert "or another reason" in page


def test_another_worry_says_before_it_is_sent_that_it_may_take_two(store: Any, browser: Any) -> None:
    made, client = store.report(), browser("front-door")
    says = "Where less is owed for it than for the worry that was reported, a second person agrees."
    assert says in text(client.get(f"/front-door/{made.id}"))
    before, typed = size(), sheet("decide", **DECIDED | {"concern": "missing", "why": "She runs away."})
    page = text(client.post(f"/front-door/{made.id}", typed))
    assert "This needs a reason, and a second person" in page
    assert "less would be owed than for “Sexual exploitation”, as it was said first" in page
    assert ("She runs away." in page, size()) == (True, before)


def test_a_refused_reason_is_refused_in_words_and_the_attempt_is_on_record(store: Any, browser: Any) -> None:
    made, client = store.report(), browser("front-door")
    typed = no_action(lowering_reason="community_cohesion", lowering_words="People will talk.")
    page = text(client.post(f"/front-door/{made.id}", typed))
    assert "is never a reason to lower anything about a child" in page
    assert "People will talk." in page
    after = text(client.get(f"/front-door/{made.id}"))
    assert "Lowering refused" in after
    assert "Tried by Asha Verne" in after


def test_a_reason_left_blank_is_asked_for_again(store: Any, browser: Any) -> None:
    made = store.report()
    page = text(browser("front-door").post(f"/front-door/{made.id}", no_action(lowering_reason="", lowering_words="")))
    assert "Choose a reason." in page
    bare = text(
        browser("front-door").post(f"/front-door/{made.id}", no_action(lowering_reason="duplicate", lowering_words=""))
    )
    assert "Say in a sentence why it should be lower." in bare


def test_with_a_reason_it_is_a_proposal_and_still_waits(store: Any, browser: Any) -> None:
    made, client = store.report(), browser("front-door")
    typed = no_action(lowering_reason="duplicate", lowering_words="Sent twice.")
    page = text(client.post(f"/front-door/{made.id}", typed, follow=True))
    row = report_row(made.id)
    assert row is not None
    assert (row.outcome, row.proposed) == ("", "no_further_action")
    assert "Recorded as a proposal. Nothing is lowered" in page
    assert "Waits for a second person: no further action" in text(client.get("/front-door"))


def test_the_page_shows_what_is_owed_and_what_climbed(store: Any, browser: Any) -> None:
    made = store.report()
    with playing(hours(70)):
        tick(hours(70))
        page = text(browser("front-door").get(f"/front-door/{made.id}"))
    assert "“Decide what happens next” was not met." in page
    assert "Told last: Independent scrutineer, outside" in page


@pytest.mark.parametrize("user", ["teacher", "social-worker", "scrutineer", "admin", "director"])
def test_nobody_else_sees_the_list_or_a_report(store: Any, browser: Any, user: str) -> None:
    made = store.report()
    assert browser(user).get("/front-door").status_code == 403
    assert browser(user).get(f"/front-door/{made.id}").status_code == 403


def test_an_id_of_something_else_is_not_a_report(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    assert browser("front-door").get(f"/front-door/{decided.id}").status_code == 404
    assert at_address(f"/x/{decided.id}").id == decided.id


SEALED = {"positions": "yes"}
WHERE = {"postcode": "ZZ9 9ZZ", "phone": "07700 900123"}


@pytest.mark.parametrize(
    ("user", "door", "changed"), [("front-door", "front-door", {}), ("designated", "sealed", SEALED)]
)
def test_where_a_child_lives_is_shown_by_reason_only(
    user: str, door: str, changed: dict[str, str], store: Any, browser: Any
) -> None:
    made = store.report(child=REPORT["child"] | WHERE, **changed)
    right = json.dumps(REPORT["child"] | WHERE | {"given_name": "Seraphina"})
    store.say("teacher", Corrected(field="child", value=right, why="She said so."), made)
    client, file = browser(user), f"/children/{mention_of(made.id, 'child')}"
    page = text(client.get(f"/{door}/{made.id}"))
    assert ("Seraphina" in page, "Zephyrine" in page) == (True, True)
    assert [said for said in WHERE.values() if said in page] == []
    assert f'href="{file}#where"' in page
    before = len(read_notes())
    shown = text(client.post(file, {"form": "where", "where-why": "To send a letter."}))
    assert [said for said in WHERE.values() if said not in shown] == []
    assert read_notes()[before:] == ["chronology", "whereabouts"]


def test_a_reader_who_could_be_family_is_flagged_here_too(store: Any, browser: Any) -> None:
    one = store.report(child={"given_name": "Zephyrine", "family_name": "Verne"})
    other = store.report()
    for made in (one, other):
        browser("front-door").get(f"/front-door/{made.id}")
    made = [entry.saying for batch in every("reads") for entry in batch if entry.kind == "access.record_opened"]
    assert [(saying.about, saying.fact.close) for saying in made] == [((one.id,), "yes"), ((other.id,), None)]


def test_a_child_is_known_before_by_the_name_that_was_put_right(store: Any, browser: Any) -> None:
    first = store.report(by="nurse", child={"given_name": "Ottilie", "family_name": "Brackenridge"})
    right = json.dumps({"given_name": "Zephyrine", "family_name": "Quillfeather"})
    store.say("nurse", Corrected(field="child", value=right, why="She said so."), first)
    made = store.report()
    page = text(browser("front-door").get(f"/front-door/{made.id}"))
    assert page.count('class="onr-known"') == 1
    assert "As Zephyrine Quillfeather." in page
