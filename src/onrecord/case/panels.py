"""What the case adds to other stages' pages: how a child can be reached without danger, and the way to the file."""

from datetime import datetime

from django.template.loader import render_to_string

from onrecord.access.rules import CASE_ROLES, Viewer
from onrecord.case.queries.contact import KINDS, contact_from, contact_ids
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.registry import needs
from onrecord.ledger.rules.corrections import fixes_of
from onrecord.ledger.rules.seen import Seen


@needs(*KINDS)
def contact(viewer: Viewer, seen: Seen, now: datetime) -> str:
    """Safe contact with the child whom an entry names; for those who work with children also the way to the file.

    The page has noted its own read.
    """
    mention, lines = mention_of(seen.root, "child"), seen.of_child
    found = contact_from(contact_ids(lines, now), fixes_of(lines, now), seen.opened)
    how, judged = (found.fact.spoken(name) if found.fact else "" for name in ("how", "judged"))
    context = {"contact": found, "how": how, "judged": judged, "mention": mention}
    context["file"] = bool(viewer.roles & CASE_ROLES)  # people outside read what is sealed, and no child's file
    return render_to_string("case/contact_panel.html", context)
