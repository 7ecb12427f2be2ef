"""A kind in which somebody judges or decides says so of itself: whoever reads a lowering again sees it last."""

from onrecord.ledger.facts import Fact
from onrecord.ledger.gateway.registry import catalogue


def judges(made: type[Fact]) -> bool:
    """Whether it says how serious something is, ends a concern, frees a child, or decides something by `outcome`."""
    ranked = any((options := made.options(name)) and options.ranked for name in made.model_fields)
    decides = made.response and "outcome" in made.model_fields
    return bool(ranked or decides or made.ends_concern or made.is_conference or made.puts_off)


STEPS = {"case.contact_tried", "oversight.written_report_answered"}
"""Answers whose outcome is what happened, or which are about no child."""


def test_every_kind_that_judges_a_child_weighs() -> None:
    silent = {kind for kind, made in catalogue().items() if judges(made) and not made.weighs}
    assert silent == STEPS


def test_what_somebody_saw_or_said_does_not() -> None:
    seen = {"intake.report_received", "case.return_interview_held", "case.child_returned", "case.safe_contact_set"}
    assert {kind for kind in seen if catalogue()[kind].weighs} == set()
