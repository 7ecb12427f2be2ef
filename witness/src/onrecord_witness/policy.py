"""Whose signatures are enough (C2SP tlog-policy): a file that names logs, witnesses, groups of them, and the quorum."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from onrecord_witness import Refused
from onrecord_witness.keys import LOG, WITNESS, Key
from onrecord_witness.note import Note

NONE = "none"
COUNT = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


@dataclass
class Policy:
    """What the file says. `groups` has for each name how many of which names are enough."""

    logs: dict[Key, str] = field(default_factory=dict)
    witnesses: dict[str, tuple[Key, str]] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str = ""

    @classmethod
    def read(cls, data: bytes) -> "Policy":
        """A policy from its bytes. Refused, with the number of the line, if it is not one."""
        made = cls()
        if any((sign < 32 and sign not in b"\t\n") or sign == 127 for sign in data):
            raise Refused("a policy holds no control characters but tabs and newlines")
        for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), 1):
            words = [word for word in re.split("[ \t]+", line) if word]
            if not words or words[0].startswith("#"):
                continue
            try:
                made._take(words)
            except Refused as fault:
                raise Refused(f"line {number} of the policy: {fault}") from None
        if not made.quorum:
            raise Refused("the policy has no quorum line")
        return made

    def _take(self, words: Sequence[str]) -> None:
        sorts: dict[str, Callable[[Sequence[str]], None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum,
        }
        if words[0] not in sorts:
            raise Refused(f"“{words[0]}” is not log, witness, group or quorum")
        sorts[words[0]](words[1:])

    def _log(self, words: Sequence[str]) -> None:
        if len(words) not in (1, 2):
            raise Refused("a log has a key, and perhaps an address")
        key = Key.read(words[0], LOG)
        if key.public in [one.public for one in self.logs]:
            raise Refused("this log's key is named twice")
        self.logs[key] = "".join(words[1:])

    def _witness(self, words: Sequence[str]) -> None:
        if len(words) not in (2, 3):
            raise Refused("a witness has a name, a key, and perhaps an address")
        key = Key.read(words[1], WITNESS)
        if key.public in [one.public for one, _ in self.witnesses.values()]:
            raise Refused("this witness's key is named twice")
        self._new(words[0])
        self.witnesses[words[0]] = key, "".join(words[2:])

    def _group(self, words: Sequence[str]) -> None:
        if len(words) < 3:
            raise Refused("a group has a name, how many are enough, and members")
        name, enough, *members = words
        self._new(name)
        taken = {one for _, those in self.groups.values() for one in those}
        if len(set(members)) < len(members) or taken & set(members):
            raise Refused("a name can be a member once")
        for member in members:
            self._known(member)
        count = {"any": 1, "all": len(members)}.get(enough, int(enough) if COUNT.fullmatch(enough) else 0)
        if not 1 <= count <= len(members):
            raise Refused(f"“{enough}” is not any, all or a number from 1 to {len(members)}")
        self.groups[name] = count, tuple(members)

    def _quorum(self, words: Sequence[str]) -> None:
        if len(words) != 1 or self.quorum:
            raise Refused("there is one quorum line, with one name")
        if words[0] != NONE:
            self._known(words[0])
        self.quorum = words[0]

    def _new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise Refused(f"the name {name} is taken")

    def _known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise Refused(f"{name} is not named on a line above")

    def cosigned_at(self, note: Note) -> dict[str, int]:
        """Which of its witnesses signed a checkpoint, and when. Refused if a line by one of them does not hold."""
        times = {name: note.signed_at(key) for name, (key, _) in self.witnesses.items()}
        return {name: moment for name, moment in times.items() if moment is not None}

    def enough(self, names: Iterable[str]) -> bool:
        """Whether these witnesses are the quorum."""
        return self.quorum == NONE or self._met(self.quorum, frozenset(names))

    def _met(self, name: str, names: frozenset[str]) -> bool:
        if name not in self.groups:
            return name in names
        count, members = self.groups[name]
        return sum(self._met(member, names) for member in members) >= count
