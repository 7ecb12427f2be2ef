"""A child's own report, somebody trained to answer it, and the words with which the mailbox opens."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from onrecord.access.facts import TrainingHeld
from onrecord.duties.actions import Recorded
from onrecord.intake.actions import report_unnamed
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.actions import words_for
from onrecord.mailbox.facts import MessageWritten
from tests.partnership import REPORT, Store

ZEPHYRINE = {"given_name": "Zephyrine", "family_name": "Quillfeather", "born": "2012-01-03", "postcode": "ZZ9 9ZZ"}
HERS = {"child": {"given_name": "Zephyrine"}, "words": "A marmalade-coloured car waits for me.", "said_by": "child"}
MESSAGE = {"words": "We read it. You did nothing wrong.", "says": "read", "asks": "nothing"}


def told_by(said_by: str = "child", **changed: Any) -> Entry:
    """A report by somebody who did not sign in."""
    fact = ReportReceived.heard(REPORT | HERS | {"said_by": said_by} | changed)
    return report_unnamed(fact, uuid4(), now())


def words_of(made: Entry) -> tuple[str, str]:
    """The words of a report and the second words, as somebody would type them."""
    found = words_for(made.id)
    assert found is not None
    return " ".join(found[0]), " ".join(found[1])


def trained(store: Store, user: str = "front-door", days: int = 300) -> None:
    """Somebody is trained to answer children, as two agree."""
    until = (now() + timedelta(days=days)).date()
    fact = TrainingHeld(user=user, sort="answers_children", until=until, why="Two days in September.")
    proposed = store.say("team-manager" if user == "front-door" else "head", fact)
    store.say("signer", Seconded(why="I saw the certificate."), proposed.entry)


def writes(store: Store, made: Entry, *more: Entry, by: str = "front-door", **changed: Any) -> Recorded:
    """Somebody writes to the child."""
    about = [mention_of(made.id, "child")]
    return store.say(by, MessageWritten.heard(MESSAGE | changed), made, *more, about=about)


def child_of(made: Entry) -> UUID:
    """The mention of the child of a report."""
    return mention_of(made.id, "child")
