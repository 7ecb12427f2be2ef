"""A worked example read as a timeline."""

from onrecord.duties.rules.stories import timeline
from onrecord.intake.facts import DecisionMade, ReportReceived
from onrecord.rulebook.facts import Example

KINDS = {made.kind: made for made in (ReportReceived, DecisionMade)}


def told(**said: object) -> list[tuple[str, str]]:
    report = {"kind": "intake.report_received", "at": "2026-11-16 12:00", "coded": {"danger_now": "yes"}}
    story = {"name": "A story", "given": [report], "now": "2026-11-18 09:00", "expect": []} | said
    return [tuple(step) for step in timeline(Example.model_validate(story), KINDS)]


SAID = ("Monday 16 November 2026, 12:00", "Fact 1: “Report”; Is the child in danger now? Yes.")


def test_what_falls_due_stands_between_what_happens_and_now() -> None:
    late = {"occurrence": 1, "due": "2026-11-18 00:00", "state": "late", "told": ["team_manager"]}
    assert told(expect=[late]) == [
        SAID,
        ("the end of Tuesday 17 November 2026", "It falls due."),
        ("Wednesday 18 November 2026, 09:00", "Now: It is late. Told: team manager."),
    ]


def test_what_is_not_due_yet_stands_after_now_and_occurrences_have_numbers() -> None:
    met = {"occurrence": 1, "due": "2026-11-18 00:00", "state": "met"}
    still = {"occurrence": 2, "due": "2026-11-20 14:00", "state": "open"}
    assert told(expect=[met, still])[1:] == [
        ("the end of Tuesday 17 November 2026", "Number 1 falls due."),
        ("Wednesday 18 November 2026, 09:00", "Now: Number 1 is met in time. Number 2 is open, and still in time."),
        ("Friday 20 November 2026, 14:00", "Number 2 falls due."),
    ]


def test_where_nothing_is_owed_it_is_said() -> None:
    assert told()[-1] == ("Wednesday 18 November 2026, 09:00", "Now: Nothing is owed by this rule.")


def test_a_proposal_and_what_a_fact_answers_are_said() -> None:
    ended = {"kind": "intake.decision_made", "at": "2026-11-17 09:00", "standing": "proposed", "regarding": 0}
    given = [{"kind": "intake.report_received", "at": "2026-11-16 12:00"}, ended]
    assert told(given=given)[1][1] == "Fact 2: “Decision on a report”; about fact 1; only proposed."
