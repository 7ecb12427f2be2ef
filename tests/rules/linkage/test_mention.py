"""A mention made comparable: the short ways lead to the same as the long ones."""

import re
from datetime import date

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as some

from benchmarks.people_made import population
from onrecord.ledger.facts import Person
from onrecord.linkage.rules import mention, mentioned
from onrecord.linkage.rules.mention import dialled, heard
from onrecord.linkage.rules.names import DOUBLED, SOUNDS, VOWELS

BEGINS = some.sampled_from(("0", "+44", "0044"))


@given(BEGINS, some.integers(100_000_000, 9_999_999_999), some.lists(some.integers(0, 14), max_size=3))
def test_a_plain_british_number_is_read_as_the_telephone_book_reads_it(begins: str, rest: int, gaps: list[int]) -> None:
    number = f"{begins}{rest}"
    for gap in gaps:
        number = f"{number[:gap]} {number[gap:]}"
    read = phonenumbers.parse(number, "GB")
    assert dialled(number) == phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("+353 20 912 3456", "+353209123456"),
        ("12", "+4412"),
        ("her aunt's", ""),
    ],
)
def test_every_other_number_is_read_as_far_as_it_can_be(said: str, read: str) -> None:
    assert dialled(said) == read


def test_a_name_sounds_as_the_folds_say_one_after_the_other() -> None:
    names = {part for one in population(3_000) for cell in one.cells[2:5] for part in cell.lower().split("-")}
    assert len(names) > 500
    assert [name for name in sorted(names) if heard(name) != _slowly(name)] == []


def _slowly(name: str) -> str:
    for pattern, by in SOUNDS:
        name = re.sub(pattern, by, name)
    bones = re.sub("[aeiouy]", "", name)
    for letter in DOUBLED:
        bones = re.sub(f"{letter}{letter}+", letter, bones)
    colour = next((by for pattern, by in VOWELS if re.search(pattern, name)), "")
    return ("-" if re.match("[aeiouy]", name) else "") + bones + colour


def test_what_is_stored_of_a_person_compares_as_the_person_does() -> None:
    person = Person(given_name="Zephyrine Ann", other_names="Zeph, Ann", family_name="O'Quill-Feather", sex="F",
                    born=date(2012, 5, 3), phone="07700 900123", postcode="zz1 1ab", upn="x 1")  # fmt: skip
    assert mentioned(person.model_dump(mode="json", exclude_none=True)) == mention(person)
    assert mention(person).born == date(2012, 5, 3)
    assert mentioned({"sex": "U"}) == mention(Person(sex="U"))
