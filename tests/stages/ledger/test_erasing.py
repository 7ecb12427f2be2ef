"""Lawful erasure: what two agreed to is gone, the rest verifies, and nothing else can change an opening."""

import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from onrecord.ledger.actions import NotAgreed, carry_out, checkpoint, planned, rebuild, verify
from onrecord.ledger.facts import Corrected, Entry, Erasing
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.keys import seal
from onrecord.ledger.models import Opening, Resealing, StoredLeaf
from onrecord.ledger.queries import all_lines, disclosed, entry, unsealed
from onrecord.ledger.rules.erasing import targets
from onrecord.ledger.rules.leaf import disclosures, fields_of
from tests.partnership import START, Store
from tests.stages.ledger.erasing import NOTE, erased, proposed, said
from tests.stages.ledger.tampering import everything, record, run, uid_value


def faults() -> dict[int, tuple[str, ...]]:
    return {check.number: check.faults for check in verify() if check.faults}


def words_of(made: Entry) -> Any:
    return entry(made.id).saying.fact


def test_a_field_is_gone_and_says_so_in_its_place(store: Store) -> None:
    made = store.report()
    erased((made, "words"))
    assert words_of(made).words == NOTE
    assert words_of(made).child == made.saying.fact.child  # type: ignore[attr-defined]


def test_of_a_child_a_part_goes_and_the_year_and_the_district_are_left(store: Store) -> None:
    made = store.report()
    erased((made, "child.born", "year"), (made, "child.postcode", "district"))
    left = words_of(made).child.model_dump(mode="json", exclude_none=True)
    note = f"date of birth, postcode {NOTE}; born in 2012"
    assert left == {"given_name": "Zephyrine", "family_name": "Quillfeather", "postcode": "ZZ9", "described": note}


def test_a_child_who_is_erased_whole_is_still_a_child_somebody_reported(store: Store) -> None:
    made = store.report()
    erased((made, "child"))
    assert words_of(made).child.model_dump(exclude_none=True) == {"described": NOTE}
    assert entry(made.id).mentions == made.mentions


def test_everything_still_verifies_and_the_read_tables_are_what_the_record_says(store: Store) -> None:
    made, other = store.report(), store.report(words="Something else.")
    said(
        Corrected(field="words", value='"A blue car."', why="It was blue."),
        "teacher",
        "practitioner",
        "school",
        made.id,
    )
    checkpoint()
    erased((made, "child"), (made, "words"), (other, "child.family_name"))
    checkpoint()
    assert faults() == {}
    assert set(rebuild(check=True).values()) == {True}


def test_the_leaf_the_lines_and_the_other_rows_stay_as_they_were(store: Store) -> None:
    made, known_at = store.report(), now()
    before, leaves = (
        [line for line in all_lines() if line.recorded_at <= known_at],
        list(StoredLeaf.objects.order_by("seq").values_list()),
    )
    openings = dict(Opening.objects.values_list("uid", "sealed"))
    with playing(START + timedelta(days=1)):
        erased((made, "child"))
    assert [line for line in all_lines() if line.recorded_at <= known_at] == before
    assert list(StoredLeaf.objects.order_by("seq").values_list())[: len(leaves)] == leaves
    now_sealed = dict(Opening.objects.values_list("uid", "sealed"))
    assert [uid for uid, sealed in openings.items() if bytes(now_sealed[uid]) != bytes(sealed)] == [made.id]


def test_nobody_is_found_by_what_is_erased(store: Store) -> None:
    made = store.report()
    kept = everything()["linkage_key"]
    erased((made, "child"))
    assert len(kept) > 0
    assert everything()["linkage_key"] == []


def test_nothing_is_erased_that_nobody_agreed_to(store: Store) -> None:
    made = store.report()
    one = proposed(Erasing(entry=str(made.id), field="words"))
    before = record()
    with pytest.raises(NotAgreed):
        carry_out(one.id, now())
    assert record() == before


def test_carried_out_again_it_does_nothing(store: Store) -> None:
    made = store.report()
    carried = erased((made, "words"))
    before = record()
    assert carry_out(carried[0].saying.regarding[0], now()) == []
    assert record() == before


def test_what_is_erased_twice_still_verifies(store: Store) -> None:
    made = store.report()
    erased((made, "child.born", "year"))
    erased((made, "child"), (made, "words"))
    checkpoint()
    assert faults() == {}
    assert words_of(made).child.model_dump(exclude_none=True) == {"described": NOTE}


def test_what_was_not_said_is_not_erased(store: Store) -> None:
    made = store.report()
    assert planned([Erasing(entry=str(made.id), field="lowering")], "asked", "Hill School", now()) == []


def test_the_same_report_sent_again_is_the_same_report(store: Store) -> None:
    uid = uuid4()
    receipt = store.receipt(uid=uid)
    erased((entry(uid), "words"))
    assert store.receipt(uid=uid) == receipt


def test_a_coded_answer_is_no_target(store: Store) -> None:
    names = [target.name for target in targets(type(store.report().saying.fact))]
    assert ("words" in names, "concern" in names, "danger_now" in names) == (True, False, False)


OTHER = b"0" * 60


def blanked(uid: UUID) -> bytes:
    """An opening in which somebody sealed other words, under the right key."""
    fields = fields_of(unsealed(uid, bytes(Opening.objects.get(uid=uid).sealed))) | {"body.words": NOTE}
    return seal(uid.bytes, zlib.compress("\n".join(disclosures(fields, [b"\0" * 16] * len(fields))).encode()))


RESEAL = {
    "sqlite": "INSERT INTO ledger_reseal_in VALUES (%s, %s, %s, %s)",
    "postgresql": "SELECT ledger_reseal(%s, %s, %s, %s)",
}


def reseal(erasure: UUID, uid: UUID, sealed: bytes) -> None:
    run(RESEAL[connection.vendor], [uid_value(erasure), uid_value(uid), sealed, "key"])


def row(erasure: UUID, uid: UUID, was: bytes, becomes: bytes) -> None:
    marks = [(one[:12] + one[-16:]).hex().upper() for one in (was, becomes)]
    Resealing(erasure=erasure, uid=uid, was=marks[0], becomes=marks[1], key_id="key").save(force_insert=True)


ROUTES = {
    "in the name of nothing": lambda made, carried: reseal(uuid4(), made.id, OTHER),
    "in the name of another entry": lambda made, carried: reseal(made.id, made.id, OTHER),
    "in the name of an erasure for a second time": lambda made, carried: reseal(carried.id, made.id, OTHER),
    "without a row": lambda made, carried: Opening.objects.filter(uid=made.id).update(sealed=OTHER),
    "under another id": lambda made, carried: run("UPDATE ledger_opening SET uid = %s", [uid_value(uuid4())]),
    "with another key's name": lambda made, carried: Opening.objects.filter(uid=made.id).update(key_id="other"),
    "with a row made by hand": lambda made, carried: row(uuid4(), made.id, OTHER, OTHER),
    "by changing the row": lambda made, carried: Resealing.objects.update(becomes="x"),
    "by removing the row": lambda made, carried: Resealing.objects.all().delete(),
    "back to what it was": lambda made, carried: Opening.objects.filter(uid=made.id).update(sealed=carried.old),
}


class Carried:
    """An erasure that was carried out, and the bytes that stood there before."""

    def __init__(self, made: Entry) -> None:
        self.old = bytes(Opening.objects.get(uid=made.id).sealed)
        self.id = erased((made, "words"))[0].id


@pytest.mark.parametrize("name", ROUTES)
def test_no_opening_is_sealed_again(name: str, store: Store) -> None:
    made = store.report()
    carried = Carried(made)
    before = record()
    with pytest.raises(DatabaseError), transaction.atomic():
        ROUTES[name](made, carried)
    assert record() == before


def test_an_erasure_that_was_signed_lets_nothing_be_sealed_again(store: Store) -> None:
    made, other = store.report(), store.report()
    carried = Carried(made)
    checkpoint()
    with pytest.raises(DatabaseError), transaction.atomic():
        reseal(carried.id, other.id, OTHER)


def test_the_old_bytes_are_gone_from_the_database_file(own_store: Store) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps old rows until VACUUM: docs/guides/erasing.md")
    made = own_store.report()
    old = bytes(Opening.objects.get(uid=made.id).sealed)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = connection.settings_dict["NAME"]
    assert held(path, old)
    erased((made, "words"))
    assert not held(path, old)


def held(path: str, old: bytes) -> bool:
    """Whether the middle of what was sealed stands anywhere in the database's files."""
    found = b"".join(one.read_bytes() for one in Path(path).parent.glob(Path(path).name + "*"))
    return old[40:72] in found


def test_what_stands_in_the_place_of_something_is_not_disclosed_as_what_was_recorded(store: Store) -> None:
    made = store.report()
    whole = disclosed([made.id])[made.id]
    erased((made, "words"))
    assert disclosed([made.id])[made.id] == {name: one for name, one in whole.items() if name != "body.words"}


def test_whatever_is_erased_a_day_gone_by_is_told_as_before(store: Store) -> None:
    """Each sealed field by itself: what was known then, and what had happened then, is the same line for line."""
    made = store.report()
    said(
        Corrected(field="words", value='"A blue car."', why="It was blue."),
        "teacher",
        "practitioner",
        "school",
        made.id,
    )
    then = now()
    before = [line for line in all_lines() if line.recorded_at <= then]
    tried = 0
    for target in targets(type(made.saying.fact)):
        point = transaction.savepoint()
        with playing(START + timedelta(days=40)):
            tried += len(erased((made, target.name))) > 0
        assert [line for line in all_lines() if line.recorded_at <= then] == before
        transaction.savepoint_rollback(point)
    assert tried >= 6
