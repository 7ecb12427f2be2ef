"""Bringing another edition of the rulebook, to look at what it would change. Bringing it changes nothing."""

from datetime import datetime

from onrecord.access.rules import Denied, Viewer
from onrecord.duties.actions.adopt import ADOPTERS, RulebookUnfit, adopt, shapes
from onrecord.duties.queries.adopted import rulebook_in_force, waiting_adoption
from onrecord.ledger.facts import Entry
from onrecord.rulebook.actions import keep_edition
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.queries import edition
from onrecord.rulebook.rules import kind_faults

IN_FORCE = "This edition is in force already. There is nothing to propose."
WAITS = "This edition is proposed already, and waits for somebody to agree."


class NothingToPropose(ValueError):
    """The edition is in force, or waits already."""


def check_adopter(viewer: Viewer) -> None:
    """Raise Denied unless somebody may propose an edition."""
    if not viewer.roles & ADOPTERS:
        raise Denied("A director or the partnership's business manager proposes a new edition.")


def bring(viewer: Viewer, rulebook: Rulebook) -> str:
    """Keep an edition that is fit to be adopted, and return its digest. Raises RulebookUnfit and Denied."""
    check_adopter(viewer)
    faults = [fault for rule in rulebook.rules for fault in kind_faults(rule, shapes())]
    if faults:
        raise RulebookUnfit(faults)
    return keep_edition(rulebook)


def propose(viewer: Viewer, digest: str, why: str, moment: datetime) -> Entry:
    """Propose a kept edition, once. Raises NothingToPropose, and whatever `adopt` raises."""
    check_adopter(viewer)
    current = rulebook_in_force(moment)
    if current is not None and current.digest == digest:
        raise NothingToPropose(IN_FORCE)
    if waiting_adoption(digest):
        raise NothingToPropose(WAITS)
    return adopt(edition(digest), why, moment, viewer)
