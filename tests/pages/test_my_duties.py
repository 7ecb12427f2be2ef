"""One's own duties: answered, said to be impossible in time, handed over; and what comes to a manager."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.actions import take_up_role
from onrecord.case.facts import StrategyDiscussionHeld
from onrecord.duties.actions import tick
from onrecord.duties.queries import DutyView, duty, mine
from onrecord.duties.queries.counting import Held, held_and_waiting
from onrecord.duties.views.shown import day_ends, due_today
from onrecord.ledger.gateway.clock import now, playing
from tests.pages.browsing import hours, sheet, text

MOST, PAGE = 12, 25


@pytest.fixture
def assessment(store: Any) -> DutyView:
    """The social worker's duty to finish an assessment."""
    store.decide(store.report(concern="harm_at_home"), concern="harm_at_home")
    return owed_by("social-worker", store, "assessment")


def owed_by(user: str, store: Any, rule: str) -> DutyView:
    """Somebody's duty under a rule."""
    return next(view for view in mine(store.viewer(user), now()) if view.rule.id == rule)


def seen(store: Any, user: str, key: UUID) -> DutyView:
    """A duty as somebody sees it now."""
    found = duty(store.viewer(user), key, now())
    assert found is not None
    return found


def test_the_list_says_what_whom_and_by_when_and_why_it_is_mine(store: Any, browser: Any, assessment: DutyView) -> None:
    page = text(browser("social-worker").get("/duties"))
    assert "Finish the assessment" in page
    assert "Zephyrine Quillfeather" in page
    assert assessment.reference in page
    assert "Why is this mine?" in page
    assert assessment.value is not None
    assert assessment.value.source is not None
    assert assessment.value.source.document in unescape(page)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for _ in range(rows):
        store.decide(store.report(concern="harm_at_home"), concern="harm_at_home")
    client = browser("social-worker")
    client.get("/duties")
    with CaptureQueriesContext(connections["default"]) as asked:
        client.get("/duties")
    assert len(asked) <= MOST
    owed = 2 * rows  # each child's assessment, and safe contact
    starts = range(0, owed, PAGE)
    pages = [text(client.get(f"/duties?page={place}")) for place, _ in enumerate(starts, 1)]
    shown = [page.count('class="onr-card__title"') for page in pages]
    assert shown == [min(PAGE, owed - start) for start in starts]
    links = {found for page in pages for found in re.findall(r'class="onr-card__title"><a [^>]*href="([^"]*)"', page)}
    assert links == {f"/duties/{view.key}" for view in mine(store.viewer("social-worker"), now())}


def test_the_strip_counts_what_is_due_today_late_and_said_to_be_impossible(
    store: Any, browser: Any, assessment: DutyView
) -> None:
    viewer, found = store.viewer("social-worker"), set()
    browser("social-worker").post(f"/duties/{assessment.key}/cannot", sheet("cannot", reason="no_capacity"))
    for due in {view.due_at for view in mine(viewer, now())}:
        for moment in (due - timedelta(hours=25), due - timedelta(seconds=1), due):
            views = mine(viewer, moment)
            today, late = sum(due_today(view.due_at, moment) for view in views), sum(view.late for view in views)
            held, _ = held_and_waiting(viewer, moment, day_ends(moment))
            assert held == Held(len(views), today, late, sum(bool(view.raised) for view in views))
            found |= {name for name, many in held._asdict().items() if many}
    assert found == {"every", "today", "late", "raised"}


def test_an_answer_discharges_the_duty(store: Any, browser: Any, assessment: DutyView) -> None:
    url = f"/duties/{assessment.key}"
    page = text(browser("social-worker").get(url))
    assert "A worry about Zephyrine Quillfeather was reported" in page
    sent = browser("social-worker").post(url, sheet("assessment_completed", outcome="plan"), follow=True)
    assert "Recorded: Child and family assessment." in text(sent)
    assert seen(store, "social-worker", assessment.key).state == "met"


ENQUIRY = {"outcome": "enquiry_together"}


def test_a_meeting_of_one_agency_is_recorded_and_the_page_says_why_it_is_not_enough(store: Any, browser: Any) -> None:
    store.decide(store.report(concern="harm_at_home"), outcome="strategy_discussion", concern="harm_at_home")
    view = owed_by("team-manager", store, "strategy-discussion")
    url, alone = f"/duties/{view.key}", {"present": ["childrens_social_care"], "outcome": "no_enquiry", "why": "Seen."}
    sent = browser("team-manager").post(url, sheet("strategy_discussion_held", **alone), follow=True)
    assert "It does not meet what is owed: Police and Health did not take part." in text(sent)
    assert seen(store, "team-manager", view.key).state == "open"
    page = text(browser("team-manager").get(url))
    assert "Recorded, and not enough" in page
    assert "it does not meet what is owed, because Police and Health did not take part" in page
    all_three = alone | {"present": ["childrens_social_care", "police", "health"]}
    sent = browser("team-manager").post(url, sheet("strategy_discussion_held", **all_three), follow=True)
    assert "no other agency that took part has said yet that it is so" in text(sent)
    assert seen(store, "team-manager", view.key).state == "open"
    sent = browser("team-manager").post(url, sheet("strategy_discussion_held", **all_three | ENQUIRY), follow=True)
    assert "It does not meet" not in text(sent)
    assert seen(store, "team-manager", view.key).state == "met"


def test_what_ends_a_conference_asks_for_a_reason_on_the_page(store: Any, browser: Any) -> None:
    decided = store.decide(
        store.report(concern="harm_at_home"), outcome="strategy_discussion", concern="harm_at_home"
    ).entry
    came = ("childrens_social_care", "police", "health")
    talked = StrategyDiscussionHeld(present=came, outcome="enquiry_together", why="Now.")
    store.say("team-manager", talked, decided)
    view = owed_by("team-manager", store, "initial-conference")
    said = sheet("assessment_completed", outcome="no_services")
    page = text(browser("team-manager").post(f"/duties/{view.key}", said))
    assert "a duty would be ended without what is owed having been done" in page
    assert "What is the reason?" in page
    assert seen(store, "team-manager", view.key).state == "open"


def test_a_half_typed_answer_comes_back(store: Any, browser: Any, assessment: DutyView) -> None:
    typed = sheet("assessment_completed", outcome="", reference="LCS 4711")
    page = browser("social-worker").post(f"/duties/{assessment.key}", typed)
    assert 'value="LCS 4711"' in text(page)
    assert "Choose what follows." in text(page)
    assert seen(store, "social-worker", assessment.key).state == "open"


def test_saying_that_it_cannot_be_in_time_moves_no_clock_and_reaches_the_manager(
    store: Any, browser: Any, assessment: DutyView
) -> None:
    url = f"/duties/{assessment.key}/cannot"
    sent = browser("social-worker").post(url, sheet("cannot", reason="no_capacity"), follow=True)
    after = seen(store, "social-worker", assessment.key)
    assert "The clock stands." in text(sent)
    assert (after.due_at, after.raised) == (assessment.due_at, "no_capacity")
    assert "Cannot be done in time: no capacity" in text(browser("team-manager").get("/duties"))


def test_one_reason_has_to_be_chosen(store: Any, browser: Any, assessment: DutyView) -> None:
    page = browser("social-worker").post(f"/duties/{assessment.key}/cannot", sheet("cannot", words="Sorry."))
    assert "Choose one reason." in text(page)
    assert "Sorry." in text(page)


def test_handing_over_moves_the_duty_and_no_clock(store: Any, browser: Any, assessment: DutyView) -> None:
    take_up_role("second-worker", "Ama Field", "practitioner", "social-care", date(2026, 1, 1), now())
    typed = sheet("hand", why="On leave.") | {"holder": "second-worker"}
    sent = browser("social-worker").post(f"/duties/{assessment.key}/hand-over", typed, follow=True)
    after = seen(store, "second-worker", assessment.key)
    assert "Handed to Ama Field." in text(sent)
    assert (after.holder, after.due_at) == ("second-worker", assessment.due_at)
    left = [view.rule.id for view in mine(store.viewer("social-worker"), now())]
    assert left == ["ask-safe-contact"]


@pytest.mark.parametrize("holder", ["", "social-worker", "teacher", "nobody"])
def test_it_can_be_handed_only_to_somebody_with_the_same_role(
    store: Any, browser: Any, assessment: DutyView, holder: str
) -> None:
    take_up_role("second-worker", "Ama Field", "practitioner", "social-care", date(2026, 1, 1), now())
    typed = sheet("hand", why="On leave.") | {"holder": holder}
    page = browser("social-worker").post(f"/duties/{assessment.key}/hand-over", typed)
    assert page.status_code == 200
    assert seen(store, "social-worker", assessment.key).holder == ""


def test_what_is_late_comes_to_the_manager_who_can_answer_it(store: Any, browser: Any) -> None:
    made = store.report()
    with playing(hours(41)):
        tick(hours(41))
        page = text(browser("team-manager").get("/duties"))
    assert "Came to you, to unblock" in page
    assert "Decide what happens next" in page
    assert str(made.id)[:8] in page  # the reference on the receipt: what the reporter would say on the telephone


@pytest.mark.parametrize("user", ["teacher", "nurse", "front-door", "admin", "signer"])
def test_a_duty_of_somebody_else_is_as_if_there_were_none(
    store: Any, browser: Any, assessment: DutyView, user: str
) -> None:
    for path in ("", "/cannot", "/hand-over"):
        assert browser(user).get(f"/duties/{assessment.key}{path}").status_code == 404
        assert browser(user).get(f"/duties/{uuid4()}{path}").status_code == 404


def test_those_who_watch_see_the_duty_and_not_the_child(store: Any, browser: Any, assessment: DutyView) -> None:
    page = browser("scrutineer").get(f"/duties/{assessment.key}")
    assert page.status_code == 200
    assert "Quillfeather" not in text(page)
    assert '<form method="post" novalidate' not in text(page)


def test_an_address_that_is_no_id_is_not_found(store: Any, browser: Any) -> None:
    assert browser("social-worker").get("/duties/not-an-id").status_code == 404
