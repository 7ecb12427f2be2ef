"""Details of people at work: of somebody else by two, taken back by two, and looked into when they seal several."""

import json
from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.facts import StaffDetailsGiven, StaffDetailsJudged, StaffDetailsQuestioned
from onrecord.access.queries import named_in
from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable, tick
from onrecord.duties.actions.details import MOST_UNASKED
from onrecord.duties.models import Owed
from onrecord.duties.queries import duty, mine
from onrecord.duties.queries.details import everybody
from onrecord.intake.models import Report, SealedBy, StaffKey
from onrecord.intake.queries import hidden
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import envelopes, lines, size
from onrecord.notices.queries import to
from tests.partnership import PEOPLE, START, Store

FIRM = "Quillfeather"
"""The family name of the child of every report here: no firm, and common."""
WHY = "He told me that he drives for them."
LATE = START + timedelta(days=40)


def given(user: str = "head", **changed: Any) -> StaffDetailsGiven:
    return StaffDetailsGiven.heard({"user": user, "employers": [FIRM]} | changed)


def sealed() -> int:
    return Report.objects.filter(route="sealed").count()


def questions() -> list[Any]:
    """Every time that details were asked about: of whom, how many reports."""
    rows = reversed(envelopes([StaffDetailsQuestioned.kind]))
    return [(row.coded["user"], row.coded["reports"]) for row in rows]


def asked() -> Entry:
    """The first question, as an entry."""
    return stub(envelopes([StaffDetailsQuestioned.kind])[-1].uid)


def stub(uid: Any) -> Any:
    return type("Stub", (), {"id": uid})()


def many(store: Store, how_many: int = MOST_UNASKED + 1) -> list[Entry]:
    return [store.report() for _ in range(how_many)]


# details of somebody else


def test_what_one_person_gives_of_another_is_compared_with_nothing(store: Store) -> None:
    made = store.say("team-manager", given(why=WHY)).entry
    many(store)
    tick(START, sign=False)
    assert (made.proposed, made.saying.fact.given_by, sealed()) == (True, "colleague", 0)
    assert StaffKey.objects.filter(entry=made.id).count() == 0


def test_it_counts_once_a_second_person_agrees_and_is_compared_with_what_waits(store: Store) -> None:
    made = store.say("team-manager", given(why=WHY)).entry
    before = many(store, 2)
    tick(START, sign=False)
    store.say("manager", Seconded(why="I asked him."), made)
    tick(START, sign=False)
    assert (sealed(), named_in(before[0].id)) == (2, {"head"})


def test_what_was_not_agreed_counts_for_nothing(store: Store) -> None:
    made = store.say("team-manager", given(why=WHY)).entry
    store.say("manager", Declined(answer="disagree", why="He does not."), made)
    many(store)
    tick(START, sign=False)
    assert sealed() == 0


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"manager", "scrutineer", "inspectorate"}))
def test_nobody_agrees_but_who_knows_them_the_office_or_somebody_outside(store: Store, user: str) -> None:
    made = store.say("team-manager", given(why=WHY)).entry
    before = size()
    with pytest.raises(Denied):
        store.say(user, Seconded(why="Yes."), made)
    assert size() == before


def test_nobody_agrees_to_what_is_given_of_themselves(store: Store) -> None:
    made = store.say("signer", given("manager", why=WHY)).entry
    with pytest.raises(Denied):
        store.say("manager", Seconded(why="Yes."), made)
    store.say("scrutineer", Seconded(why="I asked."), made)
    assert StaffKey.objects.filter(entry=made.id).count() == 1


def test_it_is_owed_by_the_office_or_where_the_office_gave_it_outside(store: Store) -> None:
    for by, fact in (("team-manager", given(why=WHY)), ("manager", given("admin", why=WHY))):
        store.say(by, fact)
    rows = Owed.objects.filter(rule__startswith="staff-details").order_by("started_at", "rule")
    assert [(row.rule, row.role) for row in rows] == [
        ("staff-details-agreed", "business_manager"),
        ("staff-details-agreed-outside", "scrutineer"),
    ]
    assert Owed.objects.filter(rule="second-signature").count() == 0


def test_how_it_is_known_has_to_be_said_and_nobody_types_who_gave_it(store: Store) -> None:
    with pytest.raises(Refused) as refusal:
        store.say("team-manager", given())
    assert [fault.field for fault in refusal.value.faults] == ["why"]
    with pytest.raises(Denied):
        store.say("officer", given(why=WHY))
    own = store.say("head", given(given_by="office")).entry
    assert (own.proposed, own.saying.fact.given_by) == (False, None)


# details that seal several reports


def test_a_few_reports_ask_nothing(store: Store) -> None:
    many(store, MOST_UNASKED)
    store.say("head", given())
    tick(START, sign=False)
    assert (sealed(), questions()) == (MOST_UNASKED, [])


def test_more_are_sealed_and_the_officer_and_the_scrutineer_are_told_once(store: Store) -> None:
    many(store)
    store.say("head", given())
    for _ in range(3):
        tick(START, sign=False)
    assert (sealed(), questions()) == (MOST_UNASKED + 1, [("head", MOST_UNASKED + 1)])
    reference = str(asked().id)[:8]
    told = {user for user in PEOPLE if [one for one in to(user) if reference in one.line]}
    assert told == {"designated", "scrutineer"}
    owed = [view.rule.id for view in mine(store.viewer("designated"), START)]
    assert owed.count("staff-details-right") == 1


def test_reports_that_come_later_count_too_so_that_no_order_hides_it(store: Store) -> None:
    store.say("head", given(employers=[FIRM]))
    store.say("head", given(employers=[], relatives=["Zephyrine Quillfeather"]))
    many(store, MOST_UNASKED)
    tick(START, sign=False)
    store.report()
    tick(START, sign=False)
    assert questions() == [("head", MOST_UNASKED + 1)]


def test_reports_that_name_somebody_by_name_ask_nothing_of_their_details(store: Store) -> None:
    store.say("head", given())
    for _ in range(MOST_UNASKED + 2):
        store.report(words="It was Piotr Lund.")
    tick(START, sign=False)
    assert (sealed(), SealedBy.objects.count(), questions()) == (MOST_UNASKED + 2, 0, [])


def test_what_is_asked_stands_behind_the_wall_of_the_reports(store: Store) -> None:
    many(store)
    store.say("head", given())
    tick(START, sign=False)
    row, uid = Owed.objects.get(rule="staff-details-right"), asked().id
    for user in sorted(set(PEOPLE) - {"designated", "scrutineer"}):
        assert (duty(store.viewer(user), row.key, START), hidden(store.viewer(user), [uid])) == (None, {uid})
    assert hidden(store.viewer("designated"), [uid]) == set()


def test_the_officer_says_whether_they_are_right(store: Store) -> None:
    many(store)
    store.say("head", given())
    tick(START, sign=False)
    fact = StaffDetailsJudged(finding="wrong", words="Nobody of that name employs anybody.")
    for user in ("team-manager", "manager", "front-door", "head"):
        with pytest.raises((Denied, Unanswerable)):
            store.say(user, fact, asked())
    store.say("designated", fact, asked())
    assert Owed.objects.get(rule="staff-details-right").state == "met"
    tick(START, sign=False)
    assert len(questions()) == 1


def test_an_officer_whose_own_details_they_are_is_not_asked_and_it_goes_outside_at_once(store: Store) -> None:
    many(store)
    store.say("designated", given("designated"))
    tick(START, sign=False)
    reference = str(asked().id)[:8]
    assert {user for user in PEOPLE if [one for one in to(user) if reference in one.line]} == {"scrutineer"}
    tick(START, sign=False)
    fact = StaffDetailsJudged(finding="wrong", words="I rang the firm.")
    with pytest.raises((Denied, Unanswerable)):
        store.say("designated", fact, asked())
    store.say("scrutineer", fact, asked())
    assert Owed.objects.get(rule="staff-details-right").state == "met"


# details taken back


def back(field: str = "employers", value: Any = ()) -> Corrected:
    return Corrected(field=field, value=json.dumps(list(value)), why="It is no firm of his.")


def test_what_two_people_take_back_seals_no_later_report_and_earlier_ones_stay_sealed(store: Store) -> None:
    (first,) = many(store, 1)
    made = store.say("head", given(employers=[FIRM, "Sixhills Minicabs"])).entry
    tick(START, sign=False)
    fix = store.say("designated", back(value=["Sixhills Minicabs"]), made).entry
    assert (fix.proposed, fix.saying.lowering.reason) == (True, "in_their_place")
    assert Report.objects.get(uid=store.report().id).route == "sealed"
    store.say("signer", Seconded(why="I looked them up."), fix)
    assert Report.objects.get(uid=store.report().id).route == "front_door"
    assert Report.objects.get(uid=store.report(words="Sixhills Minicabs came.").id).route == "sealed"
    tick(START, sign=False)
    assert Report.objects.get(uid=first.id).route == "sealed"


def test_it_is_counted(store: Store) -> None:
    made = store.say("head", given()).entry
    fix = store.say("designated", back(), made).entry
    counts = [one.taken_back for one in everybody(store.viewer("designated"), START) if one.user == "head"]
    store.say("signer", Seconded(why="Yes."), fix)
    counts += [one.taken_back for one in everybody(store.viewer("designated"), START) if one.user == "head"]
    assert counts == [0, 1]


@pytest.mark.parametrize("user", ["head", "team-manager", "designated"])
def test_nobody_takes_anything_back_alone(store: Store, user: str) -> None:
    made = store.say("head", given()).entry
    fix = store.say(user, back(), made).entry
    with pytest.raises(Denied):
        store.say("director", Seconded(why="Yes."), fix)
    assert (fix.proposed, StaffKey.objects.filter(entry=made.id).count()) == (True, 1)


@pytest.mark.parametrize("user", ["nurse", "manager", "front-door", "analyst"])
def test_who_is_neither_they_nor_theirs_nor_the_officer_takes_nothing_back(store: Store, user: str) -> None:
    made = store.say("officer", given("officer")).entry
    if user == "analyst":  # of the same agency
        assert store.say(user, back(), made).entry.proposed
        return
    with pytest.raises(Denied):
        store.say(user, back(), made)


def test_whose_details_they_are_is_never_corrected(store: Store) -> None:
    made = store.say("head", given()).entry
    with pytest.raises(Refused):
        store.say("designated", Corrected(field="user", value='"director"', why="A slip."), made)


def test_nobody_signs_that_their_own_details_are_taken_back(store: Store) -> None:
    made = store.say("signer", given("signer")).entry
    fix = store.say("designated", back(), made).entry
    with pytest.raises(Denied):
        store.say("signer", Seconded(why="Yes."), fix)


def test_it_all_comes_again_from_the_record(store: Store) -> None:
    many(store)
    made = store.say("head", given(employers=[FIRM, "Sixhills Minicabs"])).entry
    for answer in (Seconded(why="Yes."), Declined(answer="disagree", why="No.")):
        store.say("manager", answer, store.say("team-manager", given(why=WHY, phones=["07700 900861"])).entry)
    fix = store.say("designated", back(value=["Sixhills Minicabs"]), made).entry
    store.say("signer", Seconded(why="Yes."), fix)
    tick(START, sign=False)
    with playing(LATE):
        tick(LATE, sign=False)
    assert {line.kind for line in lines([asked().id])} == {StaffDetailsQuestioned.kind}
    assert {table for table, equal in rebuild(check=True).items() if not equal} == set()
