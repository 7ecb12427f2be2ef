"""Links by which people set a password, and keys of other systems that are taken back: done, on record and told."""

from datetime import datetime

from django.db import transaction

from onrecord.access.actions import end_token, make_invitation
from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.queries import sits_outside
from onrecord.access.rules import Viewer
from onrecord.duties.actions.people import refuse_attempt
from onrecord.duties.actions.unlocking import tell_of
from onrecord.ledger.facts import Entry

LINK = "A link was made by which somebody sets a password. If it is for you and you did not ask for it, say so at once."
TAKEN = "A key by which another system reports was taken back. What that system sends now is refused."


def invite(viewer: Viewer, user: str, now: datetime) -> str:
    """Make a link by which somebody sets their own password; its secret, shown once. Raises Denied.

    That somebody inside tries it for an outside contact is on record, and the people outside are told.
    """
    if sits_outside(user) and not viewer.roles & OUTSIDE_ROLES:
        refuse_attempt(viewer, user, "sign_in", now)
    with transaction.atomic():
        made, secret = make_invitation(viewer, user, now)
        tell_of(made, user, LINK, now)
    return secret


def take_back(viewer: Viewer, mark: str, why: str, now: datetime) -> Entry:
    """Take back a key of another system, and tell for whom it spoke. Raises Denied and Refused."""
    with transaction.atomic():
        made = end_token(viewer, mark, why, now)
        tell_of(made, str(getattr(made.saying.fact, "user", "")), TAKEN, now)
    return made
