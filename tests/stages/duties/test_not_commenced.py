"""A law that has passed and does not hold yet is adopted without a first day. Setting the day turns it on."""

from datetime import date, timedelta

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import adopt, proposal_effects
from onrecord.duties.models import Owed
from onrecord.duties.queries import rulebook_in_force
from onrecord.intake.facts import AbuseLearnt, AbuseReported
from onrecord.ledger.facts import Seconded, When
from onrecord.rulebook.facts import NOT_COMMENCED, Rulebook
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.partnership import START, Store

PACK = "report-what-you-learnt"
LEARNT = AbuseLearnt(how="child", risk="He reads her phone, and would know who told.")


def commenced() -> Rulebook:
    """The shipped edition, with the day set from which the duty to report holds."""
    law = read(shipped())
    day = {"start": date(2026, 10, 1)}
    begun = {rule.id: tuple(value.model_copy(update=day) for value in rule.within) for rule in law.rules}
    rules = [rule.model_copy(update={"within": begun[PACK]}) if rule.id == PACK else rule for rule in law.rules]
    return sealed(tuple(rules), law.calendar)


def turn_on(store: Store) -> None:
    """Adopt that edition, with whoever has to agree."""
    made = adopt(commenced(), "The day was set.", START, store.viewer("director"))
    if made.proposed:
        store.say("scrutineer", Seconded(why="I read the order."), made)
    assert rulebook_in_force(START) == commenced()


def test_it_ships_without_a_day_and_nothing_is_owed(store: Store) -> None:
    (rule,) = [rule for rule in read(shipped()).rules if rule.id == PACK]
    assert [value.start for value in rule.within] == [NOT_COMMENCED]
    store.say("teacher", LEARNT)
    assert not Owed.objects.filter(rule=PACK).exists()


def test_an_edition_reads_back_as_it_was_frozen() -> None:
    law = read(shipped())
    assert Rulebook.model_validate_json(law.model_dump_json(by_alias=True)) == law
    assert '"from":"not commenced"' in law.model_dump_json(by_alias=True)


def test_with_a_day_it_is_owed_from_when_it_was_learnt(store: Store) -> None:
    turn_on(store)
    made = store.say("teacher", LEARNT, happened=When.at(START - timedelta(days=2))).entry
    owed = Owed.objects.get(rule=PACK)
    assert (owed.role, owed.agency, owed.due_at.date()) == ("practitioner", "school", date(2026, 10, 10))
    with pytest.raises(Denied):
        store.say("nurse", AbuseReported(to="both"), made)
    store.say("teacher", AbuseReported(to="both"), made)
    assert Owed.objects.get(rule=PACK).state != "open"


def test_to_take_the_day_back_takes_two(store: Store) -> None:
    turn_on(store)
    assert proposal_effects(read(shipped()), START).lowers
    assert adopt(read(shipped()), "Too soon.", START, store.viewer("director")).proposed
