"""The threshold is chosen without truth; names are known in their many ways; traditions are told by the name alone."""

import pytest

from onrecord.linkage.rules.fair import OTHER, Tradition, by_tradition, gap, tradition
from onrecord.linkage.rules.names import families
from onrecord.linkage.rules.threshold import chosen, expected, probability


def test_a_weight_says_how_likely_it_is() -> None:
    assert [probability(weight) for weight in (0, 1, -1)] == [0.5, 2 / 3, pytest.approx(1 / 3)]


def test_what_a_threshold_would_do() -> None:
    steps = {step.weight: step for step in expected([(1.0, 30), (6.0, 65)], people=100)}
    assert steps[2.0].links == 65
    assert steps[2.0].right == pytest.approx(64)
    assert steps[2.0].precision == pytest.approx(64 / 65)
    assert steps[2.0].recall == pytest.approx(0.64)
    assert steps[0.0].right == pytest.approx(84)


def test_the_best_balance_is_chosen_the_lowest_of_equals() -> None:
    assert chosen(expected([(0.1, 400), (8.0, 100)], people=100)).weight == 0.5
    assert chosen(expected([(0.9, 40), (8.0, 100)], people=140)).weight == 0.0


def test_nothing_more_likely_wrong_than_right_is_linked_however_much_it_would_find() -> None:
    assert chosen(expected([(-0.5, 1000), (8.0, 10)], people=1000)).weight == 0.0


def test_a_short_name_has_many_families_and_one_kin() -> None:
    known = list(families())
    assert {family for name, family, _ in known if name == "alex"} == {"alexander", "alexandra"}
    assert {family for name, family, _ in known if name == "mohamud"} == {"mohammed"}
    kin = {name: kin for name, _, kin in known}
    assert kin["kate"] == kin["katarzyna"] == kin["kathryn"]
    assert kin["hassan"] != kin["hussain"]
    assert all(len({kin for other, _, kin in known if other == name}) == 1 for name in ("alex", "sam", "harry", "tina"))


@pytest.mark.parametrize(
    ("surname", "told"),
    [
        ("Begum", "South Asian"),
        ("Kowalska", "Eastern European"),
        ("Al-Masri", "Arabic"),
        ("Okonkwo", "African"),
        ("Ashworth", OTHER),
    ],
)
def test_the_tradition_is_read_off_the_name(surname: str, told: str) -> None:
    assert tradition(surname) == told


def test_precision_and_recall_are_by_whom_a_pair_is_about() -> None:
    person = {number: f"p{number // 2}" for number in range(2_000)}
    named = {number: "Arabic" if number < 1_000 else OTHER for number in range(2_000) if number % 2}
    linked = [(number, number + 1) for number in range(0, 2_000, 2) if number < 1_000 or number % 4]
    linked.append((0, 3))
    assert by_tradition(linked, person, named) == [
        Tradition("Arabic", 500, 500 / 501, 1.0),
        Tradition(OTHER, 500, 1.0, 0.5),
    ]


def test_of_few_pairs_no_share_is_told() -> None:
    person = {number: f"p{number // 2}" for number in range(998)}
    assert by_tradition([], person, dict.fromkeys(person, "Arabic")) == []


def test_the_gap_is_the_wider_of_precision_and_recall() -> None:
    assert gap([Tradition("a", 900, 0.99, 0.90), Tradition("b", 900, 0.95, 0.92)]) == pytest.approx(0.04)
    assert gap([]) == 0.0
