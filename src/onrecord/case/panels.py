"""What the case adds to other stages' pages: how a child can be reached without danger, and the way to the file."""

from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string

from onrecord.access.rules import CASE_ROLES, Viewer
from onrecord.case.queries import contact_of
from onrecord.ledger.facts import mention_of


def contact(viewer: Viewer, entry: UUID, now: datetime) -> str:
    """Safe contact with the child whom an entry names; for those who work with children also the way to the file.

    The page has noted its own read.
    """
    mention = mention_of(entry, "child")
    found = contact_of(viewer, mention, now)
    how, judged = (found.fact.spoken(name) if found.fact else "" for name in ("how", "judged"))
    context = {"contact": found, "how": how, "judged": judged, "mention": mention}
    context["file"] = bool(viewer.roles & CASE_ROLES)  # people outside read what is sealed, and no child's file
    return render_to_string("case/contact_panel.html", context)
