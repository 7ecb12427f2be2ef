"""What is owed again and again ends when two agree that it does, and not by what one person finds."""

from datetime import timedelta

import pytest

from onrecord.case.facts import ExploitationAssessed
from onrecord.duties.actions import NeedsReason
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded
from onrecord.ledger.gateway.clock import now, playing
from tests.partnership import ASSESSED, START, Store

RULE = "exploitation-assessment"
GOOD = {"reason": "new_information", "words": "He is her uncle, and the police spoke to him."}
END = "what is owed again and again would be owed no more"


def found(level: str) -> ExploitationAssessed:
    day = (now() + timedelta(days=60)).date()
    return ExploitationAssessed(level=level, **{**ASSESSED, "review_on": day})


def rounds(decided: Entry) -> list[tuple[int, str]]:
    rows = Owed.objects.filter(opening=decided.id, rule=RULE).order_by("occurrence")
    return list(rows.values_list("occurrence", "state"))


@pytest.fixture
def decided(store: Store) -> Entry:
    return store.decide(store.report()).entry


def test_a_first_assessment_that_finds_nothing_takes_two(store: Store, decided: Entry) -> None:
    with pytest.raises(NeedsReason, match=END):
        store.say("social-worker", found("none"), decided)
    assert rounds(decided) == [(1, "open")]


@pytest.mark.parametrize("level", ["emerging", "moderate", "serious"])
def test_any_other_is_one_word_and_is_owed_again(store: Store, decided: Entry, level: str) -> None:
    assert store.say("social-worker", found(level), decided).lowers == ()
    assert rounds(decided) == [(1, "met"), (2, "open")]


@pytest.mark.parametrize("first", ["", "emerging"])
def test_two_end_it_at_any_time(store: Store, decided: Entry, first: str) -> None:
    if first:
        store.say("social-worker", found(first), decided)
    with playing(START + timedelta(days=1)):
        said = store.say("social-worker", found("none"), decided, lowering=GOOD).entry
        assert rounds(decided)[-1] == (2 if first else 1, "open")
        store.say("signer", Seconded(why="I spoke to the police."), said)
        assert rounds(decided)[-1] == (2 if first else 1, "met")
        assert set(rebuild(check=True).values()) == {True}
        assert rounds(decided)[-1] == (2 if first else 1, "met")


def test_what_is_not_agreed_to_neither_answers_nor_ends_it(store: Store, decided: Entry) -> None:
    said = store.say("social-worker", found("none"), decided, lowering=GOOD).entry
    store.say("signer", Declined(answer="not_enough", why="Nobody asked the child."), said)
    assert rounds(decided) == [(1, "open")]


def test_where_nothing_is_owed_again_it_is_one_word(store: Store) -> None:
    decided = store.decide(store.report(concern="missing"), concern="missing").entry
    assert store.say("social-worker", found("none"), decided).lowers == ()


def test_what_was_found_before_it_was_owed_ends_nothing_later(store: Store) -> None:
    """The worry is put up after somebody of the agency that owes found nothing: the child is assessed again."""
    decided = store.decide(store.report(concern="missing"), concern="missing").entry
    store.say("social-worker", found("none"), decided)
    store.say(
        "front-door", Corrected(field="concern", value='"sexual_exploitation"', why="The school rang again."), decided
    )
    assert rounds(decided) == [(1, "met"), (2, "open")]
