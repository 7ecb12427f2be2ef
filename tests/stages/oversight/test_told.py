"""What is put to an agency is owed an answer by that agency, and stands with it for whoever may see it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from onrecord.access.queries import called
from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable, tick
from onrecord.duties.actions.in_order import FIXED
from onrecord.duties.models import Owed
from onrecord.ledger.facts import Corrected, Entry, Fact
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.oversight.facts import (
    AccountAsked,
    AccountGiven,
    BriefingAcknowledged,
    BriefingGiven,
    WrittenReportAnswered,
    WrittenReportHandedOver,
)
from onrecord.oversight.queries import opened, put_to_agencies
from tests.partnership import Store

AS_GIVEN = [
    ("account-given", "owner", '"police"'),
    ("written-report-answered", "fingerprint", f'"{"5e" * 32}"'),
    ("account-given", "decided_by", '"Somebody else"'),
    ("account-given", "followed", '"nothing_wrong"'),
]
REPORT = {
    "name": "Eighteen months",
    "sort": "research",
    "author": "Hana Whitcombe",
    "owner": "childrens_social_care",
    "finds": "Few children were asked again.",
}
BRIEFING = {
    "name": "Seminar",
    "sort": "seminar",
    "on_day": "2026-10-05",
    "owner": "childrens_social_care",
    "told": "Which places come up.",
}
ASKED = {"decision": "Three worries were closed in a week.", "owner": "childrens_social_care"}
ANSWERED = WrittenReportAnswered(outcome="part", words="We look again by Friday.")
THERE = BriefingAcknowledged(came=("Ruth Oyelaran, team manager",), words="We go through our cases.")
GIVEN = AccountGiven(decided_by="Tomas Hale", now="left", followed="learning", words="On a visit in May.")
WAYS: dict[str, tuple[Fact, Fact, str, str]] = {
    "written-report-answered": (WrittenReportHandedOver.heard(REPORT), ANSWERED, "head", "head_of_service"),
    "briefing-acknowledged": (BriefingGiven.heard(BRIEFING), THERE, "team-manager", "team_manager"),
    "account-given": (AccountAsked.heard(ASKED), GIVEN, "head", "head_of_service"),
}


@pytest.mark.parametrize("rule", WAYS)
def test_the_agency_that_is_named_owes_the_answer(store: Store, rule: str) -> None:
    put, answer, by, role = WAYS[rule]
    made = store.say("manager", put).entry
    owed = Owed.objects.get(rule=rule)
    assert (owed.role, owed.agency, owed.state) == (role, "social-care", "open")
    with pytest.raises((Denied, Unanswerable)):
        store.say("officer", answer, made)
    store.say(by, answer, made)
    assert Owed.objects.get(rule=rule).state != "open"


@pytest.mark.parametrize("rule", WAYS)
def test_silence_is_told_outside(store: Store, rule: str) -> None:
    store.say("manager", WAYS[rule][0])
    late = store.start + timedelta(days=60)
    with playing(late):
        tick(late)
    assert Owed.objects.get(rule=rule).rung == 3


@pytest.mark.parametrize(("rule", "field", "value"), AS_GIVEN)
def test_nobody_puts_right_what_others_went_by(store: Store, rule: str, field: str, value: str) -> None:
    put, answer, by, _ = WAYS[rule]
    made = store.say("manager", put).entry
    if field in type(answer).model_fields:
        made, author = store.say(by, answer, made).entry, by
    else:
        author = "manager"
    with pytest.raises(Unanswerable, match=FIXED):
        store.say(author, Corrected(field=field, value=value, why="It was otherwise."), made)


@pytest.mark.parametrize("wrong", ["4f4f", "G" * 64, "4F" * 32])
def test_a_fingerprint_is_one_or_is_refused(wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        WrittenReportHandedOver.heard(REPORT | {"fingerprint": wrong})
    (fault,) = refused.value.faults
    assert (fault.field, "sha256sum" in fault.message) == ("fingerprint", True)


@pytest.mark.parametrize("came", [[], [" "]])
def test_nobody_acknowledges_without_saying_who_was_there(came: list[str]) -> None:
    with pytest.raises(Refused, match="came"):
        BriefingAcknowledged.heard({"came": came, "words": "We know."})


def put(store: Store, by: str, **changed: Any) -> Entry:
    """Somebody hands over a report."""
    return store.say(by, WrittenReportHandedOver.heard(REPORT | changed)).entry


def test_it_is_seen_by_who_was_told_who_told_and_who_watches(store: Store) -> None:
    ours, theirs = put(store, "teacher"), put(store, "nurse", owner="police")
    answer = store.say("head", ANSWERED, ours).entry
    seen = {
        user: [uid for uid, _ in put_to_agencies(store.viewer(user), now())]
        for user in ("head", "social-worker", "officer", "teacher", "nurse", "licensing", "scrutineer", "manager")
    }
    both = [theirs.id, ours.id]
    assert seen == {
        "head": [ours.id],
        "social-worker": [ours.id],
        "officer": [theirs.id],
        "teacher": [ours.id],
        "nurse": [theirs.id],
        "licensing": [],
        "scrutineer": both,
        "manager": both,
    }
    shown = opened(put_to_agencies(store.viewer("scrutineer"), now()), now())
    assert [[made.id for made in one.answers] for one in shown] == [[], [answer.id]]


def test_a_sort_of_agency_that_has_not_joined_is_called_by_its_own_word(store: Store) -> None:
    assert (called("council"), called("school"), called("nobody-known")) == ("Council", "Hill School", "nobody-known")


def test_no_number_of_newer_ones_hides_what_still_waits(store: Store) -> None:
    put = store.say("scrutineer", AccountAsked.heard(ASKED)).entry
    row = Envelope.objects.filter(seq=put.seq).values().get()
    newer = ({"seq": put.seq + 1 + number, "uid": uuid4()} for number in range(1000))
    Envelope.objects.bulk_create(Envelope(**row | one) for one in newer)
    found = put_to_agencies(store.viewer("scrutineer"), now())
    assert (found[0][0], len(found)) == (put.id, 1001)
