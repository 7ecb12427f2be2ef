"""A sentence says what was said, and nothing in the place of what was not."""

import pytest

from onrecord.duties.facts import DisagreementSettled
from onrecord.ledger.facts import Fact
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.sentence import PART, fields_of, told


@pytest.mark.parametrize("kind", sorted(catalogue().values(), key=lambda fact: fact.kind), ids=lambda fact: fact.kind)
def test_what_may_be_left_unsaid_stands_in_a_part_that_falls_away(kind: type[Fact]) -> None:
    always = fields_of(PART.sub("", kind.sentence)) & set(kind.model_fields)
    unsaid = {name for name in always if kind.model_fields[name].default in (None, ())}
    assert unsaid == set() or kind.spoken is not Fact.spoken


@pytest.mark.parametrize(
    ("said", "instead", "words"),
    [
        ({}, {}, "Whoever disagreed says that it is settled."),
        ({"words": "They met her."}, {}, "Whoever disagreed says that it is settled. They met her."),
        ({"words": "They met her."}, {"words": "▇▇▇"}, "Whoever disagreed says that it is settled. ▇▇▇"),
        ({"words": "They met her."}, {"words": ""}, "Whoever disagreed says that it is settled."),
    ],
    ids=["not said", "said", "other words for it", "nothing for it"],
)
def test_a_part_stands_when_its_field_was_said(said: dict[str, str], instead: dict[str, str], words: str) -> None:
    assert told(DisagreementSettled.heard(said), instead) == words
