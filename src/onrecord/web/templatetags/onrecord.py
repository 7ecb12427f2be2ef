"""Tags for OnRecord's own components. The simpler ones are includes, in templates/onrecord/components."""

from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from onrecord.web.clock import clock as clock_at

register = template.Library()
CLOCK = (
    '<span class="onr-clock onr-clock--{}"><span class="onr-clock__mark" aria-hidden="true">{}</span> '
    '<time datetime="{}">{}</time></span>'
)


@register.simple_tag
def clock(due: datetime | None, now: datetime, done: datetime | None = None) -> SafeString:
    """When something is due, in words and a shape: `{% clock duty.due now %}`. Nothing if nothing is due.

    A list has fifty of them, so it is not a template of its own.
    """
    if not due:
        return SafeString("")
    found = clock_at(due, now, done or None)
    return format_html(CLOCK, found.state, found.mark, localtime(found.at).isoformat(), found.words)


@register.inclusion_tag("onrecord/components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Links to the other pages of a list, keeping the rest of the address."""
    request = context.get("request")
    asked = request.GET.copy() if request else QueryDict(mutable=True)

    def link(number: int) -> str:
        asked[name] = str(number)
        return f"?{asked.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"number": number, "href": link(number), "current": number == page.number}
        if isinstance(number, int)
        else {"ellipsis": True}
        for number in numbers
    ]
    return {
        "page": page,
        "items": items,
        "previous": {"href": link(page.number - 1)} if page.has_previous() else None,
        "next": {"href": link(page.number + 1)} if page.has_next() else None,
    }
