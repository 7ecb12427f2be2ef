"""Whoever holds the keys and the database erases nothing else in the name of what two agreed to."""

import json
import zlib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from onrecord.ledger.actions import append, checkpoint, verify
from onrecord.ledger.facts import Corrected, Entry, Erasing, ErasureCarriedOut, Seconded
from onrecord.ledger.facts.erasure import BASES
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.keys import salts, seal
from onrecord.ledger.models import Opening
from onrecord.ledger.queries import unsealed
from onrecord.ledger.rules.leaf import digests, disclosures, fields_of
from onrecord.ledger.rules.machine import machine_saying
from tests.partnership import Store
from tests.stages.ledger.erasing import NOTE, erased, proposed, said
from tests.stages.ledger.test_erasing import reseal

OTHER = {"body.words": "Nothing happened."}
MORE = "it erases more than was proposed"
ONCE_MORE = "it erases once more what was agreed to once"
UNNAMED = "something else of it was erased than the erasure names"
OTHER_WORDS = "other words stand in the place of what was erased than say so"


def agreed(made: Entry, *fields: str) -> UUID:
    """An erasure that two agreed to, and that the program has not carried out."""
    one = proposed(*(Erasing(entry=str(made.id), field=field) for field in fields))
    said(Seconded(why="It is so."), "head", "head_of_service", "school", one.id)
    return one.id


def forged(proposal: UUID, made: Entry, names: tuple[str, ...], gone: set[str], left: Mapping[str, Any]) -> None:
    """Say that this erasure is carried out by these names, and seal the entry without these fields, with those."""
    opened = unsealed(made.id, bytes(Opening.objects.get(uid=made.id).sealed))
    old = [one for one in opened if next(iter(fields_of([one]))) in gone]
    new = disclosures(left, salts(len(left)))
    fact = ErasureCarriedOut(
        basis="wrongly_filed", fields_gone=names, owner="school", gone=digests(old), left=digests(new)
    )
    done = append([machine_saying(fact, now(), regarding=(proposal, made.id))])[0]
    kept = [one for one in opened if one not in old]
    reseal(done.id, made.id, seal(made.id.bytes, zlib.compress("\n".join([*kept, *new]).encode())))
    checkpoint()


def faults() -> list[str]:
    """What check 8 finds, without the numbers of the entries."""
    return [fault.rpartition(": ")[2] for check in verify() if check.number == 8 for fault in check.faults]


def test_what_the_program_itself_would_have_done_is_no_fault(store: Store) -> None:
    made = store.report()
    forged(agreed(made, "words"), made, ("words",), {"body.words"}, {"body.words": NOTE})
    assert faults() == []


def test_what_was_agreed_to_once_is_not_carried_out_twice(store: Store) -> None:
    made = store.report()
    proposal = erased((made, "child.born"))[0].saying.regarding[0]
    forged(proposal, made, ("child.born",), {"body.words"}, OTHER)
    assert ONCE_MORE in faults()


def test_not_even_of_what_it_named(store: Store) -> None:
    made = store.report()
    proposal = erased((made, "words"))[0].saying.regarding[0]
    forged(proposal, made, ("words",), {"body.words"}, OTHER)
    assert ONCE_MORE in faults()


UNDER = {
    "another field, with other words in its place": (("child.born",), {"body.words"}, OTHER),
    "another field, with nothing in its place": (("child.born",), {"body.child"}, {"body.words": NOTE}),
    "the field that was named and one more": (("words",), {"body.words", "body.concern"}, {"body.words": NOTE}),
    "less than the names say": (("words", "child.born"), {"body.words"}, {"body.words": NOTE}),
    "one field, and two notes in its place": (
        ("words", "child.born"),
        {"body.words", "body.child"},
        {"body.words": NOTE, "body.concern": NOTE},
    ),
    "another field, while what was named stays": (("words",), {"body.child"}, {}),
}


@pytest.mark.parametrize("name", UNDER)
def test_nothing_goes_but_what_it_names(name: str, store: Store) -> None:
    made = store.report()
    forged(agreed(made, "words", "child.born"), made, *UNDER[name])
    assert UNNAMED in faults()


def test_a_field_that_was_erased_already_lets_no_other_go(store: Store) -> None:
    made = store.report()
    erased((made, "words"))
    forged(agreed(made, "words"), made, ("words",), {"body.child"}, {})
    assert UNNAMED in faults()


def test_what_changes_nothing_is_no_erasure(store: Store) -> None:
    made = store.report()
    forged(agreed(made, "words"), made, ("words",), set(), {})
    assert faults() == [f"what was erased of the entry {made.id} stands here still"]


@pytest.mark.parametrize("name", ["field", "happened", "value.born"])
def test_of_a_correction_only_the_same_goes_and_why(name: str, store: Store) -> None:
    made = store.report()
    fact = Corrected(field="words", value='"A blue car."', why="It was blue.")
    fix = said(fact, "teacher", "practitioner", "school", made.id)
    forged(agreed(made, "words"), fix, (name,), {"body.why"}, {"body.why": NOTE})
    assert MORE in faults()


def test_a_correction_of_something_else_stays_whole(store: Store) -> None:
    made = store.report()
    fact = Corrected(field="concern", value='"neglect"', why="It was not that.")
    fix = said(fact, "teacher", "practitioner", "school", made.id)
    forged(agreed(made, "words"), fix, ("why",), {"body.why"}, {"body.why": NOTE})
    assert MORE in faults()


IN_ITS_PLACE = {
    "other words": ("words", {"body.words": "Nothing happened."}),
    "the note and more": ("words", {"body.words": f"Nothing happened. {NOTE}"}),
    "the note of another law": ("words", {"body.words": NOTE.replace("article 16", "article 17")}),
    "the note of another agency": ("words", {"body.words": NOTE.replace("Hill School", "Nobody")}),
    "the note of another day": ("words", {"body.words": NOTE.replace("5 October", "4 October")}),
    "a child of other words": ("child", {"body.child": {"described": "Nobody"}}),
    "a child with a name": ("child", {"body.child": {"given_name": "Nobody", "described": NOTE}}),
    "a child of whom nothing is said to be gone": ("child.born", {"body.child": {"given_name": "Zephyrine"}}),
    "a child of whom the day stands still": (
        "child.born",
        {"body.child": {"given_name": "Zephyrine", "born": "2012-01-03", "described": f"date of birth {NOTE}"}},
    ),
    "a child described in other words": ("child.described", {"body.child": {"described": f"Nobody {NOTE}"}}),
}


@pytest.mark.parametrize("name", IN_ITS_PLACE)
def test_nothing_but_the_note_stands_in_its_place(name: str, store: Store) -> None:
    made = store.report()
    field, left = IN_ITS_PLACE[name]
    forged(agreed(made, field), made, (field,), set(left), left)
    assert OTHER_WORDS in faults()


RIGHT = {
    "the child": ("child", {"body.child": {"described": NOTE}}),
    "the day": ("child.born", {"body.child": {"given_name": "Zephyrine", "described": f"date of birth {NOTE}"}}),
    "the postcode": (
        "child.postcode",
        {"body.child": {"given_name": "Zephyrine", "described": f"A blue coat; postcode {NOTE}"}},
    ),
    "the words": ("words", {"body.words": NOTE}),
    "the description": ("child.described", {"body.child": {"given_name": "Zephyrine", "described": NOTE}}),
}


@pytest.mark.parametrize("name", RIGHT)
def test_the_note_that_the_program_leaves_is_no_fault(name: str, store: Store) -> None:
    made = store.report()
    field, left = RIGHT[name]
    forged(agreed(made, field), made, (field,), set(left), left)
    assert faults() == []


def test_the_words_of_a_law_stand_in_records_and_stay_as_they_are() -> None:
    """A note that was left under a law is checked against these words: for other words there is another code."""
    mark = sha256(json.dumps(BASES.words, sort_keys=True).encode()).hexdigest()
    assert mark == "63fee05ddaef19f6f53064d9cd9981e23582ea86d61df2833a38b07ad3c42bb7"
