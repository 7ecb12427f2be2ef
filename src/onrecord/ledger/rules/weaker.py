"""Whether a policy asks less of the people outside than the one before it. In doubt it does.

A witness is a key and the place where it is asked. One who is gone, signs with another key or is asked elsewhere could
be left out unseen. Of the quorum: whoever is enough by the new policy has to be enough by the old one.
"""

from collections.abc import Iterator
from itertools import combinations

from onrecord.ledger.rules.policy import NONE, Policy

MOST = 12
"""Witnesses up to whom every company of them is tried. With more, only the same groups are the same quorum."""


WITNESS_FILE = {
    "gone": "The file of witnesses is gone, or cannot be read. Those on record are asked as before.",
    "wrong": "The file of witnesses is not a policy. Those on record are asked as before.",
    "weaker": "The file of witnesses asks less of those outside than is on record. It is proposed to them, and counts "
    "only if one of them agrees. Those on record are asked as before.",
}
"""What is said where the file and the record differ."""


def weaker(old: Policy, new: Policy) -> tuple[str, ...]:
    """What the new policy would ask less, in words; nothing where it asks as much."""
    return (*_left_out(old, new), *([FEWER] if _fewer(old, new) else []))


FEWER = "a checkpoint would count as witnessed with signatures that are not enough now"


def _left_out(old: Policy, new: Policy) -> Iterator[str]:
    for name, one in old.witnesses.items():
        kept = new.witnesses.get(name)
        if kept is None:
            yield f"{name} would not be asked any more"
        elif kept.key != one.key:
            yield f"{name} would sign with another key"
        elif kept.where != one.where:
            yield f"{name} would be asked elsewhere"


def _fewer(old: Policy, new: Policy) -> bool:
    """Whether some company of witnesses is enough by the new policy and is not by the old one."""
    if old.quorum == NONE or (old.quorum, old.groups) == (new.quorum, new.groups):
        return False
    if len(new.witnesses) > MOST:
        return True
    return any(new.enough(names) and not old.enough(names) for names in _companies(new))


def _companies(policy: Policy) -> Iterator[tuple[str, ...]]:
    for count in range(len(policy.witnesses) + 1):
        yield from combinations(policy.witnesses, count)
