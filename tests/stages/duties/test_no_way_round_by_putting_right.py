"""What a kind asks of who says it, and of who met, it asks of what is put right in it too."""

from datetime import timedelta

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import (
    DissentAnswered,
    DissentRecorded,
    ElsewhereAnswered,
    ExploitationAssessed,
    MinutesCirculated,
    MinutesDisputed,
    MinutesLocked,
    MinutesRecorded,
)
from onrecord.duties.actions import Unanswerable
from onrecord.duties.facts import LoweringReread, RefusalViewed, RequestAnswered, RequestMade, RereadAnswered
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from tests.partnership import START, Store
from tests.stages.case.test_decided_elsewhere import ANSWER, decided
from tests.stages.duties.test_a_meeting_signs import THREE, chaired, met
from tests.stages.duties.test_lowering import AGREED, GOOD, TOLD, corrected

__all__ = ["chaired"]
STANDS = corrected("outcome", "stands")
LATER = START + timedelta(days=20)


def test_nobody_judges_their_own_word_by_saying_the_opposite_first(store: Store) -> None:
    made = store.report()
    store.decide(made)
    said = decided(store, made, by="team-manager")
    answer = store.say("team-manager", ElsewhereAnswered.heard(ANSWER | {"outcome": "challenged"}), said).entry
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("team-manager", STANDS, answer)
    words = corrected("why", "Three witnesses were never asked. Her aunt drives her to school.")
    for by, fix in (("team-manager", words), ("team-manager", corrected("told", "later")), ("head", STANDS)):
        assert not store.say(by, fix, answer).entry.proposed


def test_nor_a_chair_of_a_dissent(chaired: Store) -> None:
    meeting = met(chaired, chaired.report())
    said = {"who": "Ines Fallow", "agency": "health", "speaks": "agency", "decision": "To end it.", "why": "Too soon."}
    dissent = chaired.say("nurse", DissentRecorded.heard(said), meeting).entry
    answer = chaired.say("panel", DissentAnswered(outcome="changed", answer="We look again."), dissent).entry
    with pytest.raises(Denied, match="Somebody else says so"):
        chaired.say("panel", STANDS, answer)


def test_what_judged_before_is_put_right_in_everything_else(store: Store) -> None:
    made = store.report()
    store.decide(made)
    said = decided(store, made, by="team-manager")
    answer = store.say("head", ElsewhereAnswered.heard(ANSWER | {"outcome": "stands"}), said).entry
    assert not store.say("team-manager", corrected("told", "unsafe"), answer).entry.proposed


def sent_round(store: Store, *disputed: str) -> Entry:
    meeting = met(store, store.report())
    minutes = store.say("panel", MinutesRecorded(minutes="We met."), meeting).entry
    sent = store.say("panel", MinutesCirculated.heard({"to": THREE}), minutes).entry
    for by in disputed:
        store.say(by, MinutesDisputed(says="We met.", was="We met twice."), minutes)
    return sent


def test_nobody_who_came_is_taken_off_the_minutes_by_putting_right(chaired: Store) -> None:
    sent = sent_round(chaired)
    with pytest.raises(Unanswerable, match="Left out: Health, Police"):
        chaired.say("panel", corrected("to", ["childrens_social_care"]), sent)
    assert not chaired.say("panel", corrected("to", [*THREE, "school"]), sent).entry.proposed


@pytest.mark.parametrize("disputed", [(), ("nurse",)])
def test_that_nobody_disputed_the_minutes_is_not_put_right_either(disputed: tuple[str, ...], chaired: Store) -> None:
    sent = sent_round(chaired, *disputed)
    with playing(LATER):
        locked = chaired.say("panel", MinutesLocked(taken_in="all"), sent).entry
        none = corrected("taken_in", "none")
        if not disputed:
            assert not chaired.say("panel", none, locked).entry.proposed
            return
        with pytest.raises(Unanswerable, match="is not so"):
            chaired.say("panel", none, locked)
        assert not chaired.say("panel", corrected("taken_in", "beside"), locked).entry.proposed


def test_whoever_proposed_a_lowering_does_not_say_that_it_stands(store: Store) -> None:
    made = store.report()
    store.decide(made)
    store.say("social-worker", ExploitationAssessed(level="serious", **TOLD), made)
    said = store.say("head", ExploitationAssessed(level="moderate", **TOLD), made, lowering=GOOD).entry
    store.say("signer", AGREED, said)
    took = entry(Envelope.objects.get(kind="duties.lowering_took_effect").uid)
    read = store.say("scrutineer", LoweringReread(would="more", why="It rose in May."), took).entry
    stands = RereadAnswered(follows="stands", words="We know her.")
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("head", stands, read)
    store.say("director", stands, read)


def test_whoever_refused_does_not_agree_with_the_refusal(store: Store) -> None:
    made = store.report()
    asked = {"wanted": "people", "what": "A worker for her.", "group": "One child", "by_day": "2026-10-20"}
    need = store.say("social-worker", RequestMade.heard(asked), about=made.mentions).entry
    no = {"outcome": "refused", "reason": "capacity", "words": "There is nobody."}
    refused = store.say("head", RequestAnswered.heard(no), need).entry
    agreed = RefusalViewed(view="agreed", words="There is nobody.")
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("head", agreed, refused)
    raised = store.say("head", RefusalViewed(view="raised", words="I asked the council."), refused).entry
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("head", Corrected(field="view", value='"agreed"', why="I chose the wrong line."), raised)
