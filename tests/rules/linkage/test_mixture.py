"""What each agreement is worth is learnt without truth, and two of one household are not taken for one person."""

import pytest

from onrecord.linkage.rules.levels import COMPARISONS
from onrecord.linkage.rules.mixture import MISSING, Pattern, Shares, beginning, learn

RECORDS, PAIRS = 10_000, 10_000 * 9_999 / 2


def level(comparison: str, code: str) -> int:
    one = next(one for one in COMPARISONS if one.name == comparison)
    return next(place for place, level in enumerate(one.levels) if level.code == code)


def pattern(**said: str) -> Pattern:
    """A pattern of agreement by its codes; what is not said is missing."""
    return tuple(level(one.name, said[one.name]) if one.name in said else MISSING for one in COMPARISONS)


def strangers() -> Shares:
    """Strangers who agree at each level but the last one time in a thousand, on gender one time in two."""
    shares = [(*(0.001 for _ in one.levels[:-1]), 1 - 0.001 * (len(one.levels) - 1)) for one in COMPARISONS]
    return tuple((0.5, 0.5) if one.name == "gender" else share for one, share in zip(COMPARISONS, shares, strict=True))


SAME = pattern(given="same", surname="same", born="same", place="home", gender="same")
SIBLINGS = pattern(given="other", surname="same", born="other", place="home", gender="same")
TWINS = pattern(given="other", surname="same", born="same", place="home", gender="same")
CHANCE = pattern(given="same", surname="same", born="other", place="other", gender="same")
FAMILIES = {SAME: 4_000, SIBLINGS: 4_000, TWINS: 200, CHANCE: 60}


def test_it_tells_a_child_from_a_sister_and_from_a_stranger() -> None:
    learnt = learn(FAMILIES, beginning(strangers(), PAIRS, RECORDS))
    assert learnt.likely(SAME) > 0.99
    assert learnt.likely(SIBLINGS) < 0.01
    assert learnt.likely(CHANCE) < 0.5
    assert learnt.likely(SIBLINGS) < learnt.likely(TWINS) < learnt.likely(SAME)


def test_it_counts_people_and_households() -> None:
    learnt = learn(FAMILIES, beginning(strangers(), PAIRS, RECORDS))
    assert learnt.people == pytest.approx(4_000, rel=0.05)
    assert learnt.households == pytest.approx(4_200, rel=0.05)


def test_a_missing_answer_says_nothing() -> None:
    learnt = learn(FAMILIES, beginning(strangers(), PAIRS, RECORDS))
    said, silent = learnt.odds(SAME), learnt.odds(pattern(given="same", surname="same", place="home", gender="same"))
    born = level("born", "same")
    place = next(place for place, one in enumerate(COMPARISONS) if one.name == "born")
    ratio = learnt.same[place][born] / learnt.strangers[place][born]
    assert 2 ** (said[0] - silent[0]) == pytest.approx(ratio)


def test_the_guard_stands_where_there_are_households_and_in_every_short_list() -> None:
    assert learn(FAMILIES, beginning(strangers(), PAIRS, RECORDS)).guarded
    assert learn({SAME: 300}, beginning(strangers(), PAIRS, 600)).guarded
    assert not learn({SAME: 4_000}, beginning(strangers(), PAIRS, RECORDS)).guarded


def test_shares_are_shares() -> None:
    learnt = learn(FAMILIES, beginning(strangers(), PAIRS, RECORDS))
    for shares in (learnt.same, learnt.kin, learnt.strangers):
        assert [sum(levels) for levels in shares] == pytest.approx([1.0] * len(COMPARISONS))
        assert min(min(levels) for levels in shares) > 0


def test_it_tells_how_far_it_is() -> None:
    heard: list[tuple[int, int]] = []
    learn(FAMILIES, beginning(strangers(), PAIRS, RECORDS), lambda done, of: heard.append((done, of)))
    assert heard[0] == (0, 60)
    assert [done for done, _ in heard] == list(range(len(heard)))
