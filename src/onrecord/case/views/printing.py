"""A long file on paper: a page that says at once what is going on, and ends with the PDF once it is made.

It is one answer, sent in parts. Nothing runs behind it and nothing is kept: whoever goes away has left nothing.
"""

from base64 import b64encode
from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string

from onrecord.case.actions.parts import Printing

PDF = "application/pdf"
MARK = "<!-- here it goes on -->"
AS_IT_COMES = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Nobody on the way keeps it, or holds back its first part until the last is there."""


def told_while_made(request: HttpRequest, made: Printing, mention: UUID, name: str) -> StreamingHttpResponse:
    """The page, in parts: what is being made, then the PDF within it as a link to save."""
    said = {"entries": made.entries, "mention": mention, "mark": MARK, "reference": str(mention)[:8]}
    return StreamingHttpResponse(
        _parts(render_to_string("case/printing.html", said, request), made, name), headers=AS_IT_COMES
    )


def _parts(page: str, made: Printing, name: str) -> Iterator[str]:
    before, _, after = page.partition(MARK)
    yield before
    data = made.paper()
    said = {
        "name": name,
        "kilobytes": max(1, len(data) // 1000),
        "href": f"data:{PDF};base64,{b64encode(data).decode()}",
    }
    yield render_to_string("case/printed.html", said)
    yield after
