"""“I was told not to report this” goes past everybody inside, to one person outside."""

from datetime import timedelta

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable, tick
from onrecord.duties.actions.listing import list_facts
from onrecord.duties.facts import DutyEscalated, InstructionAnswered, InstructionReported
from onrecord.duties.models import Owed
from onrecord.duties.queries import duty, mine
from onrecord.intake.queries import hidden
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import entries, lines, thread
from onrecord.notices.queries import to
from tests.partnership import PEOPLE, Store

WORDS = "Told to leave the marmalade-coloured car out of it."
INSIDE = sorted(set(PEOPLE) - {"scrutineer"})


def told(store: Store) -> Entry:
    """A worker says what they were told."""
    fact = InstructionReported(what="not_record", words=WORDS, who="A manager above my own")
    return store.say("social-worker", fact).entry


def test_one_person_outside_owes_the_answer_and_reads_it(store: Store) -> None:
    made = told(store)
    (row,) = Owed.objects.filter(opening=made.id)
    assert (row.role, row.agency) == ("scrutineer", "outside")
    assert row.key in {view.key for view in mine(store.viewer("scrutineer"), now())}
    assert hidden(store.viewer("scrutineer"), [made.id]) == set()
    assert set(rebuild(check=True).values()) == {True}


@pytest.mark.parametrize("user", INSIDE)
def test_for_everybody_else_there_is_none(store: Store, user: str) -> None:
    made = told(store)
    (row,) = Owed.objects.filter(opening=made.id)
    assert hidden(store.viewer(user), [made.id]) == {made.id}
    assert duty(store.viewer(user), row.key, now()) is None
    with pytest.raises((Denied, Unanswerable)):
        store.say(user, InstructionAnswered(finding="not_found", words="Nothing."), made)


def test_the_front_door_lists_every_fact_but_this_one(store: Store) -> None:
    told(store)
    listed = list_facts(store.viewer("front-door"), now(), now(), now(), kind=InstructionReported.kind)
    assert listed == []


def test_outside_is_told_at_once_and_without_a_word_of_it(store: Store) -> None:
    told(store)
    (notice,) = [one for one in to("scrutineer") if "not to report" in str(one)]
    assert "marmalade" not in str(notice)
    assert not any("not to report" in str(one) for user in INSIDE for one in to(user))


def test_silence_goes_to_the_other_body_outside_and_to_nobody_inside(store: Store) -> None:
    made = told(store)
    with playing(now() + timedelta(days=9)):
        tick(now())
        steps = [one.id for one in thread(made.id) if one.kind == DutyEscalated.kind]
        assert [one.saying.fact.coded()["told"] for one in entries(steps)] == [["inspectorate"]]


def test_it_stands_on_nobodys_file(store: Store) -> None:
    fact = InstructionReported(what="not_record", words=WORDS, who="A manager")
    with pytest.raises(Refused, match="nobody's file"):
        store.say("social-worker", fact, store.report())
    assert lines([told(store).id])[0].mentions == ()
