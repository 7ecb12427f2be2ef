"""What two records are held together by: each comparison, and its levels of agreement from the best to none at all.

A level is SQL over the two records (`_l`, `_r`). The shares are where learning begins, and what it falls back on where
the data say little: how often a level is met between two records of one person (`same`), and between two people of one
household (`kin`). What strangers share is counted, never guessed.

Address, postcode and phone are one comparison, because they say one thing: that two records come from one household.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level of agreement: its code, when it holds, its words, its shares, and the column whose equality it is."""

    code: str
    sql: str
    words: str
    same: float
    kin: float
    equal: str = ""


@dataclass(frozen=True)
class Comparison:
    """A question put to two records: when it cannot be answered, and the levels of its answer."""

    name: str
    missing: str
    levels: tuple[Level, ...]


ELSE = "ELSE"


def _near(name: str) -> str:
    one, other = f"{name}_l", f"{name}_r"
    slip = f"damerau_levenshtein({one}, {other}) <= 1 AND least(length({one}), length({other})) >= 4"
    return (
        f"list_has_any({name}_family_l, {name}_family_r) OR ({name}_sound_l = {name}_sound_r AND "
        f"jaro_winkler_similarity({one}, {other}) >= 0.88) OR ({slip}) OR "
        f"jaro_winkler_similarity({one}, {other}) >= 0.94"
    )


def _alike(name: str) -> str:
    one, other = f"{name}_l", f"{name}_r"
    inside = f"least(length({one}), length({other})) >= 3 AND (contains({one}, {other}) OR contains({other}, {one}))"
    return f"{name}_sound_l = {name}_sound_r OR jaro_winkler_similarity({one}, {other}) >= 0.86 OR ({inside})"


GIVEN = Comparison(
    "given",
    "given_l IS NULL OR given_r IS NULL",
    (
        Level("same", "given_l = given_r", "same first name", 0.72, 0.004, "given"),
        Level("near", _near("given"), "first name written another way", 0.14, 0.015),
        Level(
            "middle", "given_l = middle_r OR middle_l = given_r", "first name is the other's middle name", 0.02, 0.01
        ),
        Level(
            "exchanged",
            "jaro_winkler_similarity(given_l, surname_r) >= 0.9 AND (surname_l IS NULL"
            " OR jaro_winkler_similarity(surname_l, given_r) >= 0.86) AND coalesce(surname_l <> surname_r, true)"
            " OR jaro_winkler_similarity(given_r, surname_l) >= 0.9 AND (surname_r IS NULL"
            " OR jaro_winkler_similarity(surname_r, given_l) >= 0.86) AND coalesce(surname_l <> surname_r, true)",
            "first and last name exchanged",
            0.02,
            0.001,
        ),
        Level("alike", _alike("given"), "first names alike", 0.04, 0.04),
        Level(
            "initial",
            "least(length(given_l), length(given_r)) = 1 AND left(given_l, 1) = left(given_r, 1)",
            "same initial of the first name",
            0.01,
            0.01,
        ),
        Level("other", ELSE, "different first names", 0.03, 0.92),
    ),
)
MIDDLE = Comparison(
    "middle",
    "middle_l IS NULL OR middle_r IS NULL",
    (
        Level("same", "middle_l = middle_r", "same middle name", 0.75, 0.05),
        Level(
            "initial",
            "least(length(middle_l), length(middle_r)) = 1 AND left(middle_l, 1) = left(middle_r, 1)",
            "same initial of the middle name",
            0.2,
            0.08,
        ),
        Level("other", ELSE, "different middle names", 0.05, 0.87),
    ),
)
SURNAME = Comparison(
    "surname",
    "surname_l IS NULL OR surname_r IS NULL OR given_l = surname_r OR surname_l = given_r",
    (
        Level("same", "surname_l = surname_r", "same last name", 0.83, 0.8, "surname"),
        Level("near", _near("surname"), "last name written another way", 0.08, 0.07),
        Level("part", "list_has_any(surname_parts_l, surname_parts_r)", "part of a double last name", 0.02, 0.02),
        Level("alike", _alike("surname"), "last names alike", 0.02, 0.02),
        Level("other", ELSE, "different last names", 0.05, 0.09),
    ),
)
BORN = Comparison(
    "born",
    "born_l IS NULL OR born_r IS NULL",
    (
        Level("same", "born_l = born_r", "same birth date", 0.87, 0.05, "born"),
        Level(
            "swapped",
            "year(born_l) = year(born_r) AND month(born_l) = day(born_r) AND day(born_l) = month(born_r)",
            "day and month swapped",
            0.03,
            0.001,
        ),
        Level(
            "slip",
            "damerau_levenshtein(born_text_l, born_text_r) <= 1 OR abs(date_diff('day', born_l, born_r)) <= 1",
            "birth date with a slip",
            0.04,
            0.01,
        ),
        Level(
            "year",
            "year(born_l) = year(born_r) AND ((month(born_l) = 1 AND day(born_l) = 1)"
            " OR (month(born_r) = 1 AND day(born_r) = 1))",
            "same year, one of them on 1 January",
            0.02,
            0.002,
        ),
        Level(
            "two",
            "(month(born_l) = month(born_r) AND day(born_l) = day(born_r))"
            " OR (year(born_l) = year(born_r) AND (month(born_l) = month(born_r) OR day(born_l) = day(born_r)))",
            "two parts of the birth date the same",
            0.02,
            0.02,
        ),
        Level("other", ELSE, "different birth dates", 0.02, 0.917),
    ),
)
GENDER = Comparison(
    "gender",
    "gender_l IS NULL OR gender_r IS NULL",
    (
        Level("same", "gender_l = gender_r", "same gender", 0.98, 0.5),
        Level("other", ELSE, "different gender", 0.02, 0.5),
    ),
)
ROAD = (
    "(street_l = street_r OR (least(length(street_l), length(street_r)) >= 7"
    " AND left(street_l, 1) = left(street_r, 1) AND abs(length(street_l) - length(street_r)) <= 2"
    " AND damerau_levenshtein(street_l, street_r) <= 2))"
)
TOWN = (
    "(town_l = town_r OR (least(length(town_l), length(town_r)) >= 6 AND left(town_l, 1) = left(town_r, 1)"
    " AND abs(length(town_l) - length(town_r)) <= 2 AND damerau_levenshtein(town_l, town_r) <= 2))"
)
NEARBY = f"(area_l = area_r OR {TOWN})"
HOME = (
    f"home_l = home_r OR (house_l = house_r AND {ROAD} AND (postcode_l IS NULL OR postcode_r IS NULL"
    f" OR damerau_levenshtein(postcode_l, postcode_r) <= 1 OR {TOWN})) OR (postcode_l = postcode_r AND {ROAD}"
    f" AND (house_l IS NULL OR house_r IS NULL)) OR (house_l = house_r AND {TOWN}"
    " AND (street_l IS NULL OR street_r IS NULL))"
)
PLACE = Comparison(
    "place",
    "(phone_l IS NULL OR phone_r IS NULL) AND (postcode_l IS NULL OR postcode_r IS NULL)"
    " AND (street_l IS NULL OR street_r IS NULL) AND (town_l IS NULL OR town_r IS NULL)",
    (
        Level("both", f"phone_l = phone_r AND ({HOME})", "same home and phone", 0.35, 0.45),
        Level("home", HOME, "same home", 0.25, 0.3, "home"),
        Level("phone", "phone_l = phone_r", "same phone", 0.12, 0.12, "phone"),
        Level("street", f"postcode_l = postcode_r AND {ROAD}", "same road and postcode", 0.04, 0.04),
        Level("postcode", "postcode_l = postcode_r", "same postcode", 0.04, 0.04, "postcode"),
        Level("road", f"{ROAD} AND {NEARBY}", "same road", 0.02, 0.02),
        Level("area", NEARBY, "same area", 0.05, 0.02),
        Level("other", ELSE, "different places", 0.15, 0.03),
    ),
)
NUMBER = Comparison(
    "number",
    "(nhs_l IS NULL OR nhs_r IS NULL) AND (upn_l IS NULL OR upn_r IS NULL)",
    (
        Level("same", "nhs_l = nhs_r OR upn_l = upn_r", "same NHS or pupil number", 0.98, 0.001),
        Level("other", ELSE, "different NHS or pupil numbers", 0.02, 0.999),
    ),
)
APART = (("given", "other"), ("born", "other"))
"""The guard: two records that disagree so far on the first name, or on the birth date, are kept apart whatever else
they share: most wrong links are brothers and sisters, twins, and sons named after fathers."""
HOUSEHOLDS = 0.01
"""The guard stands wherever lists hold households. Only where fewer than one pair in a hundred is of two people of one
household, and many pairs say so, does a wrong name beside everything else the same mean a slip and no twin."""
SEEN = ("given", "surname", "born")
"""What is the same on rare values weighs more; how often each value stands in the lists is counted afresh each time."""
NAMES = (("given", 2), ("surname", 2))
"""At the best so many levels of these, the whole name is taken to be the same, and its namesakes are counted."""
COMPARISONS = (GIVEN, MIDDLE, SURNAME, BORN, GENDER, PLACE, NUMBER)

KEYS = (
    ("born_key", "surname_key"),
    ("born_key", "given_key"),
    ("born_key", "area"),
    ("born_key", "town"),
    ("born_key", "phone"),
    ("names_key", "birth_year"),
    ("names_key", "area"),
    ("names_key", "town"),
    ("names_key",),
    ("given_key", "postcode"),
    ("given_key", "phone"),
    ("given_key", "door"),
    ("given_key", "birth_year", "area"),
    ("given_key", "birth_year", "town"),
    ("surname_key", "postcode"),
    ("surname_key", "phone"),
    ("surname_key", "town"),
    ("given_key", "house", "area"),
    ("given_key", "street"),
    ("surname_key", "house", "area"),
    ("street", "postcode"),
    ("home",),
    ("door",),
    ("nhs",),
    ("upn",),
)
"""Two records are held together when they share all of one line."""
SHARED, ALONE = 60, 12
"""A key on more records than this says too little, and is left empty; sooner where it is one thing alone."""
