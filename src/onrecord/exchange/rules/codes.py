"""The census's own codes, as returned from 2022 to 2026."""

GENDERS = {"1": "M", "2": "F", "0": "U", "9": "U"}
"""GenderCurrent, until 2024: male, female, not recorded or unborn, indeterminate."""

SEXES = {"M": "M", "F": "F", "U": "U"}
"""Sex, from 2025: male, female, unknown."""

_GROUPS = {
    "W": ("BRI", "IRI", "IRT", "OTH", "ROM"),
    "M": ("WBC", "WBA", "WAS", "OTH"),
    "A": ("IND", "PKN", "BAN", "OTH"),
    "B": ("CRB", "AFR", "OTH"),
}
ETHNICITIES = frozenset({"CHNE", "OOTH", "REFU", "NOBT"} | {one + two for one in _GROUPS for two in _GROUPS[one]})
"""REFU says that the answer was refused, NOBT that nobody has asked yet."""

_LETTERED = dict.fromkeys(range(1, 25), "A") | dict.fromkeys((1, 2, 3, 4, 5, 6, 18, 19), "ABC") | {8: "BCDEF"}
FACTORS = frozenset(
    str(number) if number in (20, 21) else f"{number}{letter}"
    for number, letters in _LETTERED.items()
    for letter in letters
)
"""Factors found by assessments: 10A missing, 11A sexual exploitation, 12A trafficking, 13A gangs, 24A criminal."""

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""A unique pupil number's check letters: the alphabet without I, O and S."""


def check_letter(upn: str) -> str:
    """The letter a pupil number of 13 signs should begin with. A temporary number ends in a letter that counts too."""
    values = [int(sign) if sign.isdigit() else LETTERS.find(sign) for sign in upn[1:].upper()]
    return LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % len(LETTERS)]
