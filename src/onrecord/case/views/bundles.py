"""Bundles for a court or an inquiry: which were asked for, and the file itself for the two who agreed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer
from onrecord.access.views import handed_out, seated
from onrecord.case.actions.bundles import NotSigned, hand_over, list_bundles
from onrecord.case.facts import BundleAsked
from onrecord.case.views.saying import in_address, sayable
from onrecord.ledger.gateway.clock import now

ZIP = "application/zip"
NOT_YET = "The newest entries of this bundle are not signed yet. That takes about a minute. Then it can be downloaded."


@seated
@require_safe
def file_bundles(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """What was asked for of this child's file, for whom and why, and where it stands."""
    context = {
        "mention": mention,
        "reference": str(mention)[:8],
        "bundles": list_bundles(viewer, mention, now()),
        "said": in_address(BundleAsked) if BundleAsked in sayable(viewer) else "",
    }
    return render(request, "case/bundles.html", context)


@seated
@require_safe
def bundle(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """The bundle as one file, to be saved."""
    try:
        _, data = hand_over(viewer, uid, now())
    except NotSigned:
        context = {"heading": "Not signed yet", "lines": [NOT_YET], "url": "/"}
        return render(request, "onrecord/message.html", context, status=503)
    return handed_out(data, f"bundle-{str(uid)[:8]}.zip", ZIP)
