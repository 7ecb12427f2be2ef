"""What is lowered is lowered in the open: proposed, owed a second signature, signed elsewhere, kept for ever."""

from datetime import timedelta

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import ReasonRefused, Unanswerable, tick
from onrecord.duties.queries import duties_as_at, mine, owed_for
from onrecord.intake.queries import waiting
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from tests.partnership import START, Store
from tests.stages.duties.test_lowering import AGREED, GOOD

LATER = START + timedelta(days=30)


def test_a_proposal_is_owed_to_the_second_signer(store: Store) -> None:
    said = store.decide(store.report(), lowering=GOOD, outcome="no_further_action")
    owed = [(view.rule.id, view.opening) for view in mine(store.viewer("signer"), START)]
    assert owed == [("second-signature", said.entry.id)]


def test_a_report_stays_waiting_until_the_second_signature(store: Store) -> None:
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action")
    front_door = store.viewer("front-door")
    before = [one.row.uid for one in waiting(front_door, now())]
    store.say("signer", AGREED, said.entry)
    assert (before, [one.row.uid for one in waiting(front_door, now())]) == ([made.id], [])


def test_a_proposal_nobody_signs_has_no_effect_and_climbs_outside(store: Store) -> None:
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action")
    with playing(LATER):
        tick(LATER)
    told = [
        coded["role"]
        for coded in Envelope.objects.filter(kind="duties.duty_escalated")
        .order_by("seq")
        .values_list("coded", flat=True)
        if coded["rule"] == "second-signature"
    ]
    found = {view.rule.id: view.state for view in owed_for([made.id], LATER)[made.id]}
    assert (told, found["decide-next-step"]) == (["scrutineer", "inspectorate"], "late")
    assert entry(said.entry.id).proposed


def test_a_refused_reason_is_owed_an_answer_by_the_manager(store: Store) -> None:
    made = store.report()
    with pytest.raises(ReasonRefused):
        store.decide(made, lowering={"reason": "reputation", "words": "The club."}, outcome="no_further_action")
    noted = Envelope.objects.get(kind="duties.lowering_refused")
    views = owed_for([noted.uid], START)[noted.uid]
    assert [(view.rule.id, view.role, view.agency) for view in views] == [
        ("refused-reason", "team_manager", "social-care")
    ]


def test_figures_as_they_stood_are_not_touched_by_what_is_lowered_later(store: Store) -> None:
    made = store.report()
    before = duties_as_at(START, START)
    with playing(LATER):
        said = store.decide(made, lowering=GOOD, outcome="no_further_action")
        store.say("signer", AGREED, said.entry)
    assert duties_as_at(START, START) == before != []


def test_nobody_signs_what_is_no_proposal(store: Store) -> None:
    with pytest.raises(Unanswerable):
        store.say("signer", Seconded(why="Yes."), store.report())


def test_a_proposer_cannot_sign_from_another_seat(store: Store) -> None:
    said = store.decide(store.report(), lowering=GOOD, outcome="no_further_action")
    with pytest.raises(Denied):
        store.say("front-door", AGREED, said.entry)
