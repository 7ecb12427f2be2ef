"""On what two mentions agree, online: the levels of the batch (levels.py) asked of two mentions instead of two lists.

What a report has no field for, such as the number of a house, is not compared.
"""

from collections.abc import Callable
from datetime import date

from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity

from onrecord.linkage.rules.levels import COMPARISONS
from onrecord.linkage.rules.mention import Mention, Name
from onrecord.linkage.rules.mixture import MISSING, Pattern

LEVELS = {one.name: {level.code: place for place, level in enumerate(one.levels)} for one in COMPARISONS}


def agreement(one: Mention, other: Mention) -> Pattern:
    """For each comparison the level that two mentions meet; MISSING where one of them says nothing."""
    return tuple([codes[code] if (code := ask(one, other)) else MISSING for ask, codes in QUESTIONS])


def _given(one: Mention, other: Mention) -> str:
    """The best that any of their first names do: whoever goes by another name is asked by both."""
    if not one.given or not other.given:
        return ""
    codes = LEVELS["given"]
    return min(
        (_first(one, first, other, second) for first in one.given for second in other.given), key=codes.__getitem__
    )


def _first(one: Mention, first: Name, other: Mention, second: Name) -> str:
    if first.plain == second.plain:
        return "same"
    if _near(first, second):
        return "near"
    if first.plain == other.middle or one.middle == second.plain:
        return "middle"
    if _exchanged(first, one.family, second, other.family) or _exchanged(second, other.family, first, one.family):
        return "exchanged"
    if _alike(first, second):
        return "alike"
    short = min(len(first.plain), len(second.plain)) == 1 and first.plain[0] == second.plain[0]
    return "initial" if short else "other"


def _exchanged(given: Name, family: Name | None, second: Name, other: Name | None) -> bool:
    """Whether one's first name is the other's last name, and nothing speaks against the reverse."""
    if other is None or (family and family.plain == other.plain):
        return False
    if jaro_winkler_similarity(given.plain, other.plain) < 0.9:
        return False
    return family is None or jaro_winkler_similarity(family.plain, second.plain) >= 0.86


def _near(one: Name, other: Name) -> bool:
    """Whether it is one name written another way: of one family, of one sound, or with a slip."""
    if not one.families.isdisjoint(other.families):
        return True
    close = jaro_winkler_similarity(one.plain, other.plain)
    if close >= 0.94 or (close >= 0.88 and one.sound == other.sound):
        return True
    short, long = sorted((len(one.plain), len(other.plain)))
    return short >= 4 and long - short <= 1 and damerau_levenshtein_distance(one.plain, other.plain) <= 1


def _alike(one: Name, other: Name) -> bool:
    if one.sound == other.sound or jaro_winkler_similarity(one.plain, other.plain) >= 0.86:
        return True
    inside = one.plain in other.plain or other.plain in one.plain
    return inside and min(len(one.plain), len(other.plain)) >= 3


def _middle(one: Mention, other: Mention) -> str:
    if not one.middle or not other.middle:
        return ""
    if one.middle == other.middle:
        return "same"
    short = min(len(one.middle), len(other.middle)) == 1
    return "initial" if short and one.middle[0] == other.middle[0] else "other"


def _family(one: Mention, other: Mention) -> str:
    if one.family is None or other.family is None:
        return ""
    first, second = one.family, other.family
    if any(name.plain == second.plain for name in one.given) or any(name.plain == first.plain for name in other.given):
        return ""
    if first.plain == second.plain:
        return "same"
    if _near(first, second):
        return "near"
    if not one.parts.isdisjoint(other.parts):
        return "part"
    return "alike" if _alike(first, second) else "other"


def _born(one: Mention, other: Mention) -> str:
    if one.born is None or other.born is None:
        return ""
    first, second = one.born, other.born
    if first == second:
        return "same"
    if (first.year, first.month, first.day) == (second.year, second.day, second.month):
        return "swapped"
    slip = damerau_levenshtein_distance(_digits(first), _digits(second)) <= 1
    if slip or abs((first - second).days) <= 1:
        return "slip"
    same_year = first.year == second.year
    if same_year and any((born.month, born.day) == (1, 1) for born in (first, second)):
        return "year"
    parts = (same_year, first.month == second.month, first.day == second.day)
    return "two" if sum(parts) >= 2 else "other"


def _digits(born: date) -> str:
    return born.isoformat().replace("-", "")


def _sex(one: Mention, other: Mention) -> str:
    if not one.sex or not other.sex:
        return ""
    return "same" if one.sex == other.sex else "other"


def _where(one: Mention, other: Mention) -> str:
    """Phone and postcode are one question, because they say one thing: that two come from one household."""
    phones, codes = bool(one.phone and other.phone), bool(one.postcode and other.postcode)
    phone, code = phones and one.phone == other.phone, codes and one.postcode == other.postcode
    area = bool(one.area and other.area)
    if not phones and not codes and not area:
        return ""
    if phone or code:
        return "phone" if phone else "postcode"
    if area:
        return "area" if one.area == other.area else "other"
    return "other"


def _number(one: Mention, other: Mention) -> str:
    """The same number of one sort outweighs another that differs."""
    pairs = [(first, second) for first, second in zip(one.numbers, other.numbers, strict=True) if first and second]
    if not pairs:
        return ""
    return "same" if any(first == second for first, second in pairs) else "other"


ASKED: dict[str, Callable[[Mention, Mention], str]] = {
    "given": _given,
    "middle": _middle,
    "surname": _family,
    "born": _born,
    "gender": _sex,
    "place": _where,
    "number": _number,
}
QUESTIONS = tuple((ASKED[name], codes) for name, codes in LEVELS.items())
