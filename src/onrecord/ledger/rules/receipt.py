"""A receipt: what somebody who reported can hold in their hand, and check for ever.

It is a signed note over a few lines: "onrecord receipt v1", the origin, the entry's id with the time it was recorded,
its leaf hash, and what is promised. Where witnesses are named, a last line names the policy that was in force. It is a
pure function of the record and the receipt key, so asking again gives the same bytes.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from onrecord.ledger.rules.leaf import stamp, unstamp
from onrecord.ledger.rules.note import BadNote, Signer, Verifier, signed_text, unbase64

TITLE = "onrecord receipt v1"
HOURS = 24
PROMISE = (
    f"This entry will stand in a signed checkpoint within {HOURS} hours. If it does not, this receipt is evidence."
)
WITNESSED = f"This entry will stand within {HOURS} hours in a checkpoint signed by us and by {{quorum}}. {{evidence}}"
EVIDENCE = "If it does not, this receipt is evidence."


@dataclass(frozen=True)
class Promise:
    """What the policy in force promises: whose signatures, in words, and the policy's digest. Plain: ours alone."""

    quorum: str = ""
    policy: str = ""

    def lines(self) -> str:
        """The promise as a receipt says it."""
        if not self.quorum:
            return f"{PROMISE}\n"
        return f"{WITNESSED.format(quorum=self.quorum, evidence=EVIDENCE)}\npolicy {self.policy}\n"

    @classmethod
    def read(cls, said: str, policy: str) -> "Promise":
        """The promise that these lines make; BadNote if they make none."""
        start, end = WITNESSED.split("{quorum}. {evidence}")[0], f". {EVIDENCE}"
        made = cls(said.removeprefix(start).removesuffix(end), policy) if policy else cls()
        if made.lines() != "".join(f"{line}\n" for line in (said, policy and f"policy {policy}") if line):
            raise BadNote("this is not a receipt")
        return made


@dataclass(frozen=True)
class Receipt:
    """What was received, when, and what was promised."""

    origin: str
    entry: UUID
    recorded_at: datetime
    leaf_hash: bytes
    promise: Promise = Promise()

    def text(self) -> str:
        """The text that is signed."""
        proof = base64.b64encode(self.leaf_hash).decode()
        return f"{TITLE}\n{self.origin}\n{self.entry} {stamp(self.recorded_at)}\n{proof}\n{self.promise.lines()}"

    def signed(self, key: Signer) -> str:
        """The receipt as handed out."""
        return key.sign(self.text())

    @classmethod
    def read(cls, note: str, *keys: Verifier) -> "Receipt":
        """A receipt handed in; BadNote if it is not one of ours, whole and unchanged."""
        lines = signed_text(note, keys).split("\n")
        try:
            title, origin, which, proof, promise, *policy, _ = lines
            entry, _, when = which.partition(" ")
            named = re.fullmatch(r"policy ([0-9a-f]{64})", policy[0]) if len(policy) == 1 else None
            promised = Promise.read(promise, named[1] if named else "")
            made = cls(origin, UUID(entry), unstamp(when), unbase64(proof), promised)
        except ValueError as error:
            raise BadNote("this is not a receipt") from error
        if title != TITLE or len(policy) != bool(named):
            raise BadNote("this is not a receipt")
        return made


@dataclass(frozen=True)
class Standing:
    """What became of a receipt's promise: a code, when it was kept if it was, and until when it runs."""

    code: str
    due: datetime
    kept_at: datetime | None = None


def standing(recorded_at: datetime, kept_at: datetime | None, promise: Promise, now: datetime) -> Standing:
    """Kept in time (`witnessed`, or `included` where no witness was promised), still `promised`, or `broken`."""
    due = recorded_at + timedelta(hours=HOURS)
    if kept_at is not None and kept_at <= due:
        return Standing("witnessed" if promise.quorum else "included", due, kept_at)
    return Standing("promised" if kept_at is None and now <= due else "broken", due, kept_at)


def spoken_standing(made: Standing) -> str:
    """The same in a sentence."""
    if made.code in ("witnessed", "included"):
        return (
            f"{made.code.capitalize() if made.code == 'included' else 'Included and witnessed'}: {_at(made.kept_at)}."
        )
    if made.code == "promised":
        return f"Promised until {_at(made.due)}."
    kept = f"it was kept only on {_at(made.kept_at)}" if made.kept_at else "it has not been kept"
    return f"Promise broken: this is evidence. It was due on {_at(made.due)}, and {kept}."


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
