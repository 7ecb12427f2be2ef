"""A policy that asks less of the people outside than the one before it is known by what it asks, not by its letters."""

import pytest

from onrecord.ledger.rules.cosign import COSIGNATURE
from onrecord.ledger.rules.note import Verifier
from onrecord.ledger.rules.policy import NONE, Policy, Witness
from onrecord.ledger.rules.weaker import FEWER, MOST, weaker


def witness(name: str, key: int = 0, where: str = "") -> Witness:
    return Witness(name, Verifier(f"{name}.example", bytes([key or ord(name[0])]) * 32, COSIGNATURE), where)


A, B, C = witness("a"), witness("b"), witness("c")


def policy(*witnesses: Witness, quorum: int = 0) -> Policy:
    """All of these are asked, and `quorum` of them are enough."""
    named = {one.name: one for one in witnesses}
    return Policy(named, {"group": (quorum, tuple(named))}, "group") if quorum else Policy(named)


TWO_OF_TWO, ONE_OF_TWO, NOBODY = policy(A, B, quorum=2), policy(A, B, quorum=1), policy(A, B)
GONE = "b would not be asked any more"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (TWO_OF_TWO, TWO_OF_TWO, ()),
        (NOBODY, ONE_OF_TWO, ()),
        (ONE_OF_TWO, TWO_OF_TWO, ()),
        (TWO_OF_TWO, policy(A, B, C, quorum=3), ()),
        (TWO_OF_TWO, ONE_OF_TWO, (FEWER,)),
        (ONE_OF_TWO, NOBODY, (FEWER,)),
        (ONE_OF_TWO, policy(A, B, C, quorum=1), (FEWER,)),
        (ONE_OF_TWO, policy(A, B, C, quorum=2), ()),
        (TWO_OF_TWO, policy(A, B, C, quorum=2), (FEWER,)),
        (NOBODY, policy(A), (GONE,)),
        (TWO_OF_TWO, policy(A, C, quorum=2), (GONE, FEWER)),
        (ONE_OF_TWO, policy(A, witness("b", 7), quorum=1), ("b would sign with another key",)),
        (NOBODY, policy(A, witness("b", where="stick/b")), ("b would be asked elsewhere",)),
    ],
)
def test_what_would_be_asked_less(old: Policy, new: Policy, found: tuple[str, ...]) -> None:
    assert weaker(old, new) == found


def test_groups_in_groups_are_compared_by_who_is_enough() -> None:
    named = {one.name: one for one in (A, B, C)}
    nested = Policy(named, {"inner": (1, ("b", "c")), "outer": (2, ("a", "inner"))}, "outer")
    assert (weaker(nested, policy(A, B, C, quorum=3)), weaker(policy(A, B, C, quorum=3), nested)) == ((), (FEWER,))


def test_more_witnesses_than_can_be_tried_are_never_taken_for_as_much() -> None:
    many = [witness(f"w{number}", number + 1) for number in range(MOST + 1)]
    assert weaker(policy(*many, quorum=3), policy(*many, quorum=3)) == ()
    assert weaker(policy(*many, quorum=3), policy(*many, quorum=4)) == (FEWER,)
    assert weaker(Policy({}, {}, NONE), policy(*many, quorum=4)) == ()
