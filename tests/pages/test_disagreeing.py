"""Disagreeing on pages: from one's own report, from a child's file, and what somebody raised, with its answers."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.duties.facts import RequestAnswered, RequestMade
from onrecord.duties.models import Owed
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import called_by, entries, size
from tests.pages.browsing import sheet, signed_in, text
from tests.partnership import Store
from tests.stages.duties.test_asking_and_caseload import ASKED, hold
from tests.stages.duties.test_disagreeing import answer, raise_it

MOST = 12
WHY = {"whose": "reporter", "different": "She is seen this week.", "why": "The marmalade-coloured car came again."}


def decided(store: Store) -> Entry:
    """A report with a decision."""
    made = store.report()
    store.decide(made)
    return made


def queries(user: str, url: str) -> int:
    """How many questions a page asks of the database."""
    client = signed_in(user)
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_from_ones_own_report_to_an_answer_that_is_owed(store: Store) -> None:
    made = decided(store)
    teacher = signed_in("teacher")
    assert f"/disagree/{made.id}" in teacher.get("/my-reports").content.decode()
    sent = teacher.post(f"/disagree/{made.id}", sheet("disagree", **WHY), follow=True)
    assert "An answer is due by the end of Wednesday 7 October." in text(sent)
    assert "She is seen this week." in text(sent)
    assert "Disputed since 5 October 2026" in text(teacher.get("/my-reports"))
    assert "Disputed since 5 October 2026" in text(signed_in("front-door").get(f"/front-door/{made.id}"))


def test_what_is_missing_is_said_and_what_was_typed_stays(store: Store) -> None:
    made = decided(store)
    before = size()
    page = text(signed_in("teacher").post(f"/disagree/{made.id}", sheet("disagree", different="Seen this week.")))
    assert "Choose who disagrees." in page
    assert "Seen this week.</textarea>" in page
    assert size() == before


@pytest.mark.parametrize("user", ["nurse", "analyst", "scrutineer"])
def test_whoever_has_nothing_to_do_with_it_is_answered_as_where_there_is_none(store: Store, user: str) -> None:
    made, client = decided(store), signed_in(user)
    assert client.get(f"/disagree/{made.id}").status_code == client.get(f"/disagree/{uuid4()}").status_code == 404


def test_on_the_file_an_entry_that_is_disputed_says_since_when(store: Store) -> None:
    made = decided(store)
    file = f"/children/{mention_of(made.id, 'child')}"
    assert "Disputed since" not in text(signed_in("social-worker").get(file))
    raise_it(store, made)
    assert text(signed_in("social-worker").get(file)).count("Disputed since 5 October 2026") == 1


def test_the_answer_asks_for_no_stage_and_takes_the_right_one(store: Store) -> None:
    made = raise_it(store, decided(store))
    key = Owed.objects.get(opening=made.id, state="open").key
    desk = signed_in("front-door")
    page = desk.get(f"/duties/{key}").content.decode()
    assert 'name="stage_answered-outcome"' in page
    assert 'name="stage_answered-stage"' not in page
    assert "disagreement_settled" not in page
    said = {"outcome": "not_agreed", "spoke": "yes", "words": "We read it again."}
    assert desk.post(f"/duties/{key}", sheet("stage_answered", **said)).status_code == 302
    assert list(Owed.objects.filter(state="open", rule="disagreement-stage-2").values_list("role")) == [
        ("team_manager",)
    ]


def test_only_whoever_raised_it_opens_it_and_says_that_it_is_settled(store: Store) -> None:
    made = raise_it(store, decided(store))
    url = f"/raised/{made.id}"
    assert {user: signed_in(user).get(url).status_code for user in ("front-door", "head", "nurse")} == {
        "front-door": 404,
        "head": 404,
        "nurse": 404,
    }
    teacher = signed_in("teacher")
    assert "I still disagree" not in text(teacher.get(url))
    answer(store, "front-door", made, "first", "agreed")
    assert "They say that they agree" in text(teacher.get(url))
    sent = teacher.post(url, sheet("still", why="Nobody spoke with me."), follow=True)
    assert "An answer is owed" in text(sent)
    assert "Settled, as said by whoever disagreed" in text(teacher.post(url, sheet("settled"), follow=True))


def raised_some(store: Store, many: int) -> None:
    """Somebody raises many things, and a few are answered."""
    for number in range(many):
        made = store.report(child={"given_name": f"Ada{number}", "family_name": f"Quillfeather{number}"})
        raised = raise_it(store, made)
        answer(store, "front-door", raised, "first")
        store.say("teacher", RequestMade.heard(ASKED))


def test_what_somebody_raised_takes_as_many_questions_for_one_as_for_many(store: Store) -> None:
    counts = []
    for many in (1, 4):
        raised_some(store, many)
        counts.append(queries("teacher", "/raised"))
    assert counts[0] == counts[1] <= MOST


def test_what_i_was_told_not_to_report_is_on_my_page_and_on_nobody_elses(store: Store) -> None:
    said = {"what": "not_record", "words": "Leave the marmalade-coloured car out.", "who": "A manager"}
    worker = signed_in("social-worker")
    sent = worker.post("/record/duties.instruction_reported", sheet("record", **said), follow=True)
    assert "Owed now: look into an instruction not to report" in text(sent)
    assert "Leave the marmalade-coloured car out." in text(worker.get("/raised"))
    for user in ("team-manager", "head", "director", "manager", "designated"):
        other = signed_in(user)
        pages = [text(other.get(url)) for url in ("/raised", "/duties", "/record/new")]
        assert not any("marmalade" in page for page in pages)
    for user in ("manager",):
        assert "I was told not to report" not in text(signed_in(user).get("/ledger"))
        assert "instruction not to report" not in text(signed_in(user).get("/watch"))


def test_a_refused_request_can_be_disagreed_with(store: Store) -> None:
    asked = store.say("social-worker", RequestMade.heard(ASKED)).entry
    refused = RequestAnswered(outcome="refused", reason="capacity", words="Not this year.")
    answered = store.say("team-manager", refused, asked).entry
    page = signed_in("social-worker").get("/raised").content.decode()
    assert f"/disagree/{answered.id}" in page


def test_caseload_names_workers_to_those_who_lead_them_and_to_nobody_else(store: Store) -> None:
    hold(store)
    head, outside = text(signed_in("head").get("/caseload")), text(signed_in("scrutineer").get("/caseload"))
    assert ("Tomas Hale" in head, "Tomas Hale" in outside, "A worker" in outside) == (True, False, True)
    assert signed_in("social-worker").get("/caseload").status_code == 403


def test_caseload_takes_as_many_questions_for_one_as_for_many(store: Store) -> None:
    counts = []
    for some in (range(1), range(1, 6)):
        for number in some:
            hold(store, number)
        counts.append(queries("head", "/caseload"))
    assert counts[0] == counts[1] <= MOST


def test_a_case_is_taken_and_handed_over_from_the_childs_file(store: Store) -> None:
    made = decided(store)
    mention = mention_of(made.id, "child")
    url, desk = f"/case-worker/{mention}", signed_in("team-manager")
    assert url in desk.get(f"/children/{mention}").content.decode()
    sent = desk.post(url, sheet("take", part="lead") | {"worker": "social-worker"}, follow=True)
    assert "Tomas Hale, lead worker" in text(sent)
    (held,) = [uid for uid in called_by(_hand(sent)) if entries([uid])]
    name = f"hand{str(held)[:8]}"
    page = text(desk.post(url, sheet(name, to="nobody", why="It is over.")))
    assert "What is the reason?" in page
    assert signed_in("nurse").get(url).status_code == 404


def _hand(page: Any) -> str:
    return str(page.content.decode().split('id="form-hand')[1][:8])
