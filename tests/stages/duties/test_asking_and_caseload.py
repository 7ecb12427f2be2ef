"""A refused request goes on, and a caseload is found and said once a week."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import PoliceMaterialHeld
from onrecord.duties.actions import NeedsReason, tick
from onrecord.duties.facts import CaseHandedOver, CaseHeld, CaseloadFound, RequestAnswered, RequestMade
from onrecord.duties.models import Owed
from onrecord.duties.queries.caseload import caseloads, counted
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import envelopes
from tests.partnership import Store

ASKED = {
    "wanted": "people",
    "what": "One more worker.",
    "group": "Youth team",
    "children": 9,
    "by_day": "2026-10-09",
}
THRESHOLD = "onrecord.duties.actions.caseloads.THRESHOLD"


def waiting(rule: str) -> list[tuple[str, str]]:
    """Who owes what waits by a rule."""
    return list(Owed.objects.filter(rule=rule, state="open").values_list("role", "agency"))


def ask(store: Store, by: str = "social-worker", **changed: Any) -> Entry:
    """Ask a manager."""
    return store.say(by, RequestMade.heard(ASKED | changed)).entry


@pytest.mark.parametrize(("outcome", "goes_on"), [("given", []), ("refused", [("head_of_service", "social-care")])])
def test_a_refusal_answers_the_request_and_not_the_need(store: Store, outcome: str, goes_on: list[Any]) -> None:
    made = ask(store)
    assert waiting("request-to-manager") == [("team_manager", "social-care")]
    said = {"outcome": outcome, "reason": "capacity", "words": "Not this year."}
    store.say("team-manager", RequestAnswered.heard(said), made)
    assert (waiting("request-to-manager"), waiting("request-refused")) == ([], goes_on)


def test_nobody_answers_their_own_request(store: Store) -> None:
    made = ask(store, "team-manager")
    with pytest.raises(Denied, match="Somebody else answers it"):
        store.say("team-manager", RequestAnswered(outcome="given", words="Yes."), made)


def hold(store: Store, number: int = 0, worker: str = "social-worker") -> Entry:
    """Somebody holds the case of a child who is like no other."""
    child = {"given_name": f"Zephyrine{number}", "family_name": f"Quillfeather{number}"}
    reported = store.report(child=child)
    decision = store.decide(reported).entry
    return store.say("front-door", CaseHeld(worker=worker, part="lead"), decision).entry


def test_a_caseload_over_the_threshold_is_found_once_a_week_while_nobody_has_answered(store: Store) -> None:
    hold(store)
    hold(store, 1)
    for days in (0, 1, 9):
        with playing(now() + timedelta(days=days)), mock.patch(THRESHOLD, 1):
            tick(now(), sign=False)
    (found,) = envelopes([CaseloadFound.kind])
    assert (found.coded["worker"], found.coded["children"]) == ("social-worker", 2)
    assert waiting("caseload") == [("head_of_service", "social-care")]


def test_at_the_threshold_nothing_is_found(store: Store) -> None:
    hold(store)
    with mock.patch(THRESHOLD, 1):
        tick(now(), sign=False)
    assert envelopes([CaseloadFound.kind]) == []


def test_handed_on_it_counts_for_whoever_holds_it_and_to_nobody_only_with_two(store: Store) -> None:
    held = hold(store)
    handed = store.say("front-door", CaseHandedOver(to="worker", worker="team-manager", why="Leave."), held).entry
    assert counted(now()) == {"team-manager": 1}
    with pytest.raises(NeedsReason):
        store.say("front-door", CaseHandedOver(to="nobody", why="It is over."), held, handed)
    with pytest.raises(Refused, match="first held"):
        store.say("front-door", CaseHandedOver(to="nobody", why="It is over."), handed)


def test_an_agency_that_does_not_work_with_the_child_says_nothing_of_who_holds_the_case(store: Store) -> None:
    decision = store.decide(store.report()).entry
    with pytest.raises(Denied, match="Only an agency that works with the child"):
        store.say("nurse", CaseHeld(worker="nurse", part="lead"), decision)


def test_leaders_see_their_own_agency_and_those_who_watch_see_all(store: Store) -> None:
    hold(store)
    seen = [(one.worker, one.children) for one in caseloads(store.viewer("head"), now())]
    assert (
        seen
        == [("social-worker", 1)]
        == [(one.worker, one.children) for one in caseloads(store.viewer("scrutineer"), now())]
    )
    with pytest.raises(Denied):
        caseloads(store.viewer("social-worker"), now())


@pytest.mark.parametrize("user", ["social-worker", "teacher", "head"])
def test_only_the_police_say_what_the_police_hold(store: Store, user: str) -> None:
    reported = store.report()
    said = {"reference": "NP/88", "handling": "c", "conditions": "Ask the analyst.", "review_on": "2027-01-04"}
    about = [mention_of(reported.id, "child")]
    with pytest.raises(Denied, match="police"):
        store.say(user, PoliceMaterialHeld.heard(said), about=about)
    store.say("officer", PoliceMaterialHeld.heard(said), about=about)
    assert waiting("police-material") == [("practitioner", "police")]
