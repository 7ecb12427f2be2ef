"""Links by which people set a password, and keys of other systems that are taken back: done, on record and told."""

from datetime import datetime

from django.db import transaction

from onrecord.access.actions import end_token, make_invitation
from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.queries import sits_outside
from onrecord.access.rules import Viewer
from onrecord.duties.actions.people import refuse_attempt
from onrecord.duties.actions.unlocking import TAKEN, tell_of
from onrecord.ledger.facts import Entry

LINK = "A link was made by which somebody sets a password. If it is for you and you did not ask for it, say so at once."
KEY_ASKED = (
    "A key by which another system reports is to be taken back. It works until somebody of the agency whose key it is "
    "agrees, on the page of keys."
)


def invite(viewer: Viewer, user: str, now: datetime) -> str:
    """Make a link by which somebody sets their own password; its secret, shown once. Raises Denied and TakesTwo.

    That somebody inside tries it for an outside contact is on record, and the people outside are told. So they are of
    every link that two made.
    """
    if sits_outside(user) and not viewer.roles & OUTSIDE_ROLES:
        refuse_attempt(viewer, user, "sign_in", now)
    with transaction.atomic():
        made, secret = make_invitation(viewer, user, now)
        tell_of(made, user, LINK, now, outside=bool(made.saying.regarding))
    return secret


def take_back(viewer: Viewer, mark: str, why: str, now: datetime) -> Entry:
    """Take back a key of another system, or propose it to the agency whose key it is; those concerned are told.

    Raises Denied and Refused.
    """
    with transaction.atomic():
        made = end_token(viewer, mark, why, now)
        tell_of(made, str(getattr(made.saying.fact, "user", "")), KEY_ASKED if made.proposed else TAKEN, now)
    return made
