"""`onrecord import steps`: each line of another system answers exactly one open duty, or nothing is recorded."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import typer
from typer.testing import CliRunner, Result

from onrecord.case.facts import AssessmentCompleted, ConferenceHeld, StrategyDiscussionHeld
from onrecord.duties.queries import owed_for
from onrecord.exchange import commands
from onrecord.intake.queries import report
from onrecord.ledger.actions import receipt
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import entry, size
from tests.partnership import START, Store

STEPS = ("section 47", "assessment")
HEAD = "child,report,step,date,outcome,reference,agency,present,why"
CHILD = {"child": {"given_name": "Zephyrine", "born": "2012-01-03", "local_id": "NB-77"}}


@pytest.fixture
def decided(store: Store) -> Iterator[Entry]:
    """A report decided for a strategy discussion; it is two days later."""
    made = store.report(**CHILD, concern="harm_at_home")
    store.decide(made, outcome="strategy_discussion", concern="harm_at_home")
    with playing(START + timedelta(days=2)):
        yield made


@pytest.fixture
def run(store: Store, tmp_path: Path) -> Callable[..., Result]:
    app = typer.Typer(pretty_exceptions_enable=False)
    commands.register(app)

    def _run(*lines: str, by: str = "team-manager", head: str = HEAD) -> Result:
        path = tmp_path / "steps.csv"
        path.write_text("\n".join([head, *lines]), encoding="utf-8")
        return CliRunner().invoke(app, ["import", "steps", str(path), "--by", by, "--json"])

    return _run


def states(made: Entry, rule: str) -> list[str]:
    """The states of the duties of a rule that arose from this entry."""
    return [view.state for view in owed_for([made.id], now()).get(made.id, []) if view.rule.id == rule]


def decision(made: Entry) -> Entry:
    row = report(made.id)
    assert row is not None
    assert row.decided_by is not None
    return entry(row.decided_by)


def faults(done: Result) -> list[tuple[Any, ...]]:
    told = json.loads(done.stdout)
    assert (done.exit_code, told["recorded"]) == (1, 0)
    return [(one["row"], one["column"], one["value"], one["rule"]) for one in told["faults"]]


def strategy(made: Entry, date: str = "05/10/2026", outcome: str = "enquiry_together") -> str:
    return f",{str(made.id)[:8]},Strategy discussion,{date},{outcome},LCS 123,social-care,police;Health,"


def test_a_line_answers_the_open_duty(run: Callable[..., Result], decided: Entry) -> None:
    done = run(strategy(decided))
    told = json.loads(done.stdout)
    assert (done.exit_code, [one["rule"] for one in told]) == (0, ["strategy-discussion"])
    saying = entry(UUID(told[0]["id"])).saying
    assert saying.fact == StrategyDiscussionHeld(
        present=("childrens_social_care", "police", "health"),
        outcome="enquiry_together",
        why="The full record is kept in the system it was imported from: LCS 123.",
        reference="LCS 123",
    )
    assert (saying.regarding, saying.by) == ((decision(decided).id,), "team-manager")
    assert saying.happened.spoken() == "5 October 2026"
    assert told[0]["receipt"] == receipt(told[0]["id"])
    assert states(decision(decided), "strategy-discussion") == ["met_late"]


def test_a_child_is_found_by_the_local_authoritys_number(run: Callable[..., Result], decided: Entry) -> None:
    assert run("nb-77" + strategy(decided).replace(f",{str(decided.id)[:8]}", ",", 1)).exit_code == 0
    assert states(decision(decided), "strategy-discussion") == ["met_late"]


def test_a_line_may_answer_what_the_line_before_it_opened(run: Callable[..., Result], decided: Entry) -> None:
    reference = str(decided.id)[:8]
    done = run(
        strategy(decided),
        f",{reference},conference,2026-10-06,Child protection plan,C1,Northbrook Children's Services,Health;School,",
    )
    told = json.loads(done.stdout)
    assert [one["rule"] for one in told] == ["strategy-discussion", "initial-conference"]
    there = ("childrens_social_care", "health", "school")
    assert entry(UUID(told[1]["id"])).saying.fact == ConferenceHeld(present=there, outcome="plan", reference="C1")


def test_an_assessment_by_a_file_ends_no_conference_that_is_owed(run: Callable[..., Result], decided: Entry) -> None:
    reference = str(decided.id)[:8]
    section, assessment = (f",{reference},{step},06/10/2026,services,,social-care,," for step in STEPS)
    assert faults(run(strategy(decided), section, by="social-worker")) == [
        (3, "step", "section 47", "a step that answers a duty")
    ]
    told = json.loads(run(strategy(decided), assessment, by="social-worker").stdout)
    assert [one["rule"] for one in told] == ["strategy-discussion", "assessment"]
    assert entry(UUID(told[1]["id"])).saying.fact == AssessmentCompleted(outcome="services")


def test_the_same_file_again_records_nothing_new(run: Callable[..., Result], decided: Entry) -> None:
    first, before = json.loads(run(strategy(decided)).stdout), size()
    again = json.loads(run(strategy(decided)).stdout)
    assert [(one["id"], one["receipt"]) for one in again] == [(one["id"], one["receipt"]) for one in first]
    assert size() == before


def test_nothing_of_a_file_is_recorded_when_one_line_fits_no_duty(run: Callable[..., Result], decided: Entry) -> None:
    before = size()
    found = faults(run(strategy(decided), ",00000000,assessment,06/10/2026,services,,social-care,,"))
    assert found == [(3, "report", "00000000", "a line answers exactly one open duty")]
    assert size() == before
    assert states(decision(decided), "strategy-discussion") == ["late"]


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("enquiry_together", "plan"),
        ("05/10/2026", "03/10/2026"),
        ("social-care", "police"),
        ("Strategy discussion", "core group"),
        ("police;Health", "police"),
    ],
)
def test_what_does_not_answer_it_is_refused(changed: str, to: str, run: Callable[..., Result], decided: Entry) -> None:
    before = size()
    assert run(strategy(decided).replace(changed, to)).exit_code == 1
    assert size() == before


def test_a_line_that_fits_two_duties_is_refused(run: Callable[..., Result], decided: Entry, store: Store) -> None:
    other = store.report(**CHILD, concern="harm_at_home")
    store.decide(other, outcome="strategy_discussion", concern="harm_at_home")
    before = size()
    line = "NB-77" + strategy(decided, "07/10/2026").replace(f",{str(decided.id)[:8]}", ",", 1)
    assert faults(run(line)) == [(2, "child", "NB-77", "a line answers exactly one open duty")]
    assert size() == before


def test_every_fault_of_every_line_is_told(run: Callable[..., Result], decided: Entry) -> None:
    found = faults(
        run(
            "NB-77,abcdefab,visit,yesterday,,,nobody,,",
            ",,core group,07/10/2026,well,,social-care,,",
            strategy(decided, outcome="perhaps"),
        )
    )
    assert found == [
        (2, "report", "abcdefab", "a child or a report"),
        (2, "step", "visit", "a step that answers a duty"),
        (2, "agency", "nobody", "an agency that takes part"),
        (2, "date", "yesterday", "a day that has been"),
        (3, "child", "", "a child or a report"),
        (3, "outcome", "well", "no outcome"),
        (4, "outcome", "perhaps", found[-1][3]),
    ]


def test_another_agency_cannot_answer_it(run: Callable[..., Result], decided: Entry) -> None:
    before = size()
    assert [one[1] for one in faults(run(strategy(decided), by="officer"))] == ["report"]
    assert size() == before


def test_what_stands_behind_a_wall_fits_nothing(run: Callable[..., Result], store: Store) -> None:
    sealed = store.report(positions="yes", **CHILD)
    before = size()
    assert faults(run(strategy(sealed))) == [(2, "report", str(sealed.id)[:8], "a line answers exactly one open duty")]
    assert size() == before
