"""What a rule says of challenges is judged and compared like the rest: in its place, cited, told when changed."""

from typing import Any

from onrecord.rulebook.facts import Rule
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from onrecord.rulebook.rules import differences, faults

ENGLAND = read(shipped())
SIGNATURE = next(rule for rule in ENGLAND.rules if rule.id == "second-signature")


def changed(rule: Rule = SIGNATURE, **said: Any) -> Rule:
    return rule.model_copy(update=said)


def test_only_what_two_agree_to_is_challenged_with_effect() -> None:
    other = next(rule for rule in ENGLAND.rules if rule.id == "decide-next-step")
    found = faults(changed(other, challenge=SIGNATURE.challenge))
    assert [(fault.place, fault.rule) for fault in found] == [
        ("challenge", "Only what two agreed to is challenged with effect.")
    ]


def test_how_long_is_cited_or_owned() -> None:
    assert SIGNATURE.challenge is not None
    (value,) = SIGNATURE.challenge.within
    bare = value.model_copy(update={"default": None})
    made = SIGNATURE.challenge.model_copy(update={"within": (bare,)})
    assert [fault.place for fault in faults(changed(challenge=made))] == ["challenge.within[0]"]


def test_a_window_that_is_gone_is_told() -> None:
    rules = tuple(changed(challenge=None) if rule is SIGNATURE else rule for rule in ENGLAND.rules)
    (change,) = differences(ENGLAND, sealed(rules, ENGLAND.calendar))
    assert (change.rule, change.what) == ("second-signature", "challenge")
    assert change.words.endswith("now, nothing agreed can be challenged.")
