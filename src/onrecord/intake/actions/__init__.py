"""The verbs of intake: a report is taken whatever else is broken; a look-up is noted before it is answered."""

from onrecord.intake.actions.noting import note_near
from onrecord.intake.actions.opening import NeedsWhy, known_before, open_receipt
from onrecord.intake.actions.originals import keep_fetched, keep_originals, open_original, seal_upload
from onrecord.intake.actions.reporting import report, report_unnamed
from onrecord.intake.actions.routing import compare_again, compare_waiting, route, route_waiting
from onrecord.ledger.actions import IdTaken

__all__ = [
    "IdTaken",
    "NeedsWhy",
    "compare_again",
    "compare_waiting",
    "keep_fetched",
    "keep_originals",
    "known_before",
    "note_near",
    "open_original",
    "open_receipt",
    "report",
    "report_unnamed",
    "route",
    "route_waiting",
    "seal_upload",
]
