"""Teaching the weights by which children are recognised, and adopting them: who may, and what is noted first."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

from onrecord.access.rules import Denied, Viewer
from onrecord.duties.actions.pairs import open_judged
from onrecord.ledger.facts import Entry, Fact, Saying, When
from onrecord.linkage.actions import adopt_model, teach
from onrecord.linkage.rules.lessons import Taught

ADOPTERS = frozenset({"business_manager", "director"})


def teach_weights(viewer: Viewer, now: datetime) -> tuple[str, Taught, Path]:
    """Teach weights by what people judged, and measure them. One read, noted first. Raises Denied."""
    return teach(open_judged(viewer, now), lambda fact: _said(viewer, fact, now), now)


def adopt_weights(viewer: Viewer, digest: str, why: str, now: datetime) -> Entry:
    """Adopt weights, for all who recognise children by them. Raises Denied, NotAdopted and NoSuchModel."""
    if not viewer.roles & ADOPTERS:
        raise Denied("A director or the partnership's business manager adopts other weights.")
    return adopt_model(digest, why, lambda fact: _said(viewer, fact, now))


def _said(viewer: Viewer, fact: Fact, now: datetime) -> Saying:
    return Saying(uuid4(), fact, viewer.user, viewer.seat.role, viewer.seat.agency, When.at(now))
