"""The words in which somebody looked for a child go from the log of who read what, by the same two and one account."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from onrecord.access.facts import RecordOpened
from onrecord.ledger.actions import append, carry_out, checkpoint, erase, verify
from onrecord.ledger.actions.erase import finish
from onrecord.ledger.facts import Entry, Erasing, ErasureCarriedOut, Saying, Seconded, When
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.models import Opening, StoredLeaf
from onrecord.ledger.queries import entry, erasures, latest, not_finished, size
from onrecord.ledger.rules.machine import machine_saying
from tests.partnership import Store
from tests.stages.ledger.erasing import NOTE, proposed, said
from tests.stages.ledger.tampering import run, uid_value, unguarded

SOUGHT = "Zephyrine, Quillfeather, 2012-01-03"
WHY = "Her aunt rang about her."


def looked(about: tuple[UUID, ...] = ()) -> Entry:
    """Somebody at a school looks for a child."""
    fact = RecordOpened(what="search", reason=WHY, sought=SOUGHT)
    saying = Saying(uuid4(), fact, "teacher", "practitioner", "school", When.at(now()), about=about)
    return append([saying], using="reads")[0]


def agreed(*parts: Erasing) -> UUID:
    made = proposed(*parts)
    said(Seconded(why="It is so."), "head", "head_of_service", "school", made.id)
    return made.id


def part(made: Entry, field: str = "sought") -> Erasing:
    return Erasing(entry=str(made.id), field=field, log="reads")


def sign() -> None:
    for using in ("default", "reads"):
        checkpoint(using)


def faults(using: str = "reads") -> list[str]:
    """What check 8 finds, without the numbers of the entries."""
    return [fault.rpartition(": ")[2] for check in verify(using) if check.number == 8 for fault in check.faults]


def test_the_words_go_and_that_somebody_looked_stays(own_store: Store) -> None:
    made = looked()
    carry_out(agreed(part(made), part(made, "reason")), now())
    left = entry(made.id, "reads")
    assert left.saying.fact == RecordOpened(what="search", reason=NOTE, sought=NOTE)
    assert (left.saying.by, left.recorded_at) == ("teacher", made.recorded_at)


def test_both_logs_verify_afterwards_and_one_account_lists_it(own_store: Store) -> None:
    report, made = own_store.report(), looked()
    sign()
    carry_out(agreed(part(made), Erasing(entry=str(report.id), field="words")), now())
    sign()
    assert [fault for using in ("default", "reads") for check in verify(using) for fault in check.faults] == []
    assert {(one.entry, one.log) for one in erasures()} == {(report.id, None), (made.id, "reads")}
    assert not_finished() == []


def test_carried_out_again_it_does_nothing(own_store: Store) -> None:
    made = looked()
    proposal = agreed(part(made))
    carry_out(proposal, now())
    before = size("default"), size("reads")
    assert (carry_out(proposal, now()), finish(), (size("default"), size("reads"))) == ([], 0, before)


def test_a_crash_between_the_two_logs_is_found_and_mended(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = looked()
    proposal = agreed(part(made))
    with monkeypatch.context() as cut:
        cut.setattr(erase, "finish", lambda: None)
        carry_out(proposal, now())
    sign()
    assert entry(made.id, "reads").saying.fact.sought == SOUGHT  # type: ignore[attr-defined]
    assert faults("default") == ["what it erases of the log of who read what stands there still"]
    assert finish() == 1
    sign()
    assert (entry(made.id, "reads").saying.fact.sought, faults(), faults("default")) == (NOTE, [], [])  # type: ignore[attr-defined]


def test_nothing_of_it_is_taken_back_where_what_agreed_to_it_is(own_store: Store) -> None:
    made = looked()

    def broken() -> None:
        with transaction.atomic():
            carry_out(agreed(part(made)), now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert entry(made.id, "reads").saying.fact.sought == SOUGHT  # type: ignore[attr-defined]
    assert size("reads") == latest("reads", 1)[0].seq + 1


def test_what_the_record_does_not_list_is_found(own_store: Store) -> None:
    made = looked()
    proposal = agreed(part(made))
    fact = ErasureCarriedOut(basis="wrongly_filed", fields_gone=("sought",), owner="school", log="reads")
    append([machine_saying(fact, now(), regarding=(proposal, made.id))], using="reads")
    sign()
    assert faults() == [
        "the record does not list what it erases here",
        f"what was erased of the entry {made.id} stands here still",
    ]


def test_what_nobody_agreed_to_is_found(own_store: Store) -> None:
    made = looked()
    waiting = proposed(part(made))
    fact = ErasureCarriedOut(basis="wrongly_filed", fields_gone=("sought",), owner="school", log="reads")
    for using in ("default", "reads"):
        append([machine_saying(fact, now(), uid=UUID(int=9), regarding=(waiting.id, made.id))], using=using)
    sign()
    assert faults() == ["it erases what no second person agreed to erase"]


def test_what_is_put_back_is_found(own_store: Store) -> None:
    made = looked()
    old = bytes(Opening.objects.using("reads").get(uid=made.id).sealed)
    carry_out(agreed(part(made)), now())
    with unguarded("reads"):
        place = uid_value(made.id, "reads")
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [old, place], using="reads")
    sign()
    assert faults() == [f"what was erased of the entry {made.id} stands here still"]


def test_a_read_of_which_nothing_was_erased_cannot_be_sealed_again(own_store: Store) -> None:
    made, other = looked(), looked()
    carry_out(agreed(part(made)), now())
    carried = StoredLeaf.objects.using("reads").order_by("-seq").first()
    assert carried is not None
    with pytest.raises(DatabaseError), transaction.atomic(using="reads"):
        Opening.objects.using("reads").filter(uid=other.id).update(sealed=b"0" * 60)


def test_the_old_bytes_are_gone_from_the_database_file(own_store: Store) -> None:
    connection = connections["reads"]
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps old rows until VACUUM: docs/guides/erasing.md")
    made = looked()
    old = bytes(Opening.objects.using("reads").get(uid=made.id).sealed)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(connection.settings_dict["NAME"])
    files = lambda: b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))  # noqa: E731
    assert old[40:72] in files()
    carry_out(agreed(part(made)), now())
    assert old[40:72] not in files()
