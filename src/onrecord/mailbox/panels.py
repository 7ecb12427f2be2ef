"""What the mailbox adds to a report at the front door: whether to write there, what waits, and the way to it."""

from datetime import datetime

from django.template.loader import render_to_string

from onrecord.access.rules import Viewer
from onrecord.ledger.rules.machine import SOMEBODY
from onrecord.ledger.rules.seen import Seen
from onrecord.mailbox.queries.talk import is_watched
from onrecord.mailbox.rules import last_is_theirs


def messages(viewer: Viewer, seen: Seen, now: datetime) -> str:
    """The mailbox of a report by somebody who did not sign in; "" for any other."""
    lines = seen.thread
    if not lines or lines[0].by != SOMEBODY:
        return ""
    context = {"uid": seen.root, "watched": is_watched(lines), "waits": last_is_theirs(lines)}
    return render_to_string("mailbox/panel.html", context)
