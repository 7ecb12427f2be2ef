"""The page of one rule: its limits with their sources, the failures it is for, and it at work."""

from typing import Any

import pytest

from onrecord.duties.actions import adopt
from onrecord.duties.queries import rulebook_in_force
from onrecord.ledger.gateway.clock import now
from onrecord.rulebook.facts import NOT_COMMENCED, Rule
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.pages.browsing import text

SURE = {"Checked on ", "Not checked since.", "Our own default. No national figure was found."}


def rules() -> dict[str, Rule]:
    """The rules in force, by id."""
    book = rulebook_in_force(now())
    assert book is not None
    return {rule.id: rule for rule in book.rules}


def test_every_rule_has_a_page_with_its_examples_and_every_limit(store: Any, browser: Any) -> None:
    client = browser("teacher")
    for name, rule in rules().items():
        page = text(client.get(f"/rulebook/rules/{name}"))
        assert page.count("<caption") == len(rule.examples), name
        values = (*rule.within, *(rule.repeats.every if rule.repeats else ()))
        values += rule.challenge.within if rule.challenge else ()
        values += tuple(value for limits in rule.many.values() for value in limits)
        assert page.count('<div class="onr-card">') == len(values), name
        holds = rule.within[-1].start != NOT_COMMENCED
        assert page.count("It holds today.") == int(holds), name


def test_how_long_a_lowering_can_be_challenged_and_by_whom_stands_on_the_page(store: Any, browser: Any) -> None:
    page = text(browser("teacher").get("/rulebook/rules/second-signature"))
    assert "How long what was agreed can be challenged" in page
    assert ">10 working days</h3>" in page
    assert "“The child” or “An adult whom the child trusts”" in page


def test_from_when_on_it_is_many_at_once_stands_on_the_page(store: Any, browser: Any) -> None:
    page = text(browser("teacher").get("/rulebook/rules/many-lowered"))
    assert page.count("From when on it is many at once, by one") == 3
    assert ">10 children within 7 days</h3>" in page
    assert ">5 children, and 10 of every hundred open concerns, within 7 days</h3>" in page


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("confirmed", "Checked on "),
        ("local", "Checked on "),
        ("ours", "Our own default. No national figure was found."),
    ],
)
def test_how_sure_we_are_of_a_limit_is_said(store: Any, browser: Any, status: str, says: str) -> None:
    found = [
        name
        for name, rule in rules().items()
        if rule.repeats is None
        and all((value.source.status if value.source else "ours") == status for value in rule.within)
    ]
    page = text(browser("teacher").get(f"/rulebook/rules/{found[0]}"))
    assert {words for words in SURE if words in page} == {says}


def test_a_source_that_nobody_has_checked_says_so(store: Any, browser: Any) -> None:
    law = read(shipped())
    rule = next(rule for rule in law.rules if rule.id == "assessment")
    source = next(value.source for value in rule.within if value.source)
    unchecked = source.model_copy(update={"status": "unchecked"})
    values = tuple(value.model_copy(update={"source": unchecked, "default": None}) for value in rule.within)
    others = (one for one in law.rules if one.id != "assessment")
    changed = sorted((rule.model_copy(update={"within": values}), *others), key=lambda one: one.id)
    assert not adopt(
        sealed(tuple(changed), law.calendar), "Nobody has read it.", now(), store.viewer("manager")
    ).proposed
    page = text(browser("teacher").get("/rulebook/rules/assessment"))
    assert {words for words in SURE if words in page} == {"Not checked since."}
    assert "Nobody has checked this source yet." in page


def test_the_failures_and_the_day_that_a_fact_names_are_said(store: Any, browser: Any) -> None:
    page = text(browser("teacher").get("/rulebook/rules/meeting-took-place"))
    assert "It answers rows 20, 36 of the list of 94 failures" in page
    assert "By 1 working day after the day in “On which day?”, where that comes first" in page
    assert "`" not in page.partition("<main")[2]


def test_the_list_of_rules_leads_to_each_and_a_rule_that_is_not_there_is_none(store: Any, browser: Any) -> None:
    client = browser("teacher")
    page = text(client.get("/rulebook"))
    assert {name for name in rules() if f'href="/rulebook/rules/{name}"' in page} == set(rules())
    assert ("Propose other rules" in page, "Propose other rules" in text(browser("manager").get("/rulebook"))) == (
        False,
        True,
    )
    assert client.get("/rulebook/rules/no-such-rule").status_code == 404
