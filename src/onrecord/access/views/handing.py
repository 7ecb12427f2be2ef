"""Files that are handed out, and never shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from onrecord.ledger.facts import Fact
from onrecord.ledger.gateway.files import FileSpoilt, NoFile
from onrecord.ledger.queries import erased_files

ERASED = {
    "heading": "This file was erased",
    "lines": ["Two people erased it, under data protection law. The list of erasures says when, for whom and why."],
    "url": "/",
}
LOST = {
    "heading": "This file cannot be handed out",
    "lines": ["The file is missing, or was changed after it was kept.", "Tell the person who runs OnRecord."],
    "url": "/",
}


def sealed_file(request: HttpRequest, opened: Callable[[], tuple[Fact, bytes]]) -> HttpResponse:
    """A file that was kept sealed, under the name its fact gives it; a page that says so when it cannot be had."""
    try:
        fact, data = opened()
    except (NoFile, FileSpoilt) as gone:
        return not_handed_out(request, gone)
    return handed_out(data, fact.spoken("name"), "application/octet-stream")


def not_handed_out(request: HttpRequest, gone: NoFile | FileSpoilt) -> HttpResponse:
    """The page that says why a file cannot be had: it was lawfully erased, or it is lost."""
    if isinstance(gone, NoFile) and gone.uid in erased_files():
        return render(request, "onrecord/message.html", ERASED, status=410)
    return render(request, "onrecord/message.html", LOST, status=500)


def handed_out(data: bytes, name: str, sort: str) -> HttpResponse:
    """A file to be saved, of which no browser or proxy keeps a copy."""
    made = HttpResponse(data, content_type=sort, headers={"Cache-Control": "no-store"})
    made["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return made
