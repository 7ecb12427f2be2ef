"""Whose file somebody may open: that of a child with whom an agency of theirs works, however the child was linked."""

import json
from uuid import UUID, uuid4

from onrecord.access.facts import GlassBroken, GlassReviewed
from onrecord.access.models import Relation
from onrecord.case.actions import break_the_glass
from onrecord.case.queries import may_open, what_there_is
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.models import Unprojected
from onrecord.linkage.facts import LinkJudged
from tests.partnership import PEOPLE, Store

SOCIAL_CARE = {"front-door", "social-worker", "team-manager", "head", "director", "designated"}
GOOD = {"reason": "duplicate", "words": "Sent twice."}
BROKEN = GlassBroken(why="covering", reason="Covering the night.")


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def openers(store: Store, mention: UUID) -> set[str]:
    """Everybody of the partnership who may open a file."""
    return {user for user in PEOPLE if may_open(store.viewer(user), mention)}


def ties(mention: UUID) -> set[tuple[str, str]]:
    return set(Relation.objects.filter(subject=mention).values_list("agency", "why"))


def judged(store: Store, one: Entry, other: Entry, verdict: str) -> None:
    pair = [child(one), child(other)]
    said = store.say("front-door", LinkJudged(verdict=verdict, why="Compared."), about=pair, lowering=GOOD).entry
    if said.proposed:
        store.say("signer", Seconded(why="They are two."), said)


def test_the_reporting_agency_and_the_one_that_owes_work_with_the_child(store: Store) -> None:
    made = store.report()
    assert ties(child(made)) == {("school", "reported"), ("social-care", "owes")}
    assert openers(store, child(made)) == SOCIAL_CARE | {"teacher"}


def test_recording_a_fact_about_a_child_is_work_with_the_child(store: Store) -> None:
    made = store.report(by="nurse")
    store.decide(made)
    assert ties(child(made)) == {("health", "reported"), ("social-care", "recorded"), ("social-care", "owes")}


def test_a_child_nobody_named_is_nobodys_to_open(store: Store) -> None:
    assert openers(store, uuid4()) == set()


def test_to_sign_to_break_the_glass_and_to_review_is_no_work_with_the_child(store: Store) -> None:
    made = store.report()
    before = openers(store, child(made))
    closing = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    store.say("signer", Seconded(why="I agree."), closing)
    broken = break_the_glass(store.viewer("nurse"), child(made), BROKEN, uuid4(), now())
    store.say("manager", GlassReviewed(finding="proper", words="She covered."), broken)
    assert openers(store, child(made)) == before


def test_a_link_opens_and_its_undoing_closes(store: Store) -> None:
    one, other = store.report(), store.report(by="nurse")
    found = ["teacher" in openers(store, child(other))]
    for verdict in ("same", "different"):
        judged(store, one, other, verdict)
        found.append("teacher" in openers(store, child(other)))
    assert found == [False, True, False]


def test_what_an_agency_no_longer_owes_ties_it_no_longer(store: Store) -> None:
    made = store.report(concern="missing")
    decision = store.decide(made, concern="missing").entry
    owing = Relation.objects.filter(source=decision.id, why="owes")
    before = owing.count()
    fix = Corrected(field="outcome", value=json.dumps("no_further_action"), why="The wrong report.")
    put_right = store.say("front-door", fix, decision, lowering=GOOD).entry
    store.say("signer", Seconded(why="I agree."), put_right)
    assert (before, owing.count()) == (1, 0)


def test_made_again_from_the_record_the_relations_are_equal(store: Store) -> None:
    one, other = store.report(), store.report(by="nurse")
    judged(store, one, other, "same")
    decision = store.decide(one).entry
    fix = Corrected(field="outcome", value=json.dumps("no_further_action"), why="The wrong report.")
    put_right = store.say("front-door", fix, decision, lowering=GOOD).entry
    store.say("signer", Seconded(why="I agree."), put_right)
    break_the_glass(store.viewer("officer"), child(one), BROKEN, uuid4(), now())
    equal = rebuild(check=True)
    assert (equal["access_relation"], Relation.objects.count() > 4, Unprojected.objects.count()) == (True, True, 0)


def test_a_sealed_report_does_not_exist_for_those_it_is_sealed_from(store: Store) -> None:
    one, sealed = store.report(), store.report(by="nurse", positions="yes")
    viewer = store.viewer("front-door")
    assert what_there_is(viewer, child(sealed)) is None
    store.say("designated", LinkJudged(verdict="same", why="Compared."), about=[child(one), child(sealed)])
    found = what_there_is(viewer, child(one))
    assert found is not None
    assert {line.id for line in found.lines} & {sealed.id} == set()
    assert found.mentions == (child(one),)
    seen = what_there_is(store.viewer("designated"), child(one))
    assert seen is not None
    assert sealed.id in {line.id for line in seen.lines}
