"""Who looked for a child, with what words: it goes with the child's file, proposed and agreed to by the same two."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from onrecord.access.rules import Denied
from onrecord.case.actions.file import search
from onrecord.duties.actions.erasing import propose_erasure, reads_to_erase
from onrecord.duties.queries import erasing_reads
from onrecord.duties.queries.erasing_reads import words_in
from onrecord.ledger.actions import checkpoint, verify
from onrecord.ledger.facts import Entry, Erasing, HoldPlaced, Person, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import NoSuchEntry, entry, erasures, latest
from tests.pages.browsing import signed_in, text
from tests.partnership import Store
from tests.stages.duties.test_erasing import WHY, nothing_owed, settled

CHILD = {"given_name": "Zephyrine", "family_name": "Quillfeather"}
OTHER = {"given_name": "Marigold", "family_name": "Thistledown"}
TABLES = 9
"""The check of read tables, in which these tests mark what is owed as done."""
RANG = "Her aunt rang about her."


def looked(store: Store, by: str = "social-worker", **child: str) -> Entry:
    """Somebody looks for a child; the read that was noted."""
    search(store.viewer(by), Person(**(child or CHILD)), RANG, now())
    return latest("reads", 1)[0]


def found(store: Store, by: str, mention: UUID, before: int | None = None) -> list[UUID]:
    return [one.id for one in reads_to_erase(store.viewer(by), mention, before, now()).found]


def part(made: Entry, field: str = "sought") -> Erasing:
    return Erasing(entry=str(made.id), field=field, log="reads")


def proposed(store: Store, by: str, *made: Entry, basis: str = "wrongly_filed") -> Entry:
    parts = [part(one, field) for one in made for field in words_in(one)]
    return propose_erasure(store.viewer(by), parts, basis, WHY, uuid4(), now())


def fields_of(made: Entry) -> tuple[str | None, str | None]:
    fact: Any = entry(made.id, "reads").saying.fact
    return fact.sought, fact.reason


def test_what_is_found_is_of_this_child_and_of_ones_own_agency(store: Store) -> None:
    in_vain = looked(store)
    for_another = looked(store, **OTHER)
    made = settled(store)
    hit = looked(store)
    mention = made.mentions[0]
    assert (in_vain.saying.about, mention in hit.saying.about) == ((), True)
    assert found(store, "head", mention) == [hit.id, in_vain.id]
    assert for_another.id not in found(store, "head", mention)
    assert found(store, "manager", mention) == []


def test_who_may_propose_nothing_finds_nothing(store: Store) -> None:
    made = settled(store)
    looked(store)
    with pytest.raises(NoSuchEntry):
        reads_to_erase(store.viewer("social-worker"), made.mentions[0], None, now())


def test_a_child_behind_a_wall_was_looked_for_by_nobody(store: Store) -> None:
    sealed = settled(store, positions="yes", words="Tomas Hale, who works here, was there.")
    looked(store)
    assert found(store, "head", sealed.mentions[0]) == []


def test_it_is_looked_through_piece_by_piece(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = settled(store)
    first = looked(store)
    monkeypatch.setattr(erasing_reads, "LOOKED_THROUGH", 2)
    for _ in range(3):
        looked(store, **OTHER)
    before, seen = None, []
    for _ in range(9):
        page = reads_to_erase(store.viewer("head"), made.mentions[0], before, now())
        seen += [one.id for one in page.found]
        before = page.older
        if before is None:
            break
    assert (seen, before) == ([first.id], None)


def test_two_of_two_agencies_erase_it_and_everything_verifies(own_store: Store) -> None:
    made = settled(own_store)
    hit = looked(own_store)
    one = proposed(own_store, "head", hit)
    with pytest.raises(Denied):
        own_store.say("director", Seconded(why="I agree."), one)
    assert fields_of(hit)[1] == RANG
    own_store.say("manager", Seconded(why="I looked at it."), one)
    assert ["erased on 5 October 2026" in (words or "") for words in fields_of(hit)] == [True, True]
    assert [(done.entry, done.log) for done in erasures()] == [(hit.id, "reads")]
    assert found(own_store, "head", made.mentions[0]) == []
    for using in ("default", "reads"):
        checkpoint(using)
        faults = [fault for check in verify(using) for fault in check.faults if check.number != TABLES]
        assert faults == []


def test_under_a_hold_nothing_of_it_goes(store: Store) -> None:
    settled(store)
    hit = looked(store)
    store.say("scrutineer", HoldPlaced(ground="inquiry", why="The inquiry wrote."))
    with pytest.raises(Refused, match="A hold stands"):
        proposed(store, "head", hit)


def test_while_something_is_owed_to_the_child_nothing_of_it_goes(store: Store) -> None:
    store.report("social-worker")
    hit = looked(store)
    with pytest.raises(Refused, match="still owed"):
        proposed(store, "head", hit)


def test_of_a_read_of_the_record_nothing_goes_under_the_name_of_the_record(store: Store) -> None:
    hit = looked(store)
    with pytest.raises(NoSuchEntry):
        propose_erasure(
            store.viewer("head"), [Erasing(entry=str(hit.id), field="sought")], "asked", WHY, uuid4(), now()
        )


def test_the_page_shows_when_somebody_looked_and_no_word_of_it(own_store: Store) -> None:
    made = settled(own_store)
    hit, mention = looked(own_store), made.mentions[0]
    head, address = signed_in("head"), f"/erasures/{mention}?log=reads"
    assert "?log=reads" in text(head.get(f"/erasures/{mention}"))
    page = text(head.get(address))
    assert ("A search for a child, 5 October 2026" in page, str(hit.id) in page) == (True, True)
    assert [word for word in (RANG, "Quillfeather") if word in page] == []
    nothing_owed()
    typed = {"id": str(uuid4()), "basis": "asked", "why": "They asked.", "what": [str(hit.id)]}
    assert "Whom they looked for" in text(head.post(address, typed | {"step": "see"}))
    assert head.post(address, typed | {"step": "propose"})["Location"] == "/erasures"
    assert "in the log of who read what" in text(signed_in("manager").get("/erasures"))


@pytest.mark.parametrize("who", ["social-worker", "teacher"])
def test_for_nobody_else_is_there_such_a_page(who: str, store: Store) -> None:
    made = settled(store)
    looked(store)
    assert signed_in(who).get(f"/erasures/{made.mentions[0]}?log=reads").status_code == 404
