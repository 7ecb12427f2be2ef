"""What one agency said, another does not put right: it proposes, and those who said it agree."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from onrecord.access.actions import join_agency, take_up_role
from onrecord.access.rules import Denied
from onrecord.duties.actions import NeedsReason, record
from onrecord.duties.models import Owed
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import corrected, entry, size
from onrecord.notices.queries import to
from tests.partnership import DECISION, PEOPLE, START, Store

SOFTER = "She said a car waits for her."
WORDS = Corrected(field="words", value=json.dumps(SOFTER), why="It was put too strongly.")
CHANGES = [
    WORDS,
    Corrected(field="child", value='{"described": "A girl."}', why="Nobody of that name is known."),
    Corrected(field="concern", value='"sexual_exploitation"', why="As the front door sees it."),
    Corrected(field="setting", value='"home"', why="It was at home."),
]
AGREED = Seconded(why="Yes, that is what I meant.")


def stands(made: Entry) -> Any:
    """What a report says now."""
    return corrected([made], START)[made.id].entry.saying.fact


@pytest.mark.parametrize("fix", CHANGES, ids=[fix.field for fix in CHANGES])
@pytest.mark.parametrize("by", ["front-door", "team-manager"])
def test_the_front_door_changes_nothing_of_it_alone(store: Store, by: str, fix: Corrected) -> None:
    made = store.report(concern="not_sure")
    said = store.say(by, fix, made).entry
    assert (said.proposed, said.saying.fact.agrees, stands(made)) == (True, "school", made.saying.fact)


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"teacher", "scrutineer", "inspectorate"}))
def test_nobody_agrees_but_the_agency_that_said_it_or_somebody_outside(store: Store, user: str) -> None:
    made = store.report()
    said = store.say("front-door", WORDS, made).entry
    before = size()
    with pytest.raises(Denied):
        store.say(user, AGREED, said)
    assert (size(), stands(made)) == (before, made.saying.fact)


@pytest.mark.parametrize("user", ["teacher", "scrutineer", "inspectorate"])
def test_it_counts_when_they_agree(store: Store, user: str) -> None:
    made = store.report()
    store.say(user, AGREED, store.say("front-door", WORDS, made).entry)
    assert stands(made).words == SOFTER


def test_what_they_do_not_agree_to_never_counts(store: Store) -> None:
    made = store.report()
    store.say(
        "teacher", Declined(answer="disagree", why="I meant what I wrote."), store.say("front-door", WORDS, made).entry
    )
    assert stands(made) == made.saying.fact


def test_whoever_said_it_puts_it_right_at_once_and_so_do_their_colleagues_but_for_the_words(store: Store) -> None:
    take_up_role("form-tutor", "Wren Ashdown", "practitioner", "school", date(2026, 1, 1), now())
    by_her = Corrected(field="concern", value='"sexual_exploitation"', why="She told me more.")
    for by, fix, waits in (("teacher", WORDS, False), ("form-tutor", by_her, False), ("form-tutor", WORDS, True)):
        made = store.report(concern="criminal_exploitation")
        assert store.say(by, fix, made).entry.proposed is waits
        assert (stands(made) == made.saying.fact) is waits


def test_where_nobody_of_the_agency_signs_in_a_second_signer_agrees(store: Store) -> None:
    made = store.report()
    join_agency("club", "Hill Boxing Club", "voluntary", now())
    take_up_role("coach", "Idris Pell", "practitioner", "club", date(2026, 1, 1), now())
    told = store.report(by="coach", child=made.saying.fact.child.model_dump(mode="json", exclude_none=True))
    from onrecord.access.models import Role  # noqa: PLC0415  # the only way to leave an agency empty here

    Role.objects.filter(agency="club").update(ended_seq=1)
    said = store.say("front-door", WORDS, told).entry
    assert said.saying.fact.agrees is None
    with pytest.raises(Denied):
        store.say("director", AGREED, said)
    store.say("signer", AGREED, said)
    assert stands(told).words == SOFTER


def test_who_agrees_is_nothing_that_anybody_types(store: Store) -> None:
    made = store.report()
    typed = WORDS.model_copy(update={"agrees": "partnership"})
    assert store.say("front-door", typed, made).entry.saying.fact.agrees == "school"
    assert store.say("teacher", typed, made).entry.saying.fact.agrees is None


def test_sent_twice_it_is_one_proposal(store: Store) -> None:
    made, uid = store.report(), uuid4()
    viewer = store.viewer("front-door")
    both = [record(viewer, WORDS, uid=uid, now=START, regarding=[made.id]).entry for _ in range(2)]
    assert both[0] == both[1]


def test_whoever_said_it_is_told(store: Store) -> None:
    made = store.report()
    store.say("front-door", WORDS, made)
    assert [one.line for one in to("teacher")] == [
        f"{str(made.id)[:8]}: Somebody else proposes to put right what you said. Sign in to agree or disagree."
    ]


def test_it_is_owed_like_any_second_signature(store: Store) -> None:
    said = store.say("front-door", WORDS, store.report()).entry
    assert [row.rule for row in Owed.objects.filter(opening=said.id)] == ["second-signature"]


def test_what_would_lower_something_is_signed_as_before(store: Store) -> None:
    made = store.report(danger_now="yes")
    fix = Corrected(field="danger_now", value='"no"', why="She is at home.")
    with pytest.raises(NeedsReason):
        store.say("front-door", fix, made)
    why = {"reason": "new_information", "words": "She is at home."}
    said = store.say("front-door", fix, made, lowering=why).entry
    assert (said.saying.lowering.reason, said.saying.fact.agrees) == ("new_information", None)
    store.say("signer", AGREED, said)
    assert stands(made).danger_now == "no"


def test_what_another_agency_recorded_of_a_child_is_theirs_too(store: Store) -> None:
    made = store.report(by="front-door")
    decided = store.say("team-manager", DecisionMade.heard(DECISION), made).entry
    fix = Corrected(field="outcome", value='"strategy_discussion"', why="More was said.")
    assert store.say("front-door", fix, decided).entry.proposed is False
    assert entry(made.id) == made
