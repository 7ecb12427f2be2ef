"""An edition is weaker not only by its limits. Whatever could make a duty easier to miss or to answer takes two."""

from collections.abc import Callable
from datetime import date

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable, adopt, proposal_effects
from onrecord.duties.actions.adopt import TAKES_TWO, Effect
from onrecord.duties.facts import CannotInTime, DutyReassigned
from onrecord.duties.models import Owed
from onrecord.duties.queries import rulebook_in_force
from onrecord.duties.rules.outward import tells_outside_less
from onrecord.ledger.facts import Seconded
from onrecord.rulebook.facts import Match, Rule, Rulebook, Rung, Seat, Term, Value
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from onrecord.rulebook.rules import differences
from tests.partnership import START, Store

WEAKER: dict[str, Callable[[Rule], dict[str, object]]] = {
    "a later first step": lambda rule: {
        "ladder": (Rung(after=Term(days=300), to=rule.ladder[0].to), *rule.ladder[-1:])
    },
    "more that counts as an answer": lambda rule: {
        "discharged_by": (*rule.discharged_by, Match(kind="intake.report_acknowledged"))
    },
    "fewer facts that open it": lambda rule: {
        "opens": Match(kind=rule.opens.kind, where={"concern": ("sexual_exploitation",)})
    },
    "another who owes it": lambda rule: {"owed_by": Seat(role="practitioner", of="school")},
    "a weaker alarm": lambda rule: {"alarm": "standard"},
    "another clock": lambda rule: {"clock": "happened"},
    "a longer limit from next year on": lambda rule: {
        "within": (*rule.within, Value(start=date(2027, 6, 1), term=Term(working_days=30), default="ours", why="More."))
    },
}


def changed(how: Callable[[Rule], dict[str, object]]) -> Rulebook:
    """The shipped edition with the rule on deciding changed."""
    law = read(shipped())
    rules = [rule.model_copy(update=how(rule)) if rule.id == "decide-next-step" else rule for rule in law.rules]
    return sealed(tuple(rules), law.calendar)


@pytest.mark.parametrize("way", WEAKER)
def test_an_edition_that_could_weaken_a_duty_is_only_proposed(store: Store, way: str) -> None:
    before, weaker = rulebook_in_force(START), changed(WEAKER[way])
    assert proposal_effects(weaker, START).lowers
    made = adopt(weaker, "It is easier.", START, store.viewer("director"))
    assert made.proposed
    assert rulebook_in_force(START) == before


REWORDED: dict[str, Callable[[Rule], dict[str, object]]] = {
    "title": lambda rule: {"title": "Think about what happens next"},
    "meaning": lambda rule: {"meaning": "Whoever has time looks at it."},
}


@pytest.mark.parametrize("way", REWORDED)
def test_other_words_of_a_rule_that_tells_outside_are_agreed_to_outside(store: Store, way: str) -> None:
    before, reworded = rulebook_in_force(START), changed(REWORDED[way])
    made = adopt(reworded, "Clearer.", START, store.viewer("director"))
    assert (made.proposed, proposal_effects(reworded, START).outside) == (True, True)
    assert {row.rule for row in Owed.objects.filter(opening=made.id)} == {"outside-agrees-to-rules"}
    with pytest.raises(Denied):
        store.say("signer", Seconded(why="It reads well."), made)
    assert rulebook_in_force(START) == before
    store.say("scrutineer", Seconded(why="It reads well."), made)
    assert rulebook_in_force(START) == reworded


def test_other_words_of_a_rule_that_stays_inside_take_two_inside() -> None:
    law = read(shipped())
    inside = tuple(
        rule.model_copy(update={"ladder": rule.ladder[:1]}) if rule.id == "decide-next-step" else rule
        for rule in law.rules
    )
    was = sealed(inside, law.calendar)
    reworded = tuple(
        rule.model_copy(update={"title": "Think"}) if rule.id == "decide-next-step" else rule for rule in inside
    )
    made = sealed(reworded, law.calendar)
    changes = differences(was, made)
    assert [change.what for change in changes] == ["title"]
    assert Effect(tuple(changes), 0, 0, 0).lowers
    assert not tells_outside_less(was, made, changes, TAKES_TWO, START)


@pytest.mark.parametrize("how", [lambda rule: {"rows": (*rule.rows, 94)}, lambda rule: {"examples": rule.examples[1:]}])
def test_examples_stand_on_one_signature(store: Store, how: Callable[[Rule], dict[str, object]]) -> None:
    better = changed(how)
    assert not adopt(better, "Clearer.", START, store.viewer("director")).proposed
    assert rulebook_in_force(START) == better


@pytest.mark.parametrize("holder", ["nobody", "teacher", "scrutineer", ""])
def test_a_duty_never_goes_where_nobody_owes_it(store: Store, holder: str) -> None:
    made = store.report()
    key = str(Owed.objects.get(opening=made.id, rule="decide-next-step").key)
    with pytest.raises((Unanswerable, ValueError)):
        store.say("team-manager", DutyReassigned.heard({"duty": key, "holder": holder, "why": "Away."}), made)
    assert Owed.objects.get(key=key).holder == ""


def test_what_is_said_of_a_duty_names_what_it_arose_from(store: Store) -> None:
    made, other = store.report(), store.report()
    key = str(Owed.objects.get(opening=made.id, rule="decide-next-step").key)
    with pytest.raises(Unanswerable):
        store.say("front-door", CannotInTime(duty=key, reason="no_capacity"), other)


def test_a_proposal_is_answered_once(store: Store) -> None:
    reason = {"reason": "duplicate", "words": "Reported on Monday too."}
    made = store.report()
    proposal = store.decide(made, outcome="no_further_action", lowering=reason).entry
    store.say("signer", Seconded(why="I read both."), proposal)
    with pytest.raises(Unanswerable, match="answered"):
        store.say("signer", Seconded(why="Again."), proposal)
