"""What signatures and receipts from outside prove, to the second and in words; what a witness is sent."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from onrecord.ledger.actions import NotSigned, checkpoint, prove
from onrecord.ledger.actions.checks import Findings
from onrecord.ledger.actions.outside import Cosigned, brackets, check_quorum, check_receipts, cosigned
from onrecord.ledger.actions.witness import _seen
from onrecord.ledger.facts import WitnessesNamed
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.witnesses import Answered
from onrecord.ledger.models import StoredCheckpoint, StoredCosignature
from onrecord.ledger.queries import (
    Epoch,
    checkpoint_texts,
    cosigned_size,
    heard_last,
    policy_in_force,
    policy_line,
    receipt_standing,
    size,
)
from onrecord.ledger.rules.bracket import LAST
from onrecord.ledger.rules.note import BadNote, Checkpoint
from onrecord_witness.home import Home
from onrecord_witness.judge import answer
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.tampering import run, unguarded
from tests.stages.ledger.witnessing import named

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
FEW = ("fewer witnesses than asked for, inspectorate, have signed in the last day",)


@pytest.fixture
def request_file(store: Store, outside: Home, fresh_home: Path) -> Path:
    """What a witness who is reached by files was asked after the first checkpoint that names them."""
    named(fresh_home, outside, "stick")
    checkpoint()
    return fresh_home / "stick/default/request"


@pytest.fixture
def key(request_file: Path) -> str:
    """The key of the only witness."""
    policy = policy_in_force()
    assert policy is not None
    return str(policy.witnesses["inspectorate"].key)


def signed(outside: Home, asked: Path, at: datetime = START) -> str:
    """The witness's line over what they were asked to sign."""
    made = answer(outside, asked.read_bytes(), int(at.timestamp()))
    assert made.status == 200
    return made.body.decode()


def quorum(signed: list[Cosigned], at: datetime) -> tuple[str, ...]:
    found = Findings()
    check_quorum(signed, ORIGIN, at, found)
    return found.checks((4,))[0].faults


def test_a_day_after_they_are_named_enough_of_them_have_signed_within_a_day(key: str) -> None:
    day = timedelta(hours=25)
    assert (quorum([], START + day - SECOND), quorum([], START + day)) == ((), FEW)
    one = Cosigned(key, size(), ORIGIN, START + HOUR)
    assert (quorum([one], START + day + HOUR), quorum([one], START + day + HOUR + SECOND)) == ((), FEW)
    assert quorum([one._replace(origin=f"{ORIGIN}/epoch-2")], START + day) == FEW
    strangers = [Cosigned("b.example+00000000+AAAA", 1, ORIGIN, START), Cosigned("a.example+0+A", 1, ORIGIN, START)]
    assert quorum([one, *strangers], START + day) == (
        "a.example signed, and no policy on record names them",
        "b.example signed, and no policy on record names them",
    )


def test_where_nobody_is_named_nobody_is_missed(store: Store) -> None:
    assert quorum([], START + 99 * HOUR) == ()


def promises(notes: list[StoredCheckpoint], signed: list[Cosigned], at: datetime) -> tuple[str, ...]:
    found = Findings()
    check_receipts(notes, signed, at, found)
    return found.checks((10,))[0].faults


def test_a_promise_runs_out_a_second_after_its_day(key: str, store: Store) -> None:
    notes, first = list(StoredCheckpoint.objects.all()), size()
    store.report()
    line = policy_line()
    assert line is not None
    late = START + 24 * HOUR + SECOND
    told = "entry {} was promised in {} by {}, and stands in none"
    ours, theirs = "a signed checkpoint", "a checkpoint signed by the witnesses promised"
    due = "2026-10-06 08:00"
    mine = told.format(first, ours, due)
    assert line.seq + 1 == first
    assert promises(notes, [], late - SECOND) == ()
    assert promises(notes, [], late) == (mine, told.format(first, theirs, due))
    assert promises(notes, [Cosigned(key, first + 1, ORIGIN, START)], late)[1] == told.format(first + 1, theirs, due)
    assert promises(notes, [Cosigned("another", size(), ORIGIN, START)], late)[1] == told.format(first, theirs, due)
    assert promises(notes, [Cosigned(key, size(), ORIGIN, START)], late) == (mine,)
    assert promises([], [Cosigned(key, size(), ORIGIN, START)], late) == (told.format(0, ours, "2026-10-06 07:00"),)


def test_where_the_policy_asks_for_nobody_only_our_own_promise_runs_out(
    store: Store, outside: Home, fresh_home: Path
) -> None:
    named(fresh_home, outside, "", "none")
    checkpoint()
    first = size()
    store.report()
    found = promises(list(StoredCheckpoint.objects.all()), [], START + 25 * HOUR)
    assert [one.partition(" by ")[0] for one in found] == [f"entry {first} was promised in a signed checkpoint"]


def test_a_signature_over_a_checkpoint_of_ours_is_held_and_any_other_is_a_fault(
    key: str, request_file: Path, outside: Home
) -> None:
    (request_file.parent / "answer").write_text(signed(outside, request_file, START + HOUR))
    checkpoint()
    notes, found = list(StoredCheckpoint.objects.all()), Findings()
    assert cosigned("default", notes, found) == [Cosigned(key, size(), ORIGIN, START + HOUR)]
    assert found.count == {}
    with unguarded():
        run("UPDATE ledger_cosignature SET size = 3")
    assert cosigned("default", notes, found) == []
    assert found.checks((5,))[0].faults == (
        "a witness's signature over 3 entries is over no checkpoint that is kept here",
    )
    with unguarded():
        run("UPDATE ledger_cosignature SET size = %s, witness = 'nobody'", [size()])
    assert cosigned("default", notes, found) == []


def test_of_an_ended_epoch_a_time_counts_as_far_as_entries_were_kept() -> None:
    ended = {"old": Epoch("old", "new", 9, 5, 0)}
    signed = [Cosigned("key", held, origin, START) for origin, held in (("old", 5), ("old", 6), ("new", 7))]
    before = [brackets([one], ended).around(0)[1] for one in signed]
    assert before == [START, LAST, START]


def test_a_witness_is_asked_from_the_size_that_they_signed_last(key: str, request_file: Path, outside: Home) -> None:
    assert request_file.read_text().startswith("old 0\n")
    (request_file.parent / "answer").write_text(signed(outside, request_file))
    checkpoint()
    assert request_file.read_text().startswith(f"old {size()}\n\n")
    StoredCosignature.objects.create(size=10_000, witness=key, signed_at=START, line="of a record that was cut")
    assert cosigned_size(key) == 10_000
    checkpoint()
    assert request_file.read_text().startswith("old 0\n")


@pytest.mark.parametrize(("before", "taken"), [(0, 1), (15, 1), (16, 0)])
def test_a_signature_is_looked_for_in_the_first_sixteen_lines(
    request_file: Path, outside: Home, before: int, taken: int
) -> None:
    (request_file.parent / "answer").write_text("no signature\n" * before + signed(outside, request_file))
    checkpoint()
    assert StoredCosignature.objects.count() == taken


def test_a_witness_has_seen_what_we_hold_or_less() -> None:
    note = f"{Checkpoint('origin', 7, bytes(32)).text()}\nsigned\n"
    assert [_seen(Answered(409, said), note) for said in ("0\n", "7", " 6 ")] == [0, 7, 6]
    for said in ("8\n", "", "x", "-1", "7.0"):
        with pytest.raises(BadNote, match="more entries than the 7"):
            _seen(Answered(409, said), note)


def test_who_is_named_and_has_signed_nothing_is_at_nought(request_file: Path, outside: Home) -> None:
    assert [(one.name, one.by_files, one.size, one.at) for one in heard_last()] == [("inspectorate", True, 0, None)]


def test_a_proof_is_made_with_the_largest_checkpoint_that_enough_have_signed(
    store: Store, key: str, request_file: Path, outside: Home
) -> None:
    made = store.report()
    with pytest.raises(NotSigned, match="No checkpoint holds this entry yet"):
        prove([made.id])
    assert prove([]) == []
    with playing(START + HOUR):
        checkpoint()
        line = signed(outside, request_file, START + HOUR)
        (request_file.parent / "answer").write_text(line)
        store.report()
        checkpoint()
    before = policy_line()
    assert before is not None
    proofs = prove([made.id])
    assert line in proofs[0].proof
    policies = [policy_in_force(before.seq), policy_in_force(before.seq + 1)]
    assert [one and one.quorum for one in policies] == [None, "inspectorate"]
    assert receipt_standing(made.id, START + 2 * HOUR).code == "witnessed"


def test_a_witness_nobody_named_keeps_no_promise_and_makes_no_proof(
    store: Store, key: str, request_file: Path, outside: Home
) -> None:
    made = store.report()
    checkpoint()
    newest = StoredCheckpoint.objects.latest("made_at")
    StoredCosignature.objects.create(
        size=newest.size, witness="stranger", signed_at=START + HOUR, line="\N{EM DASH} stranger AAAA"
    )
    assert receipt_standing(made.id, START + 2 * HOUR).code == "promised"
    with playing(START + HOUR):
        checkpoint()
    newest = StoredCheckpoint.objects.latest("made_at")
    assert newest.note in prove([made.id])[0].proof


def test_the_texts_of_our_checkpoints_are_each_there_once_the_newest_first(store: Store) -> None:
    notes = [checkpoint(), checkpoint()]
    store.report()
    notes.append(checkpoint())
    texts = [note.partition("\n\n")[0] + "\n" for note in notes]
    sizes = [int(text.split("\n")[1]) for text in texts]
    assert checkpoint_texts(0) == [(sizes[2], texts[2]), (sizes[1], texts[1])]
    assert checkpoint_texts(sizes[2]) == [(sizes[2], texts[2])]
    assert checkpoint_texts(sizes[2] + 1) == []


def test_that_somebody_is_named_is_no_naming_of_another_kind(key: str) -> None:
    line = policy_line()
    assert line is not None
    assert (line.kind, line.proposed) == (WitnessesNamed.kind, False)
