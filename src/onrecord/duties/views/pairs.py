"""Same child? Two mentions side by side, the most useful first, for a person to judge."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.queries import called
from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.duties.actions.pairs import open_pair, open_pairs
from onrecord.duties.forms import Sheet
from onrecord.duties.views.front_door import JUDGE, done_words
from onrecord.ledger.gateway.clock import now
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries import Pair
from onrecord.linkage.rules.doubt import side_by_side

FORM = "pair"
GONE = "Somebody has judged these two meanwhile, or they can no longer be compared. Nothing was recorded."


@seated
def same_child(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The pair that somebody should judge first, and how many wait."""
    moment = now()
    pairs = open_pairs(viewer, moment)
    pair = _asked(request, pairs)
    if pair is None and request.POST.get("pair"):
        messages.info(request, GONE)
        return redirect("same-child")
    if pair is None:
        return render(request, "duties/pairs.html", {"pair": None})
    open_pair(viewer, pair, moment)
    about = (pair.one.mention, pair.other.mention)
    sheet = Sheet(request, viewer, LinkJudged, moment, name=FORM, about=about, ask=JUDGE)
    if sheet.recorded:
        messages.success(request, done_words(sheet.recorded.entry))
        return redirect("same-child")
    return render(request, "duties/pairs.html", _page(pair, sheet, pairs))


def _asked(request: HttpRequest, pairs: list[Pair]) -> Pair | None:
    """The pair that a form is about; else the one of this number, the first if none is said."""
    if about := request.POST.get("pair"):
        return next((pair for pair in pairs if pair.name == about), None)
    said = request.GET.get("place", "")
    place = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1
    return pairs[min(max(place, 1), len(pairs)) - 1] if pairs else None


def _page(pair: Pair, sheet: Sheet, pairs: list[Pair]) -> dict[str, object]:
    place = pairs.index(pair) + 1
    return {
        "pair": pair,
        "sources": [called(pair.one.source), called(pair.other.source)],
        "rows": side_by_side(pair.one.child, pair.other.child),
        "sheet": sheet,
        "form": sheet.form,
        "place": place,
        "count": len(pairs),
        "next": place + 1 if place < len(pairs) else 0,
    }
