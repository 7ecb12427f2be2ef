"""Relation by relation: what of a child's file opens to one and the same nurse, and what does not."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from onrecord.access.actions import take_up_role
from onrecord.access.facts import GlassBroken, TeamJoined
from onrecord.case.actions import break_the_glass
from onrecord.case.facts import AttendanceChecked, ChildPassedOn, DissentRecorded, PassingAnswered, SafeContactSet
from onrecord.ledger.facts import Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import signed_in
from tests.pages.case.ground import DISSENT, called, held
from tests.pages.matrix.ground import RESTRICTED, SAFE
from tests.pages.matrix.rows import RECORDS
from tests.partnership import Store

FILE = sorted(address for address, opens in RECORDS.items() if address.startswith("children/") and opens)
OTHER = {"given_name": "Fenna", "family_name": "Quickley", "born": "2011-02-02"}
Makes = Callable[[Store, Entry], None]
ALL, NONE = frozenset(FILE), frozenset[str]()
KEPT = ("trusted-adult", "restricted", "bundles", "significant/<uuid:entry>")
SAID = ("record/<slug:said>", "wording/<uuid:entry>")
READ = ALL - {f"children/<uuid:mention>/{address}" for address in KEPT + SAID}
"""What a reason opens: not whom the child trusts, nor who opens the file, nor the list of others. It adds nothing."""


def link(store: Store, made: Entry, verdict: str = "same") -> None:
    """The child is judged to be one whom the nurse reported, or not."""
    own = store.report("nurse")
    for said in dict.fromkeys(("same", verdict)):
        judged = LinkJudged(verdict=said, why="Compared.")
        pair = [mention_of(made.id, "child"), mention_of(own.id, "child")]
        why = {"reason": "duplicate", "words": "They are two children."} if said == "different" else None
        link_ = store.say("front-door", judged, about=pair, lowering=why).entry
        if link_.proposed:
            store.say("signer", Seconded(why="I know both."), link_)


def colleague(store: Store, made: Entry) -> None:
    """Somebody else of the nurse's agency wrote down how contact is safe."""
    take_up_role("matron", "Ada Bell", "practitioner", "health", date(2026, 1, 1), now())
    store.say("matron", SafeContactSet.heard(SAFE), made, about=[mention_of(made.id, "child")])


def glass(store: Store, made: Entry) -> None:
    """The nurse gave a reason."""
    broken = GlassBroken(why="covering", reason="Covering the night.")
    break_the_glass(store.viewer("nurse"), mention_of(made.id, "child"), broken, uuid4(), now())


def team(store: Store, made: Entry) -> None:
    """The nurse is in a team of the same name as one that works with the child, in another agency."""
    for user, agency in (("teacher", "school"), ("nurse", "health")):
        store.say("manager", TeamJoined(user=user, agency=agency, team="exploitation-team", part="works"))
    store.say("teacher", SafeContactSet.heard(SAFE), made, about=[mention_of(made.id, "child")])


def closed(store: Store, made: Entry) -> None:
    """The nurse's agency works with the child, and the file is restricted to somebody else."""
    colleague(store, made)
    store.say("team-manager", RESTRICTED, about=[mention_of(made.id, "child")])


def by_glass(store: Store, made: Entry) -> None:
    """The same, and the nurse gave a reason."""
    closed(store, made)
    glass(store, made)


def passed(store: Store, made: Entry, outcome: str = "") -> None:
    """The child was passed on to the nurse's agency, which says nothing yet, or answers."""
    said = {"way": "agency", "to_agency": "health", "because": "service", "plan": "none", "goes_with": ["chronology"]}
    fact = ChildPassedOn.heard(said | {"why": "The clinic sees her each week now."})
    sent = store.say("social-worker", fact, about=[mention_of(made.id, "child")]).entry
    if outcome:
        answer = {"outcome": outcome, "who": "Ines Fallow, nurse", "words": "We read the file."}
        store.say("nurse", PassingAnswered.heard(answer), sent)


def dissented(store: Store, made: Entry) -> None:
    """The nurse was asked to a meeting, checks who came, and disagrees with what it decided."""
    met = held(store, called(store, made))
    store.say("nurse", AttendanceChecked(right="yes"), met)
    store.say("nurse", DissentRecorded.heard(DISSENT | {"agency": "health"}), met)


RELATIONS: dict[str, tuple[Makes, frozenset[str]]] = {
    "nothing": (lambda store, made: None, NONE),
    "a report about another child": (lambda store, made: (store.report("nurse", child=OTHER), None)[1], NONE),
    "a colleague who recorded something": (colleague, ALL),
    "a file restricted to somebody else": (closed, NONE),
    "the same with a reason given": (by_glass, READ),
    "one child with one whom they reported": (link, ALL),
    "not one child after all": (lambda store, made: link(store, made, "different"), NONE),
    "a reason given": (glass, READ),
    "a seat in a meeting": (lambda store, made: (called(store, made), None)[1], NONE),
    "a word in a meeting": (dissented, NONE),
    "a team of the same name elsewhere": (team, NONE),
    "a child passed on to them": (passed, ALL),
    "a child passed on to them and accepted": (lambda store, made: passed(store, made, "accepted"), ALL),
    "a child passed on to them and refused": (lambda store, made: passed(store, made, "refused"), NONE),
}


def opened(made: Entry) -> dict[str, int]:
    """How each page of the file answers the nurse."""
    child = mention_of(made.id, "child")
    filled = {"<uuid:mention>": child, "<slug:said>": "case-crisis_recorded", "<uuid:entry>": made.id}
    client, found = signed_in("nurse"), {}
    for address in FILE:
        url = address
        for gap, value in filled.items():
            url = url.replace(gap, str(value))
        found[address] = client.get(f"/{url}").status_code
    return found


@pytest.mark.parametrize("relation", RELATIONS)
def test_the_file_opens_to_who_works_with_the_child_and_to_nobody_else(store: Store, relation: str) -> None:
    makes, opens = RELATIONS[relation]
    made = store.report()
    makes(store, made)
    assert opened(made) == {address: 200 if address in opens else 403 for address in FILE}


def test_to_be_asked_to_a_meeting_opens_the_meeting_and_not_the_file(store: Store) -> None:
    made = store.report()
    asked: Any = called(store, made)
    statuses = {user: signed_in(user).get(f"/meetings/{asked.id}").status_code for user in ("nurse", "licensing")}
    assert (statuses, set(opened(made).values())) == ({"nurse": 200, "licensing": 404}, {403})
