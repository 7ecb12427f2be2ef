"""Where several agencies of a sort take part, an action is owed by the one that is named, and by no other."""

from datetime import date
from typing import Any

import pytest

from onrecord.access.actions import join_agency, take_up_role
from onrecord.access.rules import Denied
from onrecord.case.facts import ActionAgreed, ActionDone, ActionNotDone, ExploitationAssessed, MeetingHeld
from onrecord.case.queries.opening import open_to
from onrecord.duties.actions import Unanswerable
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.rules.sentence import sentence
from tests.partnership import ASSESSED, Store
from tests.stages.duties.test_lowering import GOOD

ACTION: dict[str, Any] = {"what": "Watch the gate.", "owner": "school", "by_day": "2026-10-20"}
HELD: dict[str, Any] = {
    "sort": "strategy_discussion",
    "group": "Discussion",
    "came": ["childrens_social_care", "police", "health", "school"],
    "present": ["Ruth Oyelaran"],
    "trusted_adult": "none_named",
}


@pytest.fixture
def met(store: Store) -> Entry:
    """A discussion about a child whom the second school reported; the first has nothing to do with her."""
    join_agency("mere-bank", "Mere Bank Academy", "school", now())
    take_up_role("deputy", "Yasmin Akhtar", "practitioner", "mere-bank", date(2026, 1, 1), now(), "deputy@mere.example")
    made = store.report(by="deputy")
    return store.say("team-manager", MeetingHeld.heard(HELD), about=list(made.mentions)).entry


def agreed(store: Store, met: Entry, **more: Any) -> Entry:
    return store.say("team-manager", ActionAgreed.heard(ACTION | more), met).entry


def test_it_is_owed_by_the_school_that_is_named_and_opens_the_file_to_no_other(store: Store, met: Entry) -> None:
    made = agreed(store, met, which="mere-bank")
    assert list(Owed.objects.filter(opening=made.id).values_list("agency", flat=True)) == ["mere-bank"]
    (child,) = met.mentions
    assert [bool(open_to(store.viewer(user), [child])) for user in ("deputy", "teacher")] == [True, False]
    assert sentence(made) == ("Agreed: Watch the gate. To be done by School, Mere Bank Academy, until 20 October 2026.")
    assert set(rebuild(check=True).values()) == {True}


def test_where_several_could_be_meant_one_is_named(store: Store, met: Entry) -> None:
    for which in (None, "police", "nowhere"):
        with pytest.raises(Refused) as refused:
            agreed(store, met, **({"which": which} if which else {}))
        assert [(fault.field, fault.rule) for fault in refused.value.faults] == [("which", "one of these agencies")]
    assert not Owed.objects.filter(rule="action-done").exists()


def test_where_there_is_one_nobody_is_asked(store: Store, met: Entry) -> None:
    made = agreed(store, met, owner="police")
    assert (made.saying.fact.which, made.saying.fact.coded()["owner"]) == (None, "police")
    assert agreed(store, met, owner="police", which="police").saying.fact.coded()["owner"] == "police"


def test_it_is_done_by_that_school_alone(store: Store, met: Entry) -> None:
    made = agreed(store, met, which="mere-bank")
    for fact in (ActionDone(how="Done."), ActionNotDone(why="Not yet.", new_day=date(2026, 10, 27))):
        with pytest.raises(Denied, match=r"another agency|is said by: Mere Bank Academy"):
            store.say("teacher", fact, made)
    store.say("deputy", ActionDone(how="Done."), made)
    assert list(Owed.objects.filter(opening=made.id).values_list("state", flat=True)) == ["met"]


@pytest.mark.parametrize(("field", "value"), [("owner", '"police"'), ("which", '"school"')])
def test_to_whom_it_fell_is_not_put_right(store: Store, met: Entry, field: str, value: str) -> None:
    made = agreed(store, met, which="mere-bank")
    with pytest.raises(Unanswerable, match="Record it anew"):
        store.say("team-manager", Corrected(field=field, value=value, why="Another one."), made)


def test_what_another_school_lowered_lets_the_first_one_into_no_file(store: Store, met: Entry) -> None:
    made = store.report(by="deputy", child={"given_name": "Bartholomea"})
    for level, why in (("serious", None), ("emerging", GOOD)):
        assessed = store.say("deputy", ExploitationAssessed(level=level, **ASSESSED), made, lowering=why).entry
    store.say("signer", Seconded(why="I agree."), assessed)
    told = Owed.objects.get(rule="lowering-told")
    assert (told.role, told.agency) == ("team_manager", "social-care")
    assert open_to(store.viewer("teacher"), made.mentions) == {}
