"""What intake adds to later pages: the files that a report was taken from."""

from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string

from onrecord.access.rules import Viewer
from onrecord.intake.queries import originals


def kept(viewer: Viewer, entry: UUID, now: datetime) -> str:
    """The files kept with a report, to be downloaded; "" where there is none."""
    return render_to_string("intake/originals.html", {"originals": originals(entry)})
