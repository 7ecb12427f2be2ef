"""Whoever reported is told of a decision that there is, not of one that may come."""

import pytest

from onrecord.duties.models import Owed
from onrecord.intake.facts import UNDECIDED, ReferrerTold
from onrecord.ledger.facts import Declined
from onrecord.ledger.facts.wrong import Refused
from tests.partnership import Store

TOLD = ReferrerTold(told="A social worker sees her this week.", how="phone")
ENDED = {"reason": "harm_not_found", "words": "Nobody was found where she said."}


def test_nothing_is_told_before_anything_is_decided(store: Store) -> None:
    made = store.report()
    with pytest.raises(Refused) as refused:
        store.say("front-door", TOLD, made)
    assert refused.value.faults[0].message == UNDECIDED
    owed = Owed.objects.filter(opening=made.id, rule="tell-the-referrer")
    assert owed.get().state == "open"
    store.decide(made)
    store.say("front-door", TOLD, made)
    assert owed.get().state == "met"


def test_a_decision_that_waits_is_one_to_tell_of_and_a_declined_one_is_none(store: Store) -> None:
    made = store.report()
    proposed = store.decide(made, outcome="no_further_action", lowering=ENDED).entry
    store.say("front-door", TOLD, made)
    other = store.report()
    again = store.decide(other, outcome="no_further_action", lowering=ENDED).entry
    assert (proposed.proposed, again.proposed) == (True, True)
    store.say("signer", Declined(answer="disagree", why="Nobody went to see her."), again)
    with pytest.raises(Refused):
        store.say("front-door", TOLD, other)
