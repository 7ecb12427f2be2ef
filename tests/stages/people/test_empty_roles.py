"""That an empty role is not needed: never where the law in force needs it, and never by one person."""

import pytest

from onrecord.access.facts import RoleEnded, VacancyAnswered
from onrecord.access.rules import Denied
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.ledger.actions import append, rebuild
from onrecord.ledger.facts import Corrected, Entry, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry, size
from onrecord.ledger.rules.machine import machine_saying
from tests.partnership import PEOPLE, START, Store

UNNEEDED = VacancyAnswered(how="not_needed", words="Nobody asks for it.")


def emptied_role(store: Store, user: str) -> Entry:
    """Somebody's role stands empty, and the watch has found it."""
    _, role, agency = PEOPLE[user]
    append([machine_saying(RoleEnded(user=user, role=role, agency=agency), now())])
    tick(START, sign=False)
    return entry(Owed.objects.get(rule__startswith="empty-role").opening)


@pytest.mark.parametrize(
    ("user", "by"),
    [
        ("designated", "team-manager"),
        ("signer", "manager"),
        ("front-door", "team-manager"),
        ("social-worker", "team-manager"),
        ("team-manager", "head"),
        ("head", "director"),
        ("director", "manager"),
    ],
)
def test_a_role_that_the_law_in_force_needs_is_never_said_not_to_be_needed(store: Store, user: str, by: str) -> None:
    found, before = emptied_role(store, user), size()
    with pytest.raises(Refused, match="The law needs it"):
        store.say(by, UNNEEDED, found)
    assert (size(), Owed.objects.get(opening=found.id).state) == (before, "open")


def test_a_correction_is_no_way_round(store: Store) -> None:
    found = emptied_role(store, "teacher")
    made = store.say("manager", VacancyAnswered(how="covered", words="The head teacher does it."), found).entry
    for field in ("how", "words"):
        fact = Corrected(field=field, value='"not_needed"', why="A slip.")
        if field == "words":
            store.say("manager", fact, made)
            continue
        with pytest.raises(Refused, match="Say it anew"):
            store.say("manager", fact, made)
    assert Owed.objects.get(opening=found.id, occurrence=2).state == "open"


@pytest.mark.parametrize(("user", "by"), [("licensing", "manager"), ("analyst", "manager")])
def test_that_a_role_is_not_needed_takes_two(store: Store, user: str, by: str) -> None:
    found = emptied_role(store, user)
    made = store.say(by, UNNEEDED, found).entry
    assert (made.proposed, made.saying.lowering.words) == (True, "Nobody asks for it.")
    assert Owed.objects.get(opening=found.id).state == "open"
    with pytest.raises(Denied):
        store.say(by, Seconded(why="Yes."), made)
    store.say("scrutineer", Seconded(why="I asked them."), made)
    assert [row.state for row in Owed.objects.filter(opening=found.id)] == ["met"]
    assert tick(START, sign=False).roles_empty == 1
    assert Envelope.objects.filter(kind="access.role_found_empty").count() == 1
    assert set(rebuild(check=True).values()) == {True}
