"""Invented children, cars, phones and places. The names are drawn from lists; nobody real is meant.

Pupil numbers carry the local authority number 999, which nobody has; phones are Ofcom's drama numbers; no plate with
these first letters is issued.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

GIRLS_SAID = """
Aaliyah Abigail Adaeze Agnieszka Aisling Alesha Amelia Amina Anya Bethan Bronwen Caitlin Charlotte
Chloe Daisy Demi Ebony Ella Emily Esme Faith Farzana Freya Grace Hafsa Halima Hannah Iqra Isla Jade
Jasmine Kayleigh Keira Khadija Kinga Layla Leila Libby Lily Maisie Maryam Megan Mia Naomi Nia Niamh
Nicole Olivia Oluchi Poppy Rebecca Roksana Rosie Ruby Saanvi Safiya Shanice Shannon Simran Sofia
Tegan Temi Tia Victoria Zainab Zofia Zoe
"""
BOYS_SAID = """
Adam Aidan Ali Arjun Ben Bilal Callum Connor Daniel Declan Dylan Ethan Hamza Harvey Ibrahim Jack
Jakub Jayden Kai Kofi Kyle Liam Luca Marcus Mateusz Mohammed Nathan Noah Omar Owen Reece Rhys Ryan
Samuel Tariq Tyler Yusuf
"""
FAMILIES_SAID = """
Abara Acheampong Ackroyd Adeyemi Ahmadi Aldous Appleyard Asante Ashworth Bajwa Baranowski
Barraclough Begum Bello Birtwhistle Brannigan Brearley Cadwallader Chowdhury Clegg Cusack Dhillon
Drabble Duffy Dyson Eastwood Eze Fairclough Farah Feeney Firth Gallagher Garside Ghafoor Gill
Greenhalgh Hardcastle Haque Hirst Hussein Illingworth Islam Jankowska Jarvis Kaczmarek Kamara Kaur
Kershaw Khatun Kilbride Kowalczyk Lockwood Lumb Mahmood Malik Mensah Mistry Mokoena Moran Musa Nawaz
Nowak Nuttall Obi Odell Ogden Okoro Oldroyd Osei Parveen Pickles Popescu Quaye Quigley Rafferty
Ramsbottom Rathore Rehman Roebuck Rourke Saeed Sandhu Schofield Shackleton Sheikh Sidhu Sowerby
Stead Sugden Sutcliffe Sykes Tattersall Thackray Tomlinson Uddin Umar Varley Vasile Wadsworth
Walczak Whiteley Wozniak
"""
GIRLS, BOYS, FAMILIES = (words.split() for words in (GIRLS_SAID, BOYS_SAID, FAMILIES_SAID))
PLACES = (
    "Canal Street taxi rank",
    "the car park behind Fountain Row",
    "the takeaway on Market Parade",
    "Bluebell Guest House",
    "the bus station",
    "the flats above the launderette",
    "Riverside Retail Park",
    "the park gate on Hill Road",
)
CARS = (
    {"plate": "ZN19 KLR", "made": "Skoda Octavia", "colour": "silver", "firm": "Apex Cars"},
    {"plate": "ZN67 BTD", "made": "Toyota Prius", "colour": "black", "firm": "Northline Taxis"},
    {"plate": "ZK21 HVE", "made": "Audi A3", "colour": "white"},
    {"plate": "ZK15", "made": "Vauxhall Corsa", "colour": "blue"},
    {"plate": "ZO18 PYM", "made": "Ford Transit", "colour": "white"},
    {"made": "BMW 3 series", "colour": "grey"},
)
PHONES = tuple({"number": f"07700 900{number:03d}", "whose": "an older friend"} for number in (114, 271, 306, 388, 452))
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
NEEDS = ("N1", "N1", "N1", "N4", "N5", "N5", "N2", "N8", "N0")
FACTORS = ("2B", "3B", "4B", "5B", "10A", "15A", "19A", "20", "23A", "24A")


class Children:
    """A stream of invented children, the same for the same chance and day."""

    def __init__(self, chance: Random, today: date) -> None:
        """Draw from `chance`; ages are as on `today`."""
        self.chance, self.today, self._made = chance, today, 0
        self._named: set[tuple[str, str]] = set()

    def child(self) -> dict[str, Any]:
        """A child as the record of a school holds one: names, birth date, sex, pupil number."""
        sex = self.chance.choices("FM", (7, 3))[0]
        given, family = self._name(GIRLS if sex == "F" else BOYS)
        return {"given_name": given, "family_name": family, "born": self.born(11, 17), "sex": sex, "upn": self._upn()}

    def born(self, youngest: int, oldest: int) -> str:
        """A birth date of somebody whose age lies in between, in years."""
        days = self.chance.randrange(youngest * 366, (oldest + 1) * 365)
        return (self.today - timedelta(days=days)).isoformat()

    def seen(self, child: dict[str, Any]) -> dict[str, Any]:
        """The child as another person would give them: something left out, sometimes a date turned round."""
        left_out = self.chance.choice((("upn",), ("upn", "family_name"), ("sex",), ()))
        told = {name: value for name, value in child.items() if name not in left_out}
        year, month, day = told["born"].split("-")
        if int(day) <= 12 and self.chance.random() < 0.1:
            told["born"] = f"{year}-{day}-{month}"
        return told

    def listed(self, child: dict[str, Any], source: str, today: date) -> dict[str, Any]:
        """The child as a census returns one: numbers, birth date, sex, need; no name."""
        since = today - timedelta(days=self.chance.randrange(200, 1500))
        closed = since + timedelta(days=self.chance.randrange(60, 190))
        row = {
            "child": {name: child[name] for name in ("upn", "born", "sex")} | {"local_id": f"NB{self._made:07d}"},
            "source": source,
            "known_since": max(since, date.fromisoformat(child["born"])).isoformat(),
            "need": self.chance.choice(NEEDS),
            "episodes": self.chance.choice((1, 1, 1, 2, 2, 3)),
            "factors": sorted(self.chance.sample(FACTORS, self.chance.randrange(0, 4))),
        }
        self._made += 1
        return row | ({"closed_on": closed.isoformat()} if self.chance.random() < 0.7 else {})

    def _name(self, given: list[str]) -> tuple[str, str]:
        """First and last name, not given before."""
        while (name := (self.chance.choice(given), self.chance.choice(FAMILIES))) in self._named:
            pass
        self._named.add(name)
        return name

    def _upn(self) -> str:
        self._made += 1
        return pupil_number(f"999{self.today.year % 100:02d}{self._made:07d}")


def pupil_number(digits: str) -> str:
    """A unique pupil number: the check letter that belongs to these twelve digits, and the digits."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return f"{CHECK_LETTERS[total % 23]}{digits}"
