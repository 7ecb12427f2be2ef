"""A file as the draft of a report, and the file kept with the report once it was recorded."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from onrecord.access.rules import Viewer, check_record
from onrecord.intake.actions import keep_originals
from onrecord.intake.facts import ReportReceived
from onrecord.intake.rules.papers import Paper, drafted
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import NoSuchEntry, entry


def draft(viewer: Viewer, paper: Paper) -> dict[str, Any]:
    """A line for `onrecord record`, with an id that follows from the file: the same file drafts the same report."""
    check_record(viewer)
    uid = uuid5(NAMESPACE_URL, f"onrecord/paper/{paper.pieces[0].digest}")
    said = {"id": str(uid), "kind": ReportReceived.kind, "body": drafted(paper)}
    return said | ({"on_behalf": paper.sender} if paper.sender else {})


def join(viewer: Viewer, report: UUID, paper: Paper) -> list[Entry]:
    """Keep a file, and what came with it, sealed with one's own report. NoSuchEntry for everybody else's."""
    made = entry(report)
    if made.saying.by != viewer.user or not isinstance(made.saying.fact, ReportReceived):
        raise NoSuchEntry(f"You made no report {report}.")
    return keep_originals(viewer, made, paper.pieces)
