"""Moving a document that stands on the wrong child's file: proposed by who works with both, agreed to by another."""

from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Denied, Viewer
from onrecord.case.actions.parts import check_works
from onrecord.case.facts import DocumentMoved
from onrecord.case.queries import may_open, what_there_is
from onrecord.case.queries.documents import documents, waiting_to_move
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Lowering, Saying, When
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.queries import NoSuchEntry, entries

NOT_BOTH = "You put it on the file of a child with whom one of your agencies works. This is no such file."
HERE_ALREADY = "This is the file on which it stands. Give the address of the other one."
WAITS = "It is proposed already to move it. Somebody has to agree or disagree first."


def move_document(viewer: Viewer, mention: UUID, fact: DocumentMoved, uid: UUID, now: datetime) -> Entry:
    """Propose that a document is taken out of one file and put on another; it counts once a second person agrees.

    Raises Denied, NoSuchEntry, Refused and IdTaken.
    """
    check_works(viewer, mention)
    document, into = UUID(fact.document), UUID(fact.into)
    found = what_there_is(viewer, mention)
    already = entries([uid])
    if found is None or (document not in documents(found, now) and not already):
        raise NoSuchEntry(f"There is no document {document} on this file.")
    if into in found.people:
        raise Refused((Wrong("into", fact.into, HERE_ALREADY, "another file"),))
    if not may_open(viewer, into):
        raise Denied(NOT_BOTH)
    if document in waiting_to_move(found) and not already:
        raise Refused((Wrong("into", fact.into, WAITS, "no proposal waits"),))
    when = already[0].saying.happened if already else When.at(now)
    why = Lowering(reason="wrong_person", words=fact.why)
    who = (viewer.user, viewer.seat.role, viewer.seat.agency)
    return append([Saying(uid, fact, *who, when, about=(mention, into), lowering=why)])[0]
