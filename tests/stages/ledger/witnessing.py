"""Short words for tests of witnessing."""

from datetime import datetime
from pathlib import Path

from onrecord.ledger.models import StoredCosignature
from onrecord.ledger.queries import newest_checkpoint
from onrecord_witness.home import Home
from onrecord_witness.note import cosign
from tests.partnership import START


class Moment:
    """The witness's own clock: its threads do not see the played one."""

    at: datetime = START

    def __call__(self) -> int:
        """Seconds since 1970."""
        return int(self.at.timestamp())


MOMENT = Moment()


def named(fresh_home: Path, outside: Home, where: str, quorum: str = "inspectorate") -> str:
    """Write the policy file; its text."""
    text = f"witness inspectorate {outside.key()} {where}\nquorum {quorum}\n"
    (fresh_home / "witnesses.policy").write_text(text)
    return text


def countersigned(outside: Home, at: datetime) -> StoredCosignature:
    """The row, not yet stored, of a witness's signature over our newest checkpoint."""
    made = newest_checkpoint()
    assert made is not None
    name, secret = outside.secret()
    line = cosign(secret, name, made.note.rpartition("\n\n")[0] + "\n", int(at.timestamp()))
    return StoredCosignature(size=made.size, witness=str(outside.key()), signed_at=at, line=str(line))
