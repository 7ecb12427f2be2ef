"""A link by which somebody sets their own password: it works once, for seven days, and says so in words."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from typer.testing import CliRunner

from onrecord.access.facts import InvitationMade, InvitationUsed, RoleHeld
from onrecord.access.models import Invitation, User
from onrecord.access.queries import digest_of, proposals
from onrecord.cli.app import app
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from onrecord.notices.models import Notice
from tests.pages.browsing import signed_in, text
from tests.pages.signing import PASSWORD, enter, make_real, set_up_app
from tests.partnership import START, Store

NEW = {"password1": PASSWORD, "password2": PASSWORD}
GONE = "This link does not open"


def made(user: str, by: str = "team-manager") -> str:
    """The path of a link made on the page."""
    page = text(signed_in(by).post("/people/link", {"user": user}))
    assert "It is shown only now." in page
    return urlsplit(page.partition('id="link-copy"')[2].partition(">")[2].partition("<")[0]).path


def opened(link: str, client: Client | None = None) -> Any:
    """The page behind a link."""
    return (client or Client()).get(link, follow=True)


@pytest.fixture
def una(store: Store) -> Store:
    """Una Grey was just given a role by two, and has no password."""
    held = {"user": "una-grey", "name": "Una Grey", "role": "practitioner", "agency": "social-care"}
    store.say("team-manager", RoleHeld.heard(held | {"since": "2026-10-05", "why": "More work."}))
    (one,) = proposals()
    store.say("signer", Seconded.heard({"why": "I know her."}), entry(one.id))
    return store


def kinds(*facts: Any) -> list[tuple[str, str]]:
    """Entries of these kinds, in order, with the person each is about."""
    rows = Envelope.objects.filter(kind__in=[fact.kind for fact in facts]).order_by("seq")
    return [(row.kind, row.coded["user"]) for row in rows]


def test_somebody_new_sets_a_password_signs_in_and_is_asked_for_a_second_step(
    una: Store, fresh_home: Any, monkeypatch: Any
) -> None:
    make_real(fresh_home, monkeypatch)
    CliRunner().invoke(app, ["people", "invite", "una-grey", "--by", "team-manager"])
    (first,) = Invitation.objects.all()
    answer = CliRunner().invoke(
        app, ["people", "invite", "una-grey", "--by", "team-manager", "--site", "https://r.example"]
    )
    link = answer.stdout.strip()
    assert link.startswith("https://r.example/invitation/")
    client = Client()
    page = opened(urlsplit(link).path, client)
    assert page.redirect_chain == [("/invitation", 302)]
    assert "Your sign-in name is <strong>una-grey</strong>." in text(page)
    assert digest_of(urlsplit(link).path.rpartition("/")[2]) != first.digest
    sent = client.post("/invitation", NEW, follow=True)
    assert (sent.redirect_chain, "Your password is set. Sign in as una-grey." in text(sent)) == (
        [("/sign-in", 302)],
        True,
    )
    assert enter(client, "una-grey").url == "/"
    assert client.get("/report").url == "/your-sign-in?next=/report"
    set_up_app(client)
    assert client.get("/report").status_code == 200
    assert kinds(InvitationMade, InvitationUsed) == [
        (InvitationMade.kind, "una-grey"),
        (InvitationMade.kind, "una-grey"),
        (InvitationUsed.kind, "una-grey"),
    ]


def test_a_link_works_once_and_says_so(una: Store) -> None:
    link, client, late = made("una-grey"), Client(), Client()
    opened(link, client)
    opened(link, late)
    assert client.post("/invitation", NEW).url == "/sign-in"
    for page in (late.post("/invitation", NEW), opened(link), client.get("/invitation")):
        assert page.status_code in (404, 410)
        assert GONE in text(page)
    assert "This link was used already." in text(opened(link))
    assert "Ask your manager, or the partnership&#x27;s business manager, for a new link." in text(opened(link))
    assert len(kinds(InvitationUsed)) == 1


@pytest.mark.parametrize(("days", "status"), [(6.99, 200), (7, 410)])
def test_a_link_works_for_seven_days(una: Store, days: float, status: int) -> None:
    link = made("una-grey")
    with playing(START + timedelta(days=days)):
        page = opened(link)
    assert (page.status_code, "A link works for seven days" in text(page)) == (status, status == 410)


def test_a_newer_link_ends_the_older_one(una: Store) -> None:
    older, newer = made("una-grey"), made("una-grey")
    assert (opened(older).status_code, opened(newer).status_code) == (410, 200)


def test_only_the_digest_is_kept(una: Store) -> None:
    secret = made("una-grey").rpartition("/")[2]
    (row,) = Invitation.objects.all()
    client = Client()
    opened(f"/invitation/{secret}", client)
    kept = [row.digest, str(dict(client.session)), str(list(Envelope.objects.values("coded")))]
    assert (row.digest, [secret in one for one in kept]) == (digest_of(secret), [False] * 3)


def test_opening_a_link_uses_nothing_up_and_a_password_that_will_not_do_is_refused(una: Store) -> None:
    link, client = made("una-grey"), Client()
    for _ in range(3):
        assert opened(link, client).status_code == 200
    page = text(client.post("/invitation", {"password1": "short", "password2": "short"}))
    assert "at least 12 characters" in page
    assert "Enter a password." in text(client.post("/invitation", {"password1": "", "password2": ""}))
    assert not User.objects.get(username="una-grey").has_usable_password()
    assert client.post("/invitation", NEW).url == "/sign-in"


def test_guessing_slows_the_place_it_comes_from(una: Store) -> None:
    link = made("una-grey")
    tried = [Client().get(f"/invitation/guess-{number}", REMOTE_ADDR="192.0.2.1").status_code for number in range(7)]
    assert tried == [404] * 5 + [429] * 2
    assert Client().get(link, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert Client().get(link, REMOTE_ADDR="198.51.100.7").url == "/invitation"


def test_the_person_and_their_managers_are_told(una: Store) -> None:
    made("nurse", "manager")
    told = sorted(Notice.objects.filter(item__matter="a sign-in").values_list("recipient", flat=True))
    assert told == ["manager", "nurse"]
    made("una-grey", "head")
    told = sorted(Notice.objects.filter(item__matter="a sign-in").values_list("recipient", flat=True))
    assert told == ["manager", "manager", "nurse", "team-manager"]
    assert "una" not in str(list(Notice.objects.values_list("item", flat=True))).lower()


def test_a_new_password_by_a_link_ends_the_sessions_there_were(una: Store) -> None:
    before, client = signed_in("social-worker"), Client()
    assert before.get("/report").status_code == 200
    opened(made("social-worker"), client)
    client.post("/invitation", NEW)
    assert before.get("/report").status_code == 302


@pytest.mark.parametrize(
    ("by", "status", "offered"),
    [
        ("teacher", 403, []),
        ("admin", 403, []),
        ("signer", 403, []),
        ("team-manager", 200, ["designated", "director", "front-door", "head", "social-worker", "una-grey"]),
        ("scrutineer", 200, ["inspectorate"]),
    ],
)
def test_each_offers_links_only_to_those_they_answer_for(una: Store, by: str, status: int, offered: list[str]) -> None:
    page = signed_in(by).get("/people/link")
    options = text(page).split('<option value="')[1:]
    assert (page.status_code, sorted({one.partition('"')[0] for one in options} - {""})) == (status, offered)


def test_nobody_inside_makes_a_link_for_somebody_outside(una: Store) -> None:
    page = text(signed_in("manager").post("/people/link", {"user": "scrutineer"}))
    assert "Choose for whom it is." in page
    answer = CliRunner().invoke(app, ["people", "invite", "scrutineer", "--by", "manager"])
    assert (answer.exit_code, "Only the outside contact can change this" in answer.stderr) == (1, True)
    assert list(
        Envelope.objects.filter(kind="access.outside_change_refused").values_list("coded__user", "coded__what")
    ) == [("scrutineer", "sign_in")]
    assert Invitation.objects.count() == 0
