"""The adult whom a child trusts: not replaced by one person, and missed when their service ends."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onrecord.access.rules import Denied
from onrecord.case.actions import end_service
from onrecord.case.facts import ChildHeldNow, ServiceEnded, TrustedAdultLost, TrustedAdultNamed, TrustedAdultReplaced
from onrecord.case.queries.trusted import trusted_adults, trusting
from onrecord.duties.actions import NeedsReason, ReasonRefused
from onrecord.duties.queries import owed_for
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import every, size
from onrecord.linkage.facts import LinkJudged
from tests.partnership import Store

NAMED = TrustedAdultNamed(who="Kemi Adair", agency="school", judged="child")
OTHER = {"who": "The duty worker", "judged": "worker", "why": "It is easier."}
GOOD = {"reason": "support_ended", "words": "She asked for somebody at her school."}
ENDED = {"service": "Hill outreach", "agency": "school", "last_day": "2026-11-01", "why": "No funding."}


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def trusts(store: Store, made: Entry) -> list[str]:
    """Whom the child of a report trusts, in order."""
    found = trusted_adults(store.viewer("teacher"), [child(made)], now())
    return [one.made.entry.saying.fact.spoken("who") for one in found]


def named(store: Store, made: Entry, fact: TrustedAdultNamed = NAMED) -> Entry:
    return store.say("teacher", fact, about=[child(made)]).entry


def replaced(store: Store, made: Entry, first: Entry, **more: Any) -> Any:
    fact = TrustedAdultReplaced.heard(OTHER | more.pop("said", {}))
    return store.say("social-worker", fact, first, about=[child(made)], **more)


def asked_about(kind: str = TrustedAdultLost.kind) -> list[Entry]:
    return [one for batch in every() for one in batch if one.kind == kind]


def test_nobody_is_replaced_by_one_person_without_a_reason(store: Store) -> None:
    made = store.report()
    first = named(store, made)
    before = size()
    with pytest.raises(NeedsReason):
        replaced(store, made, first)
    assert (size(), trusts(store, made)) == (before, ["Kemi Adair"])


def test_a_refused_reason_replaces_nobody(store: Store) -> None:
    made = store.report()
    first = named(store, made)
    with pytest.raises(ReasonRefused):
        replaced(store, made, first, lowering={"reason": "capacity", "words": "Nobody has time."})
    assert trusts(store, made) == ["Kemi Adair"]


def test_with_a_reason_it_waits_for_a_second_person(store: Store) -> None:
    made = store.report()
    first = named(store, made)
    proposed = replaced(store, made, first, lowering=GOOD).entry
    assert (proposed.proposed, trusts(store, made)) == (True, ["Kemi Adair"])
    (shown,) = trusted_adults(store.viewer("teacher"), [child(made)], now())
    assert shown.waits
    store.say("signer", Seconded(why="She told me herself."), proposed)
    assert trusts(store, made) == ["The duty worker"]


def test_declined_nothing_changes(store: Store) -> None:
    made = store.report()
    proposed = replaced(store, made, named(store, made), lowering=GOOD).entry
    store.say("signer", Declined(answer="disagree", why="She did not ask for it."), proposed)
    assert trusts(store, made) == ["Kemi Adair"]


def test_whoever_took_their_place_is_not_replaced_by_one_person_either(store: Store) -> None:
    made = store.report()
    proposed = replaced(store, made, named(store, made), lowering=GOOD).entry
    store.say("signer", Seconded(why="She told me herself."), proposed)
    with pytest.raises(NeedsReason):
        replaced(store, made, proposed, said={"who": "Somebody else"})


def test_to_name_one_more_takes_one_person_and_leaves_the_first(store: Store) -> None:
    made = store.report()
    named(store, made)
    assert not named(store, made, NAMED.model_copy(update={"who": "Her aunt Ottilie"})).proposed
    assert trusts(store, made) == ["Kemi Adair", "Her aunt Ottilie"]


def test_a_name_is_not_put_right_by_one_person(store: Store) -> None:
    made = store.report()
    first = named(store, made)
    fact = Corrected(field="who", value=json.dumps("The duty worker"), why="Wrong name.")
    with pytest.raises(NeedsReason):
        store.say("teacher", fact, first)


def test_each_child_who_trusted_somebody_there_is_asked_after_singly(store: Store) -> None:
    one, other, third = (store.report(child={"given_name": name}) for name in ("Ana", "Bea", "Cleo"))
    named(store, one)
    named(store, other)
    named(store, third, NAMED.model_copy(update={"agency": "health"}))
    ended = end_service(store.viewer("teacher"), ServiceEnded.heard(ENDED), uuid4(), now())
    asked = asked_about()
    assert sorted(made.mentions for made in asked) == sorted([(child(one),), (child(other),)])
    assert {made.saying.regarding for made in asked} == {(ended.id,)}
    owed = [view for made in asked for view in owed_for([made.id], now())[made.id]]
    assert [(view.rule.id, view.agency) for view in owed] == [("who-now-holds-the-child", "social-care")] * 2
    said = ChildHeldNow(who="Tomas Hale", agency="childrens_social_care", asked="yes", said="All right.")
    store.say("team-manager", said, asked[0], about=asked[0].mentions)
    states = {view.state for view in owed_for([asked[0].id], now())[asked[0].id]}
    assert (states, owed_for([asked[1].id], now())[asked[1].id][0].state) == ({"met"}, "open")


def test_it_is_asked_as_much_for_twelve_as_for_one(store: Store) -> None:
    asked = []
    for number in (1, 11):
        for one in range(number):
            named(store, store.report(child={"given_name": f"Ana{number}{'abcdefghijk'[one]}"}))
        with CaptureQueriesContext(connection) as captured:
            found = trusting("school", now())
        asked.append((len(found), len(captured)))
    assert [children for children, _ in asked] == [1, 12]
    assert asked[0][1] == asked[1][1]


def test_two_mentions_of_one_child_are_asked_after_once(store: Store) -> None:
    one, other = store.report(), store.report()
    named(store, one)
    named(store, other)
    judged = LinkJudged(verdict="same", why="Same birth date and school.")
    store.say("front-door", judged, about=[child(one), child(other)])
    end_service(store.viewer("teacher"), ServiceEnded.heard(ENDED), uuid4(), now())
    (asked,) = asked_about()
    assert set(asked.mentions) == {child(one), child(other)}


def test_sent_again_nobody_is_asked_after_twice(store: Store) -> None:
    named(store, store.report())
    uid = uuid4()
    for _ in range(2):
        end_service(store.viewer("teacher"), ServiceEnded.heard(ENDED), uid, now())
    assert (len(asked_about()), len(asked_about(ServiceEnded.kind))) == (1, 1)


def test_whoever_was_replaced_is_not_missed(store: Store) -> None:
    made = store.report()
    proposed = replaced(store, made, named(store, made), lowering=GOOD).entry
    store.say("signer", Seconded(why="She told me herself."), proposed)
    end_service(store.viewer("teacher"), ServiceEnded.heard(ENDED), uuid4(), now())
    assert asked_about() == []


def test_no_agency_ends_the_service_of_another(store: Store) -> None:
    named(store, store.report())
    before = size()
    with pytest.raises(Denied):
        end_service(store.viewer("social-worker"), ServiceEnded.heard(ENDED), uuid4(), now())
    assert size() == before
