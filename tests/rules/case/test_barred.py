"""Who must not know is recognised however the name is written, and somebody else of that name is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.case.facts.barred import barred, names


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Darren Cole", "Darren"),
        ("Darren Cole", "Darren Cole, her stepfather"),
        ("Darren Cole", "DARREN  COLE"),
        ("Darren Cole", "Dárren at the garage"),
        ("Darren Cole", "Dar ren"),
        ("Darren Cole", "darrencole"),
        ("Darren Cole", "Cole, Darren"),
        ("Darren Cole", "Mr Cole"),
        ("Darren Cole", "Darren John Cole"),
        ("Darren Cole (stepfather), or Kay", "Kay, who drives her"),
        ("Darren", "Darren Smith"),
        ("darren cole", "darren"),
        ("her uncle darren", "Darren"),
        ("O'Brien", "Mr O’Brien"),
        ("Mary-Jane Cole", "mary jane"),
        ("Seán Óg", "Sean Og"),
        ("Her uncle Barnaby", "Her uncle"),
        ("Her mother", "her mother"),
        ("Her mother's boyfriend", "Her mother's boyfriend"),
    ],
)
def test_part_of_a_name_is_the_name(listed: str, said: str) -> None:
    assert names(barred([listed]), said)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Darren Cole", "Darren Smith, the football coach"),
        ("Darren Cole", "Anna Cole"),
        ("Her uncle Barnaby", "Her uncle Tom"),
        ("Her uncle Barnaby", "Her aunt Ottilie"),
        ("Her mother", "Ms Okafor at school"),
        ("Her mother's boyfriend", "Her mother"),
        ("the driver of the red car", "Her teacher, by car"),
        ("", "Anybody"),
    ],
)
def test_somebody_else_is_not(listed: str, said: str) -> None:
    assert not names(barred([listed]), said)


@pytest.mark.parametrize(
    ("told", "said", "named"),
    [
        ("Her uncle Rashid, and the driver.", "Rashid", True),
        ("It is Darren Cole. He has a key", "Mr Cole", True),
        ("Mum must not know", "Mum", True),
        ("Her uncle Rashid, who drives the car.", "Her uncle", False),
        ("Mum knows, her dad may not hear of it", "Mum", False),
        ("Nobody at home.", "The child herself", False),
    ],
)
def test_in_free_words_only_what_looks_like_a_name_is_one(told: str, said: str, named: bool) -> None:
    assert names(barred([], [told]), said) is named


NAME = st.text("abcdefghij", min_size=3, max_size=8).map(str.title)


@given(NAME, NAME, st.sampled_from(["{} {}", "{}  {}", "{}{}", "to {} {} at noon", "{}-{}"]), st.booleans())
def test_a_whole_name_is_found_wherever_it_stands(first: str, last: str, where: str, loud: bool) -> None:
    said = where.format(first, last)
    assert names(barred([f"{first} {last}"]), said.upper() if loud else said)
