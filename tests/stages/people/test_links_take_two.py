"""Whoever holds a link can sign in as its person. So nobody alone makes one for somebody who could overrule them."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from typer.testing import CliRunner

from onrecord.access.actions import LinkSpent, TakesTwo, take_up_role, use_invitation
from onrecord.access.facts import InvitationMade, InvitationProposed
from onrecord.access.models import Invitation, User
from onrecord.access.queries import digest_of, proposals
from onrecord.access.rules import Denied
from onrecord.cli.app import app
from onrecord.duties.actions.doors import invite
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Declined, Entry, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry, size
from onrecord.notices.models import Notice
from tests.pages.browsing import sheet, signed_in, text
from tests.pages.signing import PASSWORD, enter
from tests.partnership import START, Store

WHY = "She stood before me."
AGREED = Seconded(why="I rang her.")
BY_TWO = [
    ("manager", "signer", "scrutineer"),
    ("team-manager", "designated", "signer"),
    ("manager", "director", "scrutineer"),
    ("head", "director", "signer"),
    ("director", "manager", "signer"),
    ("inspectorate", "scrutineer", "signer"),
    ("scrutineer", "inspectorate", "signer"),
]
"""Who proposes, for whom, and who agrees."""


def asks(user: str, why: str | None = WHY) -> InvitationProposed:
    """That a link is to be made for somebody."""
    return InvitationProposed(user=user, why=why)


def proposed(store: Store, by: str, user: str) -> Entry:
    return store.say(by, asks(user)).entry


def told(news: str) -> set[str]:
    rows = Notice.objects.filter(item__news__startswith=news)
    return set(rows.values_list("recipient", flat=True))


@pytest.mark.parametrize(("by", "user", "signs"), BY_TWO)
def test_no_one_person_makes_it(store: Store, by: str, user: str, signs: str) -> None:
    before = size()
    with pytest.raises(TakesTwo):
        invite(store.viewer(by), user, START)
    assert (size(), Invitation.objects.count()) == (before, 0)


@pytest.mark.parametrize(("by", "user", "signs"), BY_TWO)
def test_it_is_made_once_when_a_second_person_has_agreed_and_the_people_outside_are_told_both_times(
    store: Store, by: str, user: str, signs: str
) -> None:
    made = proposed(store, by, user)
    assert (made.proposed, told("A link is proposed") >= {"scrutineer", "inspectorate", user}) == (True, True)
    assert {row.rule for row in Owed.objects.filter(opening=made.id)} == {"second-signature"}
    with pytest.raises(TakesTwo):
        invite(store.viewer(by), user, START)
    store.say(signs, AGREED, made)
    secret = invite(store.viewer(by), user, START)
    assert told("A link was made") >= {"scrutineer", "inspectorate", user}
    (row,) = Envelope.objects.filter(kind=InvitationMade.kind)
    assert entry(row.uid).saying.regarding == (made.id,)
    with pytest.raises(TakesTwo):
        invite(store.viewer(by), user, START)
    assert use_invitation(digest_of(secret), PASSWORD, START) == user
    assert User.objects.get(username=user).check_password(PASSWORD)
    assert set(rebuild(check=True).values()) == {True}


def test_an_agreement_is_for_whoever_asked_and_lasts_a_week(store: Store) -> None:
    store.say("signer", AGREED, proposed(store, "head", "designated"))
    for by in ("team-manager", "director"):
        with pytest.raises(TakesTwo):
            invite(store.viewer(by), "designated", START)
    with playing(START + timedelta(days=7)), pytest.raises(TakesTwo):
        invite(store.viewer("head"), "designated", START + timedelta(days=7))


def test_disagreeing_ends_it(store: Store) -> None:
    made = proposed(store, "head", "designated")
    store.say("signer", Declined(answer="disagree", why="She has not lost it."), made)
    with pytest.raises(TakesTwo):
        invite(store.viewer("head"), "designated", START)
    assert proposals() == []


@pytest.mark.parametrize("by", ["manager", "signer", "director", "inspectorate"])
def test_who_signs_is_another_person_of_another_agency_and_not_the_one_it_is_for(store: Store, by: str) -> None:
    made = proposed(store, "manager", "signer")
    if by == "inspectorate":
        store.say(by, AGREED, made)
        return
    with pytest.raises(Denied):
        store.say(by, AGREED, made)


@pytest.mark.parametrize("by", ["manager", "director", "team-manager", "signer", "teacher"])
def test_nobody_inside_proposes_it_for_somebody_outside(store: Store, by: str) -> None:
    with pytest.raises(Denied, match="on record"):
        proposed(store, by, "scrutineer")
    assert Envelope.objects.filter(kind="access.outside_change_refused").count() == 1


@pytest.mark.parametrize("by", ["teacher", "front-door", "signer", "admin", "nurse"])
def test_nobody_proposes_it_who_could_not_give_the_role(store: Store, by: str) -> None:
    with pytest.raises(Denied):
        proposed(store, by, "designated")


@pytest.mark.parametrize(
    ("said", "field"),
    [(asks("designated", None), "why"), (asks("social-worker"), "user"), (asks("designated"), "user")],
)
def test_what_makes_no_sense_is_refused_in_the_fields_own_words(
    store: Store, said: InvitationProposed, field: str
) -> None:
    if field == "user":
        proposed(store, "team-manager", "designated")
    with pytest.raises(Refused) as refusal:
        store.say("head", said)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_who_makes_a_link_holds_every_right_over_every_role_of_the_person(store: Store) -> None:
    take_up_role("social-worker", "Tomas Hale", "practitioner", "health", START.date(), START)
    for by in ("team-manager", "head", "director"):
        with pytest.raises(Denied):
            invite(store.viewer(by), "social-worker", START)
    assert Invitation.objects.count() == 0
    invite(store.viewer("manager"), "social-worker", START)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(("role", "agency"), [("second_signer", "partnership"), ("director", "social-care")])
def test_a_link_that_one_made_opens_nothing_once_its_person_signs_or_leads(
    store: Store, role: str, agency: str
) -> None:
    secret = invite(store.viewer("manager"), "social-worker", START)
    take_up_role("social-worker", "Tomas Hale", role, agency, START.date(), START)
    with pytest.raises(LinkSpent):
        use_invitation(digest_of(secret), PASSWORD, START)
    assert not User.objects.get(username="social-worker").has_usable_password()


def test_it_is_proposed_agreed_to_and_made_on_the_pages(store: Store) -> None:
    manager = signed_in("manager")
    assert '<option value="signer">Leah Strand (takes two)</option>' in text(manager.get("/people/link"))
    page = text(manager.post("/people/link", {"user": "signer"}))
    assert ("Say in a sentence how you know it is them." in page, '<option value="signer" selected>' in page) == (
        True,
        True,
    )
    page = text(manager.post("/people/link", {"user": "signer", "why": WHY}, follow=True))
    assert "Proposed. When a second person, from another agency, agrees, you make the link." in page
    assert "Link to set a password: Leah Strand, Second signer of the joint daily list" in page
    page = text(manager.post("/people/link", {"user": "signer", "why": WHY}))
    assert "A link for them is proposed already." in page
    (one,) = proposals()
    said = sheet(f"sign{str(one.id)[:8]}", answer="agree", why="I rang her.")
    assert "Recorded: Second signature." in text(signed_in("scrutineer").post("/people", said, follow=True))
    assert "Leah Strand (a second person has agreed)" in text(manager.get("/people/link"))
    page = text(manager.post("/people/link", {"user": "signer"}))
    link = urlsplit(page.partition('id="link-copy"')[2].partition(">")[2].partition("<")[0]).path
    client = Client()
    client.get(link)
    client.post("/invitation", {"password1": PASSWORD, "password2": PASSWORD})
    assert enter(client, "signer").url == "/"


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["people", "invite", *words])


def test_the_command_line_is_the_same_door(own_store: Store) -> None:
    refused = run("signer", "--by", "manager")
    assert (refused.exit_code, "made by two" in refused.stderr) == (1, True)
    waits = run("signer", "--by", "manager", "--why", WHY)
    assert (waits.exit_code, "Proposed" in waits.stdout) == (0, True)
    (one,) = proposals()
    own_store.say("scrutineer", AGREED, entry(one.id))
    done = run("signer", "--by", "manager")
    assert (done.exit_code, done.stdout.startswith("http://localhost:8000/invitation/")) == (0, True)
