"""Each question to the ledger gives what was asked, in ledger order, however many are asked about."""

import json
import sys
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

import pytest

from onrecord.intake.facts import DecisionMade, ReportReceived
from onrecord.ledger.actions import append, checkpoint
from onrecord.ledger.facts import Corrected, Entry, Lowering, Saying, Seconded, When
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.head import head_path
from onrecord.ledger.gateway.verified import keep
from onrecord.ledger.models import Unprojected
from onrecord.ledger.queries import (
    NoSuchEntry,
    about,
    above,
    above_numbered,
    all_lines,
    answers,
    around,
    called_by,
    corrected,
    disclosed,
    entries,
    entry,
    envelopes,
    every,
    families,
    first_origin,
    last_of,
    last_verified,
    lately,
    latest,
    leaf_of,
    leaves,
    lines,
    log_origin,
    makers,
    news,
    signed_and_held,
    since,
    size,
    spoken_of,
    thread,
    threads,
    threads_about,
    untaken,
)
from onrecord.ledger.queries.one_field import unsealed_entries, whole
from onrecord.ledger.rules.leaf import fields_of
from tests.partnership import DECISION, ORIGIN, REPORT, START, Store


class Told(NamedTuple):
    """Two reports; of the first a decision, of that a correction that waits for a second person."""

    first: Entry
    second: Entry
    decided: Entry
    fix: Entry

    @property
    def thread(self) -> list[UUID]:
        """The first report, and what came of it."""
        return [self.first.id, self.decided.id, self.fix.id]


def said(fact: object, *regarding: UUID, by: str = "teacher", about: Iterable[UUID] = (), **more: object) -> Saying:
    made = Saying(uuid4(), fact, by, "practitioner", "school", When.at(START))  # type: ignore[arg-type]
    return Saying(**{**vars(made), "regarding": regarding, "about": tuple(about), **more})


FIX = Corrected(field="outcome", value=json.dumps("strategy_discussion"), why="A slip.")
WAITS = Lowering(reason="takes_two", words="Two have to agree.")


@pytest.fixture(params=[500, 1], ids=["at once", "one by one"])
def told(store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Told:
    """All of it recorded by the ledger alone; asked for at once, and one by one."""
    for name in ("entries", "lines", "disclosed"):
        monkeypatch.setattr(sys.modules[f"onrecord.ledger.queries.{name}"], "BATCH", request.param)
    first, second = append([said(ReportReceived.heard(REPORT)), said(ReportReceived.heard(REPORT), by="nurse")])
    decided = append([said(DecisionMade.heard(DECISION), first.id, by="front-door")])[0]
    fix = append([said(FIX, decided.id, by="front-door", lowering=WAITS)])[0]
    return Told(first, second, decided, fix)


def ids(found: Iterable[object]) -> list[UUID]:
    return [getattr(one, "id", None) or one.uid for one in found]  # type: ignore[attr-defined]


def test_what_came_of_an_entry_and_what_it_came_from(told: Told) -> None:
    first, second, decided, fix = told
    assert ids(thread(first.id)) == ids(threads([first.id, first.id])) == told.thread
    assert ids(threads([second.id, first.id])) == [first.id, second.id, decided.id, fix.id]
    assert ids(threads([decided.id])) == [decided.id, fix.id]
    assert ids(above([fix.id])) == told.thread
    assert ids(above([second.id, decided.id])) == [first.id, second.id, decided.id]
    assert ids(families([fix.id])) == ids(families([decided.id])) == told.thread
    assert answers([decided.id, first.id, first.id]) == [decided.id, fix.id]
    assert (answers([]), threads([]), above([])) == ([], [], [])


def test_what_is_about_a_mention_and_what_hangs_together_with_it(told: Told) -> None:
    first, second, decided, fix = told
    one, other, nobody = first.mentions[0], second.mentions[0], uuid4()
    assert ids(threads_about([one])) == told.thread
    assert ids(threads_about([other, one])) == [first.id, second.id, decided.id, fix.id]
    assert ids(around([other], [fix.id])) == [first.id, second.id, decided.id, fix.id]
    assert ids(around([nobody], [decided.id])) == told.thread  # what it answers, and what puts it right
    assert ids(around([nobody], [first.id])) == [first.id]
    assert ids(around([one, other], [nobody])) == [first.id, second.id, decided.id, fix.id]
    seen = append([said(ReportReceived.heard(REPORT), about=[one])])[0]
    assert about([one]) == [first.id, seen.id]
    assert about([other, one], ["intake.report_received"]) == [first.id, second.id, seen.id]
    assert (about([other, one], ["intake.decision_made"]), about([])) == ([], [])
    assert makers([one, other]) == {one: first.id, other: second.id}
    assert makers([]) == {}


def test_of_whom_somebody_spoke_in_an_agency(told: Told) -> None:
    one, other = told.first.mentions[0], told.second.mentions[0]
    append([said(DecisionMade.heard(DECISION), told.second.id, about=[other, one])])
    end = size()
    assert spoken_of("teacher", "school", end, ["no.kind"]) == [one, other]
    assert spoken_of("teacher", "school", end, ["intake.decision_made"]) == [one]
    assert spoken_of("teacher", "school", told.first.seq, ["no.kind"]) == []
    assert spoken_of("teacher", "police", end, ["no.kind"]) == []


def test_people_call_an_entry_or_a_child_by_a_few_signs(told: Told) -> None:
    uid, child = told.first.id, told.first.mentions[0]
    for reference in (uid.hex[:8], uid.hex, str(uid), str(uid).upper(), f" {uid.hex[:4]} {uid.hex[4:12]} "):
        assert called_by(reference) == {uid}
    assert called_by(child.hex[:8]) == {child}
    for reference in ("", uid.hex[:7], uid.hex + "0", "not a reference", "x" * 8):
        assert called_by(reference) == set()


def test_the_newest_of_some_kinds(told: Told) -> None:
    first, second, decided, fix = told
    kinds = ["intake.report_received", "ledger.corrected"]
    assert ids(envelopes(kinds)) == [fix.id, second.id, first.id]
    assert ids(envelopes(kinds, newest=2)) == [fix.id, second.id]
    assert ids(last_of(kinds, 9)) == [fix.id, second.id, first.id]
    assert ids(last_of(kinds, 9, proposals=False)) == [second.id, first.id]
    assert ids(last_of(kinds, 1, second.seq)) == [first.id]
    assert last_of(kinds, 9, 0) == []
    assert ids(above_numbered(second.seq, decided.seq)) == [first.id, second.id, decided.id]
    assert ids(since(kinds, first.seq, 9)) == [second.id, fix.id]
    assert ids(since(kinds, first.seq, 1)) == [second.id]


def test_every_line_and_every_entry_once_and_in_order(told: Told) -> None:
    assert [line.seq for line in all_lines()] == list(range(size()))
    assert [made.seq for batch in every() for made in batch] == list(range(size()))
    assert [made.seq for batch in every(first=3) for made in batch] == list(range(3, size()))
    assert [leaf.seq for leaf in leaves()] == list(range(size()))
    assert ids(latest(most=2)) == [told.fix.id, told.decided.id]
    assert ids(lines([told.fix.id, told.first.id])) == [told.first.id, told.fix.id]
    assert entries([told.fix.id, told.first.id, told.fix.id]) == [told.first, told.fix]
    assert (entries([]), entry(told.second.id)) == ([], told.second)
    for asked in (entry, leaf_of):
        with pytest.raises(NoSuchEntry, match="There is no entry"):
            asked(uuid4())


def test_a_line_says_when_by_whom_and_whether_it_waits(told: Told) -> None:
    line = lines([told.fix.id])[0]
    assert (line.seq, line.kind, line.by, line.agency) == (told.fix.seq, "ledger.corrected", "front-door", "school")
    assert (line.recorded_at, line.happened_at, line.proposed) == (START, START, True)
    assert (line.regarding, line.mentions, line.coded["value"]) == ((told.decided.id,), (), "strategy_discussion")


def test_a_correction_is_coded_also_beside_what_it_puts_right(store: Store) -> None:
    report, decision = said(ReportReceived.heard(REPORT)), said(DecisionMade.heard(DECISION))
    words = Corrected(field="words", value=json.dumps("Other words."), why="x")
    fixes = [said(FIX, decision.id), said(words, report.id), said(FIX, report.id)]
    made = append([report, decision, *fixes])
    coded = [line.coded for line in lines(one.id for one in made[2:])]
    assert [one.get("value") for one in coded] == ["strategy_discussion", None, None]


def test_an_entry_as_corrected_stands_beside_what_was_first_said(told: Told) -> None:
    assert {uid: one.fields for uid, one in corrected([told.decided, told.first], START).items()} == {
        told.decided.id: (),
        told.first.id: (),
    }
    append([said(Seconded(why="Yes."), told.fix.id, by="signer", agency="partnership")])
    found = corrected([told.decided, told.first], START)
    assert [(one.fields, one.first) for one in found.values()] == [(("outcome",), told.decided), ((), told.first)]
    assert found[told.decided.id].entry.saying.fact.coded()["outcome"] == "strategy_discussion"
    assert found[told.first.id].entry == told.first
    assert corrected([], START) == {}


def test_single_fields_are_disclosed_with_their_salts(told: Told) -> None:
    found = disclosed([told.decided.id, told.first.id, uuid4(), told.first.id])
    assert set(found) == {told.first.id, told.decided.id}
    for made in (told.first, told.decided):
        opened = {name: fields_of([one]) for name, one in found[made.id].items()}
        assert opened == {name: {name: value} for name, value in made.saying.opened().items()}


def test_one_field_is_found_among_the_others(told: Told) -> None:
    found = unsealed_entries([told.decided.id, uuid4(), told.first.id, told.decided.id])
    assert [one.id for one in found] == [told.decided.id, told.first.id]
    assert whole(found) == [told.first, told.decided]
    for one, made in zip(found, (told.decided, told.first), strict=True):
        body = {name: value for name, value in made.saying.opened().items() if name.startswith("body.")}
        assert {name: one.said(name.removeprefix("body.")) for name in body} == body
        assert (one.said("word"), one.said("by")) == (None, None)
    assert (unsealed_entries([]), whole([])) == ([], [])


def test_how_many_entries_there_are_and_how_many_wait_to_be_mended(store: Store) -> None:
    assert signed_and_held(2) == ([], size(), 0)
    for seq in (3, 4):
        Unprojected.objects.create(seq=seq, projector="one", error="x")
    assert signed_and_held(2) == ([], size(), 2)
    Unprojected.objects.all().delete()
    for _ in range(3):
        checkpoint()
        store.report()
    held = signed_and_held(2)
    assert ([made.size for made in held.signed], held.entries, held.waiting) == ([size() - 2, size() - 4], size(), 0)


def test_every_one_recorded_since_however_many(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    made = []
    for hours in range(4):
        with playing(START + timedelta(hours=hours)):
            made.append(store.report())
    kinds = ["intake.report_received"]
    for batch in (1, 2, 9):
        monkeypatch.setattr(sys.modules["onrecord.ledger.queries.lines"], "BATCH", batch)
        assert ids(lately(kinds, START)) == ids(reversed(made[1:]))
        assert ids(lately(kinds, START - timedelta(hours=1))) == ids(reversed(made))
        assert ids(lately(kinds, START + timedelta(hours=3))) == []


def test_an_id_that_was_taken_for_another_kind_silences_nothing(store: Store) -> None:
    uid = uuid4()
    after = uuid5(uid, "next")
    assert untaken(uid, "ledger.corrected") == uid
    append([said(ReportReceived.heard(REPORT), id=uid)])
    assert untaken(uid, "intake.report_received") == uid
    assert untaken(uid, "ledger.corrected") == after
    append([said(ReportReceived.heard(REPORT), id=after)])
    assert untaken(uid, "ledger.corrected") == uuid5(after, "next")


def test_a_checkpoint_is_due_when_something_is_new_or_a_day_is_nearly_over(store: Store) -> None:
    day = timedelta(hours=23)
    assert (news("default", START), signed_and_held(9).signed) == (True, [])
    checkpoint()
    assert [news("default", START + day), news("default", START + day + timedelta(seconds=1))] == [False, True]
    store.report()
    assert news("default", START)
    with playing(START + day):
        checkpoint()
    made = signed_and_held(9).signed
    assert [one.made_at for one in made] == [START + day, START]
    assert signed_and_held(1).signed == made[:1]


def test_a_log_signs_under_the_name_in_its_head_or_else_its_first(store: Store) -> None:
    assert (first_origin("default"), first_origin("reads")) == (ORIGIN, f"{ORIGIN}/reads")
    assert (log_origin("default"), log_origin("reads")) == (ORIGIN, f"{ORIGIN}/reads")
    head_path("reads").unlink()
    assert log_origin("reads") == f"{ORIGIN}/reads"


def test_what_the_last_check_found_is_told_of_both(store: Store) -> None:
    assert last_verified() is None
    record, reads = [{"number": 1, "faults": ["a", "b"]}], [{"number": 1, "faults": []}, {"number": 2, "faults": ["c"]}]
    keep({"at": START.isoformat(), "checks": {"default": record, "reads": reads}})
    found = last_verified()
    assert found is not None
    assert (found.at, found.record, found.reads, found.faults) == (START, record, reads, ["a", "b", "c"])
