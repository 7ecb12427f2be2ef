"""Ways to keep the watch from speaking, or to have something else signed than was read: each is refused or survived."""

import json
from datetime import timedelta
from uuid import UUID, uuid5

import pytest

from onrecord.access.models import Seat
from onrecord.access.rules import Denied
from onrecord.case.facts import ExploitationAssessed
from onrecord.cli.ills import ills
from onrecord.duties.actions import ReasonRefused, Unanswerable, tick
from onrecord.duties.facts import ChallengeAnswered, SeatFoundVacant
from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import SPACE
from onrecord.ledger.facts import Corrected, Seconded
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope, Unprojected
from onrecord.ledger.queries import entry
from onrecord.notices.actions import SPACE as NOTICES
from onrecord.notices.facts import NoticeFailed
from onrecord.notices.models import Notice
from onrecord.rulebook.models import Edition
from onrecord.rulebook.queries import edition
from tests.partnership import ASSESSED, START, Store

LATE = START + timedelta(days=5)
TOLD = ASSESSED
GOOD = {"reason": "new_information", "words": "A second visit showed less."}


def late(opening: UUID) -> Owed:
    return Owed.objects.get(rule="decide-next-step", opening=opening)


def test_a_duty_climbs_past_ids_that_a_reporter_took_first(store: Store) -> None:
    made = store.report()
    for rung in range(5):
        first = uuid5(SPACE, f"{late(made.id).key}/{rung}")
        store.report(uid=first)
        store.report(uid=uuid5(first, "next"))
    with playing(LATE):
        assert tick(LATE).stuck == 0
        assert tick(LATE).escalated == 0
    assert late(made.id).rung == 5


def test_a_vacant_seat_is_said_once_past_an_id_that_a_reporter_took_first(store: Store) -> None:
    store.report(uid=uuid5(SPACE, "vacant/scrutineer/0"))
    Seat.objects.filter(role="scrutineer").delete()
    with playing(LATE):
        tick(LATE)
        tick(LATE + timedelta(minutes=1))
    assert Envelope.objects.filter(kind=SeatFoundVacant.kind).count() == 1


def test_a_failed_notice_is_said_past_an_id_that_a_reporter_took_first(store: Store) -> None:
    made = store.report()
    with playing(LATE):
        tick(LATE)
        waiting = Notice.objects.filter(item__reference=str(made.id)[:8]).first()
        assert waiting
        Notice.objects.filter(id=waiting.id).update(address="", delivered_at=None, try_at=LATE)
        store.report(uid=uuid5(NOTICES, f"failed/{waiting.id}"))
        assert tick(LATE).failed == 1
    assert Envelope.objects.filter(kind=NoticeFailed.kind).count() == 1


def test_whoever_gave_a_refused_reason_does_not_answer_the_challenge(store: Store) -> None:
    made = store.report()
    with pytest.raises(ReasonRefused):
        store.decide(made, outcome="no_further_action", lowering={"reason": "reputation", "words": "It looks bad."})
    refusal = entry(Owed.objects.get(rule="refused-reason").opening)
    answer = ChallengeAnswered(answer="I spoke with myself.")
    with pytest.raises(Denied):
        store.say("front-door", answer, refusal)
    assert Owed.objects.get(rule="refused-reason").state == "open"
    store.say("team-manager", answer, refusal)
    assert Owed.objects.get(rule="refused-reason").state == "met"


def test_a_proposal_is_signed_as_it_was_read(store: Store) -> None:
    made = store.report()
    store.say("social-worker", ExploitationAssessed(level="serious", **TOLD), made)
    milder = store.say("social-worker", ExploitationAssessed(level="moderate", **TOLD), made, lowering=GOOD).entry
    fix = Corrected(field="level", value=json.dumps("none"), why="It was written down wrong.")
    with pytest.raises(Unanswerable):
        store.say("social-worker", fix, milder)
    store.say("signer", Seconded(why="I read it and agree."), milder)
    again = store.say("social-worker", fix, milder, lowering=GOOD)
    assert [one.what for one in again.lowers] == ["level"]


@pytest.mark.parametrize("first", ['"0001-01-01T00:00:00Z"', "1"])
def test_a_time_that_cannot_be_counted_from_is_refused(store: Store, first: str) -> None:
    made = store.report()
    value = f'{{"earliest": {first}, "latest": "2026-01-01T00:00:00Z"}}'
    with pytest.raises(ValueError, match=r"living memory|valid"):
        store.say("teacher", Corrected(field="happened", value=value, why="It was written down wrong."), made)


def test_a_kept_edition_that_was_edited_makes_no_duty_vanish(own_store: Store) -> None:
    made = own_store.report()
    kept = Edition.objects.get()
    Edition.objects.filter(digest=kept.digest).update(text=kept.text + " ")
    edition.cache_clear()
    Unprojected.objects.create(seq=made.seq, projector="onrecord.duties.projector", error="RulebookRefused")
    before = Owed.objects.count()
    tick(START)
    assert Owed.objects.count() == before
    assert [ill for ill in ills() if kept.digest[:12] in ill] != []
    edition.cache_clear()
