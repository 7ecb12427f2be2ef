"""A kept edition is one text for ever: it thaws to what was frozen, and its digest is of that text."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from onrecord.rulebook.facts import Calendar, Rule, Rulebook
from onrecord.rulebook.gateway import RulebookRefused, freeze, read, shipped, thaw
from onrecord.rulebook.gateway.frozen import sealed


@dataclass(frozen=True)
class Change:
    """One part of the frozen text, to be replaced."""

    old: str
    new: str


def test_what_was_frozen_thaws_to_the_same(england: Rulebook) -> None:
    text = freeze(england)
    assert thaw(text) == england
    assert freeze(thaw(text)) == text


def test_the_digest_is_of_the_text_that_is_kept(england: Rulebook) -> None:
    assert england.digest == sha256(freeze(england).encode()).hexdigest()


def test_reading_twice_gives_the_same_digest(england: Rulebook) -> None:
    assert read(shipped()).digest == england.digest


def test_the_text_is_canonical(england: Rulebook) -> None:
    text = freeze(england)
    plain = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert text == plain


def test_a_frozen_edition_holds_no_floats(england: Rulebook) -> None:
    seen: list[str] = []
    json.loads(freeze(england), parse_float=seen.append)
    assert seen == []


def test_one_edition_keeps_its_digest_for_ever(spoil: Callable[..., Rule]) -> None:
    """The fit rule in a small calendar. If this fails, editions kept elsewhere would no longer thaw."""
    days = frozenset({date(2026, 12, 28), date(2026, 12, 25)})
    calendar = Calendar(
        nation="england",
        timezone="Europe/London",
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        holidays=days,
    )
    assert sealed((spoil(),), calendar).digest == ("cc010c6031fe5c97645079603ae5889a20d2718605fc40d2566a552243c1686b")


@pytest.mark.parametrize(
    "change",
    [
        Change('"working_days":45', '"working_days":46'),
        Change("2026-12-28", "2026-12-29"),
        Change('"role":"scrutineer"', '"role":"inspectorate"'),
    ],
)
def test_any_change_changes_the_digest(england: Rulebook, change: Change) -> None:
    text = freeze(england)
    assert change.old in text
    assert thaw(text.replace(change.old, change.new, 1)).digest != england.digest


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text[:-1],
        lambda text: " " + text,
        lambda text: text.replace('"child_now"', '"loud"', 1),
        lambda text: text.replace('"nation":"england"', '"nation":"england","colour":"red"', 1),
        lambda text: text.replace('"nation":"england","rules"', '"digest":"0","nation":"england","rules"', 1),
        lambda _: "[]",
        lambda _: "null",
    ],
)
def test_a_text_that_was_never_frozen_is_refused(england: Rulebook, spoilt: Callable[[str], str]) -> None:
    text = freeze(england)
    assert spoilt(text) != text
    with pytest.raises(RulebookRefused, match="A kept edition reads as it was frozen"):
        thaw(spoilt(text))


def test_a_rulebook_cannot_be_changed(england: Rulebook) -> None:
    part: Any = england.rules[0]
    with pytest.raises(ValueError, match="frozen"):
        part.title = "Another"
