"""A report is compared again when it is put right, when a file is joined to it, and when people or details come."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from onrecord.access.facts import RoleHeld, StaffDetailsGiven
from onrecord.access.queries import named_in
from onrecord.duties.actions import tick
from onrecord.duties.actions.opening import open_at_the_door, open_sealed
from onrecord.duties.models import Owed
from onrecord.duties.queries.sealed_later import sealed_later
from onrecord.intake.actions import compare_waiting, keep_originals, report, routing
from onrecord.intake.facts import DecisionMade, ReportReceived, ReportRouted
from onrecord.intake.models import Compared, Report
from onrecord.intake.queries import sealed
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, When
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import NoSuchEntry, size, thread
from tests.partnership import DECISION, REPORT, START, Store
from tests.stages.intake.papers import docx, pdf

SAYS_HER = "She now says that Asha Verne drove the car."
LETTER = Piece("letter.txt", "text/plain", SAYS_HER.encode())


def routes(made: Entry) -> list[tuple[str, str, list[str]]]:
    """Where a report was said to go, each time: where, why, against whom."""
    said = [line.coded for line in thread(made.id) if line.kind == ReportRouted.kind]
    return [(one["to"], one["because"], one.get("against", [])) for one in said]


OPEN = ("front_door", "not", [])
AGAINST_HER = ("sealed", "staff_named", ["front-door"])


@pytest.mark.parametrize(
    ("field", "value", "went"),
    [
        ("words", f'"{SAYS_HER}"', AGAINST_HER),
        ("child", '{"given_name": "Asha", "family_name": "Verne"}', AGAINST_HER),
        ("phones", '[{"number": "+44 7700 900861"}]', ("sealed", "staff_named", ["licensing"])),
        ("vehicles", '[{"plate": "ZB12 OQI"}]', ("sealed", "staff_named", ["licensing"])),
        ("vehicles", '[{"firm": "Sixhills Minicabs"}]', ("sealed", "staff_named", ["licensing"])),
        ("positions", '"yes"', ("sealed", "said_so", [])),
    ],
)
def test_a_correction_that_names_somebody_seals_it(
    store: Store, field: str, value: str, went: tuple[str, str, list[str]]
) -> None:
    details = {"phones": ["07700900861"], "plates": ["ZB12 0QI"], "employers": ["Sixhills Minicabs"]}
    store.say("licensing", StaffDetailsGiven.heard({"user": "licensing"} | details))
    made = store.report()
    store.say("teacher", Corrected(field=field, value=value, why="She said so later."), made)
    assert routes(made) == [OPEN]
    tick(START, sign=False)
    assert routes(made) == [OPEN, went]
    with pytest.raises(NoSuchEntry):
        open_at_the_door(store.viewer("front-door"), made.id, START)
    assert [one.row.uid for one in sealed(store.viewer("designated"), now())] == [made.id]
    assert {row.wall for row in Owed.objects.filter(opening=made.id)} == {made.id}


def test_a_correction_that_names_nobody_seals_nothing_and_one_that_takes_a_name_back_opens_nothing(
    store: Store,
) -> None:
    plain, hidden = store.report(), store.report(words=SAYS_HER)
    for made in (plain, hidden):
        store.say("teacher", Corrected(field="words", value='"A red car."', why="Wrong."), made)
    tick(START, sign=False)
    assert (routes(plain), routes(hidden)) == ([OPEN], [AGAINST_HER])


def test_new_details_are_compared_with_what_waits_and_not_with_what_was_decided(store: Store) -> None:
    wait, done = (store.report(phones=[{"number": "07700 900862"}]) for _ in range(2))
    store.decide(done)
    tick(START, sign=False)
    store.say("head", StaffDetailsGiven(user="head", phones=("+44 7700 900862",)))
    tick(START, sign=False)
    assert routes(wait) == [OPEN, ("sealed", "staff_named", ["head"])]
    assert routes(done) == [OPEN]


def test_somebody_who_comes_to_work_here_is_compared_with_what_waits(store: Store) -> None:
    made = store.report(words="A man called Rufus Tarrow waits outside.")
    tick(START, sign=False)
    held = {"user": "rufus", "name": "Rufus Tarrow", "role": "front_door", "agency": "social-care"}
    store.say("team-manager", RoleHeld(**held, since=date(2026, 10, 5), why="A new post."))
    tick(START, sign=False)
    assert routes(made) == [OPEN, ("sealed", "staff_named", ["rufus"])]


def test_a_sealed_report_is_closed_to_the_officer_too_once_it_names_them(store: Store) -> None:
    made = store.report(words=SAYS_HER)
    store.say("teacher", Corrected(field="setting", value='"home"', why="Wrong."), made)
    store.say("teacher", Corrected(field="words", value='"It was Carys Bright."', why="She is sure now."), made)
    tick(START, sign=False)
    assert named_in(made.id) == {"front-door", "designated"}
    assert sealed(store.viewer("designated"), now()) == []
    assert [one.row.uid for one in sealed(store.viewer("scrutineer"), now())] == [made.id]


def test_looking_again_and_again_says_nothing_twice(store: Store) -> None:
    made = store.report()
    store.say("teacher", Corrected(field="words", value=f'"{SAYS_HER}"', why="Later."), made)
    tick(START, sign=False)
    before = size()
    for _ in range(3):
        tick(START, sign=False)
    Compared.objects.all().delete()
    tick(START, sign=False)
    assert (size(), routes(made)) == (before, [OPEN, AGAINST_HER])


def test_it_is_done_a_part_at_each_look_and_all_of_it_in_the_end(store: Store) -> None:
    made = [store.report(words="Rufus Tarrow again.") for _ in range(5)]
    compare_waiting(START)
    held = {"user": "rufus", "name": "Rufus Tarrow", "role": "front_door", "agency": "social-care"}
    store.say("team-manager", RoleHeld(**held, since=date(2026, 10, 5), why="A new post."))
    shut = []
    for _ in range(4):
        assert compare_waiting(START, most=2) == 0
        shut.append(Report.objects.filter(route="sealed").count())
    assert (shut, len(made)) == ([2, 4, 5, 5], 5)


def test_what_cannot_be_compared_is_told_and_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = store.report()
    tick(START, sign=False)
    store.say("teacher", Corrected(field="words", value=f'"{SAYS_HER}"', why="Later."), made)
    with monkeypatch.context() as planted:
        planted.setattr(routing, "named_staff", lambda made, beside: 1 / 0)
        assert [tick(START, sign=False).unrouted for _ in range(2)] == [1, 1]
    assert tick(START, sign=False).unrouted == 0
    assert routes(made) == [OPEN, AGAINST_HER]


@pytest.mark.parametrize(
    "piece",
    [
        LETTER,
        Piece("letter.pdf", "application/pdf", pdf(SAYS_HER)),
        Piece("letter.docx", "application/octet-stream", docx(SAYS_HER)),
        Piece("About Asha Verne.txt", "text/plain", b"See the heading."),
    ],
)
def test_the_file_it_was_taken_from_is_compared_before_it_goes_anywhere(store: Store, piece: Piece) -> None:
    viewer, fact = store.viewer("nurse"), ReportReceived.heard(REPORT)
    made = report(viewer, fact, uuid5(UUID(int=1), piece.name), When.at(START), papers=[piece])[0]
    assert routes(made) == [AGAINST_HER]


def test_a_file_that_is_joined_later_seals_it_at_the_next_look(store: Store) -> None:
    made = store.report()
    keep_originals(store.viewer("teacher"), made, [LETTER])
    tick(START, sign=False)
    assert routes(made) == [OPEN, AGAINST_HER]


def test_a_file_without_words_or_that_is_lost_stops_nothing(store: Store, fresh_home: Any) -> None:
    made, other = store.report(), store.report(by="nurse")
    keep_originals(store.viewer("teacher"), made, [Piece("photo.jpg", "image/jpeg", b"\xff\xd8\xff no words")])
    for uid in (kept.id for kept in keep_originals(store.viewer("nurse"), other, [LETTER])):
        (fresh_home / "files" / str(uid)).unlink()
    assert tick(START, sign=False).unrouted == 0
    assert (routes(made), routes(other)) == ([OPEN], [OPEN])


def test_whoever_writes_down_what_somebody_else_reports_is_compared_too(store: Store) -> None:
    fact = ReportReceived.heard(REPORT | {"words": SAYS_HER})
    asha = store.viewer("front-door")
    own, taken = (report(asha, fact, UUID(int=n), When.at(START), who)[0] for n, who in ((1, None), (2, "Mum")))
    assert (routes(own), routes(taken)) == ([OPEN], [AGAINST_HER])


def test_the_officer_is_told_who_had_read_it(store: Store) -> None:
    made, never = store.report(), store.report(by="nurse", words=SAYS_HER)
    for user, hours in (("front-door", 1), ("team-manager", 2), ("front-door", 3)):
        with playing(START + timedelta(hours=hours)):
            open_at_the_door(store.viewer(user), made.id, START + timedelta(hours=hours))
    later = START + timedelta(hours=4)
    with playing(later):
        store.say("teacher", Corrected(field="words", value=f'"{SAYS_HER}"', why="Later."), made)
        tick(later, sign=False)
    with playing(later + timedelta(hours=1)):
        open_sealed(store.viewer("designated"), made.id, later)
        found = sealed_later(store.viewer("designated"), made.id, thread(made.id))
    assert found is not None
    looked_up = "a report, and whether its child was known before"
    assert [(one.who.partition(",")[0], one.what, one.at, one.named) for one in found.readers] == [
        ("Asha Verne", looked_up, START + timedelta(hours=1), True),
        ("Ruth Oyelaran", looked_up, START + timedelta(hours=2), False),
    ]
    assert found.at == later
    assert sealed_later(store.viewer("team-manager"), made.id, thread(made.id)) is None
    assert sealed_later(store.viewer("designated"), never.id, thread(never.id)) is None


def test_it_all_comes_again_from_the_record(store: Store) -> None:
    made = store.report()
    store.say("teacher", Corrected(field="words", value=f'"{SAYS_HER}"', why="Later."), made)
    tick(START, sign=False)
    store.say("designated", DecisionMade.heard(DECISION), made)
    assert {table for table, equal in rebuild(check=True).items() if not equal} == set()


def test_whoever_says_that_all_of_it_was_compared_stops_nothing(store: Store) -> None:
    made = store.report()
    tick(START, sign=False)
    Compared.objects.update(changed=10**9, people=10**9)
    store.say("teacher", Corrected(field="words", value=f'"{SAYS_HER}"', why="Later."), made)
    tick(START, sign=False)
    assert routes(made) == [OPEN, AGAINST_HER]
