"""The sign-in of an adult whom a child trusts: given by two, ended by one, for one child; and what they say by it."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from onrecord.access.actions import make_invitation, use_invitation
from onrecord.access.facts import TrustedSignInEnded, TrustedSignInGiven
from onrecord.access.models import Relation, Trust, User
from onrecord.access.queries import digest_of, viewer_of
from onrecord.access.queries.trusted import trusted_adult
from onrecord.access.rules import Denied, TrustedAdult
from onrecord.case.actions.trusting import OVER, disagree, open_trusting, report_worry, side_of
from onrecord.case.facts import (
    MeetingCalled,
    SafeContactSet,
    TrustedAdultNamed,
    TrustedAdultReplaced,
    TrustedAdultSees,
    TrustedAdultTold,
)
from onrecord.case.queries.trusting import trusting
from onrecord.duties.facts import DisagreementRaised
from onrecord.duties.models import Owed
from onrecord.intake.facts import ReportReceived
from onrecord.intake.queries import report as report_row
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, Seconded, SetAside, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import every, thread
from onrecord.linkage.facts import LinkJudged
from onrecord.notices.models import Notice
from tests.partnership import REPORT, Store

KEMI = "kemi-adair"
GIVEN = TrustedSignInGiven(user=KEMI, name="Kemi Adair", why="She wants her to know.")
NAMED = TrustedAdultNamed(who="Kemi Adair, at the youth club", judged="child")
GOOD = {"reason": "support_ended", "words": "She asked for somebody else."}


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def named(store: Store, made: Entry) -> Entry:
    return store.say("teacher", NAMED, about=[child(made)]).entry


def given(store: Store, made: Entry, **changed: Any) -> tuple[Entry, Entry]:
    """Kemi is named and given a sign-in, by two; the naming, and the proposal."""
    one = named(store, made)
    proposal = store.say("teacher", GIVEN.model_copy(update=changed), one, about=[child(made)]).entry
    store.say("signer", Seconded(why="She told me the same."), proposal)
    return one, proposal


def adult() -> TrustedAdult:
    found = trusted_adult(KEMI)
    assert found is not None
    return found


def test_it_takes_two_and_holds_no_role(store: Store) -> None:
    made = store.report()
    one = named(store, made)
    proposal = store.say("teacher", GIVEN, one, about=[child(made)]).entry
    alone = trusted_adult(KEMI)
    store.say("signer", Seconded(why="She told me the same."), proposal)
    assert (proposal.proposed, alone, adult().child, viewer_of(KEMI)) == (True, None, child(made), None)


def test_whoever_asked_makes_one_link_and_nobody_else_does(store: Store) -> None:
    given(store, store.report())
    for user in ("head", "manager", "nurse"):
        with pytest.raises(Denied):
            make_invitation(store.viewer(user), KEMI, now())
    _, secret = make_invitation(store.viewer("teacher"), KEMI, now())
    with pytest.raises(Denied):
        make_invitation(store.viewer("teacher"), KEMI, now())
    assert use_invitation(digest_of(secret), "a long enough password", now()) == KEMI
    assert User.objects.get(username=KEMI).has_usable_password()


def test_a_link_for_somebody_whose_sign_in_has_ended_does_not_work(store: Store) -> None:
    _, proposal = given(store, store.report())
    _, secret = make_invitation(store.viewer("teacher"), KEMI, now())
    store.say("teacher", TrustedSignInEnded(why="She asked for it."), proposal)
    with pytest.raises(ValueError):  # LinkSpent, which says nothing
        use_invitation(digest_of(secret), "a long enough password", now())


def test_one_ends_it_and_the_people_outside_are_told(store: Store) -> None:
    _, proposal = given(store, store.report())
    ended = store.say("team-manager", TrustedSignInEnded(why="She asked for it."), proposal).entry
    told = {one.recipient for one in Notice.objects.all() if one.item["reference"] == str(ended.id)[:8]}
    assert (trusted_adult(KEMI), told) == (None, {"scrutineer", "inspectorate"})


@pytest.mark.parametrize(("user", "field"), [("Kemi", "user"), ("teacher", "user"), ("onrecord", "user")])
def test_a_name_that_somebody_has_is_refused(store: Store, user: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        given(store, store.report(), user=user)
    assert {fault.field for fault in refused.value.faults} == {field}


def test_somebody_who_does_not_work_with_the_child_gives_none(store: Store) -> None:
    made = store.report()
    one = named(store, made)
    with pytest.raises(Denied):
        store.say("nurse", GIVEN, one, about=[child(made)])
    with pytest.raises(Denied):
        store.say("teacher", GIVEN, made, about=[child(made)])


def test_what_they_see(store: Store) -> None:
    made = store.report(concern="harm_at_home")
    one, _ = given(store, made)
    store.decide(made, concern="harm_at_home")
    store.say("social-worker", TrustedAdultTold(words="We meet on Friday."), one)
    call = {"sort": "core_group", "group": "Thursday group", "invited": ["health"], "on_day": "2026-10-09"}
    store.say("social-worker", MeetingCalled.heard(call), about=[child(made)])
    page = open_trusting(adult(), now())
    assert [words for _, words in page.messages] == ["We meet on Friday."]
    assert [(sort, str(day)) for sort, day in page.meetings] == [("core_group", "2026-10-09")]
    open_ones = Owed.objects.filter(mention=child(made), state="open")
    theirs = open_ones.exclude(agency__in=("police", "partnership", "outside"))  # a drawn one in twenty is read outside
    assert len(page.owed) == theirs.count() > 0
    assert page.lets == []


def test_a_seat_that_the_child_took_back_is_not_shown(store: Store) -> None:
    made = store.report()
    given(store, made)
    call = {"sort": "core_group", "group": "Thursday group", "invited": ["health"], "on_day": "2026-10-09"}
    no = MeetingCalled.heard(call | {"without_trusted_adult": "She said no."})
    store.say("social-worker", no, about=[child(made)])
    assert open_trusting(adult(), now()).meetings == []


def test_more_shows_only_as_the_child_lets_it_and_the_newest_word_counts(store: Store) -> None:
    made = store.report(concern="harm_at_home")
    one, _ = given(store, made)
    store.decide(made, concern="harm_at_home")
    found = []
    for shows in (("decision",), ()):
        store.say("teacher", TrustedAdultSees(shows=shows, said="She said so."), one)
        found.append(open_trusting(adult(), now()).lets)
    assert found == [[("What was decided last", "Assess")], []]


def test_each_opening_is_noted_in_their_name(store: Store) -> None:
    made = store.report()
    given(store, made)
    open_trusting(adult(), now())
    said = [one.saying for batch in every("reads") for one in batch if one.saying.by == KEMI]
    assert [(one.fact.what, one.role, set(one.about)) for one in said] == [  # type: ignore[attr-defined]
        ("trusting", "trusted_adult", {child(made)})
    ]


def test_a_disagreement_is_theirs_and_sets_a_lowering_aside(store: Store) -> None:
    made = store.report()
    given(store, made)
    reason = {"reason": "duplicate", "words": "Sent twice."}
    ended = store.decide(made, lowering=reason, outcome="no_further_action", why="Nothing new.").entry
    store.say("signer", Seconded(why="I agree."), ended)
    page = open_trusting(adult(), now())
    fact = DisagreementRaised.heard({"different": "Look again.", "why": "She is afraid."} | side_of(page))
    said = disagree(adult(), page, fact, uuid4(), now())
    assert (said.saying.regarding, said.saying.by, fact.whose) == ((ended.id,), KEMI, "trusted_adult")
    assert [line.kind for line in thread(ended.id) if line.kind == SetAside.kind] == [SetAside.kind]
    assert [(one.what, one.done) for one in open_trusting(adult(), now()).raised] == [("You do not agree", False)]


def test_a_worry_is_a_report_like_any_other_and_ties_nobody(store: Store) -> None:
    made = store.report()
    given(store, made)
    said = ReportReceived.heard(REPORT | {"concern": "missing", "words": "She did not come home."})
    worry = report_worry(adult(), said, uuid4(), now())
    assert report_row(worry.id).route == "front_door"  # type: ignore[union-attr]
    assert Owed.objects.filter(opening=worry.id, rule="decide-next-step", state="open").count() == 1
    assert Relation.objects.filter(agency="public").count() == 0
    assert [(one.what, one.done) for one in open_trusting(adult(), now()).raised] == [("You reported a worry", False)]


def test_whose_place_somebody_else_took_sees_nothing_more(store: Store) -> None:
    made = store.report()
    one, _ = given(store, made)
    other = TrustedAdultReplaced(who="The duty worker", judged="child", why="She said so.")
    swap = store.say("social-worker", other, one, about=[child(made)], lowering=GOOD).entry
    store.say("signer", Seconded(why="She told me."), swap)
    with pytest.raises(Denied):
        open_trusting(adult(), now())


def test_a_rebuild_makes_the_same_rows(store: Store) -> None:
    given(store, store.report())
    assert (rebuild(check=True)["access_trust"], Trust.objects.count()) == (True, 1)


AFRAID: dict[str, Any] = {"who": "Ms Okafor, her teacher", "how": "school", "judged": "child"}


def closed() -> bool:
    """Whether their page says nothing, in words that do not tell why."""
    if trusting(adult(), now()):
        return False
    with pytest.raises(Denied, match=OVER):
        open_trusting(adult(), now())
    return True


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ({"must_not_know": ["Kemi"]}, True),
        ({"must_not_know": ["Her uncle"], "words": "Kemi Adair is the one who hits me."}, True),
        ({"must_not_know": ["Her uncle"], "words": "My uncle is."}, False),
    ],
)
def test_whom_a_child_turns_out_to_be_afraid_of_sees_nothing_more(
    store: Store, said: dict[str, Any], hidden: bool
) -> None:
    made = store.report()
    one, _ = given(store, made)
    store.say("teacher", TrustedAdultSees(shows=("decision", "level", "words"), said="She said so."), one)
    store.say("social-worker", SafeContactSet.heard(AFRAID | said), made)
    assert closed() == hidden


@pytest.mark.parametrize("positions", ["no", "yes"])
def test_nor_whom_a_later_report_names_though_it_be_sealed(store: Store, positions: str) -> None:
    made = store.report()
    given(store, made)
    other = store.report(by="nurse", words="Miss Adair hurts her: Kemi Adair.", positions=positions)
    assert not closed()
    same = LinkJudged(verdict="same", why="Same birth date.")
    store.say("designated" if positions == "yes" else "front-door", same, about=[child(made), child(other)])
    assert closed()


def test_what_they_said_themselves_and_what_was_known_before_closes_nothing(store: Store) -> None:
    made = store.report(words="She told Kemi Adair at the club.")
    given(store, made)
    worry = ReportReceived.heard(REPORT | {"words": "I am Kemi Adair. She did not come home."})
    report_worry(adult(), worry, uuid4(), now())
    assert not closed()


def test_two_open_it_again_where_the_child_trusts_them_still(store: Store) -> None:
    made = store.report()
    one, proposal = given(store, made)
    store.say("social-worker", SafeContactSet.heard(AFRAID | {"words": "I told Kemi Adair."}), made)
    before = closed()
    store.say("teacher", TrustedSignInEnded(why="To be given anew."), proposal)
    anew = store.say("teacher", GIVEN.model_copy(update={"user": KEMI}), one, about=[child(made)]).entry
    store.say("signer", Seconded(why="She trusts her: she told me."), anew)
    assert (before, closed()) == (True, False)
