"""Short words for tests of witnessing."""

from datetime import datetime
from pathlib import Path

from onrecord_witness.home import Home
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
