"""What a notice may say: reference, rule, agency and age. Never a name, a place or a word of a report."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta

from onrecord.ledger.facts.fields import HERE

WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""How long to wait after each failed attempt; after the last, the notice has failed."""

OF_A_SEAT = "an outside seat"
OF_THE_WAY = "how you are told"
"""The matter of news that goes by every way there is, since it is about the way."""
NOBODY_LEFT = (
    "Nobody outside can read this while the seats are held as they are. Let somebody else take one of them, so that it "
    "is read."
)
"""What everybody outside hears where each of them is kept from something: it is not lost for want of a reader."""

DIGEST_HOUR = time(9)
"""Local time of day at which everything that need not interrupt goes out, to each person as one message."""


@dataclass(frozen=True)
class Item:
    """One line of a notice."""

    reference: str
    rule: str
    agency: str
    late: str
    news: str = ""
    """Something other than a duty that is late, in a sentence of its own that names nobody."""
    matter: str = OF_A_SEAT
    """What the news is about, for the subject line."""

    def spoken(self) -> str:
        """The line as it is read."""
        if self.news:
            return f"{self.reference}: {self.news}"
        return f"{self.reference}: {self.rule}. Owed by {self.agency}, {self.late}."

    def plain(self) -> dict[str, str]:
        """The line as it is stored."""
        return asdict(self)


def subject(items: list[Item]) -> str:
    """The subject line: what is late is said first."""
    late = sum(item.late.startswith("late") for item in items)
    if late:
        return "OnRecord: one duty was not met" if late == 1 else f"OnRecord: {late} duties were not met"
    if matter := next((item.matter for item in items if item.news), ""):
        return f"OnRecord: something about {matter}"
    return "OnRecord: something waits for your answer"


def body(items: list[Item]) -> str:
    """The whole notice."""
    lines = "\n".join(f"- {item.spoken()}" for item in items)
    return f"{lines}\n\nSign in to OnRecord to see why this reached you and what you can do.\n"


def came_by(*, new: bool) -> str:
    """By which mail system a copy came, where there are two."""
    return f"This copy came by the {'new' if new else 'old'} mail system.\n"


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None when the notice has failed."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def last_digest(now: datetime) -> datetime:
    """When the newest daily digest was due, at or before now (aware); in UTC."""
    today = datetime.combine(now.astimezone(HERE).date(), DIGEST_HOUR, HERE)
    return (today if today <= now else _a_day(today, -1)).astimezone(UTC)


def next_digest(now: datetime) -> datetime:
    """When the next one is due, after now (aware); in UTC."""
    return _a_day(last_digest(now).astimezone(HERE), 1).astimezone(UTC)


def _a_day(moment: datetime, days: int) -> datetime:
    """The same time on the wall, days later."""
    return datetime.combine(moment.date() + timedelta(days=days), DIGEST_HOUR, HERE)
