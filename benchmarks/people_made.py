"""An invented population as five agencies would write it down, with the truth beside it: who is who in every list.

Families with brothers and sisters, twins, a few sons named after fathers; spellings, short names, second names, swapped
days and months, moves, shared phones, missing answers, and youth workers' lists with hardly a birth date. No national
number. It was frozen before anything was tuned on it: tests/stages/linkage/test_people_made.py holds its digest.

Phones begin with 06, which no British number does: the numbers kept for drama are too few for a population.
"""

from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from benchmarks.people_names import SHORT_WAYS, STREETS, TRADITIONS, WAYS, Names

COLUMNS = ("unique_id", "source_dataset", "given_name", "middle_name", "surname", "dob", "gender", "house_no", "street",
           "postcode", "phone")  # fmt: skip
AGENCIES = {"health": 0.6, "education": 0.7, "social_care": 0.9, "police": 1.2, "youth_work": 1.6}
"""Each agency, and how careless it is with what it writes."""
LISTS = (0.36, 0.68, 0.88, 0.97, 1.0)
"""On how many lists a child stands: the share on one, on at most two, and so on."""
FIRST, DAYS = date(2005, 1, 1), 16 * 365


class Group(NamedTuple):
    """A name and the other ways in which it gets written."""

    name: str
    others: tuple[str, ...]


class Home(NamedTuple):
    """An address."""

    number: str
    street: str
    way: str
    postcode: str


class Child(NamedTuple):
    """A child as they are in truth."""

    person: int
    tradition: str
    given: Group
    middle: str
    alias: str
    family: Group
    other_family: str
    born: date
    girl: bool
    homes: tuple[Home, ...]
    phones: tuple[str, ...]


class Made(NamedTuple):
    """One record of one list, and whom it is about."""

    cells: tuple[str, ...]
    person: int
    tradition: str


class Chance:
    """Chance that is the same on every Python: everything is drawn from `random()`."""

    def __init__(self, seed: int) -> None:
        """Begin from a seed."""
        self.draw = Random(seed).random  # noqa: S311  # invented people, no secret

    def odds(self, share: float) -> bool:
        """Whether something of this share happens."""
        return self.draw() < share

    def below(self, count: int) -> int:
        """A number from 0 up to a count, all alike."""
        return int(self.draw() * count)

    def rare(self, count: int) -> int:
        """A number from 0 up to a count, the small ones far more often, as names go."""
        return min(count - 1, int(count * self.draw() ** 2.2))

    def by(self, shares: tuple[float, ...]) -> int:
        """The place of the first of these rising shares that chance does not pass."""
        drawn = self.draw()
        return next(place for place, share in enumerate(shares) if drawn < share or place == len(shares) - 1)


def population(size: int, seed: int = 7) -> list[Made]:
    """So many records, in no order, of about half as many children."""
    chance, made, person = Chance(seed), list[Made](), 0
    streets = max(20, size // 90)
    while len(made) < size:
        for child in _household(chance, person, streets):
            made += _records(chance, child)
        person += 10
    made = made[:size]
    for place in range(size - 1, 0, -1):
        other = chance.below(place + 1)
        made[place], made[other] = made[other], made[place]
    return [one._replace(cells=(f"r{place}", *one.cells)) for place, one in enumerate(made)]


def _household(chance: Chance, person: int, streets: int) -> list[Child]:
    tradition = tuple(TRADITIONS)[chance.by(tuple(accumulate(names.share for names in TRADITIONS.values())))]
    names = TRADITIONS[tradition]
    family, other = _family(chance, names), _family(chance, names)
    homes = [_home(chance, streets)] + ([_home(chance, streets)] if chance.odds(0.22) else [])
    phones = [_phone(chance) for _ in range(2)]
    children: list[Child] = []
    born = FIRST + timedelta(chance.below(DAYS))
    for place in range(1 + chance.by((0.4, 0.78, 0.94, 1.0))):
        if place and not chance.odds(0.07):
            born += timedelta(320 + chance.below(1300))
        girl = chance.odds(0.5)
        given = _given(chance, names, girl, {child.given.name for child in children})
        middle = _given(chance, names, girl, {given.name}).name if chance.odds(0.55) else ""
        alias = _given(chance, names, girl, {given.name}).name
        own = [*phones, _phone(chance)] if chance.odds(0.3) else phones
        child = Child(
            person + place, tradition, given, middle, alias, family, other.name, born, girl, tuple(homes), tuple(own)
        )
        children.append(child)
    if chance.odds(0.02) and not children[0].girl:
        elder = children[0].born - timedelta(7000 + chance.below(5000))
        children.append(children[0]._replace(person=person + 9, born=elder))
    return children


def _records(chance: Chance, child: Child) -> list[Made]:
    agencies = list(AGENCIES)
    for place in range(len(agencies) - 1, 0, -1):
        other = chance.below(place + 1)
        agencies[place], agencies[other] = agencies[other], agencies[place]
    chosen = agencies[: 1 + chance.by(LISTS)]
    chosen += [agency for agency in chosen if chance.odds(0.02)]
    return [Made((agency, *_cells(chance, child, agency)), child.person, child.tradition) for agency in chosen]


def _cells(chance: Chance, child: Child, agency: str) -> tuple[str, ...]:
    care, youth = AGENCIES[agency], agency == "youth_work"
    given, middle, family = _names(chance, child, care)
    if chance.odds(0.28 if youth else 0.004 * care):
        family = ""
    born = (
        "" if chance.odds({"youth_work": 0.45, "police": 0.06}.get(agency, 0.012)) else _born(chance, child.born, care)
    )
    gender = "" if chance.odds(0.07 * care) else "FM"[child.girl != chance.odds(0.992)]
    home = child.homes[chance.below(len(child.homes))]
    return (given, middle, family, born, gender, *_address(chance, home, care), _dialled(chance, child, care))


def _names(chance: Chance, child: Child, care: float) -> tuple[str, str, str]:
    given, family = _spelled(chance, child.given, 0.11 * care), _spelled(chance, child.family, 0.06 * care)
    middle = "" if chance.odds(0.45) else child.middle[:1] if chance.odds(0.2) else child.middle
    if child.middle and chance.odds(0.02 * care):
        given, middle = child.middle, ""
    elif chance.odds(0.012 * care):
        given = child.alias
    if chance.odds(0.025 * care):
        family = child.other_family if chance.odds(0.6) else f"{family}-{child.other_family}"
    if chance.odds(0.025 * care):
        given = _slip(chance, given)
    if chance.odds(0.025 * care):
        family = _slip(chance, family)
    if chance.odds(0.01 * care):
        given, family = family, given
    return (given.upper(), middle.upper(), family.upper()) if chance.odds(0.12) else (given, middle, family)


def _born(chance: Chance, born: date, care: float) -> str:
    kind = chance.draw() / care
    if kind < 0.018 and born.day <= 12:
        born = date(born.year, born.day, born.month)
    elif kind < 0.032:
        born = born.replace(day=1 + (born.day - 1 + (10 if chance.odds(0.5) else 1)) % 28)
    elif kind < 0.042:
        born = born.replace(year=born.year + (1 if chance.odds(0.5) else -1), day=min(born.day, 28))
    elif kind < 0.052:
        born = born.replace(month=1, day=1)
    return born.strftime("%d/%m/%Y") if chance.odds(0.2) else born.isoformat()


def _address(chance: Chance, home: Home, care: float) -> tuple[str, str, str]:
    if chance.odds(0.07 * care):
        return "", "", "" if chance.odds(0.5) else home.postcode.split()[0]
    number = "" if chance.odds(0.05 * care) else home.number
    way = SHORT_WAYS[home.way] if chance.odds(0.25) else home.way
    street = "" if chance.odds(0.06 * care) else f"{home.street} {way}"
    postcode = "" if chance.odds(0.07 * care) else home.postcode
    if postcode and chance.odds(0.03 * care):
        postcode = postcode[:-1] + "ABDEFGHJLN"[chance.below(10)]
    return (
        number,
        _slip(chance, street) if chance.odds(0.03 * care) else street,
        (postcode.replace(" ", "").lower() if chance.odds(0.2) else postcode),
    )


def _dialled(chance: Chance, child: Child, care: float) -> str:
    if chance.odds(0.17 * care):
        return ""
    phone = child.phones[min(len(child.phones) - 1, chance.by((0.6, 0.85, 1.0)))]
    if chance.odds(0.02 * care):
        phone = phone[:-1] + str(chance.below(10))
    shape = chance.below(4)
    return (phone, f"+44{phone[1:]}", f"{phone[:5]} {phone[5:]}", f"0044 {phone[1:]}")[shape]


def _spelled(chance: Chance, group: Group, share: float) -> str:
    if not chance.odds(share):
        return group.name
    return group.others[chance.below(len(group.others))] if group.others else _slip(chance, group.name)


def _slip(chance: Chance, text: str) -> str:
    """A slip of the pen: a letter lost, doubled, exchanged with the next, or another."""
    if len(text) < 3:
        return text
    at, kind = 1 + chance.below(len(text) - 2), chance.below(4)
    middle = ("", text[at] * 2, text[at + 1] + text[at], "aeioulnrst"[chance.below(10)])[kind]
    return text[:at] + middle + text[at + (2 if kind == 2 else 1) :]


def _given(chance: Chance, names: Names, girl: bool, taken: set[str]) -> Group:
    groups = names.girls if girl else names.boys
    while True:
        name, *others = groups[chance.rare(len(groups))]
        if name not in taken:
            return Group(name, tuple(others))


def _family(chance: Chance, names: Names) -> Group:
    if chance.odds(0.5):
        name, *others = names.families[chance.rare(len(names.families))]
        return Group(name, tuple(others))
    return Group(names.heads[chance.below(len(names.heads))] + names.tails[chance.below(len(names.tails))], ())


def _home(chance: Chance, streets: int) -> Home:
    street = chance.below(streets)
    number = str(1 + chance.below(140))
    if chance.odds(0.15):
        number = f"Flat {1 + chance.below(12)}, {number}"
    letters = "ABDEFGHJLN"
    area = f"{'BLMSW'[street % 5]}{'ABDHLRST'[street // 5 % 8]}{1 + street // 40 % 30}"
    postcode = f"{area} {street // 1200 % 9 + 1}{letters[street // 10800 % 10]}{letters[int(number.split()[-1]) % 10]}"
    return Home(number, STREETS[street * 7 % len(STREETS)], WAYS[street * 3 % len(WAYS)], postcode)


def _phone(chance: Chance) -> str:
    return f"06{chance.below(10**9):09}"
