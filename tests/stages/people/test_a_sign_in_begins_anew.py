"""A second step that was lost is taken away by two people, never by the person; and the password goes with it."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from typer.testing import CliRunner

from onrecord.access.facts import SecondStepEnded
from onrecord.access.models import Invitation, User
from onrecord.access.queries import proposals
from onrecord.access.rules import Denied
from onrecord.cli.app import app
from onrecord.duties.actions.doors import invite
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Declined, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.queries import entry
from onrecord.notices.models import Notice
from tests.pages.browsing import sheet, signed_in, text
from tests.pages.signing import PASSWORD, code, enter, make_real, set_up_app, with_password
from tests.partnership import START, Store

AGREED = Seconded.heard({"why": "She stood before me."})


def lost(user: str, role: str, agency: str, why: str | None = "She stood before me.") -> SecondStepEnded:
    """That somebody's second step is lost."""
    return SecondStepEnded(user=user, role=role, agency=agency, why=why)


WORKER = ("social-worker", "practitioner", "social-care")
SCRUTINEER = ("scrutineer", "scrutineer", "outside")


@pytest.fixture
def locked(store: Store, fresh_home: Any, monkeypatch: Any) -> tuple[Store, Client]:
    """A social worker of a real record with a password and an app, signed in once, and a link not used."""
    with_password("social-worker")
    make_real(fresh_home, monkeypatch)
    client = Client()
    enter(client, "social-worker")
    set_up_app(client)
    invite(store.viewer("head"), "social-worker", START)
    return store, client


def state() -> tuple[int, bool, int]:
    """Second steps, whether there is a password, and sessions of the social worker."""
    user = User.objects.get(username="social-worker")
    return (
        Authenticator.objects.filter(user=user).count(),
        user.has_usable_password(),
        UserSession.objects.filter(user=user).count(),
    )


def test_two_agree_and_everything_is_gone_at_once(locked: tuple[Store, Client]) -> None:
    store, client = locked
    made = store.say("team-manager", lost(*WORKER)).entry
    assert (made.proposed, state(), client.get("/report").status_code) == (True, (2, True, 1), 200)
    store.say("signer", AGREED, made)
    assert (state(), client.get("/report").status_code) == ((0, False, 0), 302)
    assert [row.until for row in Invitation.objects.all()] == [START]


def test_whoever_only_has_the_password_is_not_let_in_and_a_new_link_lets_the_person_in(
    locked: tuple[Store, Client],
) -> None:
    store, _ = locked
    store.say("signer", AGREED, store.say("team-manager", lost(*WORKER)).entry)
    assert "At least one of them is not right." in text(enter(Client(), "social-worker"))
    client = Client()
    client.get(f"/invitation/{invite(store.viewer('team-manager'), 'social-worker', START)}")
    client.post("/invitation", {"password1": PASSWORD, "password2": PASSWORD})
    enter(client, "social-worker")
    assert client.get("/report").url == "/your-sign-in?next=/report"
    secret = set_up_app(client)
    assert (client.get("/report").status_code, len(code(secret))) == (200, 6)


@pytest.mark.parametrize("by", ["signer", "social-worker", "team-manager"])
def test_one_person_alone_takes_nothing_away(locked: tuple[Store, Client], by: str) -> None:
    store, _ = locked
    made = store.say("team-manager", lost(*WORKER)).entry
    if by != "signer":
        with pytest.raises(Denied):
            store.say(by, AGREED, made)
    assert state() == (2, True, 1)


def test_disagreeing_ends_it(locked: tuple[Store, Client]) -> None:
    store, _ = locked
    made = store.say("team-manager", lost(*WORKER)).entry
    store.say("signer", Declined.heard({"answer": "disagree", "why": "I could not reach him."}), made)
    assert (state(), proposals()) == ((2, True, 1), [])


@pytest.mark.parametrize("by", ["social-worker", "teacher", "signer", "admin", "scrutineer", "nurse"])
def test_only_a_manager_proposes_it_and_nobody_of_themselves(store: Store, by: str) -> None:
    with pytest.raises(Denied):
        store.say(by, lost(*WORKER))


@pytest.mark.parametrize("said", [lost(*WORKER, why=None), lost("social-worker", "director", "social-care")])
def test_what_does_not_hold_is_refused(store: Store, said: SecondStepEnded) -> None:
    with pytest.raises(Refused):
        store.say("team-manager", said)


def test_the_person_their_manager_and_the_office_are_told_when_proposed_and_when_done(store: Store) -> None:
    store.say("signer", AGREED, store.say("head", lost(*WORKER)).entry)
    rows = Notice.objects.filter(item__matter="a sign-in").order_by("recipient", "made_at")
    told = sorted((row.recipient, row.item["news"].partition(",")[0].partition(":")[0]) for row in rows)
    whom = ("manager", "social-worker", "team-manager")
    words = ("A sign-in begins anew", "A sign-in is to begin anew")
    assert told == [(who, said) for who in whom for said in words]


def test_a_second_signature_is_owed_and_the_page_shows_it(store: Store) -> None:
    said = sheet("begin-anew", why="She stood before me.") | {"held": "/".join(WORKER)}
    page = text(signed_in("team-manager").post("/people/begin-anew", said, follow=True))
    assert "Proposed. It counts when a second person, from another agency, agrees." in page
    assert "Sign-in begins anew: Tomas Hale, Practitioner" in page
    assert Owed.objects.get(rule="second-signature").role == "second_signer"
    (one,) = proposals()
    page = signed_in("signer").post(
        "/joint-list", sheet(f"sign{str(one.id)[:8]}", answer="agree", why="I know."), follow=True
    )
    assert ("Recorded: Second signature." in text(page), proposals()) == (True, [])


def test_outside_only_the_other_person_outside_agrees(store: Store) -> None:
    with_password("scrutineer")
    made = store.say("manager", lost(*SCRUTINEER)).entry
    for by in ("signer", "director", "scrutineer"):
        with pytest.raises(Denied):
            store.say(by, AGREED, made)
    assert User.objects.get(username="scrutineer").has_usable_password()
    users = ("signer", "director", "scrutineer", "inspectorate")
    shown = {user: "Do you agree?" in text(signed_in(user).get("/people")) for user in users}
    assert shown == dict.fromkeys(users, False) | {"inspectorate": True}
    store.say("inspectorate", AGREED, made)
    assert not User.objects.get(username="scrutineer").has_usable_password()
    told = set(Notice.objects.filter(item__matter="a sign-in").values_list("recipient", flat=True))
    assert told == {"scrutineer", "inspectorate", "manager"}


def test_an_attempt_on_an_outside_sign_in_is_on_record(store: Store) -> None:
    with pytest.raises(Denied, match="on record"):
        store.say("director", lost(*SCRUTINEER))


def test_an_inside_role_of_an_outside_person_is_no_way_round(store: Store) -> None:
    with pytest.raises(Refused):
        store.say("manager", lost("scrutineer", "practitioner", "school"))


def test_the_office_itself_begins_anew_by_a_director(store: Store) -> None:
    office = lost("manager", "business_manager", "partnership")
    assert store.say("director", office).entry.proposed
    assert "Dev Ashby: Partnership business manager" in text(signed_in("director").get("/people/begin-anew"))


def test_the_tables_come_out_equal_and_nothing_is_taken_away_again(own_store: Store) -> None:
    own_store.say("signer", AGREED, own_store.say("head", lost(*WORKER)).entry)
    with_password("social-worker")
    assert set(rebuild(check=True).values()) == {True}
    assert User.objects.get(username="social-worker").has_usable_password()


def test_the_command_line_is_the_same_door(own_store: Store) -> None:
    words = ["people", "begin-anew", *WORKER, "--why", "She stood before me.", "--by"]
    answers = {by: CliRunner().invoke(app, [*words, by]).exit_code for by in ("social-worker", "head")}
    (one,) = proposals()
    assert (answers, one.what, entry(one.id).saying.by) == ({"social-worker": 1, "head": 0}, "anew", "head")
