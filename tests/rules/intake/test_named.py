"""Whether somebody who works here is named in a report, however they are written."""

import pytest

from onrecord.intake.facts import ReportReceived
from onrecord.intake.rules.named import staff_keys, text_keys, titled_keys, written_keys
from tests.partnership import REPORT

KEYS = set(staff_keys("Siân Mary O'Neil", ["07700 900861"], ["ZB12 OQI"], ["Sixhills Minicabs Ltd"]))


@pytest.mark.parametrize(
    "text",
    [
        "It was Sian O’Neil who drove.",
        "ONEIL, SIAN",
        "they say Siân O'Neil's brother",
        "Sia\u0301n   o'neil",
        "Si\u00adân\nO'Neil.",
        "Mary O'Neil was there",
        "ring 07700900861",
        "ring +44 7700 900861 or 0161 496 0000",
        "0044 (0)7700-900-861",
        "0161 496 0000 07700 900 861",
        "a van, zb12 0q1",
        "plate: Z B12OQ1.",
        "ZB12OQI",
        "drives for sixhills minicabs at night",
    ],
)
def test_in_any_spelling(text: str) -> None:
    assert len(KEYS & set(text_keys(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Sian went with Anna O'Neil",
        "Mary, Sian and Neil",
        "07700 900862",
        "900861",
        "ZB12 0Q2",
        "the minicabs at Sixhills station",
        "",
    ],
)
def test_others_are_not_meant(text: str) -> None:
    assert KEYS & set(text_keys(text)) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was Mr O'Neil.", True),
        ("MISS ONEIL", True),
        ("Mrs. S. O’Neil's car", True),
        ("a mr\nO'Neil", True),
        ("O'Neil's shop", False),
        ("Mr Neil", False),
        ("Sir, O'Neil", True),
        ("Mr Anna O'Neil", False),
        ("he is a Mr", False),
    ],
)
def test_a_last_name_behind_a_title_is_a_name(text: str, found: bool) -> None:
    assert bool(KEYS & titled_keys({"words": text})) is found


@pytest.mark.parametrize(
    "said",
    [
        {"words": "It was Sian O'Neil."},
        {"child": {"given_name": "Sian", "family_name": "O'Neil"}},
        {"must_not_know": "Sian O'Neil at the office"},
        {"vehicles": [{"plate": "ZB12 0Q1"}]},
        {"vehicles": [{"firm": "Sixhills Minicabs"}]},
        {"phones": [{"number": "+447700900861"}]},
        {"phones": [{"whose": "Sian O'Neil"}]},
        {"place": {"name": "the flat of Sian O'Neil"}},
        {"reporter_contact": "07700 900861"},
    ],
)
def test_in_every_field_and_in_the_free_words(said: dict[str, object]) -> None:
    assert KEYS & written_keys(ReportReceived.heard(REPORT)) == set()
    assert len(KEYS & written_keys(ReportReceived.heard(REPORT | said))) == 1


def test_one_name_alone_is_nobody() -> None:
    assert set(staff_keys("Siân", [], [], [])) == set()
