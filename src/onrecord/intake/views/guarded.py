"""What holds for every page at which nobody signs in: no cookie, nothing kept, nothing told to anybody else."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

SAFE = ("GET", "HEAD")
HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=(), interest-cohort=()",
}
View = Callable[[HttpRequest], HttpResponse]


def unsigned(view: View) -> View:
    """A page for anybody. Its forms are proved by where they came from: a cookie would leave a trace."""

    @wraps(view)
    def door(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and not from_here(request):
            made = render(request, "onrecord/doors/elsewhere.html", status=403)
        else:
            made = view(request)
        for name, value in HEADERS.items():
            made[name] = value
        return made

    return csrf_exempt(door)


def from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours, as far as the browser says. An old one says nothing: it may."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
