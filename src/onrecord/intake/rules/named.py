"""Whether somebody who works here is named in a report: the keys of a person at work, and of everything written.

Two keys that are equal are a hit. They are hashed before they are stored or compared, so no table holds a name. A hit
only ever seals, so a key is read generously: better one report too many with the designated officer.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from onrecord.ledger.facts import Fact
from onrecord.linkage.rules import dialled

Key = tuple[str, str]
"""The sort of a key, and its text."""

LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
SILENT = re.compile(r"['’‘`´ʼ]")
UNSEEN = frozenset({"Mn", "Cf"})
"""Accents that stand by themselves, and signs that nobody sees."""
WORD = re.compile(r"[^\W_]+")
DIGITS = re.compile(r"\d(?:[\s().\-/]*\d)+")
ALIKE = str.maketrans("oi", "01")
TAIL = 9
"""How many digits at the end of a phone number tell it apart, however it begins: 07…, +44 7…, 0044 (0) 7…."""
PLATE = range(2, 9)
POSTCODE = range(5, 8)
FORMS = frozenset({"ltd", "limited", "llp", "plc"})
LEAST = 5
"""How many letters and figures the name of a firm has at least."""
MOST_WORDS = 4
"""Of how many words, at most, a firm's name is looked for."""


TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "sir", "madam", "pc", "sergeant", "coach"})
"""Before a last name alone: how a child names a grown-up at school, at the office or at the station."""


def too_common(employer: str) -> bool:
    """Whether this is no name to know a firm by: so short that it stands in many a report, and would seal it."""
    return sum(len(word) for word in folded(employer) if word not in FORMS) < LEAST


def staff_keys(name: str, phones: Iterable[str], plates: Iterable[str], employers: Iterable[str]) -> Iterator[Key]:
    """The keys of a person at work: first and last name either way round, phones, plates, firms."""
    said = folded(name)
    if len(said) > 1:
        for one, other in {(said[0], said[-1]), (said[-2], said[-1])}:
            yield "name", f"{one} {other}"
            yield "name", f"{other} {one}"
        yield "titled", said[-1]
    for phone in phones:
        digits = _digits(dialled(phone))
        if len(digits) >= TAIL:
            yield "phone", digits[-TAIL:]
    for plate in plates:
        yield "plate", _plate("".join(folded(plate)))
    for employer in employers:
        if words := [word for word in folded(employer) if word not in FORMS]:
            yield "firm", " ".join(words[:MOST_WORDS])


def home_keys(postcodes: Iterable[str | None]) -> Iterator[Key]:
    """The keys of whole postcodes. No text has such a key, so where somebody lives seals nothing."""
    for postcode in postcodes:
        said = _plate("".join(folded(postcode or "")))
        if len(said) in POSTCODE:
            yield "home", said


def written_keys(fact: Fact) -> set[Key]:
    """Every key of everything that is written in a report, in its own fields and in the free words alike."""
    return said_keys(fact.model_dump(mode="json", exclude_none=True))


def said_keys(said: object) -> set[Key]:
    """Every key of an answer as JSON holds it, or of a text."""
    return {key for text in _texts(said) for key in text_keys(text)}


def text_keys(text: str) -> Iterator[Key]:
    """The keys of a text: pairs of words that stand side by side, phone numbers, plates, and what may be a firm."""
    words = folded(text)
    for one, other in pairwise(words):
        yield "name", f"{one} {other}"
        yield "name", f"{one} {other.removesuffix('s')}"
    for run in DIGITS.findall(unicodedata.normalize("NFKC", text)):
        digits = _digits(run)
        for start in range(len(digits) - TAIL + 1):
            yield "phone", digits[start : start + TAIL]
    for size in range(1, MOST_WORDS + 1):
        for start in range(len(words) - size + 1):
            said = words[start : start + size]
            yield "firm", " ".join(said)
            if len(joined := "".join(said)) in PLATE and any(sign.isdigit() for sign in _plate(joined)):
                yield "plate", _plate(joined)


def titled_keys(said: object) -> set[Key]:
    """The keys of last names behind a title, in an answer as JSON holds it or a text: “Mr Hale”, “Miss A. Verne”."""
    found = set()
    for words in map(folded, _texts(said)):
        for place, word in enumerate(words):
            behind = words[place + 1 : place + 3] if word in TITLES else []
            last = behind[1:] if behind and len(behind[0]) == 1 else behind[:1]
            found |= {("titled", name) for one in last for name in (one, one.removesuffix("s"))}
    return found


def folded(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", SILENT.sub("", text).casefold().translate(LETTERS))
    return WORD.findall("".join(sign for sign in plain if unicodedata.category(sign) not in UNSEEN))


def _texts(said: object) -> Iterator[str]:
    """Every text; those of one shape in one, since a first and a last name stand in two fields."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        yield " ".join(part for part in said.values() if isinstance(part, str))
        yield from (text for part in said.values() if not isinstance(part, str) for text in _texts(part))
    elif isinstance(said, list | tuple):
        for part in said:
            yield from _texts(part)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _plate(joined: str) -> str:
    """A plate with its look-alikes as one: O and 0, I and 1."""
    return joined.translate(ALIKE)
