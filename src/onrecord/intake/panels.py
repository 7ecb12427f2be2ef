"""What intake adds to pages: the files that a report was taken from."""

from datetime import datetime

from django.template.loader import render_to_string

from onrecord.access.rules import Viewer
from onrecord.intake.queries import originals_in
from onrecord.ledger.rules.seen import Seen


def kept(viewer: Viewer, seen: Seen, now: datetime) -> str:
    """The files kept with a report, to be downloaded; "" where there is none."""
    return render_to_string("intake/originals.html", {"originals": originals_in(seen)})
