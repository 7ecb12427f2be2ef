"""A mention as it is compared, online: plain letters, sounds and kin, the same as the lists of a batch are made."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import phonenumbers

from onrecord.ledger.facts import Person
from onrecord.linkage.rules.names import DOUBLED, PLACEHOLDERS, SOUNDS, VOWELS, families
from onrecord.linkage.rules.plain import PARTICLES

SPELLINGS = 65_536
BRITISH = re.compile(r"(?:0|\+44|0044)([1-9][0-9]{8,9})")
UNSPACED = {ord(" "): None}
MARKS, OTHER, NO_LETTER = re.compile("['`.]"), re.compile("[^a-z]+"), re.compile(r"[\W\d_]+")
BEGINS, NO_SIGN = re.compile(rf"(^| )({PARTICLES}) "), re.compile("[^A-Z0-9]")
FOLDS, COLOURS = ([(re.compile(pattern), by) for pattern, by in steps] for steps in (SOUNDS, VOWELS))
VOWEL, TWICE = re.compile("[aeiouy]"), re.compile(rf"([{DOUBLED}])\1+")
FOLDED = str.maketrans("łøđßıəžšč’", "lodsiezsc'")
IDENTIFIERS = {"upn": "same pupil number", "nhs_number": "same NHS number", "local_id": "same local authority child ID"}


class Name(NamedTuple):
    """One name in plain letters, as it sounds, the families of spellings it is in, and what brings it up."""

    plain: str
    sound: str
    families: frozenset[str]
    key: str


class Mention(NamedTuple):
    """What a mention says, made comparable. An empty text or None is no answer."""

    given: tuple[Name, ...]
    """The first name, and the other names that they go by."""
    middle: str
    family: Name | None
    parts: frozenset[str]
    born: date | None
    sex: str
    phone: str
    postcode: str
    area: str
    numbers: tuple[str, ...]
    """In the order of IDENTIFIERS."""


@lru_cache(maxsize=SPELLINGS)
def plain(text: str) -> str:
    """A name in small plain letters, its parts apart; "" for a word that means nobody knew."""
    folded = "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(sign))
    folded = MARKS.sub("", folded.translate(FOLDED))
    folded = BEGINS.sub(r"\1\2", OTHER.sub(" ", folded)).strip()
    said = folded or NO_LETTER.sub(" ", text.lower()).strip()
    return "" if said.replace(" ", "") in PLACEHOLDERS else said


@lru_cache(maxsize=SPELLINGS)
def heard(name: str) -> str:
    """A plain name by its sound: its consonants as they are heard, and the colour of its first vowel."""
    folded = name
    for pattern, by in FOLDS:
        folded = pattern.sub(by, folded)
    bones = TWICE.sub(r"\1", VOWEL.sub("", folded))
    colour = next((by for pattern, by in COLOURS if pattern.search(folded)), "")
    return ("-" if VOWEL.match(folded) else "") + bones + colour


def _known() -> tuple[dict[str, frozenset[str]], dict[str, str], dict[str, str]]:
    """Of each known name its families and its kin; of each sound that only one kin has, that kin."""
    of: dict[str, set[str]] = {}
    kin: dict[str, str] = {}
    for name, family, whose in families():
        of.setdefault(name, set()).add(family)
        kin[name] = whose
    sounds: dict[str, set[str]] = {}
    for name, whose in kin.items():
        sounds.setdefault(heard(name), set()).add(whose)
    alone = {sound: next(iter(kins)) for sound, kins in sounds.items() if len(kins) == 1}
    return {name: frozenset(found) for name, found in of.items()}, kin, alone


FAMILIES, KIN, SOUND_KIN = _known()


@lru_cache(maxsize=SPELLINGS)
def name_of(word: str) -> Name:
    """One word of a name, with all that it is compared by."""
    sound = heard(word)
    return Name(word, sound, FAMILIES.get(word, frozenset()), KIN.get(word) or SOUND_KIN.get(sound) or sound)


def mention(person: Person) -> Mention:
    """What is said of a person, made comparable."""
    return mentioned(vars(person))


def mentioned(said: Mapping[str, Any]) -> Mention:
    """The same of the fields of a person, as they are stored; one that is not there says nothing."""
    given = plain(said.get("given_name") or "").split()
    others = said.get("other_names")
    names = [word for name in re.split("[,;/]", others) for word in plain(name).split()[:1]] if others else []
    family = plain(said.get("family_name") or "").split()
    postcode, area = _postcode(said.get("postcode") or "")
    born, phone = said.get("born"), said.get("phone")
    return Mention(
        given=tuple([name_of(word) for word in dict.fromkeys([*given[:1], *names])]),
        middle=" ".join(given[1:]),
        family=name_of("".join(family)) if family else None,
        parts=frozenset([part for part in family if len(part) > 2]),
        born=date.fromisoformat(born) if isinstance(born, str) else born,
        sex=said["sex"] if said.get("sex") in ("F", "M") else "",
        phone=dialled(phone) if phone else "",
        postcode=postcode,
        area=area,
        numbers=tuple([squeezed(number) if (number := said.get(sort)) else "" for sort in IDENTIFIERS]),
    )


def squeezed(value: str) -> str:
    """An identifier without spaces or case."""
    return "".join(value.split()).upper()


@lru_cache(maxsize=SPELLINGS)
def dialled(number: str) -> str:
    """A phone number in international form where it can be read as one, else its digits. Never refused.

    Plain British numbers, which almost all are, need no telephone book.
    """
    if british := BRITISH.fullmatch(number.translate(UNSPACED)):
        return f"+44{british[1]}"
    try:
        return phonenumbers.format_number(phonenumbers.parse(number, "GB"), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return "".join(sign for sign in number if sign.isdigit())


@lru_cache(maxsize=SPELLINGS)
def _postcode(said: str) -> tuple[str, str]:
    """A whole postcode without spaces, and its first half; only the half where no more is said."""
    code = NO_SIGN.sub("", said.upper())
    return (code, code[:-3]) if len(code) >= 5 else ("", code)
