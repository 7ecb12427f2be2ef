"""A role is given and ended by two people of two agencies. History keeps who held it, by name, on any day."""

from datetime import date, timedelta
from typing import Any

import pytest

from onrecord.access.facts import RoleEnded, RoleHeld
from onrecord.access.models import Role, User
from onrecord.access.queries import holders, names, proposals, role_history, viewer_of
from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Declined, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import every, size
from tests.partnership import FOUNDED, START, Store
from tests.stages.ledger.erasing import erased

NEW = {
    "user": "una-grey",
    "name": "Una Grey",
    "role": "practitioner",
    "agency": "social-care",
    "since": date(2026, 10, 5),
    "why": "Tomas goes in November.",
}
END = {"user": "social-worker", "role": "practitioner", "agency": "social-care", "why": "He moves to Leeds."}
LATER = START + timedelta(days=3)


def held(**changed: Any) -> RoleHeld:
    return RoleHeld.heard(NEW | changed)


@pytest.mark.parametrize("by", ["team-manager", "head", "director", "manager"])
def test_a_role_counts_when_a_second_person_agrees(store: Store, by: str) -> None:
    made = store.say(by, held()).entry
    assert (made.proposed, made.saying.lowering.reason) == (True, "takes_two")
    assert (viewer_of("una-grey"), Role.objects.filter(user="una-grey").count()) == (None, 0)
    store.say("scrutineer" if by == "manager" else "signer", Seconded(why="I know her."), made)
    assert viewer_of("una-grey").holds("practitioner", "social-care")
    assert User.objects.get(username="una-grey").has_usable_password() is False
    assert set(rebuild(check=True).values()) == {True}


def test_an_end_counts_when_a_second_person_agrees(store: Store) -> None:
    made = store.say("team-manager", RoleEnded(**END)).entry
    assert holders("practitioner", "social-care") == ["social-worker"]
    store.say("signer", Seconded(why="So it is."), made)
    assert (holders("practitioner", "social-care"), viewer_of("social-worker")) == ([], None)
    assert set(rebuild(check=True).values()) == {True}


def test_what_is_declined_has_no_effect(store: Store) -> None:
    made = store.say("team-manager", held()).entry
    store.say("signer", Declined(answer="not_enough", why="Who is she?"), made)
    with pytest.raises(Unanswerable):
        store.say("scrutineer", Seconded(why="Fine."), made)
    assert (viewer_of("una-grey"), proposals()) == (None, [])


@pytest.mark.parametrize("by", ["front-door", "social-worker", "teacher", "officer", "signer", "chair", "analyst"])
def test_nobody_else_proposes(store: Store, by: str) -> None:
    before = size()
    with pytest.raises(Denied):
        store.say(by, held())
    assert size() == before


def test_an_administrator_proposes_nothing_even_with_a_second_role(store: Store) -> None:
    with pytest.raises(Denied):
        store.say("admin", held())
    made = store.say("manager", held(user="admin", name="Kit Rowan", role="director")).entry
    store.say("scrutineer", Seconded(why="For a month."), made)
    with pytest.raises(Denied):
        store.say("admin", held())


def test_a_manager_proposes_for_their_own_agency_only(store: Store) -> None:
    with pytest.raises(Denied):
        store.say("team-manager", held(agency="school"))
    assert store.say("manager", held(agency="school")).entry.proposed


@pytest.mark.parametrize(("signs", "why"), [("director", "signer"), ("teacher", "signer"), ("front-door", "signer")])
def test_who_is_no_second_signer_does_not_agree(store: Store, signs: str, why: str) -> None:
    made = store.say("team-manager", held()).entry
    with pytest.raises(Denied):
        store.say(signs, Seconded(why="Yes."), made)
    assert viewer_of("una-grey") is None


def test_nobody_signs_for_their_own_role(store: Store) -> None:
    made = store.say("director", held(user="signer", name="Leah Strand")).entry
    with pytest.raises(Denied, match="about you"):
        store.say("signer", Seconded(why="I would like it."), made)


def test_the_joint_list_owes_the_signature(store: Store) -> None:
    made = store.say("team-manager", held()).entry
    assert [row.rule for row in Owed.objects.filter(opening=made.id)] == ["second-signature"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"user": "Una Grey"}, "user"),
        ({"user": "onrecord"}, "user"),
        ({"agency": "nowhere"}, "agency"),
        ({"role": "scrutineer"}, "role"),
        ({"why": None}, "why"),
        ({"user": "social-worker"}, "role"),
    ],
)
def test_what_makes_no_sense_is_refused_in_the_fields_own_words(store: Store, changed: Any, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        store.say("manager", held(**changed))
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_a_role_that_nobody_holds_cannot_end(store: Store) -> None:
    with pytest.raises(Refused):
        store.say("team-manager", RoleEnded(**END | {"user": "una-grey"}))


def test_a_role_is_said_anew_and_never_corrected(store: Store) -> None:
    made = store.say("team-manager", held()).entry
    store.say("signer", Seconded(why="Yes."), made)
    with pytest.raises(Unanswerable):
        store.say("team-manager", Corrected(field="role", value='"director"', why="A slip."), made)


def test_sent_twice_it_is_one_proposal(store: Store) -> None:
    made = store.say("team-manager", held()).entry
    again = store.say("team-manager", held(), uid=made.id).entry
    assert (again, len(proposals())) == (made, 1)


def test_the_history_names_who_held_what_on_any_day(store: Store) -> None:
    made = store.say("team-manager", RoleEnded(**END)).entry
    with playing(LATER):
        store.say("signer", Seconded(why="So it is."), made)

    def workers(as_at: Any, known_at: Any) -> list[tuple[str, str, str, str]]:
        found = [one for one in role_history(as_at, known_at) if one.user == "social-worker"]
        return [(one.name, str(one.ended_at or ""), one.ended_by, one.end_agreed_by) for one in found]

    gone = ("Tomas Hale", str(LATER), "team-manager", "signer")
    assert workers(LATER, LATER) == [gone]
    assert workers(START, LATER) == workers(LATER, START) == [("Tomas Hale", "", "", "")]
    assert workers(FOUNDED - timedelta(days=1), LATER) == []


def test_everybody_is_called_by_the_name_that_was_agreed_to(store: Store) -> None:
    for name, answer in (("Edith Vale", Declined(answer="disagree", why="No.")), ("Una Grey", Seconded(why="Yes."))):
        made = store.say("team-manager", held(name=name)).entry
        proposed = names(["una-grey"])
        store.say("signer", answer, made)
    assert (proposed, names(["una-grey"])) == ({"una-grey": "Una Grey"}, {"una-grey": "Una Grey"})
    other = store.say("team-manager", held(name="Edith Vale", role="team_manager")).entry
    assert names(["una-grey"]) == {"una-grey": "Una Grey"}
    store.say("signer", Seconded(why="Yes."), other)
    assert (names(["una-grey"]), rebuild(check=True)["access_user"]) == ({"una-grey": "Edith Vale"}, True)


def test_a_name_that_is_changed_in_the_table_of_users_is_found_and_made_again(store: Store) -> None:
    User.objects.filter(username="front-door").update(display_name="Edith Vale")
    assert [rebuild(check=False)["access_user"], rebuild(check=True)["access_user"]] == [False, True]
    assert names(["front-door"]) == {"front-door": "Asha Verne"}


def test_a_name_that_is_erased_from_the_record_changes_nobodys_sign_in(store: Store) -> None:
    (made,) = [one for batch in every() for one in batch if getattr(one.saying.fact, "user", "") == "nurse"][:1]
    erased((made, "name"))
    assert (names(["nurse"]), rebuild(check=True)["access_user"]) == ({"nurse": "Ines Fallow"}, True)
