"""When two mentions may be one person: the keys that bring them together, and what they agree on, in words.

Simple keys, exact or by sound. They bring a candidate to a person's eyes; they never decide. Ethnicity, nationality
and where a name comes from are never looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import jellyfish
import phonenumbers

from onrecord.ledger.facts import Person


@dataclass(frozen=True)
class Likeness:
    """What two mentions agree on. `strong` when an identifier, or a birth date and a name, agree."""

    words: tuple[str, ...]
    strong: bool


IDENTIFIERS = {"upn": "same pupil number", "nhs_number": "same NHS number", "local_id": "same local authority child ID"}


def keys_of(person: Person) -> Iterator[tuple[str, str]]:
    """The keys under which a mention can be found: the sort of key, and its text (to be hashed before it is stored)."""
    for name in IDENTIFIERS:
        if value := getattr(person, name):
            yield name, squeezed(value)
    if person.phone:
        yield "phone", dialled(person.phone)
    if person.born:
        yield from _dated(person, person.born.isoformat())
    if person.given_name and person.family_name:
        yield "names", f"{sound(person.given_name)} {sound(person.family_name)}"


def compare(one: Person, other: Person) -> Likeness | None:
    """What two mentions agree on; None when nothing that matters."""
    words = [said for name, said in IDENTIFIERS.items() if _same(getattr(one, name), getattr(other, name))]
    strong = bool(words)
    born, swapped = _births(one, other)
    given, family = _sounds(one.given_name, other.given_name), _sounds(one.family_name, other.family_name)
    words += [said for said, agrees in _agreements(one, other, born, swapped, given, family) if agrees]
    if born and (given or family) and not _contradict(one, other):
        strong = True
    enough = strong or born or (given and family) or "same phone" in words
    return Likeness(tuple(words), strong) if enough and words else None


def sound(name: str) -> str:
    """A name by its sound, so that spellings meet."""
    return " ".join(jellyfish.metaphone(part) or part.upper() for part in name.replace("-", " ").split())


def could_be_family(reader: str, child: Person | None) -> bool:
    """Whether the reader's last name, by its sound, is the child's."""
    family = child.family_name if child else None
    return bool(family and reader.split() and sound(reader.split()[-1]) == sound(family.split()[-1]))


def squeezed(value: str) -> str:
    """An identifier without spaces or case."""
    return "".join(value.split()).upper()


def dialled(number: str) -> str:
    """A phone number in international form where it can be read as one, else its digits. Never refused."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number, "GB"), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return "".join(sign for sign in number if sign.isdigit())


def _dated(person: Person, born: str) -> Iterator[tuple[str, str]]:
    if person.given_name:
        yield "born_given", f"{born} {sound(person.given_name)}"
    if person.family_name:
        yield "born_family", f"{born} {sound(person.family_name)}"
    yield "born", min(born, _swap(born))


def _agreements(
    one: Person, other: Person, born: bool, swapped: bool, given: bool, family: bool
) -> Iterator[tuple[str, bool]]:
    yield "same birth date", born and not swapped
    yield "same birth date with day and month swapped", swapped
    yield "same first name, or one that sounds like it", given
    yield "same last name, or one that sounds like it", family
    yield "same phone", bool(one.phone and other.phone and dialled(one.phone) == dialled(other.phone))
    yield "same postcode", _same(one.postcode, other.postcode)
    yield "same sex recorded", bool(one.sex and one.sex == other.sex and one.sex != "U")


def _births(one: Person, other: Person) -> tuple[bool, bool]:
    if not one.born or not other.born:
        return False, False
    swapped = one.born != other.born and (one.born.year, one.born.day, one.born.month) == (
        other.born.year,
        other.born.month,
        other.born.day,
    )
    return one.born == other.born or swapped, swapped


def _contradict(one: Person, other: Person) -> bool:
    """Whether they carry different identifiers of one sort: a sign of twins or of two people."""
    return any(
        getattr(one, name) and getattr(other, name) and not _same(getattr(one, name), getattr(other, name))
        for name in IDENTIFIERS
    )


def _sounds(one: str | None, other: str | None) -> bool:
    return bool(one and other and sound(one) == sound(other))


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other and squeezed(one) == squeezed(other))


def _swap(born: str) -> str:
    """A date with day and month exchanged, so that both readings share a key."""
    year, month, day = born.split("-")
    return f"{year}-{day}-{month}"
