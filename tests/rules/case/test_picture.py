"""Levels over time as a drawing: one stretch for each level, grey from the day on which it was owed again."""

from datetime import UTC, datetime, timedelta

from onrecord.case.rules.picture import WIDTH, Judged, Rise, Stretch, drawn, height

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
NOW = FIRST + timedelta(days=100)


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn([], NOW, 3) == ([], [])


def test_a_level_goes_on_until_now_and_is_grey_from_the_day_it_was_owed_again() -> None:
    found = drawn([Judged(3, FIRST, day(40))], NOW, 3)
    assert found == ([Stretch(0, 240, height(0), False), Stretch(240, 360, height(0), True)], [])


def test_a_level_ends_where_the_next_begins_even_if_its_review_lies_later() -> None:
    found = drawn([Judged(1, FIRST, day(80)), Judged(3, day(50), day(140))], NOW, 3)
    assert found == (
        [Stretch(0, 300, height(2), False), Stretch(300, 300, height(0), False)],
        [Rise(300, height(0), height(2) - height(0))],
    )


def test_the_same_level_again_has_no_upright_between() -> None:
    stretches, rises = drawn([Judged(2, FIRST, None), Judged(2, day(50), None)], NOW, 3)
    assert ([one.x for one in stretches], rises) == ([0, 300], [])


def test_a_judgement_of_this_moment_is_drawn_within_the_drawing() -> None:
    stretches, _ = drawn([Judged(2, FIRST, None), Judged(1, NOW, day(190))], NOW, 3)
    assert [(one.y, one.width > 0, one.x + one.width <= WIDTH) for one in stretches] == [
        (height(1), True, True),
        (height(2), True, True),
    ]
