"""What a lowering came to: without a second person of another agency, the level stands where it stood."""

from pathlib import Path

import pytest

from onrecord.borough.inquiry import START, scenarios
from onrecord.borough.play import NotRefused, Play
from onrecord.borough.store import fresh_store
from onrecord.case.facts import ExploitationAssessed, MeetingHeld
from onrecord.duties.rules.lowering import state_of
from onrecord.intake.queries import report
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import all_lines, envelopes


def levels_after(row: int, enacted: bool) -> set[str]:
    """The levels that stand after a story, in words."""
    play = Play("a test", START)
    scenarios()[row].story(play, enacted)
    state = state_of(all_lines(), [], play.at, catalogue())
    options = ExploitationAssessed.options("level")
    assert options
    return {list(options.words)[rank] for (_, name), rank in state.levels.items() if name == "level"}


@pytest.mark.parametrize(("enacted", "level"), [(True, "serious"), (False, "moderate")])
def test_one_person_lowers_nothing_and_two_do(made: Path, enacted: bool, level: str) -> None:
    with fresh_store(made):
        assert levels_after(22, enacted) == {level}


def test_a_report_is_not_closed_for_a_refused_reason(made: Path) -> None:
    with fresh_store(made):
        scenarios()[89].story(Play("a test", START), True)
        (reported,) = envelopes(["intake.report_received"])
        row = report(reported.uid)
        assert row
        assert (row.outcome, row.proposed) == ("assess", "")


def test_a_story_that_expects_a_refusal_notices_when_there_is_none(made: Path) -> None:
    with fresh_store(made), pytest.raises(NotRefused):
        Play("a test", START).tries("tomasz-wolny", MeetingHeld)
