"""A child who is passed on: nothing owed ends or changes hands, who receives is tied, and a refusal goes back."""

from typing import Any
from uuid import UUID

import pytest

from onrecord.access.facts import FileRestricted, TeamJoined
from onrecord.access.models import Relation
from onrecord.access.queries import tied
from onrecord.access.rules import Denied
from onrecord.case.facts import (
    ChildPassedOn,
    ChildPlaced,
    ConferenceHeld,
    PassingAnswered,
    PassingReceived,
    PassingSettled,
    SafeContactSet,
)
from onrecord.case.queries.parts import PASSED, works_with
from onrecord.duties.actions import Unanswerable
from onrecord.duties.queries import owed_about, owed_for
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import above, lines
from tests.partnership import Store

PASSED_ON: dict[str, Any] = {
    "way": "agency",
    "to_agency": "health",
    "because": "service",
    "why": "The clinic sees her each week now.",
    "plan": "child_in_need",
    "goes_with": ["safe_contact", "chronology"],
}
AREA: dict[str, Any] = {"way": "out", "to_agency": None, "area": "Westmere County Council", "plan": "child_protection"}
ACCEPTS = {"outcome": "accepted", "who": "Ines Fallow, nurse", "words": "Seen on Thursday."}
REFUSES = {"outcome": "refused", "who": "Ines Fallow, nurse", "words": "We see her already."}
KEEPS = PassingSettled(outcome="keeps", who="Tomas Hale", words="He goes on seeing her.")
HERE = PassingReceived(who="Ines Fallow, nurse")
SAFE = SafeContactSet.heard({"who": "Her aunt", "how": "school", "judged": "child"})
MEETS = ConferenceHeld.heard({"present": ["childrens_social_care", "police", "health"], "outcome": "plan"})


@pytest.fixture
def made(store: Store) -> Entry:
    """A report that was decided, so that much is owed."""
    reported = store.report()
    store.decide(reported)
    return reported


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def passes(store: Store, made: Entry, by: str = "social-worker", **changed: Any) -> Entry:
    return store.say(by, ChildPassedOn.heard(PASSED_ON | changed), about=[child(made)]).entry


def answers(store: Store, passed: Entry, said: dict[str, str], by: str = "nurse") -> Entry:
    return store.say(by, PassingAnswered.heard(said), passed).entry


def owed(made: Entry) -> dict[UUID, tuple[str, str, str]]:
    """What is open about the child: by key, the rule and the seat that owes it."""
    return {view.key: (view.rule.id, view.role, view.agency) for view in owed_about([child(made)], now()) if view.waits}


def ties(made: Entry, agency: str = "health") -> list[str]:
    return sorted(Relation.objects.filter(subject=child(made), agency=agency).values_list("why", flat=True))


def works(store: Store, made: Entry, user: str = "nurse") -> bool:
    return tied(store.viewer(user), [child(made)]) == {child(made)}


def rules(entry: Entry) -> dict[str, tuple[str, str, bool]]:
    return {view.rule.id: (view.role, view.agency, view.waits) for view in owed_for([entry.id], now())[entry.id]}


@pytest.mark.parametrize("said", [None, ACCEPTS, REFUSES])
@pytest.mark.parametrize("changed", [{}, AREA])
def test_nothing_that_was_owed_ends_or_changes_hands(
    store: Store, made: Entry, said: dict[str, str] | None, changed: dict[str, Any]
) -> None:
    before = owed(made)
    passed = passes(store, made, **changed)
    recorded = [passed, *([answers(store, passed, said, "team-manager" if changed else "nurse")] if said else [])]
    assert before.items() <= owed(made).items()
    assert not any(entry.proposed for entry in recorded)


def test_who_receives_is_tied_at_once_and_owes_a_receipt_and_an_answer(store: Store, made: Entry) -> None:
    assert not works(store, made)
    passed = passes(store, made)
    assert (works(store, made), ties(made)) == (True, ["transfer"])
    assert passed.saying.fact.spoken("receiver") == "Northbrook Health"
    seat = ("practitioner", "health", True)
    assert rules(passed) == {"passing-answered": seat, "passing-received": seat}


def test_another_area_has_no_seat_so_whoever_sent_owes_both(store: Store, made: Entry) -> None:
    passed = passes(store, made, **AREA)
    seat = ("practitioner", "social-care", True)
    assert rules(passed) == {"passing-answered": seat, "passing-received": seat}
    assert not Relation.objects.filter(why="transfer").exists()


def test_a_refusal_ends_every_tie_and_goes_back_to_the_manager_of_who_sent(store: Store, made: Entry) -> None:
    passed = passes(store, made)
    store.say("nurse", HERE, passed)
    refused = answers(store, passed, REFUSES)
    assert (works(store, made), ties(made)) == (False, [])
    assert rules(refused) == {"passing-refused": ("team_manager", "social-care", True)}
    store.say("team-manager", KEEPS, refused)
    assert rules(refused) == {"passing-refused": ("team_manager", "social-care", False)}


def test_an_acceptance_keeps_the_tie_and_nothing_goes_back(store: Store, made: Entry) -> None:
    accepted = answers(store, passes(store, made), ACCEPTS)
    assert (works(store, made), ties(made)) == (True, ["transfer"])
    assert owed_for([accepted.id], now()) == {}


def test_who_worked_with_the_child_before_still_does_after_a_refusal(store: Store, made: Entry) -> None:
    store.say("nurse", SAFE, made, about=[child(made)])
    answers(store, passes(store, made), REFUSES)
    assert (works(store, made), ties(made)) == (True, ["recorded"])


def test_a_refusal_ends_only_what_it_refuses(store: Store, made: Entry) -> None:
    first, second = passes(store, made), passes(store, made)
    answers(store, first, REFUSES)
    assert ties(made) == ["transfer"]
    answers(store, second, REFUSES)
    assert ties(made) == []


def test_a_team_joined_later_brings_nobody_back_to_a_child_who_was_refused(store: Store, made: Entry) -> None:
    answers(store, passes(store, made), REFUSES)
    store.say("manager", TeamJoined(user="nurse", agency="health", team="clinic", part="works"))
    assert ties(made) == []


@pytest.mark.parametrize("said", [ACCEPTS, REFUSES])
@pytest.mark.parametrize("changed", [{}, AREA])
def test_a_rebuild_makes_the_same_rows(
    store: Store, made: Entry, said: dict[str, str], changed: dict[str, Any]
) -> None:
    passed = passes(store, made, **changed)
    answers(store, passed, said, "team-manager" if changed else "nurse")
    assert set(rebuild(check=True).values()) == {True}


def test_only_who_receives_says_that_it_came_and_answers(store: Store, made: Entry) -> None:
    passed = passes(store, made)
    for fact in (HERE, PassingAnswered.heard(ACCEPTS)):
        for other in ("social-worker", "teacher", "officer"):
            with pytest.raises(Denied):
                store.say(other, fact, passed)
    store.say("nurse", HERE, passed)
    answers(store, passed, ACCEPTS)
    for fact in (HERE, PassingAnswered.heard(REFUSES)):
        with pytest.raises(Unanswerable):
            store.say("nurse", fact, passed)


def test_only_a_manager_of_who_sent_says_who_holds_the_child(store: Store, made: Entry) -> None:
    refused = answers(store, passes(store, made), REFUSES)
    for other in ("nurse", "social-worker", "teacher"):
        with pytest.raises(Denied):
            store.say(other, KEEPS, refused)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"to_agency": None}, "to_agency"),
        ({"to_agency": "nowhere"}, "to_agency"),
        ({"to_agency": "outside"}, "to_agency"),
        ({"to_agency": "partnership"}, "to_agency"),
        ({"way": "out", "area": "Westmere"}, "to_agency"),
        ({"way": "out", "to_agency": None}, "area"),
        ({"way": "in"}, "area"),
    ],
)
def test_whoever_receives_is_named(store: Store, made: Entry, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        passes(store, made, **changed)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_what_the_record_fills_in_is_nobodys_to_say(store: Store, made: Entry) -> None:
    passed = passes(store, made, receiver="Somebody else")
    said = {"way": "agency", "plan": "none", "from_agency": "police"}
    refused = answers(store, passed, REFUSES | said)
    assert passed.saying.fact.spoken("receiver") == "Northbrook Health"
    found = {name: refused.saying.fact.coded()[name] for name in said}
    assert found == {"way": "agency", "plan": "child_in_need", "from_agency": "social-care"}


@pytest.mark.parametrize(("field", "value"), [("to_agency", '"school"'), ("way", '"out"'), ("plan", '"none"')])
def test_to_whom_a_child_went_is_not_put_right(store: Store, made: Entry, field: str, value: str) -> None:
    with pytest.raises(Unanswerable):
        store.say("social-worker", Corrected(field=field, value=value, why="Another one."), passes(store, made))


@pytest.mark.parametrize(("way", "owes"), [("in", True), ("out", True), ("agency", False)])
def test_a_child_on_a_plan_who_moves_area_is_owed_a_conference(store: Store, made: Entry, way: str, owes: bool) -> None:
    to = None if way == "out" else "social-care"
    passed = passes(store, made, way=way, to_agency=to, area="Westmere", plan="child_protection")
    accepted = answers(store, passed, ACCEPTS, "team-manager")
    found = owed_for([accepted.id], now()).get(accepted.id, [])
    assert [view.rule.id for view in found] == (["transfer-conference"] if owes else [])
    if owes:
        store.say("team-manager", MEETS, accepted)
        assert rules(accepted)["transfer-conference"][2] is False


def test_the_file_says_to_whom_the_child_was_passed_on(store: Store, made: Entry) -> None:
    passed = passes(store, made)
    assert PASSED in works_with(lines([made.id, passed.id]), []).get("health", [])
    refused = answers(store, passed, REFUSES)
    assert "health" not in works_with([*lines([made.id]), *above([refused.id])], [])


def test_only_whoever_works_with_the_child_passes_the_child_on(store: Store) -> None:
    made = store.report()
    with pytest.raises(Denied):
        passes(store, made, by="nurse", to_agency="police")
    assert "transfer" not in ties(made, "police")


def test_a_restricted_file_is_not_opened_by_passing_the_child_on(store: Store, made: Entry) -> None:
    said = {"because": "works_here", "users": ["social-worker"], "until": "2026-12-01", "why": "Her cousin works here."}
    closed = FileRestricted.heard(said)
    store.say("team-manager", closed, about=[child(made)])
    with pytest.raises(Refused, match="restricted"):
        passes(store, made)
    with pytest.raises(Denied):
        passes(store, made, by="teacher")
    assert ties(made) == []


def test_that_another_area_accepted_is_for_a_colleague_to_write_down(store: Store, made: Entry) -> None:
    passed = passes(store, made, **AREA)
    with pytest.raises(Denied, match="Somebody else says so"):
        answers(store, passed, ACCEPTS, by="social-worker")
    answers(store, passed, ACCEPTS, by="team-manager")


@pytest.mark.parametrize("plan", ["none", "child_in_need"])
def test_a_child_whom_the_last_conference_put_on_a_plan_is_passed_on_with_it(
    plan: str, store: Store, made: Entry
) -> None:
    store.say("team-manager", MEETS, made)
    with pytest.raises(Refused, match="The last conference put this child on"):
        passes(store, made, **(AREA | {"plan": plan}))
    store.say("team-manager", MEETS.model_copy(update={"outcome": "no_plan"}), made)
    assert passes(store, made, **(AREA | {"plan": plan})).saying.fact.plan == plan


def test_nor_is_a_child_who_was_placed_passed_on_as_one_without_a_plan(store: Store, made: Entry) -> None:
    place = {"name": "With foster carers in Westmere"}
    placed = {"sort": "foster", "place": place, "judged": "child", "why": "It is near her school."}
    store.say("social-worker", ChildPlaced.heard(placed), about=[child(made)])
    with pytest.raises(Refused, match="placed away from home"):
        passes(store, made, **(AREA | {"plan": "none"}))
    passes(store, made, **(AREA | {"plan": "looked_after"}))


def test_that_a_child_was_passed_on_anew_is_true_once_it_was(store: Store, made: Entry) -> None:
    before = passes(store, made)
    refused = answers(store, before, REFUSES)
    anew = PassingSettled(outcome="again", who="The clinic", words="The other clinic has her.")
    with pytest.raises(Unanswerable, match="record “Child passed on” first"):
        store.say("team-manager", anew, refused)
    kept = store.say("team-manager", KEEPS, refused).entry
    again = Corrected(field="outcome", value='"again"', why="I chose the wrong line.")
    with pytest.raises(Unanswerable, match="record “Child passed on” first"):
        store.say("team-manager", again, kept)
    other = store.report(child={"given_name": "Ottoline", "family_name": "Marsh", "born": "2012-04-05"})
    passes(store, other)
    with pytest.raises(Unanswerable, match="record “Child passed on” first"):
        store.say("team-manager", again, kept)
    passes(store, made)
    assert not store.say("team-manager", again, kept).entry.proposed
