"""A team is data: who is in it, who leads it, with whom it works. It opens nothing that its agency does not open."""

from datetime import date
from typing import Any

import pytest

from onrecord.access.actions import take_up_role
from onrecord.access.facts import RoleEnded, TeamJoined, TeamLeft
from onrecord.access.models import Membership, Relation
from onrecord.access.queries import members, teammates, tied
from onrecord.access.queries.teams import Team
from onrecord.access.rules import Denied
from onrecord.duties.facts import DutyReassigned
from onrecord.duties.models import Owed
from onrecord.duties.queries import Asked, team_duties, team_loads
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import entries
from tests.partnership import PEOPLE, Store

NAME = "exploitation-team"
TEAM = Team("social-care", NAME)
SOMEBODY = {"user": "social-worker", "agency": "social-care", "team": NAME}
JOINS = TeamJoined(**SOMEBODY, part="works")
LEADS = TeamJoined(user="team-manager", agency="social-care", team=NAME, part="leads")
LEAVES = TeamLeft(**SOMEBODY)


def join(store: Store) -> None:
    """The social worker works in a team that the team manager leads."""
    store.say("team-manager", LEADS)
    store.say("team-manager", JOINS)


def owed(store: Store, user: str, **asked: Any) -> list[str]:
    """The rules by which the teams of somebody owe something, in the order of the list."""
    there = store.viewer(user)
    return [view.rule.id for view in team_duties(there, teammates(there), Asked(**asked), now(), 0, 50)]


def test_a_team_has_its_people_and_its_leader_from_when_it_is_said(store: Store) -> None:
    assert members([TEAM]) == []
    join(store)
    assert members([TEAM]) == [(TEAM, "team-manager", "leads"), (TEAM, "social-worker", "works")]
    assert {team for team, *_ in teammates(store.viewer("social-worker"))} == {TEAM}
    assert teammates(store.viewer("teacher")) == []


def test_to_do_something_else_there_ends_what_they_did_and_the_history_stays(store: Store) -> None:
    join(store)
    store.say("team-manager", TeamJoined(**SOMEBODY, part="leads"))
    assert [part for _, user, part in members([TEAM]) if user == "social-worker"] == ["leads"]
    rows = Membership.objects.filter(user="social-worker").order_by("since_seq")
    assert [(row.part, row.ended_seq is None) for row in rows] == [("works", False), ("leads", True)]


@pytest.mark.parametrize("by", sorted(set(PEOPLE) - {"team-manager", "head", "director", "manager"}))
@pytest.mark.parametrize("fact", [JOINS, LEAVES])
def test_only_a_manager_of_the_agency_puts_a_team_together(store: Store, by: str, fact: Any) -> None:
    with pytest.raises(Denied):
        store.say(by, fact)
    assert Membership.objects.count() == 0


@pytest.mark.parametrize(
    ("fact", "field"),
    [
        (TeamJoined(**SOMEBODY | {"user": "teacher"}, part="works"), "user"),
        (TeamJoined(user="scrutineer", agency="outside", team=NAME, part="works"), "user"),
        (LEAVES, "user"),
    ],
)
def test_what_does_not_hold_is_refused(store: Store, fact: Any, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        store.say("manager", fact)
    assert [fault.field for fault in refusal.value.faults] == [field]
    assert Membership.objects.count() == 0


def test_nobody_is_put_in_twice(store: Store) -> None:
    join(store)
    with pytest.raises(Refused, match="already"):
        store.say("team-manager", JOINS)


def test_the_team_works_with_whom_its_people_worked_or_work_while_they_are_in_it_and_for_good(store: Store) -> None:
    before = store.report("social-worker")
    others = store.report("nurse", child={"given_name": "Tolly", "family_name": "Marsh"})
    join(store)
    after = store.report("social-worker", child={"given_name": "Bramble", "family_name": "Ottershaw"})
    store.say("team-manager", LEAVES)
    later = store.report("social-worker", child={"given_name": "Fenna", "family_name": "Quickley"})
    worked = set(Relation.objects.filter(why="team", team=NAME).values_list("subject", flat=True))
    assert worked == {*before.mentions, *after.mentions}
    assert not worked & {*others.mentions, *later.mentions}


def test_it_opens_nothing_that_the_agency_does_not_open(store: Store) -> None:
    made = store.report("nurse")
    store.say("manager", TeamJoined(user="officer", agency="police", team=NAME, part="works"))
    assert tied(store.viewer("officer"), made.mentions) == set()
    assert owed(store, "officer") == []


def test_the_team_owes_what_is_owed_to_its_children_and_each_sees_what_their_role_may(store: Store) -> None:
    store.decide(store.report("nurse", child={"given_name": "Bramble"}, concern="harm_at_home"), concern="harm_at_home")
    join(store)
    made = store.report("social-worker", concern="harm_at_home")
    store.decide(made, concern="harm_at_home")
    theirs = Owed.objects.filter(state="open", agency="social-care", mention__in=made.mentions)
    found = {
        user: theirs.filter(role__in=roles).order_by("due_at", "key").values_list("rule", flat=True)
        for user, roles in {"social-worker": ["practitioner"], "team-manager": ["practitioner", "team_manager"]}.items()
    }
    assert "assessment" in found["social-worker"]
    assert {user: owed(store, user) for user in found} == {user: list(rules) for user, rules in found.items()}
    worker = store.viewer("social-worker")
    listed = team_loads(worker, teammates(worker), "", now())
    assert sum(load.open for load in listed) == len(found["social-worker"])


def test_whoever_reported_something_does_not_learn_from_the_team_that_it_was_sealed(store: Store) -> None:
    join(store)
    lists = []
    for words in ("Usha Verne was there.", "Asha Verne was there."):
        store.report("social-worker", words=words)
        lists.append(owed(store, "social-worker"))
    assert lists == [[], []]


def test_what_somebody_in_the_team_took_over_is_the_teams(store: Store) -> None:
    made = store.report(concern="harm_at_home")
    store.decide(made, concern="harm_at_home")
    join(store)
    assert owed(store, "team-manager") == []
    duty = Owed.objects.get(rule="assessment", state="open")
    said = DutyReassigned(duty=str(duty.key), holder="social-worker", why="She knows the family.")
    store.say("head", said, entries([duty.opening])[0])
    assert owed(store, "team-manager") == ["assessment"]
    assert owed(store, "team-manager", person="social-worker") == ["assessment"]
    assert owed(store, "team-manager", person="team-manager") == []


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"team-manager", "social-worker"}))
def test_nobody_who_is_in_no_team_sees_what_one_owes(store: Store, user: str) -> None:
    join(store)
    with pytest.raises(Denied):
        owed(store, user)


def test_whose_last_role_in_the_agency_ends_leaves_its_teams(store: Store) -> None:
    take_up_role("social-worker", "Tomas Hale", "front_door", "social-care", date(2026, 1, 1), now())
    join(store)
    for role in ("practitioner", "front_door"):
        assert [user for _, user, _ in members([TEAM])] == ["team-manager", "social-worker"]
        ends = store.say("team-manager", RoleEnded(user="social-worker", role=role, agency="social-care", why="Left."))
        store.say("signer", Seconded(why="Yes."), ends.entry)
    assert [user for _, user, _ in members([TEAM])] == ["team-manager"]


def test_the_tables_come_out_equal(store: Store) -> None:
    join(store)
    store.decide(store.report("social-worker"))
    store.say("team-manager", LEAVES)
    store.report("social-worker", child={"given_name": "Fenna", "family_name": "Quickley"})
    assert set(rebuild(check=True).values()) == {True}
