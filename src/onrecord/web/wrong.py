"""What is said when a page cannot be shown: to staff, and at a door in its own language and under its neutral name."""

from collections.abc import Sequence
from contextlib import suppress

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, gettext

from onrecord.intake.views.guarded import HEADERS
from onrecord.web.languages import spoken

Said = tuple[str, list[str]]
TOO_LONG: Said = (
    "This is too long to send at once",
    [
        "Nothing was recorded. Go back with your browser's Back button: what you typed is still there.",
        "Send it in parts. A long letter or a list can be taken in as a file instead.",
    ],
)
UNREAD: Said = (
    "This could not be read",
    ["The address or what was sent could not be read. Nothing was recorded."],
)
MISSING: Said = (
    "Page not found",
    ["There is no such page, or it is not one you can open.", "Check the address, or start again."],
)
FAILED: Said = (
    "This did not work",
    [
        "Something failed on our side. If you were sending a report, go back and press Send again: "
        "it cannot be recorded twice.",
        "If it fails again, use the telephone.",
    ],
)
DOORS = "/m/"
ELSEWHERE = "onrecord/message.html"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 for more than is taken at once. A browser that goes back still has what was typed."""
    if isinstance(exception, RequestDataTooBig):
        return _said(request, 413, TOO_LONG, too_long())
    return _said(request, 400, UNREAD, unread())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the rule that says so."""
    lines = [str(exception) or "Your role does not include this page.", "Nothing was recorded."]
    return _said(request, 403, ("You cannot open this page", lines), missing())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same words whether there is nothing there or it is not yours to see."""
    return _said(request, 404, MISSING, missing())


def failed(request: HttpRequest) -> HttpResponse:
    """500. It asks nothing of the database, which may be what failed."""
    if at_a_door(request):
        return _at_a_door(500, broken(), _posted(request))
    heading, lines = FAILED
    return HttpResponse(render_to_string(ELSEWHERE, {"heading": heading, "lines": lines, "url": "/"}), status=500)


def too_long() -> Said:
    """The same at a door: plain, and in the language of the address."""
    return gettext("This is too long to send at once"), [
        gettext("Nothing was sent. Go back: what you wrote is still there."),
        gettext("Send it in parts."),
    ]


def unread() -> Said:
    """What was sent to a door and could not be read."""
    return gettext("This could not be read"), [gettext("Nothing was sent."), gettext("You can start again.")]


def missing() -> Said:
    """A door that is not there."""
    return gettext("This page is not here"), [gettext("You can start again.")]


def broken() -> Said:
    """A door that failed."""
    return gettext("This did not work"), [
        gettext("Something went wrong here. It is not your fault."),
        gettext("If it goes wrong again, use a phone."),
    ]


def at_a_door(request: HttpRequest) -> bool:
    """Whether an address is one where nobody signs in: a child may stand there with somebody who looks on."""
    path = request.path_info
    return path == "/" or path.startswith(DOORS) or get_language_from_path(path) is not None


def _said(request: HttpRequest, status: int, said: Said, at_the_door: Said) -> HttpResponse:
    if at_a_door(request):
        return _at_a_door(status, at_the_door)
    heading, lines = said
    return render(request, ELSEWHERE, {"heading": heading, "lines": lines, "url": "/"}, status=status)


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent to a door that failed, to be sent again from there; nothing where it cannot be read."""
    with suppress(SuspiciousOperation, MultiPartParserError, OSError):
        return [(name, text) for name, texts in request.POST.lists() for text in texts]
    return []


def _at_a_door(status: int, said: Said, posted: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """It asks nothing of the database, and leaves as little behind as the door itself."""
    heading, lines = said
    context = spoken() | {"heading": heading, "lines": lines, "posted": posted}
    return HttpResponse(render_to_string("onrecord/doors/message.html", context), status=status, headers=HEADERS)
