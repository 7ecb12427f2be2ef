"""What hangs on a report, laid on the ground of the matrix; who opens it in which state, and who records by it.

It is laid in each state and taken away again, so that no row of the matrix stands for something that is not there.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from onrecord.access.facts import StaffDetailsGiven
from onrecord.case.facts import BundleAsked, DocumentKept, MeetingCalled, StrategyDiscussionHeld
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import checkpoint
from onrecord.ledger.facts import Corrected, Entry, Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import every
from onrecord.mailbox.actions import keep_identity, send_file
from onrecord.mailbox.facts import IdentityOpened
from tests.pages.browsing import sheet
from tests.pages.case.ground import CALL
from tests.pages.matrix.ground import NAMES_THE_HEAD, Ground
from tests.pages.matrix.rows import DECIDERS, NAMED, NOBODY, OF_THE_CHILD, OUTSIDE, WALL
from tests.stages.case.test_minutes_of_steps import said
from tests.stages.duties.test_disagreeing import raise_it
from tests.stages.mailbox.ground import told_by, trained

BY = {"open": "social-worker", "restricted": "social-worker", "sealed": "designated"}
"""Who works with the child of the report in each state."""
STATES = tuple(BY)
ASKED = frozenset({"nurse", "officer", "analyst"})
"""Who is asked to a meeting because their agency is: police and health."""
OFFICER = frozenset({"designated"})
INSIDE = OF_THE_CHILD - {"teacher"}
"""The agency that wrote down for the child that she disagrees."""
LETTER = {"what": "The letter of the clinic", "from_whom": "Northbrook Health"}
DETAILS = {"user": "head", "employers": ("Sixhills Minicabs",), "why": "He told me that he drives for them."}


def meeting(ground: Ground, state: str) -> dict[str, UUID]:
    """A meeting about the child, to which police and health are asked."""
    made = ground.store.say(BY[state], MeetingCalled.heard(CALL), about=[ground.mention(state)]).entry
    return {"<uuid:uid>": made.id}


def step(ground: Ground, state: str) -> dict[str, UUID]:
    """A discussion about the child at which police and health are said to have been."""
    made = ground.store.say(BY[state], said(StrategyDiscussionHeld), ground.reports[state]).entry
    return {"<uuid:uid>": made.id}


def document(ground: Ground, state: str) -> dict[str, UUID]:
    """A letter on the child's file."""
    sent = {"id": str(uuid4()), "file": SimpleUploadedFile("a.pdf", b"A letter about her.", "application/pdf")}
    ground.sender(BY[state]).post(f"/children/{ground.mention(state)}/documents", sent | LETTER)
    kept = [one for batch in every() for one in batch if one.kind == DocumentKept.kind]
    return {"<uuid:uid>": kept[-1].id, "<uuid:mention>": ground.mention(state)}


def bundle(ground: Ground, state: str) -> dict[str, UUID]:
    """A bundle for a court, that two agreed to."""
    fact = BundleAsked.heard({"whom": "The family court", "why": "It ordered it.", "opened": ["said"]})
    made = _agreed(ground, ground.store.say("team-manager", fact, about=[ground.mention(state)]).entry)
    checkpoint()
    return {"<uuid:uid>": made.id}


def dispute(ground: Ground, state: str) -> dict[str, UUID]:
    """The teacher disagrees with what became of their report."""
    return {"<uuid:uid>": raise_it(ground.store, ground.reports[state]).id}


def for_her(ground: Ground, state: str) -> dict[str, UUID]:
    """Whoever works with the child writes down that she disagrees."""
    return {"<uuid:uid>": raise_it(ground.store, ground.reports[state], BY[state], whose="child").id}


def put_right(ground: Ground, state: str) -> dict[str, UUID]:
    """The front door wants to put the teacher's words otherwise."""
    fix = Corrected(field="words", value=json.dumps("She said a car waits."), why="It was put too strongly.")
    return {"<uuid:uid>": ground.store.say("front-door", fix, ground.reports[state]).entry.id}


def details(ground: Ground, state: str) -> dict[str, UUID]:
    """A manager gave details of a colleague, which count already."""
    made = ground.store.say("head", StaffDetailsGiven.heard(DETAILS)).entry
    return {"<uuid:uid>": made.id}


def mailbox(ground: Ground, state: str) -> dict[str, UUID]:
    """A child wrote, sent a picture, and said who they are, which two opened."""
    named = {"given_name": "Zephyrine", "family_name": f"Quillfeather {state}"}
    made = told_by(child=named, **({"words": NAMES_THE_HEAD} if state == "sealed" else {}))
    trained(ground.store)
    file = send_file(made, Piece("me.jpg", "image/jpeg", b"picture"), now())
    kept = keep_identity(made, "Philippa Oxbow-Tarn", "", "", "page", now())
    by, second = ("designated", "scrutineer") if state == "sealed" else ("front-door", "signer")
    _agreed(ground, ground.store.say(by, IdentityOpened(why="The child cannot be found."), kept).entry, second)
    return {"<uuid:uid>": made.id, "<uuid:file>": file.id}


def _agreed(ground: Ground, made: Entry, by: str = "signer") -> Entry:
    ground.store.say(by, Seconded(why="I saw why."), made)
    return made


class Hung(NamedTuple):
    """Something that hangs on a report: its address, how it is laid, and who opens it in each state in which it can be.

    `body` is what is sent there of an open report, and `records` those who record by it.
    """

    address: str
    lay: Callable[[Ground, str], dict[str, UUID]]
    opens: dict[str, frozenset[str]]
    body: Callable[[], dict[str, Any]] | None = None
    records: frozenset[str] = NOBODY


MEETING = {"open": OF_THE_CHILD | ASKED, "restricted": NAMED | ASKED, "sealed": OFFICER}
PAPER = {"open": OF_THE_CHILD, "restricted": NAMED, "sealed": OFFICER}
MAILBOX = {"open": DECIDERS, "sealed": WALL}
HUNG = (
    Hung("meetings/<uuid:uid>", meeting, MEETING),
    Hung("meetings/<uuid:uid>/held", meeting, MEETING),
    Hung(
        "meetings/steps/<uuid:uid>",
        step,
        {"open": ASKED, "restricted": ASKED, "sealed": frozenset({"scrutineer"})},
        lambda: sheet("met", right="yes"),
        ASKED,
    ),
    Hung("documents/<uuid:uid>", document, PAPER),
    Hung("children/<uuid:mention>/documents/<uuid:uid>/move", document, PAPER),
    Hung("bundles/<uuid:uid>", bundle, {"open": frozenset({"team-manager"})}),
    Hung(
        "raised/<uuid:uid>",
        dispute,
        dict.fromkeys(STATES, frozenset({"teacher"})),
        lambda: sheet("settled"),
        frozenset({"teacher"}),
    ),
    Hung(
        "raised/<uuid:uid>",
        for_her,
        {"open": INSIDE, "restricted": NAMED, "sealed": OFFICER},
        lambda: sheet("settled"),
        INSIDE,
    ),
    Hung(
        "agree/<uuid:uid>",
        put_right,
        {"open": OUTSIDE | {"teacher"}},
        lambda: sheet("agree", answer="agree", why="It is what she said."),
        OUTSIDE | {"teacher"},
    ),
    Hung("staff-details/head/<uuid:uid>", details, {"open": OFFICER}),
    Hung(
        "messages/<uuid:uid>",
        mailbox,
        MAILBOX,
        lambda: sheet("write", words="Tell me more.", says="other", asks="tell"),
        frozenset({"front-door"}),
    ),
    Hung("messages/<uuid:uid>/who", mailbox, {"open": frozenset({"front-door"}), "sealed": WALL}),
    Hung("messages/<uuid:uid>/files/<uuid:file>", mailbox, MAILBOX),
)
