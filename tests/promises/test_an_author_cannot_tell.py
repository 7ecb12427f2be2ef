"""Whoever reported walks through the same record twice: their report is sealed in one, and not in the other.

The two reports have one id and as many letters; they differ in one name. Every page that they can open, every door that
they can try, answers the same. Where that ends is written at the end, and in SECURITY.md.
"""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from onrecord.access.rules import Denied
from onrecord.case.facts import SafeContactSet
from onrecord.duties.actions import NeedsReason, Unanswerable, tick
from onrecord.duties.actions.file import LinesRefused, record_lines
from onrecord.duties.facts import CannotInTime, DutyReassigned
from onrecord.duties.models import Owed
from onrecord.duties.rules.lines import read_lines
from onrecord.intake.actions import open_receipt
from onrecord.intake.facts import DecisionMade
from onrecord.intake.models import Report
from onrecord.ledger.facts import Corrected, Entry, mention_of
from onrecord.ledger.facts.declare import Door, Fact
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import NoSuchEntry
from onrecord.linkage.facts import LinkJudged
from tests.golden.make import body_of
from tests.pages.browsing import TYPED, sheet, signed_in
from tests.pages.matrix.rows import KEYED, MATRIX
from tests.pages.matrix.trying import undone
from tests.partnership import DECISION, START, Store

UID = UUID("5eed0000-0000-4000-8000-000000000001")
CHILD = mention_of(UID, "child")
NAMES = {"front_door": "Usha Verne was there.", "sealed": "Asha Verne was there."}
"""Somebody whom nobody here knows, and somebody who works at the front door."""
KNOWN_TO = {
    "head": {
        "caseload",
        "duties/agency",
        "duties/law",
        "duties/<uuid:key>",
        "duties/<uuid:key>/hand-over",
        "erasures/<uuid:uid>",
    },
    "manager": {"", "caseload", "watch", "reads", "duties/<uuid:key>", "erasures/<uuid:uid>"},
}
"""Pages that differ to some, who find every other report there: they lead those who decide, or watch over all of it.

To those who decide themselves the report is not on their list: they are not asked here at all.
"""
AUTHORS = ["teacher", "nurse", "social-worker", "officer", "chair", "analyst", "signer", *KNOWN_TO]
SAME_FOR_ALL = {"catalogue", "catalogue/<slug:name>", "rulebook", "take-in"}
"""Long pages that hold nothing of the record."""
VARIES = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9+/=]{40,}|[0-9a-f]{64}'
    r"|(?<=OnRecord entry )[0-9a-f]{8}"
)
FILE = "children/<uuid:mention>"
SOUGHT = {"given_name": "Zephyrine", "family_name": "Quillfeather", "why": "contacted", "words": "Her school rang."}
SAFE = SafeContactSet(who="Her aunt Ottilie", how="school", judged="child")


def masked(text: str) -> str:
    """A page without what differs each time it is drawn, and without the one letter."""
    return VARIES.sub("…", text).replace("Usha", "Asha")


def pages(user: str) -> dict[str, str]:
    """Every page that there is, as somebody is answered there: lists, and what belongs to the report and its child."""
    client = signed_in(user)
    keys = Owed.objects.filter(opening=UID).order_by("rule").values_list("key", flat=True)
    found = {address: answered(client, f"/{address}") for address in MATRIX.keys() - SAME_FOR_ALL if "<" not in address}
    for address in sorted({*MATRIX, *KEYED} - SAME_FOR_ALL):
        path = "/" + address.replace("<uuid:mention>", str(CHILD)).replace("<slug:user>", "teacher")
        for name in ("<uuid:uid>", "<uuidstr:report_id>", "<uuid:entry>"):
            path = path.replace(name, str(UID))
        if "<uuid:key>" in path:
            found[address] = "".join(answered(client, path.replace("<uuid:key>", str(key))) for key in keys)
        elif "<" in address and "<" not in path:
            found[address] = answered(client, path)
    page = client.post("/search", SOUGHT)
    found["search"] = f"{page.status_code} {masked(page.content.decode())}"
    return found | {"reads": answered(client, "/reads")}


def answered(client: Client, path: str) -> str:
    page = client.get(path, follow=True)
    return f"{page.status_code} {masked(page.content.decode())}"


def both(store: Store, by: str, found: Callable[[Entry], Any]) -> list[Any]:
    """What comes of the same steps where the report is not sealed, and where it is."""
    seen = []
    for route, words in NAMES.items():
        with undone():
            made = store.report(by=by, uid=UID, words=words)
            assert Report.objects.get(uid=UID).route == route
            seen.append(found(made))
    return seen


def differing(pair: list[dict[str, str]]) -> set[str]:
    """The addresses at which two walks differ."""
    return {path for path in pair[0].keys() | pair[1].keys() if pair[0].get(path) != pair[1].get(path)}


def beside_the_file(pair: list[dict[str, str]]) -> set[str]:
    """The same, but for the pages of the child's file, where what others said of it stands."""
    return {address for address in differing(pair) if not address.startswith(FILE)}


@pytest.mark.parametrize("by", AUTHORS)
def test_every_page_is_the_same_once_it_was_sent(store: Store, by: str) -> None:
    def sent(made: Entry) -> dict[str, str]:
        tick(START, sign=False)
        return pages(by)

    pair = both(store, by, sent)
    assert differing(pair) == KNOWN_TO.get(by, set())
    assert len(pair[0]) > 30


def test_the_file_of_the_child_opens_and_says_what_the_author_said(store: Store) -> None:
    page = both(store, "teacher", lambda made: pages("teacher"))[1][FILE]
    assert page.startswith("200 ")
    assert [said for said in ("Zephyrine Quillfeather", "Asha Verne was there.") if said not in page] == []


@pytest.mark.parametrize("by", ["teacher", "nurse", "social-worker"])
def test_and_after_the_author_said_more_of_it(store: Store, by: str) -> None:
    def more(made: Entry) -> dict[str, str]:
        client = signed_in(by)
        client.post(f"/children/{CHILD}", sheet("safe", who="Her aunt Ottilie", how="school", judged="child"))
        store.say(by, Corrected(field="setting", value='"home"', why="At home."), made)
        tick(START, sign=False)
        return pages(by)

    pair = both(store, by, more)
    assert differing(pair) == set()
    assert "Her aunt Ottilie" in pair[1][FILE]


@pytest.mark.parametrize("hours", [30, 70, 24 * 9])
def test_while_nobody_answers_only_the_steps_on_the_file_differ(store: Store, hours: int) -> None:
    def late(made: Entry) -> dict[str, str]:
        with playing(START + timedelta(hours=hours)):
            tick(START + timedelta(hours=hours), sign=False)
            return pages("teacher")

    assert beside_the_file(both(store, "teacher", late)) == set()


def test_once_it_is_decided_only_the_file_differs(store: Store) -> None:
    def decided(made: Entry) -> dict[str, str]:
        by = "front-door" if Report.objects.get(uid=UID).route == "front_door" else "designated"
        store.say(by, DecisionMade.heard(DECISION), made)
        return pages("teacher")

    assert beside_the_file(both(store, "teacher", decided)) == set()


# doors


def outcome(ask: Callable[[], Any]) -> str:
    """How a door answers, without what differs each time."""
    try:
        said = ask()
    except (Denied, Unanswerable, NeedsReason, Refused, NoSuchEntry, LinesRefused) as refusal:
        return masked(f"{type(refusal).__name__}: {refusal} {getattr(refusal, 'faults', '')}")
    return f"recorded, {'proposed' if getattr(said, 'entry', said).proposed else 'at once'}"


def sayable() -> list[type[Fact]]:
    return [kind for kind in catalogue().values() if kind.door is not Door.MACHINE]


@pytest.mark.parametrize("by", ["teacher", "nurse", "social-worker", "head"])
def test_every_kind_of_answer_is_taken_or_refused_alike(store: Store, by: str) -> None:
    def tried(made: Entry) -> dict[str, str]:
        found = {}
        for kind in sayable():
            with undone():
                found[kind.kind] = outcome(lambda kind=kind: store.say(by, kind.heard(body_of(kind)), made))
        return found

    plain, hidden = both(store, by, tried)
    assert {kind: (plain[kind], hidden[kind]) for kind in plain if plain[kind] != hidden[kind]} == {}
    assert len({said.partition(":")[0] for said in plain.values()}) > 1


@pytest.mark.parametrize("by", ["teacher", "nurse"])
def test_what_is_said_of_a_duty_is_refused_alike(store: Store, by: str) -> None:
    def tried(made: Entry) -> list[str]:
        keys = list(Owed.objects.filter(opening=UID).order_by("rule").values_list("key", flat=True))
        assert len(keys) >= 4
        facts = [CannotInTime(duty=str(key), reason="other") for key in keys]
        facts += [DutyReassigned(duty=str(key), holder="designated", why="Away.") for key in keys]
        return [outcome(lambda fact=fact: store.say(by, fact, made)) for fact in facts]

    plain, hidden = both(store, by, tried)
    assert plain == hidden
    assert {said.partition(":")[0] for said in plain} == {"Unanswerable"}


def test_the_author_opens_it_corrects_it_and_answers_their_own_answers_alike(store: Store) -> None:
    def tried(made: Entry) -> list[str]:
        viewer, about = store.viewer("teacher"), {"about": [CHILD]}
        first = store.say("teacher", SAFE, made, **about).entry
        other = store.report(by="nurse", uid=UUID(int=7))
        pair = {"about": [CHILD, mention_of(other.id, "child")]}
        line = {"kind": LinkJudged.kind, "body": {"verdict": "same", "why": "Twins."}}
        file = json.dumps(line | {"about": [str(UID), str(other.id)]}).encode()
        return [
            outcome(lambda: open_receipt(viewer, UID, START)[0]),
            outcome(lambda: store.say("teacher", SAFE.model_copy(update={"how": "phone"}), first, **about)),
            outcome(lambda: store.say("teacher", Corrected(field="how", value='"phone"', why="Wrong."), first)),
            outcome(lambda: store.say("teacher", LinkJudged(verdict="same", why="Twins."), **pair)),
            outcome(lambda: record_lines(viewer, read_lines(file, catalogue(), now(), HERE), now())[0]),
        ]

    plain, hidden = both(store, "teacher", tried)
    assert plain == hidden
    assert plain.count("recorded, at once") == 4


def test_a_second_report_of_theirs_on_the_child_does_not_bring_it_to_another_file(store: Store) -> None:
    """The designated officer joined the sealed one with another: that was done behind the wall."""
    made, other = store.report(uid=UID, words=NAMES["sealed"]), store.report(by="nurse", words="Another worry.")
    pair = [mention_of(one.id, "child") for one in (made, other)]
    store.say("designated", LinkJudged(verdict="same", why="Same birth date."), about=pair)
    client = signed_in("teacher")
    page = client.get(f"/children/{CHILD}").content.decode()
    assert ("Asha Verne was there." in page, "Another worry." in page, "Joined in this file" in page) == (
        True,
        False,
        False,
    )
    found = client.post("/search", SOUGHT | {"born-day": "3", "born-month": "1", "born-year": "2012"}).content.decode()
    assert found.count('href="/children/') == 1
    assert TYPED["child-given_name"] in found
