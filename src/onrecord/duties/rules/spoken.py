"""When something is due, and how sure we are of a limit, in words."""

from datetime import datetime, timedelta, tzinfo

from onrecord.rulebook.facts import Value

STATUS = {
    "confirmed": "Read in a public copy",
    "local": "One area's procedure, not national law",
    "unchecked": "Nobody has checked this source yet",
}
OURS = "Our own default. No national figure was found."


def by_when(due: datetime, zone: tzinfo) -> str:
    """A due time (aware) in `zone`: "the end of Tuesday 6 October", "14:02 on Wednesday 7 October"."""
    local = due.astimezone(zone)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"the end of {local - timedelta(days=1):%A %-d %B}"
    return f"{local:%H:%M} on {local:%A %-d %B}"


def sourced(value: Value | None) -> str:
    """Where a limit is written and how sure we are; "" where there is none."""
    if value is None:
        return ""
    if value.source is None:
        return f"{OURS} {value.why or ''}".strip()
    source = value.source
    return f"{source.document}, {source.edition}. {source.paragraph}. {STATUS[source.status]}."


def checked(value: Value | None) -> str:
    """Who looked at the source, and when; "" where there is none."""
    source = value.source if value else None
    return f"{source.checked_on:%-d %B %Y} by {source.checked_by}" if source else ""
