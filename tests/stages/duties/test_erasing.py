"""Who may have something erased, who agrees, and when the law keeps it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable
from onrecord.duties.actions.erasing import propose_erasure
from onrecord.duties.facts import DisagreementRaised
from onrecord.duties.models import Owed
from onrecord.duties.queries.erasing import refusals
from onrecord.ledger.facts import Declined, Entry, Erasing, HoldLifted, HoldPlaced, Seconded, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import NoSuchEntry, entry, erasures, holds, lines
from onrecord.linkage.facts import LinkJudged
from onrecord.notices.models import Notice
from tests.partnership import START, Store
from tests.stages.duties.test_challenging_a_lowering import AFTER, INSIDE, ended
from tests.stages.duties.test_disagreeing import raise_it

WHY = "Another child was meant."
NOTE = (
    "(erased on 5 October 2026 for Northbrook Children's Services, under UK GDPR article 16: "
    "it was filed about the wrong person)"
)


def nothing_owed() -> None:
    """As if everything had been done: what is owed is for other tests to say."""
    Owed.objects.filter(state="open").update(state="met")


def settled(store: Store, **changed: Any) -> Entry:
    """A report by children's services of which nothing is owed any more."""
    made = store.report("social-worker", **changed)
    nothing_owed()
    return made


def propose(store: Store, by: str, made: Entry, *fields: str, basis: str = "wrongly_filed") -> Entry:
    parts = [Erasing(entry=str(made.id), field=field) for field in fields or ("words",)]
    return propose_erasure(store.viewer(by), parts, basis, WHY, uuid4(), now())


def agree(store: Store, by: str, proposal: Entry) -> Any:
    return store.say(by, Seconded(why="I looked at it."), proposal)


def words_of(made: Entry) -> str:
    return entry(made.id).saying.fact.words  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(("first", "second"), [("manager", "head"), ("head", "manager"), ("director", "signer")])
def test_two_of_two_agencies_erase_one_of_whom_leads_the_agency_whose_record_it_is(
    first: str, second: str, store: Store
) -> None:
    made = settled(store)
    one = propose(store, first, made)
    assert words_of(made) == made.saying.fact.words  # type: ignore[attr-defined]
    agree(store, second, one)
    assert words_of(made) == NOTE
    assert [(done.entry, done.fields, done.owner) for done in erasures()] == [(made.id, ("words",), "social-care")]


@pytest.mark.parametrize(("first", "second"), [("manager", "signer"), ("head", "director"), ("manager", "officer")])
def test_nobody_else_agrees(first: str, second: str, store: Store) -> None:
    made = settled(store)
    one = propose(store, first, made)
    with pytest.raises(Denied):
        agree(store, second, one)
    assert erasures() == []


@pytest.mark.parametrize("by", ["social-worker", "officer", "admin", "signer", "scrutineer"])
def test_nobody_else_proposes(by: str, store: Store) -> None:
    made = settled(store)
    with pytest.raises(Denied):
        propose(store, by, made)


def test_where_nobody_leads_somebody_outside_agrees(store: Store) -> None:
    made = store.report("teacher")
    nothing_owed()
    one = propose(store, "manager", made)
    for inside in ("signer", "head"):
        with pytest.raises(Denied):
            agree(store, inside, one)
    agree(store, "scrutineer", one)
    assert [done.owner for done in erasures()] == ["school"]


def test_what_is_declined_stays(store: Store) -> None:
    made = settled(store)
    one = propose(store, "manager", made)
    store.say("head", Declined(answer="disagree", why="It was about this child."), one)
    assert (words_of(made), erasures()) == (made.saying.fact.words, [])  # type: ignore[attr-defined]


def test_while_something_is_owed_nothing_is_erased(store: Store) -> None:
    made = store.report("social-worker")
    with pytest.raises(Refused, match=r"Something is still owed .*decide next step.* Article 17\(3\)"):
        propose(store, "manager", made)


def test_what_became_owed_since_it_was_proposed_keeps_it(store: Store) -> None:
    made = settled(store)
    one = propose(store, "manager", made)
    store.report("teacher")
    Owed.objects.filter(state="open").update(mention=made.mentions[0])
    with pytest.raises(Unanswerable, match="still owed"):
        agree(store, "head", one)
    assert erasures() == []


def test_a_court_is_not_told_that_something_is_owed(store: Store) -> None:
    made = store.report("social-worker")
    propose(store, "manager", made, basis="ordered")
    assert len(list(refusals(lines([made.id]), "wrongly_filed", now()))) == 1


def why_not(made: Entry, basis: str = "wrongly_filed") -> str:
    """Why nothing of an entry may be erased now, as if nothing were owed."""
    nothing_owed()
    return " ".join(refusals(lines([made.id]), basis, now()))


@pytest.mark.parametrize("which", ["the report", "the decision", "another report on the child"])
def test_what_was_just_lowered_keeps_what_it_rests_on_until_nobody_can_challenge_it(which: str, store: Store) -> None:
    made, decided = ended(store)
    other = store.report("nurse")
    pair = [mention_of(uid, "child") for uid in (made.id, other.id)]
    store.say("social-worker", LinkJudged(verdict="same", why="Same birth date and name."), about=pair)
    one = {"the report": made, "the decision": decided}.get(which, other)
    assert "can still be challenged until 19 October 2026" in why_not(one)
    assert why_not(one, basis="ordered") == ""
    with playing(INSIDE):
        assert "can still be challenged" in why_not(one)
    with playing(AFTER):
        assert why_not(one) == ""


def test_what_is_set_aside_keeps_what_it_rests_on(store: Store) -> None:
    made, decided = ended(store)
    with playing(INSIDE):
        raise_it(store, decided)
    with playing(AFTER):
        assert "is set aside since 19 October 2026" in why_not(made)


def test_nothing_is_agreed_to_that_rests_on_what_was_lowered_meanwhile(store: Store) -> None:
    made = settled(store)
    one = propose(store, "manager", made)
    why = {"reason": "new_information", "words": "A second visit showed less."}
    decided = store.decide(made, lowering=why, outcome="no_further_action").entry
    store.say("signer", Seconded(why="I read it and agree."), decided)
    nothing_owed()
    with pytest.raises(Unanswerable, match="can still be challenged"):
        agree(store, "head", one)
    assert erasures() == []


def held(store: Store, *regarding: Entry) -> Entry:
    fact = HoldPlaced(ground="inquiry", why="The inquiry wrote on Monday.")
    return store.say("scrutineer", fact, *regarding).entry


def test_a_hold_keeps_everything_until_two_lift_it(store: Store) -> None:
    made = settled(store)
    hold = held(store)
    with pytest.raises(Refused, match="A hold stands since 5 October 2026: an inquiry or a review asks for it"):
        propose(store, "manager", made, basis="ordered")
    lifted = store.say("manager", HoldLifted(why="The inquiry has ended."), hold).entry
    assert (lifted.proposed, [line.id for line in holds(now())]) == (True, [hold.id])
    agree(store, "scrutineer", lifted)
    nothing_owed()
    assert holds(now()) == []
    propose(store, "manager", made)


def test_a_hold_on_one_child_keeps_nothing_of_another(store: Store) -> None:
    made, other = settled(store), settled(store, child={"given_name": "Marigold", "family_name": "Thistledown"})
    held(store, other)
    nothing_owed()
    propose(store, "manager", made)
    with pytest.raises(Refused, match="A hold stands"):
        propose(store, "manager", other)


def test_what_is_disputed_only_somebody_outside_agrees_to(store: Store) -> None:
    made = settled(store)
    said = {"different": "Look again.", "why": "It was hers.", "whose": "worker", "level": "front_door"}
    fact = DisagreementRaised.heard(said | {"decided_by": "childrens_social_care"})
    store.say("social-worker", fact, store.decide(made).entry)
    nothing_owed()
    with pytest.raises(Denied, match="somebody outside agrees"):
        propose(store, "manager", made)
    one = propose(store, "head", made)
    nothing_owed()
    for inside in ("manager", "signer"):
        with pytest.raises(Denied):
            agree(store, inside, one)
    agree(store, "scrutineer", one)
    assert words_of(made) == NOTE


def test_about_people_at_work_only_somebody_outside_agrees(store: Store) -> None:
    fact = StaffDetailsGiven(user="social-worker", phones=("07700 900123",))
    given = store.say("social-worker", fact).entry
    nothing_owed()
    one = propose(store, "head", given, "phones")
    assert one.saying.fact.outside == "asked"  # type: ignore[attr-defined]
    agree(store, "inspectorate", one)
    assert entry(given.id).saying.fact.phones == (NOTE,)  # type: ignore[attr-defined]


def test_what_waits_for_a_second_signature_is_answered_first(store: Store) -> None:
    made = store.report("social-worker")
    why = {"reason": "harm_not_found", "words": "We asked everybody."}
    decided = store.decide(made, outcome="no_further_action", lowering=why).entry
    nothing_owed()
    with pytest.raises(Refused, match="waits for a second signature"):
        propose(store, "head", decided, "why")


def test_what_somebody_may_not_know_of_is_not_there(store: Store) -> None:
    made = settled(store)
    assert str(made.id)
    with pytest.raises(NoSuchEntry):
        propose(store, "manager", Entry(9_999, now(), made.saying.__class__(**{**vars(made.saying), "id": uuid4()})))


def test_a_coded_answer_is_refused_in_words(store: Store) -> None:
    with pytest.raises(Refused, match="has no such field that could be erased"):
        propose(store, "manager", settled(store), "concern")


def test_records_of_two_agencies_are_proposed_one_by_one(store: Store) -> None:
    one, other = settled(store), store.report("teacher")
    nothing_owed()
    parts = [Erasing(entry=str(made.id), field="words") for made in (one, other)]
    with pytest.raises(Refused, match="records of several agencies"):
        propose_erasure(store.viewer("manager"), parts, "wrongly_filed", WHY, uuid4(), now())


def test_the_people_outside_are_told_that_something_was_erased(store: Store) -> None:
    one = propose(store, "manager", settled(store))
    before = set(Notice.objects.values_list("pk", flat=True))
    with playing(START + timedelta(hours=1)):
        agree(store, "head", one)
    told = Notice.objects.exclude(pk__in=before)
    assert sorted(told.values_list("recipient", flat=True)) == ["inspectorate", "scrutineer"]
