"""Where a child lives who was placed, or passed on: shown by a reason only, to the last word, and on nothing else."""

from base64 import b64decode
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from onrecord.case.facts import BundleAsked, ChildPassedOn, ChildPlaced, SafeContactSet
from onrecord.ledger.actions import checkpoint
from onrecord.ledger.facts import Entry, Fact, Seconded, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.rules.places import hushed
from onrecord.ledger.rules.sentence import told
from onrecord.notices.models import Notice
from tests.pages.browsing import sheet, text
from tests.pages.case.test_file import address, read_notes
from tests.pages.case.test_printing import printed, words

TYPED = {
    "sort": "foster",
    "place-name": "Corvid Lodge, with Ottoline Brackenbury",
    "place-address": "7 Nettle Row",
    "place-postcode": "YY8 8YY",
    "must_not_know-0": "Her uncle Barnaby Oxbow",
    "judged": "child",
    "why": "She asked not to go back.",
}
PLACED: dict[str, Any] = {
    "sort": "foster",
    "place": {"name": "Corvid Lodge, with Ottoline Brackenbury", "address": "7 Nettle Row", "postcode": "YY8 8YY"},
    "must_not_know": ["Her uncle Barnaby Oxbow"],
    "judged": "child",
    "why": "She asked not to go back.",
}
PASSED: dict[str, Any] = {
    "way": "agency",
    "to_agency": "health",
    "because": "placed",
    "why": "The clinic sees her each week now.",
    "plan": "looked_after",
    "goes_with": ["safe_contact"],
    "lives_at": {"name": "Corvid Lodge", "address": "7 Nettle Row", "postcode": "YY8 8YY"},
}
HIDDEN = ("Corvid", "Nettle", "YY8 8YY", "Ottoline", "Brackenbury")
LIVES = ("Corvid", "Nettle", "YY8 8YY")


def shown(page: str, hidden: tuple[str, ...] = HIDDEN) -> list[str]:
    """What of it a page holds."""
    return [one for one in hidden if one in page]


@pytest.fixture
def made(store: Any) -> Entry:
    """The teacher's report, decided."""
    entry: Entry = store.report()
    store.decide(entry)
    return entry


def said(store: Any, made: Entry, fact: Fact) -> Entry:
    entry: Entry = store.say("social-worker", fact, about=[mention_of(made.id, "child")]).entry
    return entry


def test_a_placement_is_recorded_on_the_file_and_nobody_meets_it_by_the_way(browser: Any, made: Entry) -> None:
    client, form = browser("social-worker"), f"{address(made)}/record/case-child_placed"
    assert f'href="{form}"' in text(client.get(address(made)))
    page = text(client.post(form, sheet("say", **TYPED), follow=True))
    assert "Recorded: Placement." in page
    assert "The child lives somewhere else now: with foster carers. Where stands sealed" in page
    assert "Must not know where the child is:</strong> Her uncle Barnaby Oxbow." in page
    assert shown(page) == []


@pytest.mark.parametrize(
    ("fact", "hidden"), [(ChildPlaced.heard(PLACED), HIDDEN), (ChildPassedOn.heard(PASSED), LIVES)]
)
def test_it_is_shown_by_a_reason_only_and_each_time_is_noted(
    store: Any, browser: Any, made: Entry, fact: Fact, hidden: tuple[str, ...]
) -> None:
    said(store, made, fact)
    client = browser("front-door")
    assert shown(text(client.get(address(made))), hidden) == []
    page = text(client.post(address(made), {"form": "where", "where-why": "A visit at four."}))
    assert shown(page, hidden) == list(hidden)
    assert read_notes()[-1] == ("whereabouts", "front-door", "A visit at four.")
    assert shown(text(client.get(address(made))), hidden) == []


def test_it_stands_on_no_other_page_no_paper_no_bundle_and_in_no_notice(store: Any, browser: Any, made: Entry) -> None:
    placed, passed = said(store, made, ChildPlaced.heard(PLACED)), said(store, made, ChildPassedOn.heard(PASSED))
    fact = BundleAsked.heard({"whom": "The court", "why": "It ordered it.", "opened": ["child", "said"]})
    bundle = store.say("team-manager", fact, about=[mention_of(made.id, "child")]).entry
    store.say("signer", Seconded(why="I saw the order."), bundle)
    checkpoint()
    client, nurse = browser("team-manager"), browser("nurse")
    pages = [
        *(f"{address(made)}{part}" for part in ("", "/assessments", "/plan", "/documents", "/who", "/restricted")),
        *(f"/disagree/{one.id}" for one in (placed, passed)),
    ]
    assert {url: shown(text(client.get(url))) for url in pages} == {url: [] for url in pages}
    owed = next(part for part in nurse.get("/duties").content.decode().split('href="') if part.startswith("/duties/"))
    assert shown(text(nurse.get(owed.split('"')[0]))) == []
    assert shown(words(printed(browser, "front-door", made))) == []
    opened = ZipFile(BytesIO(client.get(f"/bundles/{bundle.id}").content))
    files = [opened.read(name) for name in opened.namelist() if name.endswith(".opened")]
    lines = [line for file in files for line in file.split()]
    bundled = b"".join(b64decode(line + b"=" * (-len(line) % 4), altchars=b"-_") for line in lines)
    assert b"She asked not to go back." in bundled
    assert shown(bundled.decode(errors="replace")) == []
    assert shown(str(list(Notice.objects.values()))) == []


def test_only_social_care_places_a_child(browser: Any, made: Entry) -> None:
    page = browser("teacher").get(f"{address(made)}/record/case-child_placed")
    assert page.status_code == 404


def test_whoever_must_not_know_does_not_look_after_the_child(store: Any, made: Entry) -> None:
    safe = {"who": "Her aunt", "how": "school", "judged": "child", "must_not_know": ["Ottoline Brackenbury"]}
    store.say("teacher", SafeContactSet.heard(safe), made, about=[mention_of(made.id, "child")])
    with pytest.raises(Refused) as refused:
        said(store, made, ChildPlaced.heard(PLACED))
    assert [fault.field for fault in refused.value.faults] == ["place.name"]


def test_what_is_held_to_be_shown_by_a_reason_keeps_no_part() -> None:
    fact = hushed(ChildPlaced.heard(PLACED))
    assert shown(fact.model_dump_json()) == []
    assert "foster carers" in told(fact, {})
