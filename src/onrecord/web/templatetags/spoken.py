"""Times as whoever did not sign in reads them, in the language of the page."""

from datetime import datetime, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from onrecord.intake.rules.doors import Reads

register = template.Library()
DAY = "l j F"


@register.filter
def by_when(due: datetime | None) -> str:
    """When something is due: "the end of Tuesday 6 October", "14:02 on Wednesday 7 October"; "" for nothing."""
    if due is None:
        return ""
    local = due.astimezone(get_default_timezone())
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return _("the end of {day}").format(day=date_format(local - timedelta(days=1), DAY))
    return _("{time} on {day}").format(time=f"{local:%H:%M}", day=date_format(local, DAY))


@register.filter
def next_read(reads: Reads) -> str:
    """When a person reads next."""
    if reads.at is None:
        if reads.now:
            return _("Somebody is reading today.")
        return _("Nobody is down to read this yet. If it cannot wait, ring one of the numbers above.")
    time = _clock(reads.at)
    if reads.now:
        return _("Next: today by {time}.").format(time=time)
    if reads.days == 0:
        return _("Nobody reads right now. Next: today from {time}.").format(time=time)
    if reads.days == 1:
        return _("Nobody reads right now. Next: tomorrow from {time}.").format(time=time)
    day = date_format(reads.at, DAY)
    return _("Nobody reads right now. Next: {day} from {time}.").format(day=day, time=time)


def _clock(moment: datetime) -> str:
    """A time of day as people say it: 4 pm, 9.30 am, midday."""
    if (moment.hour, moment.minute) in ((0, 0), (12, 0)):
        return _("midnight") if moment.hour == 0 else _("midday")
    hour = f"{moment:%-I}" + (f".{moment:%M}" if moment.minute else "")
    return (_("{hour} am") if moment.hour < 12 else _("{hour} pm")).format(hour=hour)
