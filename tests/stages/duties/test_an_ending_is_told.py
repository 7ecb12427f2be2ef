"""Whoever reported is told that what they reported was ended, also where they were told of a decision before."""

import json
from datetime import timedelta

import pytest

from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.intake.facts import ReferrerTold
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import entries
from tests.partnership import START, Store
from tests.stages.duties.test_lowering import GOOD

ENDS = {"outcome": "no_further_action"}
TOLD = ReferrerTold(told="An assessment begins.", how="phone")


@pytest.fixture
def told(store: Store) -> Entry:
    """A report that was decided on, and its author was told."""
    made = store.report()
    store.decide(made)
    store.say("front-door", TOLD, made)
    return made


def owed() -> list[tuple[str, str]]:
    return list(Owed.objects.filter(rule="ending-told").values_list("role", "state"))


@pytest.mark.parametrize("way", ["decided anew", "put right"])
def test_it_is_owed_from_the_second_signature_on(store: Store, way: str) -> None:
    made = store.report()
    decided = store.decide(made).entry
    store.say("front-door", TOLD, made)
    fix = Corrected(field="outcome", value=json.dumps(ENDS["outcome"]), why="Nothing was found.")
    waits = (
        store.decide(made, lowering=GOOD, **ENDS)
        if way == "decided anew"
        else store.say("front-door", fix, decided, lowering=GOOD)
    ).entry
    assert (waits.proposed, owed()) == (True, [])
    store.say("signer", Seconded(why="I agree."), waits)
    assert owed() == [("front_door", "open")]
    assert set(rebuild(check=True).values()) == {True}


def test_it_is_met_by_telling_them_of_this(store: Store, told: Entry) -> None:
    store.say("signer", Seconded(why="I agree."), store.decide(told, lowering=GOOD, **ENDS).entry)
    store.say("front-door", TOLD, told)
    assert owed() == [("front_door", "open")]
    (opening,) = Owed.objects.filter(rule="ending-told").values_list("opening", flat=True)
    store.say("front-door", TOLD, *entries([opening]))
    assert owed() == [("front_door", "met")]


def test_silence_climbs(store: Store, told: Entry) -> None:
    store.say("signer", Seconded(why="I agree."), store.decide(told, lowering=GOOD, **ENDS).entry)
    with playing(START + timedelta(days=3)):
        tick(START + timedelta(days=3))
    assert Owed.objects.get(rule="ending-told").rung > 0


def test_what_is_not_agreed_ended_nothing(store: Store, told: Entry) -> None:
    store.say("signer", Declined(answer="disagree", why="Too soon."), store.decide(told, lowering=GOOD, **ENDS).entry)
    assert owed() == []
