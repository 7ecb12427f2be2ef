"""`onrecord record FILE`: all of it or nothing, every fault told, a receipt for every line."""

import json
from pathlib import Path
from uuid import UUID

import pytest
import typer
from typer.testing import CliRunner

from onrecord.duties import commands
from onrecord.duties.commands import filing
from onrecord.duties.facts import LoweringRefused
from onrecord.duties.queries import counts
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.queries import entry, every, leaf_of, size
from onrecord.ledger.rules.receipt import Receipt
from tests.partnership import ASSESSED, DECISION, REPORT

FIRST, SECOND, THIRD = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))


def reported(uid: str = FIRST, **more) -> dict:
    return {"kind": "intake.report_received", "id": uid, "body": REPORT} | more


def assessed(uid: str, level: str, **more) -> dict:
    body = ASSESSED | {"level": level}
    return {
        "kind": "case.exploitation_assessed",
        "id": uid,
        "about": [FIRST],
        "regarding": [FIRST],
        "body": body,
    } | more


def told(regarding: str = FIRST, **more) -> dict:
    return {"kind": "intake.report_acknowledged", "regarding": [regarding], "body": {"how": "phone"}} | more


def test_the_mark_of_a_batch_is_a_fault_of_its_field(run) -> None:
    before = size()
    answer = run(reported(body=REPORT | {"batch": "0" * 32}))
    (fault,) = json.loads(answer.stdout)["faults"]
    assert (answer.exit_code, fault["field"], fault["value"], size()) == (1, "body.batch", "0" * 32, before)
    assert fault["message"].endswith("Leave “batch” out.")


LOWER = {"reason": "new_information", "words": "The driver was a parent."}


@pytest.fixture
def run(store, tmp_path: Path):
    """Record a file of these lines (values, or text as it stands) as somebody."""
    app = typer.Typer(pretty_exceptions_enable=False)
    commands.register(app)

    def _run(*lines, by: str = "front-door", words: tuple[str, ...] = ("--json",), stdin: bool = False):
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        path = tmp_path / "facts.jsonl"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        file = "-" if stdin else str(path)
        return CliRunner().invoke(app, ["record", file, "--by", by, *words], input=text if stdin else None)

    return _run


@pytest.fixture
def faults(run):
    """What is wrong with these lines, as (line, field); nothing may have been recorded."""

    def _faults(*lines, by: str = "front-door") -> list[tuple[int, str]]:
        before = size()
        done = run(*lines, by=by)
        assert (done.exit_code, type(done.exception)) == (1, SystemExit)
        made = json.loads(done.stdout)
        attempts = sum(entry.kind == LoweringRefused.kind for batch in every(first=before) for entry in batch)
        assert (made["recorded"], size() - before) == (0, attempts)
        assert all(fault["message"] and fault["rule"] for fault in made["faults"])
        return [(fault["line"], fault["field"]) for fault in made["faults"]]

    return _faults


def test_every_accepted_line_has_a_receipt_that_holds(run) -> None:
    before = size()
    made = json.loads(run(reported(), "", told()).stdout)
    assert (size() - before, [one["line"] for one in made]) == (3, [1, 3])  # two lines, and where the report went
    for one in made:
        handed = Receipt.read(one["receipt"], signer("receipt").verifier())
        assert (handed.entry, handed.leaf_hash) == (UUID(one["id"]), bytes(leaf_of(handed.entry).leaf_hash))


def test_a_line_may_answer_one_before_it_and_be_about_its_child(run) -> None:
    before = counts(now())["met"]
    made = json.loads(run(reported(), told(about=[FIRST])).stdout)
    answer = entry(UUID(made[1]["id"])).saying
    assert (answer.regarding, answer.about) == ((UUID(FIRST),), (mention_of(UUID(FIRST), "child"),))
    assert counts(now())["met"] == before + 1


def test_a_step_that_is_dated_before_what_it_answers_is_a_fault_of_its_line(faults) -> None:
    decided = {"kind": "intake.decision_made", "id": SECOND, "regarding": [FIRST]}
    decided["body"] = DECISION | {"outcome": "strategy_discussion"}
    there = {"present": ["childrens_social_care", "police", "health"], "outcome": "enquiry_together", "why": "Now."}
    held = {"kind": "case.strategy_discussion_held", "regarding": [SECOND], "body": there, "happened": "2026-10-01"}
    assert [line for line, _ in faults(reported(), decided | {"happened": "2026-10-01"})] == [2]
    assert [line for line, _ in faults(reported(), decided, held, by="front-door")] == [3]


def test_the_same_file_again_gives_the_same_receipts_whenever_it_is_sent(run, store) -> None:
    lines = reported(), told(), assessed(SECOND, "serious"), assessed(THIRD, "emerging", lowering=LOWER)
    first, before = run(*lines).stdout, size()
    assert run(*lines).stdout == first
    assert size() == before
    assert [one["proposed"] for one in json.loads(first)] == [False, False, False, True]


def test_standard_input_and_words(run) -> None:
    done = run(reported(), assessed(SECOND, "serious"), assessed(THIRD, "none", lowering=LOWER), words=(), stdin=True)
    assert done.exit_code == 0
    assert done.stdout.count("onrecord receipt v1") == 3
    assert f"Line 3 is recorded as {THIRD}. It waits for a second signature before it counts." in done.stdout
    assert done.stdout.rstrip().endswith("3 lines recorded. Keep the receipts.")


@pytest.mark.parametrize(
    ("given", "earliest", "latest"),
    [
        ("2026-07-01", "2026-06-30T23:00:00Z", "2026-07-01T22:59:59.999999Z"),
        ("2026-07-01T10:00", "2026-07-01T09:00:00Z", "2026-07-01T09:00:00Z"),
        ("2026-07-01T10:00Z", "2026-07-01T10:00:00Z", "2026-07-01T10:00:00Z"),
        ({"earliest": "2026-01-01", "latest": "2026-01-03"}, "2026-01-01T00:00:00Z", "2026-01-03T23:59:59.999999Z"),
        ("2026-10-05", "2026-10-04T23:00:00Z", "2026-10-05T08:00:00Z"),
    ],
)
def test_when_it_happened(run, given, earliest: str, latest: str) -> None:
    assert run(reported(happened=given)).exit_code == 0
    happened = entry(UUID(FIRST)).saying.happened.model_dump(mode="json")
    assert (happened["earliest"], happened["latest"]) == (earliest, latest)


def test_on_whose_behalf_and_in_which_words_it_is_kept(run) -> None:
    run(reported(on_behalf="a neighbour", happened={"earliest": "2026-01-01", "said": "around New Year"}))
    made = entry(UUID(FIRST)).saying
    assert (made.on_behalf, made.happened.said) == ("a neighbour", "around New Year")


WRONG = {
    "not JSON": ("{kind", ""),
    "no object": ("[]", ""),
    "a name twice": ('{"kind": "x", "kind": "y"}', ""),
    "no number": ('{"kind": NaN}', ""),
    "too deep": ("[" * 100_000, ""),
    "half a character": ('{"kind": "\\ud800"}', ""),
    "not UTF-8": ("\udcff\udcfe", ""),
    "no kind": ({"body": {}}, "kind"),
    "an unknown kind": ({"kind": "case.closed", "body": {}}, "kind"),
    "a kind that is no text": ({"kind": ["x"], "body": {}}, "kind"),
    "a body that is a list": (reported(body=[]), "body"),
    "an unknown field": (reported(reciept="x"), "reciept"),
    "an unknown field of the body": (reported(body=REPORT | {"colour": "red"}), "body.colour"),
    "an answer that is missing": (reported(body={**REPORT, "words": ""}), "body.words"),
    "an answer that is no answer": (reported(body=REPORT | {"concern": "worried"}), "body.concern"),
    "a day that is none": (reported(body=REPORT | {"child": {"born": "2012-02-30"}}), "body.child.born"),
    "an id that is none": (reported("first"), "id"),
    "an id that is a number": (reported(7), "id"),
    "ids that are no list": (told(about=FIRST), "about"),
    "a time that is none": (reported(happened="last week"), "happened"),
    "a time that is a number": (reported(happened=2026), "happened"),
    "a time to come": (reported(happened="2026-10-06"), "happened"),
    "a time that ends before it begins": (
        reported(happened={"earliest": "2026-02-01", "latest": "2026-01-01"}),
        "happened",
    ),
    "a time at the end of all days": (reported(happened="9999-12-31"), "happened"),
    "words that are none": (reported(on_behalf=" "), "on_behalf"),
    "a lowering that is text": (told(lowering="capacity"), "lowering"),
    "a report that answers": (reported(SECOND, regarding=[FIRST]), "regarding"),
    "an answer to nothing": ({**told(), "regarding": []}, "regarding"),
    "an answer to what is not there": (told(THIRD), "regarding"),
    "about nobody": (told(about=[THIRD]), "about"),
    "the machine's own kind": (
        {"kind": "duties.seat_found_vacant", "body": {"role": "scrutineer"}},
        "kind",
    ),
    "an id that stands for something else": (reported(body=REPORT | {"words": "Something else."}), "id"),
    "lower without a reason": (assessed(THIRD, "moderate"), "lowering"),
    "lower for a reason that is none": (
        assessed(THIRD, "moderate", lowering=LOWER | {"reason": "x"}),
        "lowering.reason",
    ),
    "lower without words": (assessed(THIRD, "moderate", lowering=LOWER | {"words": " "}), "lowering.words"),
    "lower for what is never a reason": (
        assessed(THIRD, "moderate", lowering=LOWER | {"reason": "reputation"}),
        "lowering.reason",
    ),
    "a correction that is no value": (
        {"kind": "ledger.corrected", "regarding": [SECOND], "body": {"field": "level", "value": "x", "why": "Typed."}},
        "body",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_line_refuses_the_file_and_says_where(faults, run, name: str) -> None:
    line, field = WRONG[name]
    assert run(reported(), assessed(SECOND, "serious")).exit_code == 0
    assert faults(reported("00000000-0000-4000-8000-0000000000aa"), line, told()) == [(2, field)]


def test_all_faults_of_all_lines_are_told_at_once(faults, run) -> None:
    run(reported(), assessed(SECOND, "serious"))
    wrong = [line for line, _ in WRONG.values()]
    expected = [(number, field) for number, (_, field) in enumerate(WRONG.values(), start=1)]
    assert faults(*wrong) == expected


def test_a_line_that_answers_a_broken_line_says_so(faults) -> None:
    assert faults(reported(body={}), told(), told(about=[FIRST])) == [
        *((1, f"body.{name}") for name in ("child", "words", "concern", "danger_now", "positions")),
        (2, "regarding"),
        (3, "regarding"),
    ]


def test_what_is_recorded_before_a_broken_line_is_taken_back(faults, run) -> None:
    before, lines = counts(now())["open"], [reported(), assessed(SECOND, "serious"), assessed(THIRD, "none")]
    assert faults(*lines) == [(3, "lowering")]
    assert counts(now())["open"] == before
    assert run(*lines[:2]).exit_code == 0


def test_an_attempt_for_a_refused_reason_is_on_record_though_the_file_is_not(faults, run) -> None:
    run(reported(), assessed(SECOND, "serious"))
    before = size()
    lowering = {"reason": "community_cohesion", "words": "It would upset people."}
    assert faults(told(), assessed(THIRD, "none", lowering=lowering)) == [(2, "lowering.reason")]
    (attempt,) = [entry for batch in every(first=before) for entry in batch]
    assert attempt.saying.fact.reason == "community_cohesion"
    assert (attempt.saying.on_behalf, attempt.saying.regarding) == ("front-door", (UUID(FIRST),))


def test_only_the_roles_a_fact_names_may_say_it(faults, run) -> None:
    run(reported())
    decided = {"kind": "intake.decision_made", "regarding": [FIRST], "body": DECISION}
    assert faults(decided, by="teacher") == [(1, "kind")]
    assert run(decided).exit_code == 0


@pytest.mark.parametrize(("by", "status"), [("admin", 1), ("nobody", 2)])
def test_a_person_who_may_not_record_is_refused(run, by: str, status: int) -> None:
    before = size()
    for words in ((), ("--json",)):
        done = run(reported(), by=by, words=words)
        assert (done.exit_code, type(done.exception), size()) == (status, SystemExit, before)


def test_an_empty_file_and_a_missing_file_say_so(faults, run, tmp_path: Path) -> None:
    assert faults("") == faults("\n \n") == [(1, "")]
    app = typer.Typer(pretty_exceptions_enable=False)
    commands.register(app)
    assert CliRunner().invoke(app, ["record", str(tmp_path / "none"), "--by", "teacher"]).exit_code == 2


def test_in_words_twenty_faults_are_shown_and_the_rest_counted(run) -> None:
    done = run(*["{"] * 30, words=())
    assert done.stderr.count("one JSON object a line") == 20
    assert "Nothing was recorded: 30 faults" in done.stderr
    assert "And 10 more; --json lists them all." in done.stderr


def test_a_file_for_which_everybody_would_wait_too_long_is_not_begun(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "MOST", 1)
    before = size()
    assert (run(reported(), reported(SECOND)).exit_code, size()) == (2, before)
