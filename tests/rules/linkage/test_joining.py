"""Links make groups: the strongest first, never two that are kept apart, never by a chain of guesses."""

from onrecord.linkage.rules.joining import Linked, Weighed, join


def weighed(*pairs: tuple[int, int, float], apart: tuple[tuple[int, int, float], ...] = ()) -> list[Weighed]:
    return [Weighed(*pair, False) for pair in pairs] + [Weighed(*pair, True) for pair in apart]


def test_three_records_that_agree_are_one_person() -> None:
    linked, groups = join(weighed((1, 2, 9.0), (2, 3, 8.0), (1, 3, 7.0)), 0.0)
    assert sorted(linked) == [Linked(1, 2, 9.0), Linked(1, 3, 8.0), Linked(2, 3, 8.0)]
    assert groups == {1: 1, 2: 1, 3: 1}


def test_a_pair_that_says_little_bears_the_weight_of_the_link_that_joined_it() -> None:
    linked, _ = join(weighed((1, 2, 9.0), (2, 3, 8.0), (1, 3, -1.0)), 0.0)
    assert sorted(linked) == [Linked(1, 2, 9.0), Linked(1, 3, 8.0), Linked(2, 3, 8.0)]


def test_a_weak_link_does_not_chain_two_people() -> None:
    """Two children seen twice each, and one careless record that fits a little of both."""
    pairs = weighed((1, 2, 9.0), (3, 4, 9.0), (2, 3, 1.0), (1, 3, -9.0), (1, 4, -9.0), (2, 4, -9.0))
    linked, groups = join(pairs, 0.0)
    assert sorted(linked) == [Linked(1, 2, 9.0), Linked(3, 4, 9.0)]
    assert groups == {1: 1, 2: 1, 3: 3, 4: 3}


def test_a_record_that_fits_two_joins_the_one_it_fits_better() -> None:
    linked, groups = join(weighed((1, 2, 5.0), (2, 3, 6.0), apart=((1, 3, -9.0),)), 0.0)
    assert linked == [Linked(2, 3, 6.0)]
    assert groups == {2: 2, 3: 2}


def test_no_group_holds_two_that_are_kept_apart_however_strong_the_rest() -> None:
    linked, groups = join(weighed((1, 2, 20.0), (2, 3, 20.0), apart=((1, 3, 19.0),)), 0.0)
    assert linked == [Linked(1, 2, 20.0)]
    assert groups == {1: 1, 2: 1}


def test_a_pair_kept_apart_is_never_linked_itself() -> None:
    assert join(weighed(apart=((1, 2, 30.0),)), 0.0) == ([], {})


def test_nothing_is_linked_below_the_threshold() -> None:
    assert join(weighed((1, 2, 1.9)), 2.0) == ([], {})
    assert join(weighed((1, 2, 2.0)), 2.0) == ([Linked(1, 2, 2.0)], {1: 1, 2: 1})


def test_the_order_of_the_pairs_does_not_matter() -> None:
    pairs = weighed((1, 2, 5.0), (2, 3, 5.0), (3, 4, 5.0), (1, 4, -2.0), (1, 3, -6.0), (2, 4, 1.0))
    assert join(pairs, 0.0) == join(pairs[::-1], 0.0)
