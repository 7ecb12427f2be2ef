"""A small calendar, a rule that is fit to be adopted, and the rulebook that ships."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml

from onrecord.rulebook.facts import Calendar, Rule, Rulebook
from onrecord.rulebook.gateway import read, shipped

FIT = """
id: answer-the-letter
title: Answer the letter
meaning: Every letter is answered.
nation: england
rows: [1]
opens: {kind: post.letter_came, where: {colour: [red]}}
owed_by: {role: front_door, of: childrens_social_care}
alarm: child_owed
clock: recorded
within:
- from: 2013-04-15
  term: {working_days: 1}
  source:
    document: The book of letters
    edition: First
    paragraph: "1"
    url: https://example.org/letters
    status: confirmed
    checked_by: A reader
    checked_on: 2026-11-20
discharged_by:
- {kind: post.letter_answered}
ladder:
- {after: {hours: 0}, to: {role: team_manager, of: owing}}
- {after: {working_days: 2}, to: {role: director, of: owing}}
- {after: {working_days: 5}, to: {role: scrutineer, of: outside}}
examples:
- name: Answered
  given:
  - {kind: post.letter_came, at: 2026-11-16 12:00, coded: {colour: red}}
  - {kind: post.letter_answered, at: 2026-11-17 12:00, regarding: 0}
  now: 2026-11-20 09:00
  expect:
  - {occurrence: 1, due: 2026-11-18 00:00, state: met}
"""

Said = dict[str, Any]


@pytest.fixture
def said() -> Said:
    """What a rule that is fit to be adopted says, to be spoilt in one place."""
    return deepcopy(yaml.safe_load(FIT))


@pytest.fixture
def spoil(said: Said) -> Callable[..., Rule]:
    """Read the fit rule with some parts replaced."""
    return lambda **parts: Rule.model_validate({**said, **parts})


@pytest.fixture(scope="session")
def england() -> Rulebook:
    """The rulebook that ships with this version."""
    return read(shipped())


@pytest.fixture(scope="session")
def calendar(england: Rulebook) -> Calendar:
    """The calendar that ships with this version."""
    return england.calendar


@pytest.fixture
def few_days() -> Calendar:
    """A calendar of one fortnight in November 2026, with one bank holiday on its first Tuesday."""
    days = {
        "first": date(2026, 11, 2),
        "last": date(2026, 11, 15),
        "holidays": frozenset({date(2026, 11, 3)}),
    }
    return Calendar(nation="england", timezone="Europe/London", **days)
