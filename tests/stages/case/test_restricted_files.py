"""A restricted file: open to whom it names, to whoever owes the child something, and to nobody else."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from onrecord.access.actions import take_up_role
from onrecord.access.facts import (
    FileRestricted,
    GlassBroken,
    RestrictionLifted,
    RestrictionReviewed,
    TeamJoined,
    TeamLeft,
)
from onrecord.access.models import Relation, Restriction
from onrecord.access.rules import Denied
from onrecord.case.actions import NotTheirs, break_the_glass, open_file
from onrecord.case.queries import Asked, look, may_open, open_to
from onrecord.duties.actions.challenge import may_dispute
from onrecord.duties.actions.opening import open_at_the_door
from onrecord.duties.models import Owed
from onrecord.duties.queries.restricted import kept_from
from onrecord.intake.actions import open_receipt
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, Person, Seconded, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import NoSuchEntry
from onrecord.linkage.facts import LinkJudged
from onrecord.notices.models import Notice
from tests.partnership import PEOPLE, Store

UNTIL = date(2026, 12, 1)
TO_ONE = FileRestricted(because="works_here", users=("social-worker",), until=UNTIL, why="Her uncle works with us.")


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def openers(store: Store, made: Entry) -> set[str]:
    """Everybody of the partnership who opens the file."""
    return {user for user in PEOPLE if may_open(store.viewer(user), child(made))}


def settled(store: Store) -> Entry:
    """A report of which nothing is owed any more but what follows from a restriction."""
    made = store.report(concern="harm_at_home")
    store.decide(made, concern="harm_at_home")
    Owed.objects.filter(mention=child(made)).update(state="met")
    return made


def restrict(store: Store, made: Entry, fact: FileRestricted = TO_ONE, by: str = "team-manager") -> Entry:
    return store.say(by, fact, about=[child(made)]).entry


def test_only_whom_it_names_and_who_owes_opens_it(store: Store) -> None:
    made = settled(store)
    before = openers(store, made)
    restrict(store, made)
    assert before == {"front-door", "social-worker", "team-manager", "head", "director", "designated", "teacher"}
    assert openers(store, made) == {"social-worker", "head"}


def test_to_everybody_else_it_is_as_if_there_were_none(store: Store) -> None:
    made = settled(store)
    restrict(store, made)
    for user in ("teacher", "team-manager", "director"):
        with pytest.raises(NotTheirs):
            open_file(store.viewer(user), child(made), Asked(), now())
    front, sought = store.viewer("front-door"), Person(given_name="Zephyrine", family_name="Quillfeather")
    found = look(front, sought)
    assert (dict(found.made), found.elsewhere) == ({}, False)
    assert open_to(front, [child(made)]) == {}
    assert not may_dispute(store.viewer("director"), made.id)
    with pytest.raises(NoSuchEntry):
        open_at_the_door(front, made.id, now())


def test_whoever_reported_keeps_their_own_report(store: Store) -> None:
    made = settled(store)
    restrict(store, made)
    assert open_receipt(store.viewer("teacher"), made.id, now())[0] == made


def test_it_hides_nothing_from_whoever_decides(store: Store) -> None:
    made = store.report()
    restrict(store, made)
    assert openers(store, made) == {"social-worker", "front-door", "head"}
    assert open_at_the_door(store.viewer("front-door"), made.id, now()).made.first == made


def test_what_those_named_could_owe_opens_it_to_no_others(store: Store) -> None:
    take_up_role("relief", "Noor Abbot", "practitioner", "social-care", date(2026, 1, 1), now())
    found = []
    for users in (("social-worker",), ("designated",)):
        made = settled(store)
        Owed.objects.filter(mention=child(made), role="practitioner").update(state="open")
        restrict(store, made, TO_ONE.model_copy(update={"users": users}))
        found.append({user for user in (*PEOPLE, "relief") if may_open(store.viewer(user), child(made))})
    assert found == [{"social-worker", "head"}, {"social-worker", "relief", "designated", "head"}]


def test_a_team_opens_it_and_who_leaves_the_team_does_not(store: Store) -> None:
    made = settled(store)
    team = {"agency": "social-care", "team": "exploitation-team"}
    for user in ("social-worker", "designated"):
        store.say("team-manager", TeamJoined(user=user, part="works", **team))
    fact = FileRestricted(because="hidden", team="exploitation-team", until=UNTIL, why="She was moved.")
    restrict(store, made, fact)
    inside = openers(store, made)
    store.say("team-manager", TeamLeft(user="designated", **team))
    assert (inside, openers(store, made)) == ({"social-worker", "designated", "head"}, {"social-worker", "head"})


def test_a_link_made_later_opens_it_to_nobody(store: Store) -> None:
    made, other = settled(store), store.report(by="nurse")
    restrict(store, made)
    pair = [child(made), child(other)]
    store.say("front-door", LinkJudged(verdict="same", why="Compared."), about=pair)
    Owed.objects.filter(mention=child(other)).update(state="met")
    assert openers(store, other) == {"social-worker", "head"}
    assert kept_from(store.viewer("nurse"), pair) == set(pair)


def test_somebody_else_breaks_the_glass_and_the_business_manager_is_told(store: Store) -> None:
    made = settled(store)
    restrict(store, made)
    said = GlassBroken(why="covering", reason="Tomas is ill.")
    before = Notice.objects.filter(recipient="manager").count()
    break_the_glass(store.viewer("teacher"), child(made), said, uuid4(), now())
    file = open_file(store.viewer("teacher"), child(made), Asked(), now())
    assert (file.by_reason, Notice.objects.filter(recipient="manager").count() - before) == (True, 1)


def test_the_people_outside_are_told_and_a_day_is_owed(store: Store) -> None:
    made = settled(store)
    entry = restrict(store, made)
    told = {one.recipient for one in Notice.objects.all() if one.item["reference"] == str(entry.id)[:8]}
    owed = Owed.objects.get(opening=entry.id)
    assert told == {"scrutineer", "inspectorate"}
    assert (owed.role, owed.agency, owed.due_at.date()) == ("head_of_service", "social-care", UNTIL + timedelta(days=1))


def test_somebody_else_says_that_it_stays(store: Store) -> None:
    made = settled(store)
    entry = restrict(store, made)
    again = RestrictionReviewed(until=date(2027, 2, 1), why="He works here still.")
    with pytest.raises(Denied):
        store.say("team-manager", again, entry)
    store.say("head", again, entry)
    rows = Owed.objects.filter(opening=entry.id).order_by("occurrence")
    assert [(row.state, row.due_at.date()) for row in rows] == [
        ("met", UNTIL + timedelta(days=1)),
        ("open", date(2027, 2, 2)),
    ]


def test_it_is_lifted_by_two(store: Store) -> None:
    made = settled(store)
    entry = restrict(store, made)
    proposal = store.say("head", RestrictionLifted(why="He left."), entry).entry
    closed = openers(store, made)
    store.say("signer", Seconded(why="I know that he left."), proposal)
    assert (proposal.proposed, closed) == (True, {"social-worker", "head"})
    assert "teacher" in openers(store, made)
    assert Restriction.objects.count() == 0


def test_to_restrict_is_no_work_with_the_child(store: Store) -> None:
    made = settled(store)
    before = set(Relation.objects.filter(subject=child(made), why="recorded"))
    restrict(store, made)
    assert set(Relation.objects.filter(subject=child(made), why="recorded")) == before


def test_a_rebuild_makes_the_same_rows(store: Store) -> None:
    made = settled(store)
    restrict(store, made, TO_ONE.model_copy(update={"users": ("social-worker", "teacher")}))
    assert rebuild(check=True)["access_restriction"]


@pytest.mark.parametrize(
    ("by", "changed", "field"),
    [
        ("team-manager", {"users": ("nobody-here",)}, "users"),
        ("team-manager", {"users": ("scrutineer",)}, "users"),
        ("team-manager", {"users": ("nurse",)}, "users"),
        ("team-manager", {"users": ()}, "users"),
        ("team-manager", {"users": (), "team": "no-such-team"}, "team"),
        ("team-manager", {"until": date(2027, 12, 1)}, "until"),
        ("team-manager", {"until": date(2026, 10, 4)}, "until"),
    ],
)
def test_what_cannot_be_is_refused_in_its_field(store: Store, by: str, changed: dict[str, Any], field: str) -> None:
    made = settled(store)
    with pytest.raises(Refused) as refused:
        restrict(store, made, TO_ONE.model_copy(update=changed), by)
    assert {fault.field for fault in refused.value.faults} == {field}


@pytest.mark.parametrize("by", ["social-worker", "teacher", "admin", "manager", "scrutineer"])
def test_nobody_else_restricts_a_file(store: Store, by: str) -> None:
    with pytest.raises(Denied):
        restrict(store, settled(store), TO_ONE, by)


def test_nor_does_a_manager_to_whom_it_is_closed(store: Store) -> None:
    made = settled(store)
    restrict(store, made)
    with pytest.raises(Denied):
        restrict(store, made, TO_ONE.model_copy(update={"users": ("director",)}), "director")
