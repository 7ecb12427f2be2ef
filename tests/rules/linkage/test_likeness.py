"""Two mentions held together: the words for it, what speaks against, what is missing, and when it is sure."""

from datetime import date
from typing import Any

import pytest

from onrecord.ledger.facts import Person
from onrecord.linkage.gateway import scales
from onrecord.linkage.rules import compare, grown, keys_of, mention
from onrecord.linkage.rules.scales import ModelUnfit, scales_of

AISHA = Person(
    given_name="Aisha",
    family_name="Khan",
    born=date(2012, 5, 3),
    sex="F",
    phone="07700 900123",
    postcode="ZZ1 1AA",
    upn="A123",
)


def held(**changed: Any) -> Any:
    """Aisha, and somebody of whom something else is said."""
    return compare(AISHA, AISHA.model_copy(update={"upn": None} | changed), scales())


def test_the_reasons_stand_in_words() -> None:
    found = held(given_name="Ayesha", born=date(2012, 3, 5), postcode=None)
    assert found.words == (
        "same birth date with day and month swapped",
        "first name written another way",
        "same last name",
        "same phone",
        "same sex recorded",
    )
    assert found.against == ()
    assert found.missing == ("pupil number or NHS number",)
    assert (found.strong, found.kin) == (True, False)


def test_what_speaks_against_it_is_said() -> None:
    found = held(given_name="Zainab")
    assert found.against == ("different first names",)
    assert (found.strong, found.kin) == (False, True)


def test_a_twin_is_never_sure_however_much_else_agrees() -> None:
    twin = AISHA.model_copy(update={"given_name": "Bilal", "upn": None})
    assert compare(AISHA, twin, scales()).strong is False  # type: ignore[union-attr]


@pytest.mark.parametrize("known", [0, 1_000_000])
def test_the_same_number_is_sure_among_however_many(known: int) -> None:
    found = compare(Person(upn="a 12 3"), AISHA, scales(), known)
    assert found is not None
    assert (found.words, found.strong) == (("same pupil number",), True)


def test_another_number_makes_it_unsure() -> None:
    assert held().strong is True
    assert held(upn="B999").strong is False
    assert "different numbers" in held(upn="B999").against


def test_among_more_known_the_same_agreement_says_less() -> None:
    one, other = Person(given_name="Aisha", born=date(2012, 5, 3)), Person(given_name="Aysha", born=date(2012, 5, 3))
    few, many = compare(one, other, scales(), 100), compare(one, other, scales(), 1_000_000)
    assert few is not None
    assert many is not None
    assert few.weight > many.weight + 6


def test_strangers_with_one_thing_in_common_are_not_shown() -> None:
    assert compare(Person(given_name="Ola", family_name="Nowak", sex="F"), AISHA, scales()) is None
    assert compare(Person(described="A tall girl"), AISHA, scales()) is None


def test_another_name_that_they_go_by_is_compared_too() -> None:
    found = held(given_name="Star", other_names="Esha; Aisha")
    assert "same first name" in found.words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given_name": "Muhammad"}, {"given_name": "Mohamed"}),
        ({"given_name": "Katarzyna"}, {"given_name": "Kasia"}),
        ({"given_name": "Chukwuemeka"}, {"given_name": "Emeka"}),
        ({"given_name": "William"}, {"given_name": "Billy"}),
        ({"given_name": "Abdirahman"}, {"given_name": "Cabdiraxmaan"}),
    ],
)
def test_a_name_in_two_spellings_shares_a_key(one: dict[str, str], other: dict[str, str]) -> None:
    rest = {"family_name": "Okafor", "born": date(2012, 5, 3)}
    first, second = (dict(keys_of(mention(Person(**rest, **said)))) for said in (one, other))
    assert first["born_given"] == second["born_given"]
    assert first["names"] == second["names"]


def test_a_birth_date_with_day_and_month_swapped_shares_its_key() -> None:
    one, other = (dict(keys_of(mention(Person(born=day)))) for day in (date(2012, 5, 3), date(2012, 3, 5)))
    assert one == other == {"born": "2012-3-5"}


@pytest.mark.parametrize(
    ("born", "since", "is_grown"),
    [
        (date(2008, 10, 5), date(2020, 1, 1), True),
        (date(2008, 10, 6), date(2020, 1, 1), False),
        (None, date(2008, 10, 5), True),
        (None, date(2008, 10, 6), False),
    ],
)
def test_somebody_is_grown_from_their_eighteenth_birthday(born: date | None, since: date, is_grown: bool) -> None:
    assert grown(Person(given_name="Ola", born=born), since, date(2026, 10, 5)) is is_grown


def test_a_model_for_other_comparisons_is_refused() -> None:
    with pytest.raises(ModelUnfit):
        scales_of({"comparisons": [{"name": "ethnicity", "levels": []}]}, "1")
