"""Who is trained to answer children is proposed by a manager, and agreed to on the joint list."""

from datetime import timedelta
from typing import Any

from onrecord.access.queries import trained
from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.actions import keep_identity
from onrecord.mailbox.facts import IdentityOpened
from onrecord.mailbox.facts.another import TRAINED
from tests.pages.browsing import sheet, signed_in, text
from tests.stages.mailbox.ground import told_by

PAGE = "/people/training"


def typed(user: str, days: int = 300) -> dict[str, Any]:
    until = (now() + timedelta(days=days)).date()
    said = sheet("training", sort=TRAINED, why="Two days in September.")
    day = {"until-day": until.day, "until-month": until.month, "until-year": until.year}
    return said | {"user": user} | {f"training-{name}": str(number) for name, number in day.items()}


def test_a_manager_proposes_it_and_the_second_signer_agrees(store: Any) -> None:
    manager, signer = signed_in("team-manager"), signed_in("signer")
    assert manager.post(PAGE, typed("front-door")).status_code == 302
    assert not trained("front-door", TRAINED, now())
    listed = text(signer.get("/joint-list"))
    assert "Two days in September." in listed
    proposal = listed.partition('name="form" value="')[2].partition('"')[0]
    assert signer.post("/joint-list", sheet(proposal, answer="agree", why="I saw it.")).status_code == 302
    assert trained("front-door", TRAINED, now())


def test_nobody_says_it_of_themselves_or_for_longer_than_a_year(store: Any) -> None:
    manager = signed_in("team-manager")
    for body in (typed("team-manager"), typed("front-door", 500), typed("teacher")):
        assert manager.post(PAGE, body).status_code == 200
    assert "Two days in September." not in text(signed_in("signer").get("/joint-list"))


def test_to_open_who_reported_waits_on_the_joint_list_without_a_name(store: Any) -> None:
    made = told_by("professional")
    kept = keep_identity(made, "Philippa Oxbow-Tarn", "Hill School", "", "page", now())
    store.say("front-door", IdentityOpened(why="The child cannot be found."), kept)
    listed = text(signed_in("signer").get("/joint-list"))
    assert "The child cannot be found." in listed
    assert "Philippa" not in listed
