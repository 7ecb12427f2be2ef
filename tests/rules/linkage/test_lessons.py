"""Judgements teach a correction for each level: held near nothing, measured on other children, refused when worse."""

from dataclasses import replace
from uuid import UUID

from onrecord.linkage.gateway import scales
from onrecord.linkage.rules.fair import Tradition
from onrecord.linkage.rules.lessons import FEWEST, MOST, Lesson, corrections, measured, split, taught
from onrecord.linkage.rules.levels import COMPARISONS
from onrecord.linkage.rules.mixture import MISSING, Pattern
from onrecord.linkage.rules.scales import SHOWN, weigh

KNOWN = 100_000
PLACES = {one.name: place for place, one in enumerate(COMPARISONS)}


def pattern(**met: str) -> Pattern:
    """A pattern by the codes of its levels; what is not named is missing."""
    codes = {one.name: [level.code for level in one.levels] for one in COMPARISONS}
    return tuple(codes[name].index(met[name]) if name in met else MISSING for name in codes)


TWIN = pattern(given="same", surname="same", born="other", place="postcode")
ALIKE = pattern(given="alike", surname="same", born="same")


def lessons(count: int, met: Pattern, same: bool, start: int = 0) -> list[Lesson]:
    """Pairs of as many children, half of them to learn from."""
    return [Lesson(UUID(int=start + number), met, KNOWN, same) for number in range(count)]


def test_no_child_is_both_learnt_from_and_measured() -> None:
    told = [*lessons(40, ALIKE, True), *lessons(40, TWIN, False)]
    learn, hold = split(told)
    assert {one.person for one in learn}.isdisjoint(one.person for one in hold)
    assert len(learn) + len(hold) == 80
    assert split(reversed(told))[0] == list(reversed(learn))


def test_what_people_said_moves_a_level_towards_it_and_nothing_else() -> None:
    made = corrections(lessons(200, ALIKE, False), scales())
    moved = {
        (one.name, level.code)
        for one, judged in zip(COMPARISONS, made, strict=True)
        for level, found in zip(one.levels, judged, strict=True)
        if found < -0.05
    }
    assert moved == {("given", "alike"), ("surname", "same"), ("born", "same")}
    assert min(min(levels) for levels in made) >= -MOST
    assert max(max(levels) for levels in made) == 0.0


def test_a_few_judgements_move_hardly_anything() -> None:
    few = corrections(lessons(2, ALIKE, False), scales())[PLACES["given"]]
    many = corrections(lessons(200, ALIKE, False), scales())[PLACES["given"]]
    place = ALIKE[PLACES["given"]]
    assert -1.0 < few[place] < 0
    assert many[place] < few[place] - 0.3


def test_nothing_said_changes_nothing() -> None:
    assert {found for levels in corrections([], scales()) for found in levels} == {0.0}


def test_it_is_measured_on_what_it_was_not_taught_by() -> None:
    told = [*lessons(100, ALIKE, True), *lessons(100, TWIN, False, 1_000)]
    made = taught(told, scales(), scales(), [])
    assert (made.learnt_from, made.held_out, made.after.same) == (100, 100, 50)
    assert made.after.loss < made.before.loss
    assert made.worse == ()
    assert made.after == measured(split(told)[1], scales()._replace(judged=made.corrections))


def test_what_people_say_otherwise_of_other_children_is_worse() -> None:
    odd = [one for one in lessons(200, ALIKE, False) if not one.person.int % 2]
    other = [one for one in lessons(200, ALIKE, True) if one.person.int % 2]
    other += [one for one in lessons(200, TWIN, False, 1_000) if one.person.int % 2]
    made = taught([*odd, *other], scales(), scales(), [])
    assert "It expects less well what people said." in made.worse


def test_too_few_are_not_measured() -> None:
    told = [*lessons(2 * FEWEST - 2, ALIKE, True), *lessons(100, TWIN, False, 1_000)]
    assert taught(told, scales(), scales(), []).worse == (
        f"Too few pairs were judged to measure it: {FEWEST} of one child and {FEWEST} of two are the least.",
    )


def test_a_pair_that_would_be_shown_no_more_takes_two() -> None:
    told = [*lessons(100, ALIKE, True), *lessons(100, TWIN, False, 1_000)]
    far = pattern(given="other", surname="near", born="slip")
    assert SHOWN - 4 < weigh(scales(), far, KNOWN).weight < SHOWN
    generous = scales()._replace(judged=tuple(tuple(4.0 for _ in one.levels) for one in COMPARISONS))
    kept, lost = (taught(told, scales(), in_use, [(far, KNOWN)]) for in_use in (scales(), generous))
    assert (kept.dropped, lost.dropped) == (0, 1)
    measured_fair = tuple([Tradition("African", 500, 0.9, 0.9), Tradition("Arabic", 500, 0.89, 0.9)])
    fair = replace(kept, after=replace(kept.after, traditions=measured_fair))
    assert (fair.by_two, fair.worse) == (False, ())
    assert replace(fair, dropped=1).by_two
    assert kept.by_two, "no tradition could be measured"


def test_a_gap_between_naming_traditions_is_refused() -> None:
    told = [*lessons(100, ALIKE, True), *lessons(100, TWIN, False, 1_000)]
    made = taught(told, scales(), scales(), [])
    apart = (Tradition("African", 500, 0.9, 0.87), Tradition("Arabic", 500, 0.9, 0.9))
    assert replace(made, after=replace(made.after, traditions=apart)).worse == (
        "Naming traditions would lie more than 2% apart.",
    )
