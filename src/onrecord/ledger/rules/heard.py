"""What is known of a witness: what they signed last, how long ago, and whether they can be asked before we sign."""

from dataclasses import dataclass
from datetime import datetime, timedelta

STALE = timedelta(hours=25)
"""How old what a witness signed last may be before somebody is told."""


@dataclass(frozen=True)
class Heard:
    """A witness, and what they signed last: over how many entries, and when. By files, they cannot be asked."""

    name: str
    by_files: bool
    size: int = 0
    at: datetime | None = None

    def stale(self, now: datetime) -> bool:
        """Whether nothing new was heard of them for more than a day."""
        return self.at is None or now - self.at > STALE

    def known(self, now: datetime) -> str:
        """What is known of them, in a sentence."""
        if self.at is None:
            return "Has signed nothing yet."
        return f"Signed {self.size} entries, {spoken(now - self.at)} ago."

    def asked(self) -> str:
        """Whether they are asked before anything is signed, in a sentence."""
        if self.by_files:
            return "Reached by files only, so nobody asks before we sign: this is what was known last."
        return "Asked over the network before we sign."

    def ill(self, now: datetime) -> str:
        """What whoever runs the machine has to know."""
        what = "Have somebody carry the files." if self.by_files else "Is their machine running?"
        return f"The witness {self.name}: {self.asked()} {self.known(now)} {what}"


def spoken(age: timedelta) -> str:
    """An age as people say it."""
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return "an hour" if hours == 1 else f"{hours} hours"
    return f"{hours // 24} days"
