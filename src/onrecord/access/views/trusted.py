"""Who may see the page of an adult whom a child trusts: that adult, signed in, with a second step, and nobody else."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from onrecord.access.models import User
from onrecord.access.queries.trusted import trusted_adult
from onrecord.access.rules import Denied, TrustedAdult
from onrecord.access.views.seating import lost, second_step_owed
from onrecord.access.views.sessions import note_use
from onrecord.ledger.gateway.clock import now

NOT_TRUSTED = "No child has named you here as somebody they trust, or that has ended."


def trusted_for(request: HttpRequest) -> TrustedAdult | None:
    """The adult who asks, with the child who trusts them; None for everybody else."""
    user = request.user
    return trusted_adult(user.username, user.display_name) if isinstance(user, User) else None


def trusted_only(
    view: Callable[[HttpRequest, TrustedAdult], HttpResponse],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view for adults whom a child trusts; it is given who they are. Like `seated`, which never lets them in."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return lost(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
        if step := second_step_owed(request):
            return lost(request) if request.method == "POST" else redirect_to_login(request.get_full_path(), step)
        adult = trusted_for(request)
        if adult is None:
            raise PermissionDenied(NOT_TRUSTED)
        note_use(request, now())
        try:
            return view(request, adult)
        except Denied as denied:
            raise PermissionDenied(str(denied)) from denied

    return never_cache(guarded)
