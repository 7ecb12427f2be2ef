"""When two mentions may be one person, and what they agree on, in words, online.

Weights bring a candidate to a person's eyes; they never decide. Ethnicity, nationality and where a name comes from are
never looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import jellyfish

from onrecord.ledger.facts import Person
from onrecord.linkage.rules.matching import LEVELS, agreement
from onrecord.linkage.rules.mention import IDENTIFIERS, Mention, mention
from onrecord.linkage.rules.mixture import MISSING
from onrecord.linkage.rules.scales import SHOWN, SURE, Scales, weigh

ADULT = 18
CODES = {name: tuple(levels) for name, levels in LEVELS.items()}
NUMBER = tuple(LEVELS).index("number")
SAID = {
    "born": {
        "same": "same birth date",
        "swapped": "same birth date with day and month swapped",
        "slip": "birth date with a slip",
        "year": "same year of birth, one of them on 1 January",
        "two": "two parts of the birth date the same",
    },
    "given": {
        "same": "same first name",
        "near": "first name written another way",
        "middle": "first name is the other's middle name",
        "exchanged": "first and last name exchanged",
        "alike": "first names alike",
        "initial": "same initial of the first name",
    },
    "middle": {"same": "same middle name", "initial": "same initial of the middle name"},
    "surname": {
        "same": "same last name",
        "near": "last name written another way",
        "part": "part of a double last name",
        "alike": "last names alike",
    },
}
"""What speaks for one person, in words. Numbers, phone, postcode and sex are said one by one."""
AGAINST = {
    "born": "different birth dates",
    "given": "different first names",
    "surname": "different last names",
    "gender": "different sex recorded",
    "place": "different phone or postcode",
    "number": "different numbers",
}
ASKED = {
    "number": "pupil number or NHS number",
    "born": "birth date",
    "given": "first name",
    "surname": "last name",
    "place": "phone or postcode",
    "gender": "sex",
}
"""What there is to compare, as it is called where one of the two does not say it."""


@dataclass(frozen=True)
class Likeness:
    """What two mentions agree on, what speaks against it, and what one of them does not say; in words.

    `strong` when a number is the same, or it is one person by eight to one and nothing forbids it; `kin` when it could
    be a brother, a sister or a twin.
    """

    words: tuple[str, ...]
    strong: bool
    against: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    kin: bool = False
    weight: float = 0.0


def compare(one: Person, other: Person, scales: Scales, known: int = 0) -> Likeness | None:
    """What two people agree on, among so many that are known; None when they hardly can be one person."""
    return told_of(mention(one), mention(other), scales, known)


def told_of(first: Mention, second: Mention, scales: Scales, known: int) -> Likeness | None:
    """The same of two mentions that were made comparable before."""
    pattern = agreement(first, second)
    found = weigh(scales, pattern, known)
    numbered = pattern[NUMBER] == 0
    if found.weight < SHOWN and not numbered:
        return None
    told = dict(zip(LEVELS, pattern, strict=True))
    words = tuple(_for(first, second, told))
    if not words:
        return None
    denied = told["number"] == LEVELS["number"]["other"]
    against = tuple(said for name, said in AGAINST.items() if told[name] == LEVELS[name]["other"])
    both_named = first.family and second.family
    missing = tuple(
        said for name, said in ASKED.items() if told[name] == MISSING and not (name == "surname" and both_named)
    )
    strong = numbered or (found.weight >= SURE and not found.apart and not denied)
    return Likeness(words, strong, against, missing, found.kin and not strong, found.weight)


def grown(person: Person, since: date, at: date) -> bool:
    """Whether somebody is 18 by then, going by their birth date, or because they were a child 18 years before."""
    began = person.born or since
    return (at.year - began.year) - ((at.month, at.day) < (began.month, began.day)) >= ADULT


def sound(name: str) -> str:
    """A name by its sound, so that spellings meet."""
    return " ".join(jellyfish.metaphone(part) or part.upper() for part in name.replace("-", " ").split())


def could_be_family(reader: str, child: Person | None) -> bool:
    """Whether the reader's last name, by its sound, is the child's."""
    family = child.family_name if child else None
    return bool(family and reader.split() and sound(reader.split()[-1]) == sound(family.split()[-1]))


def _for(one: Mention, other: Mention, told: Mapping[str, int]) -> Iterator[str]:
    numbers = zip(IDENTIFIERS.values(), one.numbers, other.numbers, strict=True)
    yield from (said for said, first, second in numbers if first and first == second)
    for name, said in SAID.items():
        if (place := told[name]) != MISSING and (code := CODES[name][place]) in said:
            yield said[code]
    if one.phone and one.phone == other.phone:
        yield "same phone"
    if one.postcode and one.postcode == other.postcode:
        yield "same postcode"
    elif one.area and one.area == other.area:
        yield "same area"
    if told["gender"] == 0:
        yield "same sex recorded"
