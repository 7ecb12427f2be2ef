"""When something is due, in the words people use, and in a state shown by shape as well as colour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

MARKS = {"late": "▲", "today": "●", "soon": "◐", "later": "○", "done": "✓"}
TWO_DAYS = 48
CLOCK = (
    '<span class="onr-clock onr-clock--{}"><span class="onr-clock__mark" aria-hidden="true">{}</span> '
    '<time datetime="{}">{}</time></span>'
)


@dataclass(frozen=True)
class Clock:
    """`state` is late, today, soon, later or done; `words` say it all without the state."""

    state: str
    words: str
    at: datetime

    @property
    def mark(self) -> str:
        """A shape for the state, so that it never rests on colour alone."""
        return MARKS[self.state]


def clock(due: datetime, now: datetime, done: datetime | None = None) -> Clock:
    """A due time as seen at `now`, both aware, spoken in local time; `done` is when it was answered."""
    if done is not None:
        late = f", {_length(done - due)} late" if done > due else ""
        return Clock("done", f"done {_day(done, now)}{late}", done)
    if due < now:
        return Clock("late", f"late by {_length(now - due)}", due)
    away = (_last_moment(due).date() - timezone.localtime(now).date()).days
    state = "today" if away == 0 else "soon" if away == 1 else "later"
    return Clock(state, f"due {_day(due, now)}{_by(due)}", due)


def marked(due: datetime | None, now: datetime, done: datetime | None = None) -> SafeString:
    """The same as it stands on a page: a shape and words. Nothing if nothing is due."""
    if not due:
        return SafeString("")
    found = clock(due, now, done or None)
    return format_html(CLOCK, found.state, found.mark, timezone.localtime(found.at).isoformat(), found.words)


def _last_moment(due: datetime) -> datetime:
    """A day that ends at midnight ends on the day before."""
    return timezone.localtime(due - timedelta(microseconds=1))


def _by(due: datetime) -> str:
    end = _last_moment(due)
    return "" if (end.hour, end.minute) == (23, 59) else f" by {timezone.localtime(due):%H:%M}"


def _day(moment: datetime, now: datetime) -> str:
    local, today = _last_moment(moment), timezone.localtime(now).date()
    away = (local.date() - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if away in near:
        return near[away]
    if 1 < away < 7:
        return f"{local:%A}"
    return f"{local.day} {local:%B}" + (f" {local.year}" if local.year != today.year else "")


def _length(span: timedelta) -> str:
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 60:
        return _many(minutes, "minute")
    hours = minutes // 60
    return _many(hours, "hour") if hours < TWO_DAYS else _many(hours // 24, "day")


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}" + ("" if number == 1 else "s")
