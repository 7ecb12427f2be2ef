"""Whoever opens the record of a child at their own postcode is flagged for it; nothing is sealed by where they live."""

from typing import Any

import pytest

from onrecord.access.facts import RecordOpened, StaffDetailsGiven
from onrecord.duties.actions import tick
from onrecord.intake.models import StaffKey
from onrecord.intake.queries import report as report_row
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, mention_of
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import every
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import sheet, text
from tests.pages.case.test_search import TYPED
from tests.partnership import REPORT, START

HOME = {"postcode": "zz99zz"}
ELSEWHERE = {"postcode": "ZZ9 8ZZ"}


def give(client: Any, **said: str) -> Any:
    """Send the page of one's own details with these answers."""
    return client.post("/my-details", sheet("details", **said))


def child_at(postcode: str | None, **named: str) -> dict[str, str | None]:
    """REPORT's child, living somewhere else."""
    return {**REPORT["child"], **named, "postcode": postcode}


def flags() -> list[tuple[str, str, str | None]]:
    """Who opened what, and how near they could be to the child, in order."""
    found = (made.saying for batch in every("reads") for made in batch)
    return [(one.by, one.fact.what, one.fact.close) for one in found if isinstance(one.fact, RecordOpened)]


def address(made: Entry) -> str:
    """Where the file of a report's child stands."""
    return f"/children/{mention_of(made.id, 'child')}"


@pytest.mark.parametrize(
    ("home", "flag"),
    [("zz99zz", "home"), (" ZZ9-9ZZ ", "home"), ("ZZ9 8ZZ", None), ("ZZ9", None), ("", None)],
)
def test_a_neighbour_who_opens_a_report_is_flagged(home: str, flag: str | None, store: Any, browser: Any) -> None:
    made = store.report()
    client = browser("front-door")
    assert give(client, postcode=home).status_code == 302
    assert client.get(f"/front-door/{made.id}").status_code == 200
    assert flags() == [("front-door", "report_and_known", flag)]


def test_a_neighbour_who_opens_a_file_is_flagged_and_nobody_else_is(store: Any, browser: Any) -> None:
    made = store.report()
    store.report(by="nurse", child=child_at("ZZ9 8ZZ"))
    give(browser("teacher"), **HOME)
    give(browser("nurse"), **HOME)
    give(browser("front-door"), **ELSEWHERE)
    for user in ("teacher", "front-door"):
        assert browser(user).get(address(made)).status_code == 200
    assert flags() == [("teacher", "chronology", "home"), ("front-door", "chronology", None)]


def test_family_and_neighbour_at_once_is_said_on_the_list_of_reads(store: Any, browser: Any) -> None:
    made = store.report(child=child_at("ZZ9 9ZZ", family_name="Prosser"))
    give(browser("teacher"), **HOME)
    browser("teacher").get(address(made))
    browser("teacher").post(address(made), {"form": "where", "where-why": "I have to visit."})
    browser("teacher").post("/search", TYPED)
    assert [flag for _, _, flag in flags()] == ["both", "both", "both", None]
    page = text(browser("manager").get("/reads"))
    assert page.count("Same last name and postcode as the child") == 3
    assert [said for said in ("zz99zz", "ZZ9 9ZZ") if said in page] == []


def test_the_child_is_compared_as_first_said_as_put_right_and_in_every_linked_mention(store: Any, browser: Any) -> None:
    give(browser("teacher"), **HOME)
    moved, joined = store.report(), store.report(child=child_at(None))
    unlike = store.report(child=child_at(None))
    right = '{"given_name": "Zephyrine", "family_name": "Quillfeather", "postcode": "ZZ9 8ZZ"}'
    store.say("teacher", Corrected(field="child", value=right, why="They moved."), moved)
    pair = [mention_of(made.id, "child") for made in (moved, joined)]
    store.say("front-door", LinkJudged(verdict="same", why="Compared."), about=pair)
    for made in (moved, joined, unlike):
        assert browser("teacher").get(address(made)).status_code == 200
    assert [flag for _, _, flag in flags()] == ["home", "home", None]


@pytest.mark.parametrize("words", ["She lives at ZZ9 9ZZ.", "ZZ99ZZ", "Next door."])
def test_a_postcode_seals_no_report(words: str, store: Any, browser: Any) -> None:
    before = store.report(words=words)
    give(browser("head"), **HOME)
    after = store.report(words=words)
    tick(START, sign=False)
    assert [report_row(made.id).route for made in (before, after)] == ["front_door", "front_door"]


def test_it_is_kept_as_a_keyed_hash_and_opened_by_the_officer_only(store: Any, browser: Any) -> None:
    client = browser("head")
    give(client, **HOME)
    rows = list(StaffKey.objects.filter(user="head").values_list("hashed", flat=True))
    coded = repr(list(Envelope.objects.filter(kind=StaffDetailsGiven.kind).values_list("coded", flat=True)))
    shown = text(client.get("/my-details"))
    assert [said for said in ("zz99zz", "ZZ99ZZ") if said in f"{rows} {coded} {shown}"] == []
    assert rebuild(check=True)["intake_staff_key"]
    StaffKey.objects.all().delete()
    rebuild(check=False)
    assert list(StaffKey.objects.filter(user="head").values_list("hashed", flat=True)) == rows
    page = text(browser("designated").post("/staff-details/head", {"why": "A neighbour complained."}))
    assert "zz99zz" in page


def test_of_a_list_at_the_front_door_only_what_is_near_to_the_reader_is_flagged(store: Any, browser: Any) -> None:
    near = store.report()
    far = store.report(by="nurse", child=child_at("ZZ9 8ZZ", given_name="Bramble", family_name="Ottershaw"))
    family = store.report(by="nurse", child=child_at("ZZ9 8ZZ", given_name="Ottoline", family_name="Verne"))
    give(browser("front-door"), **HOME)
    assert browser("front-door").get("/front-door").status_code == 200
    said = [made.saying for batch in every("reads") for made in batch if isinstance(made.saying.fact, RecordOpened)]
    assert [(one.fact.close, set(one.about)) for one in said if one.fact.what == "report"] == [
        (None, {far.id}),
        ("home", {near.id}),
        ("yes", {family.id}),
    ]


def test_of_the_sealed_list_too(store: Any, browser: Any) -> None:
    words = "Piotr Lund picks her up after school."
    near = store.report(words=words)
    far = store.report(by="nurse", words=words, child=child_at("ZZ9 8ZZ", given_name="Bramble", family_name="Otter"))
    family = store.report(by="nurse", words=words, child=child_at("ZZ9 9ZZ", given_name="Ivy", family_name="Bright"))
    give(browser("designated"), **HOME)
    assert browser("designated").get("/sealed").status_code == 200
    said = [made.saying for batch in every("reads") for made in batch if isinstance(made.saying.fact, RecordOpened)]
    assert [(one.by, one.fact.what, one.fact.close, set(one.about)) for one in said] == [
        ("designated", "report", None, {far.id}),
        ("designated", "report", "both", {family.id}),
        ("designated", "report", "home", {near.id}),
    ]
