"""Tags for OnRecord's own components. The simpler ones are includes, in templates/onrecord/components."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.safestring import SafeString

from onrecord.web.clock import marked
from onrecord.web.lists import drawn

register = template.Library()


@register.simple_tag
def clock(due: datetime | None, now: datetime, done: datetime | None = None) -> SafeString:
    """When something is due, in words and a shape: `{% clock duty.due now %}`. Nothing if nothing is due."""
    return marked(due, now, done)


@register.simple_tag(takes_context=True)
def cards(context: template.Context, name: str, lines: Sequence[Any]) -> SafeString:
    """A list of many, by the name of its file in `drawn`: `{% cards "duties" own %}`."""
    return drawn(name, lines=lines, now=context["now"])


@register.simple_tag
def why(said: Mapping[str, Any], question: str) -> SafeString:
    """Why a duty is somebody's, folded under a question: `{% why line.why "Why is this mine?" %}`."""
    return drawn("why", why=said, question=question)


@register.inclusion_tag("onrecord/components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], name: str = "page", of: str = "this list") -> dict[str, Any]:
    """Links to the other pages of a list, keeping the rest of the address. Two on a page are called apart."""
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
        "label": f"Pages of {of}",
        "items": items,
        "previous": {"href": link(page.number - 1)} if page.has_previous() else None,
        "next": {"href": link(page.number + 1)} if page.has_next() else None,
    }
