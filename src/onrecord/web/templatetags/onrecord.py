"""Tags for OnRecord's own components. The simpler ones are includes, in templates/onrecord/components."""

from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict

from onrecord.web.clock import clock as clock_at

register = template.Library()


@register.inclusion_tag("onrecord/components/clock.html")
def clock(due: datetime | None, now: datetime, done: datetime | None = None) -> dict[str, Any]:
    """When something is due, in words and a shape: `{% clock duty.due now %}`. Nothing if nothing is due."""
    return {"clock": clock_at(due, now, done or None) if due else None}


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
