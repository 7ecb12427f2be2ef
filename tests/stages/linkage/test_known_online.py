"""Known before, online: found by keys that hold no name, weighed by the model, told in words, gone at 18."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from onrecord.intake.actions import known_before
from onrecord.ledger.actions import append, rebuild
from onrecord.ledger.facts import Corrected, Person, Saying, When, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.rules.machine import MACHINE
from onrecord.linkage.actions import register
from onrecord.linkage.facts import ChildRegistered, LinkJudged
from onrecord.linkage.models import MatchKey, Mentioned
from onrecord.linkage.queries import OPENED, alike, candidates, like
from onrecord.linkage.queries.finding import COMMON, SEVERAL
from tests.partnership import START, Store

ASKED = {"given_name": "Zephyrine", "family_name": "Quillfeather", "born": "2012-05-03", "phone": "07700 900123"}


def known(store: Store, made: Any, by: str = "front-door") -> list[Any]:
    return known_before(store.viewer(by), made.id, now())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"born": "2012-03-05"}, ("same birth date with day and month swapped", "same first name", "same last name")),
        ({"given_name": "Zephirine"}, ("same birth date", "first name written another way", "same last name")),
        (
            {"given_name": "Quillfeather", "family_name": "Zephyrine"},
            ("same birth date", "first and last name exchanged"),
        ),
    ],
)
def test_a_child_written_another_way_is_found_and_it_says_why(
    store: Store, changed: dict[str, str], words: tuple[str, ...]
) -> None:
    first = store.report(by="nurse", child=ASKED | changed)
    (found,) = known(store, store.report(child=ASKED))
    assert (found.entry, found.likeness.strong) == (first.id, True)
    assert found.likeness.words == (*words, "same phone")
    assert found.likeness.missing == ("pupil number or NHS number", "sex")


def test_a_twin_could_also_be_and_it_says_so(store: Store) -> None:
    store.report(by="nurse", child=ASKED | {"given_name": "Ottilie"})
    (found,) = known(store, store.report(child=ASKED))
    assert (found.likeness.strong, found.likeness.kin) == (False, True)
    assert found.likeness.against == ("different first names",)


def test_what_happened_to_a_child_is_not_told_once_they_are_18(store: Store) -> None:
    grown = {"given_name": "Zephyrine", "family_name": "Quillfeather", "born": "2008-10-06"}
    store.report(by="nurse", child=grown)
    made = store.report(child=grown)
    assert len(known(store, made)) == 1
    later = known_before(store.viewer("front-door"), made.id, now() + timedelta(days=1))
    assert later == []


def test_nor_is_it_told_of_a_mention_without_a_birth_date_when_the_report_says_they_are_18(store: Store) -> None:
    store.report(by="nurse", child={"given_name": "Zephyrine", "family_name": "Quillfeather", "phone": "07700 900123"})
    assert known(store, store.report(child=ASKED | {"born": "2008-10-05"})) == []
    assert len(known(store, store.report(child=ASKED | {"born": "2008-10-06"}))) == 1


def test_the_tables_hold_numbers_and_ids_and_no_name(store: Store) -> None:
    store.report(child=ASKED)
    held = []
    for table in ("linkage_key", "linkage_mention"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # a name of this test
            held += [cell for row in cursor.fetchall() for cell in row]
    assert len(held) > 20
    assert {type(cell).__name__ for cell in held} <= {"int", "str", "UUID", "bool"}
    text = " ".join(str(cell) for cell in held).casefold()
    assert [word for word in ("zephyrine", "quillfeather", "2012", "900123") if word in text.split()] == []
    assert {len(str(cell).replace("-", "")) for cell in held if not isinstance(cell, int)} == {32}


def test_a_rebuild_makes_the_keys_again_put_right_ones_too(store: Store) -> None:
    made = store.report(child=ASKED)
    said = '{"given_name": "Ottilie", "family_name": "Brackenridge"}'
    store.say("teacher", Corrected(field="child", value=said, why="She said so."), made)
    before = sorted(MatchKey.objects.values_list("hashed", "seq")), list(Mentioned.objects.values_list())
    assert all(rebuild(check=True).values())
    MatchKey.objects.all().delete()
    Mentioned.objects.all().delete()
    rebuild(check=False)
    assert (sorted(MatchKey.objects.values_list("hashed", "seq")), list(Mentioned.objects.values_list())) == before
    assert like(Person(given_name="Gareth", family_name="Brackenridge"), 5) == []
    assert like(Person(given_name="Ottilie", family_name="Brackenridge"), 5) == [mention_of(made.id, "child")]


def test_of_a_key_that_very_many_share_the_newest_are_looked_at(store: Store) -> None:
    made = [store.report(by="nurse", child={"upn": "X1"}) for _ in range(COMMON + 3)]
    found = alike(mention_of(made[-1].id, "child"))
    assert found is not None
    assert [one.entry for one in found.found] == [one.id for one in made[-2 : -COMMON - 3 : -1]]


def test_a_look_up_asks_the_database_as_often_however_many_are_known(
    store: Store, django_assert_num_queries: Any
) -> None:
    for rows in (1, 50):
        for _ in range(rows):
            store.report(by="nurse", child=ASKED)
        uid = mention_of(store.report(child=ASKED).id, "child")
        with django_assert_num_queries(1):
            near = alike(uid)
        assert near is not None
        assert near.found


def test_a_whole_look_up_takes_four_questions_however_many_are_known(
    store: Store, django_assert_num_queries: Any
) -> None:
    for rows in (1, 50):
        for _ in range(rows):
            store.report(by="nurse", child=ASKED)
        made = store.report(child=ASKED)
        with django_assert_num_queries(4):
            found = candidates(made, now())
        assert len(found) == min(rows, OPENED)


def test_what_must_not_be_learnt_of_leaves_its_place_to_the_next(store: Store) -> None:
    made = [store.report(by="nurse", child=ASKED) for _ in range(OPENED + 2)]
    last = store.report(child=ASKED)
    assert {one.entry for one in candidates(last, now())} == {one.id for one in made[2:]}
    behind = {one.id for one in made[-2:]}
    found = candidates(last, now(), behind.intersection)
    assert {one.entry for one in found} == {one.id for one in made[:OPENED]}


def test_what_was_put_right_of_an_earlier_entry_is_told_as_it_is_now(store: Store) -> None:
    said = {"child": ASKED, "source": "education", "known_since": "2026-03-02", "need": "N0"}
    (listed,) = register([Saying(uuid4(), ChildRegistered.heard(said), MACHINE, "machine", MACHINE, When.at(START))])
    made = store.report(child=ASKED)
    assert [(one.since, one.spoken) for one in known(store, made)] == [(date(2026, 3, 2), "Zephyrine Quillfeather")]
    fixed = Corrected(field="known_since", value='"2026-02-01"', why="The list was wrong.")
    append([Saying(uuid4(), fixed, MACHINE, "machine", MACHINE, When.at(START), regarding=(listed.id,))])
    assert [one.since for one in known(store, made)] == [date(2026, 2, 1)]


def test_a_report_that_was_put_right_is_held_against_others_as_it_is_now(store: Store) -> None:
    first = store.report(by="nurse", child=ASKED)
    made = store.report(child={"given_name": "Ottilie", "family_name": "Brackenridge"})
    assert known(store, made) == []
    said = '{"given_name": "Zephyrine", "family_name": "Quillfeather", "born": "2012-05-03"}'
    store.say("teacher", Corrected(field="child", value=said, why="She said so."), made)
    assert [(one.entry, one.likeness.strong) for one in known(store, made)] == [(first.id, True)]


def test_what_was_judged_of_a_candidate_is_told_beside_it(store: Store) -> None:
    first, made = store.report(by="nurse", child=ASKED), store.report(child=ASKED)
    about = [mention_of(one.id, "child") for one in (made, first)]
    for verdict in ("unsure", "same"):
        store.say("front-door", LinkJudged(verdict=verdict, why="Compared."), about=about)
        assert [one.verdict for one in known(store, made)] == [verdict]


def test_who_shares_one_key_with_many_is_looked_at_only_where_nobody_shares_more(store: Store) -> None:
    many = [store.report(by="nurse", child={"upn": "X1"}) for _ in range(SEVERAL + 1)]
    first = store.report(by="nurse", child=ASKED)
    made = store.report(child=ASKED | {"upn": "X1"})
    again = store.report(child={"upn": "X1"})
    found = [alike(mention_of(one.id, "child")) for one in (made, again)]
    assert [{one.entry for one in near.found} for near in found if near] == [
        {first.id},
        {made.id, *(one.id for one in many)},
    ]
