"""Where a report goes, who reads and decides on a sealed one, and to whom it climbs."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.models import Role, Wall
from onrecord.access.rules import Denied
from onrecord.duties.actions import ReasonRefused, Unanswerable, tick
from onrecord.duties.actions.opening import open_at_the_door, open_sealed
from onrecord.duties.facts import ChallengeAnswered, DutyEscalated
from onrecord.duties.models import Owed
from onrecord.duties.queries import mine
from onrecord.intake.actions import routing
from onrecord.intake.facts import DecisionMade, ReportRouted
from onrecord.intake.models import Report, StaffKey
from onrecord.intake.queries import sealed, waiting
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, Seconded
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import NoSuchEntry, entries, lines, size, thread
from onrecord.notices.queries import to
from tests.partnership import DECISION, START, Store

NAMES_HER = "Asha Verne, who takes the calls, told her to be quiet."
LATE = START + timedelta(days=40)


def routed(made: Entry) -> tuple[str, str, list[str]]:
    """Where a report went, why, and against whom."""
    (said,) = [line.coded for line in thread(made.id) if line.kind == ReportRouted.kind]
    return said["to"], said["because"], said.get("against", [])


@pytest.mark.parametrize(
    ("said", "went"),
    [
        ({}, ("front_door", "not", [])),
        ({"positions": "yes"}, ("sealed", "said_so", [])),
        ({"words": NAMES_HER}, ("sealed", "staff_named", ["front-door"])),
        ({"words": NAMES_HER, "positions": "yes"}, ("sealed", "both", ["front-door"])),
        ({"words": "VERNE, Asha and Piotr Lund"}, ("sealed", "staff_named", ["front-door", "head"])),
        ({"vehicles": [{"firm": "Sixhills Minicabs"}]}, ("sealed", "staff_named", ["licensing"])),
        ({"words": "A van, zb12 oq1, waits."}, ("sealed", "staff_named", ["licensing"])),
        ({"phones": [{"number": "+44 7700 900861"}]}, ("sealed", "staff_named", ["licensing"])),
        ({"words": "I am Nia Prosser, her teacher."}, ("front_door", "not", [])),
    ],
)
def test_where_a_report_goes_is_a_fact(store: Store, said: dict[str, Any], went: tuple[str, str, list[str]]) -> None:
    details = {
        "user": "licensing",
        "phones": ["07700900861"],
        "plates": ["ZB12 0QI"],
        "employers": ["Sixhills Minicabs"],
    }
    store.say("licensing", StaffDetailsGiven.heard(details))
    assert routed(store.report(**said)) == went


def test_details_are_given_by_oneself_or_by_ones_own_agency(store: Store) -> None:
    store.say("manager", StaffDetailsGiven(user="admin", phones=("07700 900861",), why="It is on the list."))
    with pytest.raises(Denied):
        store.say("officer", StaffDetailsGiven(user="teacher", phones=("07700 900861",)))


def test_the_table_of_staff_holds_no_name_and_no_number(store: Store) -> None:
    store.say("teacher", StaffDetailsGiven(user="teacher", phones=("07700 900861",), plates=("ZB12 OQI",)))
    held = repr(list(StaffKey.objects.values_list("hashed", "user"))).lower()
    assert [said for said in ("verne", "prosser", "900861", "zb12") if said in held] == []
    assert StaffKey.objects.filter(user="teacher").count() == 5
    assert {len(row.hashed) for row in StaffKey.objects.all()} == {64}


def test_the_officer_decides_and_one_outside_reads(store: Store) -> None:
    made = store.report(words=NAMES_HER)
    for user in ("designated", "scrutineer"):
        assert open_sealed(store.viewer(user), made.id, START).made.first == made
        assert [one.row.uid for one in sealed(store.viewer(user), now())] == [made.id]
    with pytest.raises(NoSuchEntry):
        open_sealed(store.viewer("inspectorate"), made.id, START)
    store.say("designated", DecisionMade.heard(DECISION), made)
    assert Report.objects.get(uid=made.id).outcome == "assess"
    assert {(row.role, row.state) for row in Owed.objects.filter(rule="decide-next-step", wall=made.id)} == {
        ("designated_officer", "met")
    }


def test_the_officer_decides_nothing_else(store: Store) -> None:
    with pytest.raises(Denied):
        store.say("designated", DecisionMade.heard(DECISION), store.report())


def test_what_would_lower_a_sealed_report_is_signed_outside(store: Store) -> None:
    made = store.report(words=NAMES_HER)
    why = {"reason": "harm_not_found", "words": "Looked into, and nothing found."}
    ending = DecisionMade.heard(DECISION | {"outcome": "no_further_action"})
    proposed = store.say("designated", ending, made, lowering=why).entry
    with pytest.raises(Unanswerable):
        store.say("signer", Seconded(why="Yes."), proposed)
    assert [view.opening for view in mine(store.viewer("scrutineer"), START) if view.wall] == [proposed.id]
    assert [view for view in mine(store.viewer("signer"), START) if view.wall] == []
    store.say("scrutineer", Seconded(why="I have read it."), proposed)
    assert Report.objects.get(uid=made.id).outcome == "no_further_action"


def test_a_refused_reason_of_the_officer_is_asked_about_and_answered_outside(store: Store) -> None:
    made = store.report(words=NAMES_HER)
    ending = DecisionMade.heard(DECISION | {"outcome": "no_further_action"})
    why = {"reason": "reputation", "words": "It would look bad."}
    with pytest.raises(ReasonRefused):
        store.say("designated", ending, made, lowering=why)
    row = Owed.objects.get(rule="refused-reason")
    assert (row.role, row.wall, row.state) == ("scrutineer", made.id, "open")
    (tried,) = entries([row.opening])
    answer = ChallengeAnswered(answer="I asked them. They decide anew, with me.")
    with pytest.raises(Denied):
        store.say("designated", answer, tried)
    for user in ("team-manager", "head", "manager"):
        with pytest.raises(Unanswerable):
            store.say(user, answer, tried)
    assert [view.key for view in mine(store.viewer("scrutineer"), START) if view.rule.id == "refused-reason"] == [
        row.key
    ]
    store.say("scrutineer", answer, tried)
    assert Owed.objects.get(rule="refused-reason").state == "met"


def test_a_refused_reason_of_the_officer_climbs_to_the_other_body_outside(store: Store) -> None:
    made = store.report(words=NAMES_HER)
    ending = DecisionMade.heard(DECISION | {"outcome": "no_further_action"})
    with pytest.raises(ReasonRefused):
        store.say("designated", ending, made, lowering={"reason": "reputation", "words": "It would look bad."})
    row = Owed.objects.get(rule="refused-reason")
    with playing(LATE):
        tick(LATE, sign=False)
    told = [one.saying.fact for one in entries(line.id for line in thread(row.opening))]
    assert [(one.role, one.told) for one in told if isinstance(one, DutyEscalated)] == [
        ("inspectorate", ("inspectorate",))
    ]


def test_an_officer_who_is_named_learns_nothing_and_it_goes_outside_at_once(store: Store) -> None:
    made = store.report(words="Carys Bright drove her home.")
    officer = store.viewer("designated")
    assert (sealed(officer, now()), [view for view in mine(officer, START) if view.wall]) == ([], [])
    with pytest.raises(NoSuchEntry):
        open_sealed(officer, made.id, START)
    tick(START)
    assert steps_taken(made) == {("scrutineer", ("scrutineer",), START)}
    assert [line.line for line in to("designated") if str(made.id)[:8] in line.line] == []
    assert "not late yet, and nobody inside may answer it" in to("scrutineer")[0].line


def steps_taken(made: Entry) -> set[tuple[str, tuple[str, ...], Any]]:
    """The steps that the duties of a report took: the role, those told, and when it was due."""
    facts = [one.saying for one in entries(line.id for line in thread(made.id) if line.kind == DutyEscalated.kind)]
    return {(said.fact.role, said.fact.told, said.happened.earliest) for said in facts}  # type: ignore[attr-defined]


def test_an_empty_officers_seat_sends_it_outside_at_once(store: Store) -> None:
    Role.objects.filter(role="designated_officer").update(ended_seq=size())
    made = store.report(words=NAMES_HER)
    tick(START)
    assert steps_taken(made) == {("scrutineer", ("scrutineer",), START)}


def test_with_an_officer_the_first_step_outside_keeps_its_time(store: Store) -> None:
    made = store.report(words=NAMES_HER)
    tick(START)
    assert steps_taken(made) == set()
    plain = store.report(by="nurse")
    due = {wall: dict(Owed.objects.filter(opening=wall).values_list("rule", "due_at")) for wall in (made.id, plain.id)}
    assert due[made.id] == due[plain.id]
    with playing(LATE):
        tick(LATE)
    assert {role for role, _, _ in steps_taken(made)} == {"scrutineer", "inspectorate"}


def test_where_the_scrutineer_is_named_the_inspectorate_reads(store: Store) -> None:
    made = store.report(words="Edith Vale and Carys Bright were both there.")
    assert open_sealed(store.viewer("inspectorate"), made.id, START).made.first == made
    assert [one.row.uid for one in sealed(store.viewer("scrutineer"), now())] == []
    tick(START)
    assert ("scrutineer", (), START) in steps_taken(made)


def test_a_comparison_that_fails_loses_nothing_leaks_nothing_and_is_made_up_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as planted:
        planted.setattr(routing, "named_staff", lambda made: 1 / 0)
        made = store.report(words=NAMES_HER)
        plain = store.report(by="nurse", child={"described": "a boy in a green cap"})
        assert [line.kind for line in lines([made.id])] == ["intake.report_received"]
        assert {row.state for row in Wall.objects.filter(subject__in=[made.id, plain.id])} == {"unrouted"}
        for opens, user in ((open_at_the_door, "front-door"), (open_sealed, "designated")):
            with pytest.raises(NoSuchEntry):
                opens(store.viewer(user), plain.id, START)
        assert waiting(store.viewer("front-door"), now()) == []
        assert open_sealed(store.viewer("scrutineer"), made.id, START).made.first == made
        assert tick(START).unrouted == 2
        assert steps_taken(plain) == {("scrutineer", ("scrutineer",), START)}
    assert tick(START).unrouted == 0
    assert (routed(made)[0], routed(plain)[0]) == ("sealed", "front_door")
    assert [one.row.uid for one in waiting(store.viewer("front-door"), now())] == [plain.id]


def test_it_all_comes_again_from_the_record(store: Store) -> None:
    store.say("teacher", StaffDetailsGiven(user="teacher", phones=("07700 900861",)))
    store.report()
    made = store.report(words=NAMES_HER)
    store.say("designated", DecisionMade.heard(DECISION), made)
    with playing(LATE):
        tick(LATE)
    assert {table for table, equal in rebuild(check=True).items() if not equal} == set()
    assert Wall.objects.filter(against="front-door").count() == 2
