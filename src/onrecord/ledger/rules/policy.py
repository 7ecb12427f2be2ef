"""Whose signatures make a checkpoint count as witnessed (C2SP tlog-policy).

    witness inspectorate inspectorate.example/witness+...   https://witness.inspectorate.example
    witness scrutineer scrutineer.example/witness+...       stick/scrutineer
    group two 2 inspectorate scrutineer
    quorum two

The place after a witness's key is where it is asked: an address, or a folder under the installation's own.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from onrecord.ledger.rules.cosign import witness_key
from onrecord.ledger.rules.note import BadNote, Verifier

NONE = "none"


class BadPolicy(ValueError):
    """The file is not a policy. Says which line, and why."""


@dataclass(frozen=True)
class Witness:
    """Somebody outside who signs: their name in the policy, their key, where they are asked."""

    name: str
    key: Verifier
    where: str = ""


@dataclass(frozen=True)
class Policy:
    """The witnesses, and for each group how many of which members are enough."""

    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    groups: Mapping[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str = NONE

    def enough(self, names: Collection[str]) -> bool:
        """Whether the witnesses of these names are the quorum."""
        return self.quorum == NONE or self._met(self.quorum, names)

    def spoken(self) -> str:
        """The quorum in words; nothing where none is asked for."""
        return "" if self.quorum == NONE else self._said(self.quorum)

    def _met(self, name: str, names: Collection[str]) -> bool:
        count, members = self.groups.get(name, (0, ()))
        return sum(self._met(member, names) for member in members) >= count if members else name in names

    def _said(self, name: str) -> str:
        count, members = self.groups.get(name, (0, ()))
        if not members:
            return name
        said = ", ".join(f"({self._said(one)})" if one in self.groups else one for one in members)
        return f"all of {said}" if count == len(members) > 1 else said if len(members) == 1 else f"{count} of {said}"


def read_policy(text: str) -> Policy:
    """A policy from its text. Raises BadPolicy."""
    if any((ord(sign) < 32 and sign not in "\t\n") or ord(sign) == 127 for sign in text):
        raise BadPolicy("A policy holds no control characters but tabs and newlines.")
    made = Policy({}, {}, "")
    for number, line in enumerate(text.split("\n"), 1):
        words = line.replace("\t", " ").split(" ")
        words = [word for word in words if word]
        if words and not words[0].startswith("#"):
            try:
                made = _with(made, words)
            except (BadPolicy, BadNote) as fault:
                raise BadPolicy(f"Line {number} of the policy: {fault}.") from None
    if not made.quorum:
        raise BadPolicy("The policy has no quorum line.")
    return made


def digest(text: str) -> str:
    """What names this policy, letter by letter."""
    return sha256(text.encode()).hexdigest()


def _with(made: Policy, words: list[str]) -> Policy:
    """The policy with what one more line says."""
    match words:
        case ["log", _] | ["log", _, _]:
            return made  # our own key is announced in the record itself
        case ["witness", name, vkey, *where] if len(where) < 2:
            return _with_witness(made, Witness(name, witness_key(vkey), "".join(where)))
        case ["group", name, count, *members] if members:
            return _with_group(made, name, count, tuple(members))
        case ["quorum", name] if not made.quorum:
            if name != NONE:
                _known(made, name)
            return Policy(made.witnesses, made.groups, name)
    raise BadPolicy(f"“{words[0]}” is not a log, a witness, a group or the one quorum, as the format writes them")


def _with_witness(made: Policy, new: Witness) -> Policy:
    _free(made, new.name)
    if new.key.public in [one.key.public for one in made.witnesses.values()]:
        raise BadPolicy("this witness's key is named twice")
    return Policy({**made.witnesses, new.name: new}, made.groups, made.quorum)


def _with_group(made: Policy, name: str, count: str, members: tuple[str, ...]) -> Policy:
    _free(made, name)
    taken = [one for _, those in made.groups.values() for one in those]
    for member in members:
        _known(made, member)
        if member in taken or members.count(member) > 1:
            raise BadPolicy(f"{member} can be a member once")
    enough = {"any": "1", "all": str(len(members))}.get(count, count)
    if enough not in [str(number) for number in range(1, len(members) + 1)]:
        raise BadPolicy(f"“{count}” is not any, all or a number from 1 to {len(members)}")
    return Policy(made.witnesses, {**made.groups, name: (int(enough), members)}, made.quorum)


def _free(made: Policy, name: str) -> None:
    if name == NONE or name in made.witnesses or name in made.groups:
        raise BadPolicy(f"the name {name} is taken")


def _known(made: Policy, name: str) -> None:
    if name not in made.witnesses and name not in made.groups:
        raise BadPolicy(f"{name} is not named on a line above")
