"""Roles are proposed and agreed to on pages; an outside contact is asked with one button; the rota is read."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from onrecord.access.facts import RoleEnded, RoleHeld
from onrecord.access.models import Absence, Reading
from onrecord.access.queries import addresses, holders, next_reading_time, proposals, viewer_of
from onrecord.cli.app import app
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import sheet, text
from tests.partnership import START, Store

TYPED = {
    "user": "una-grey",
    "name": "Una Grey",
    "role": "practitioner",
    "since-day": "12",
    "since-month": "10",
    "since-year": "2026",
    "why": "Tomas goes in November.",
}
ENDS = RoleEnded(user="social-worker", role="practitioner", agency="social-care", why="He moves to Leeds.")


def propose(client: Any, agency: str = "social-care", **changed: str) -> str:
    typed = {f"propose-{field}": value for field, value in (TYPED | changed).items()}
    said = sheet("propose") | typed | {"agency": agency}
    return text(client.post("/people/propose", said, follow=True))


def sign(client: Any, answer: str = "agree") -> str:
    (one,) = proposals()
    return text(client.post("/people", sheet(f"sign{str(one.id)[:8]}", answer=answer, why="I know them."), follow=True))


def test_somebody_is_proposed_on_one_page_and_agreed_to_on_another(store: Store, browser: Any) -> None:
    page = propose(browser("team-manager"))
    assert "Proposed. It counts when a second person, from another agency, agrees." in page
    assert "Role begins: Una Grey, Practitioner, Northbrook Children&#x27;s Services" in page
    assert viewer_of("una-grey") is None
    assert "Una Grey took up the role of Practitioner." in text(browser("signer").get("/joint-list"))
    assert "Recorded: Second signature." in sign(browser("signer"))
    assert viewer_of("una-grey").name == "Una Grey"


def test_whoever_proposed_is_shown_no_form_to_sign(store: Store, browser: Any) -> None:
    propose(browser("team-manager"))
    shown = {user: "Do you agree?" in text(browser(user).get("/people")) for user in ("team-manager", "head", "signer")}
    assert shown == {"team-manager": False, "head": False, "signer": True}


def test_a_half_typed_proposal_survives_and_the_fault_is_in_the_fields_own_words(store: Store, browser: Any) -> None:
    page = propose(browser("team-manager"), user="Una Grey")
    assert "Use small letters, digits and hyphens, such as jo-marlowe." in page
    assert ('value="Una Grey"' in page, "Tomas goes in November." in page) == (True, True)
    assert '<option value="social-care" selected>' in page
    assert (propose(browser("team-manager"), agency="police").count("Choose an agency."), proposals()) == (2, [])


def test_an_end_is_proposed(store: Store, browser: Any) -> None:
    said = sheet("end", why="He moves to Leeds.") | {"held": "social-worker/practitioner/social-care"}
    page = text(browser("head").post("/people/end", said, follow=True))
    assert "Role ends: Tomas Hale, Practitioner, Northbrook Children&#x27;s Services" in page
    sign(browser("signer"))
    assert holders("practitioner", "social-care") == []


def test_an_outside_end_is_shown_for_signing_to_the_person_alone(store: Store, browser: Any) -> None:
    store.say("manager", RoleEnded(user="scrutineer", role="scrutineer", agency="outside", why="The contract is over."))
    users = ("signer", "director", "inspectorate", "scrutineer")
    shown = {user: "Do you agree?" in text(browser(user).get("/people")) for user in users}
    assert shown == dict.fromkeys(users, False) | {"scrutineer": True}
    row = Owed.objects.get(rule="outside-contact-agrees")
    assert "Do you agree?" in text(browser("scrutineer").get(f"/duties/{row.key}"))


def test_nobody_picks_an_outside_contact_to_change_their_address(store: Store, browser: Any) -> None:
    assert "Edith Vale" not in text(browser("manager").get("/people/address"))
    said = sheet("address", address="x@y.example", why="New.") | {"user": "scrutineer"}
    assert "Choose whose address changes." in text(browser("manager").post("/people/address", said))
    assert addresses(["scrutineer"]) == {"scrutineer": "scrutineer@northbrook.example"}


def test_everybody_changes_their_own_address_and_says_when_they_are_away(store: Store, browser: Any) -> None:
    client = browser("front-door")
    client.post("/people/address", sheet("address", address="asha@new.example") | {"user": "front-door"})
    assert addresses(["front-door"]) == {"front-door": "asha@new.example"}
    days = {
        f"{end}-{part}": value
        for end in ("first", "last")
        for part, value in zip(("day", "month", "year"), ("7", "10", "2026"), strict=True)
    }
    said = sheet("away", **days) | {"user": "front-door", "cover": "team-manager"}
    assert "Recorded. No clock stops." in text(client.post("/people/away", said, follow=True))
    assert Absence.objects.values_list("user", "cover", "first").get() == (
        "front-door",
        "team-manager",
        date(2026, 10, 7),
    )


def test_an_administrator_says_nothing_of_people(store: Store, browser: Any) -> None:
    pages = ("/people", "/people/propose", "/people/end", "/people/away", "/people/address", "/people/rota")
    assert {page: browser("admin").get(page).status_code for page in pages} == dict.fromkeys(pages, 403)


def test_an_outside_contact_is_asked_with_one_button(store: Store, browser: Any) -> None:
    row = Owed.objects.get(rule="outside-contact-still-there")
    client = browser("scrutineer")
    assert "You are the outside contact until 5 January 2027 (independent scrutineer): still right?" in text(
        client.get("/watch")
    )
    assert "still right?" not in text(browser("manager").get("/watch"))
    with playing(row.due_at):
        assert "Are you still there to hear?" in text(browser("scrutineer").get("/watch"))
        page = text(browser("scrutineer").post("/watch/confirm", follow=True))
    assert "You will be asked again in three months." in page
    assert Owed.objects.get(key=row.key).state == "met_late"


def test_a_silent_contact_is_said_to_be_gone(store: Store, browser: Any) -> None:
    row = Owed.objects.get(rule="outside-contact-still-there")
    gone = row.due_at + (row.due_at - row.started_at)
    with playing(gone):
        tick(gone, sign=False)
        page = text(browser("manager").get("/watch"))
    assert "Nobody outside has agreed to hear this: inspectorate, independent scrutineer." in page


def test_the_front_door_says_who_reads(store: Store, browser: Any) -> None:
    assert "Reading now: Asha Verne" in text(browser("front-door").get("/front-door"))
    Reading.objects.all().delete()
    assert "Nobody is on the rota to read this." in text(browser("front-door").get("/front-door"))
    typed = {"user": "front-door", "starts": "22:00", "ends": "6:00 am"}
    typed |= {"day-day": "6", "day-month": "10", "day-year": "2026"}
    page = text(browser("team-manager").post("/people/rota", typed, follow=True))
    assert "Recorded. They are on the rota." in page
    assert "Nobody reads from Monday 5 October, 09:00 until Tuesday 6 October, 22:00." in page
    found = next_reading_time(START, "social-care")
    assert (found.start - START, found.end - found.start) == (timedelta(hours=37), timedelta(hours=8))
    assert "Nobody reads now. Next: Asha Verne, Tuesday 6 October, 22:00" in text(
        browser("front-door").get("/front-door")
    )


def test_a_faulty_line_of_the_rota_comes_back_as_typed(store: Store, browser: Any) -> None:
    typed = {"user": "front-door", "day-day": "31", "day-month": "2", "day-year": "2026", "starts": "nine", "ends": ""}
    page = text(browser("head").post("/people/rota", typed))
    assert [
        page.count(words) > 0 for words in ("Enter a real date", "such as 09:00", "such as 17:30", 'value="nine"')
    ] == ([True] * 4)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_database_as_much_for_fifty_as_for_one(store: Store, browser: Any, rows: int) -> None:
    for number in range(rows):
        held = {"user": f"new-{number}", "name": "A New One", "role": "practitioner", "agency": "social-care"}
        store.say("head", RoleHeld(**held, since=date(2026, 10, 5), why="More work."))
    client = browser("signer")
    client.get("/people")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/people"))
    assert page.count("Do you agree?") == rows
    assert len(asked) <= 12


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["people", *words])


def test_the_history_by_the_command_line_is_named_and_as_at_a_day(own_store: Store) -> None:
    made = own_store.say("team-manager", ENDS).entry
    with playing(START + timedelta(days=2)):
        answer = run("end", "front-door", "front_door", "social-care", "--why", "She retires.", "--by", "head")
        assert (answer.exit_code, "Proposed" in answer.stdout) == (0, True)
        told = json.loads(run("--json").stdout)
        assert json.loads(run("--as-at", "2026-10-04", "--json").stdout) == []
    assert len(told) == 17
    (worker,) = [one for one in told if one["user"] == made.saying.fact.user]
    assert (worker["name"], worker["role"], worker["ended_at"]) == ("Tomas Hale", "practitioner", None)


def test_the_command_line_is_the_same_door(own_store: Store) -> None:
    refused = run("end", "scrutineer", "scrutineer", "outside", "--why", "Over.", "--by", "director")
    assert (refused.exit_code, "on record" in refused.stderr) == (1, True)
    waits = run("end", "scrutineer", "scrutineer", "outside", "--why", "Over.", "--by", "manager")
    assert (waits.exit_code, holders("scrutineer", "outside")) == (0, ["scrutineer"])
    muted = run("address", "scrutineer", "x@y.example", "--why", "New.", "--by", "manager")
    assert (muted.exit_code, addresses(["scrutineer"])) == (1, {"scrutineer": "scrutineer@northbrook.example"})
