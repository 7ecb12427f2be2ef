"""`onrecord facts` and `onrecord duties`: what is on record and what is owed, at a date, as known at a date."""

import json
from datetime import timedelta

import pytest
import typer
from typer.testing import CliRunner

from onrecord.access.facts import RecordOpened
from onrecord.duties import commands
from onrecord.intake.facts import ReportAcknowledged
from onrecord.ledger.facts import Corrected
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import every, size

DAY = timedelta(days=1)


@pytest.fixture
def run(store):
    """Run one of the stage's commands."""
    app = typer.Typer(pretty_exceptions_enable=False)
    commands.register(app)
    return lambda *words: CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def answered(store):
    """A report, acknowledged a day later, and put right the day after that."""
    report = store.report()
    with playing(store.start + DAY):
        store.say("front-door", ReportAcknowledged(how="phone"), report)
    with playing(store.start + 2 * DAY):
        words = "She said a [red]green[/red] car waits.\x1b[31m"
        store.say("teacher", Corrected(field="words", value=json.dumps(words), why="Mistyped."), report)
    with playing(store.start + 3 * DAY):
        yield report


def kinds(run, *words) -> list[str]:
    return [one["kind"] for one in json.loads(run("facts", "--by", "front-door", "--json", *words).stdout)]


def test_facts_are_listed_as_sentences_in_order_and_corrected(run, answered) -> None:
    (line, count) = run("facts", "--by", "front-door", "--kind", "intake.report_received").stdout.splitlines()
    assert line == (
        f"{answered.id}  5 October 2026: A worry about Zephyrine Quillfeather was reported (Sexual exploitation): "
        "“She said a [red]green[/red] car waits. [31m” (put right: words)"
    )
    assert count == "1 fact in effect."


def test_facts_about_one_child_by_mention_or_by_report(run, answered, store) -> None:
    store.report(child={"described": "a boy in a grey coat"})
    for uid in (answered.id, answered.mentions[0]):
        (line, *rest, count) = run("facts", "--by", "front-door", "--about", uid).stdout.splitlines()
        assert line.startswith(f"{answered.id}  5 October 2026: A worry about Zephyrine Quillfeather")
        assert [one for one in (*rest, count) if "grey coat" in one] == []
        assert count == f"{len(rest) + 1} facts in effect."


def test_facts_as_they_were_and_as_they_were_known(run, answered, store) -> None:
    told = "intake.report_received", "intake.report_acknowledged"
    days = [(store.start + number * DAY).date() for number in range(-1, 3)]
    found = [[kind for kind in kinds(run, "--known-at", day) if kind in told] for day in days]
    assert found == [[], [told[0]], list(told), list(told)]
    assert [kind for kind in kinds(run, "--as-at", store.start.date()) if kind in told] == [told[0]]
    before = run("facts", "--by", "front-door", "--kind", told[0], "--known-at", days[2]).stdout
    assert "marmalade" in before


def test_each_look_is_noted_as_a_read_before_anything_is_shown(run, answered, monkeypatch) -> None:
    before = size("reads")
    assert run("facts", "--by", "front-door", "--about", answered.id).exit_code == 0
    (noted,) = [entry for batch in every("reads", before) for entry in batch]
    assert isinstance(noted.saying.fact, RecordOpened)
    assert (noted.saying.by, noted.saying.fact.what, noted.saying.about) == ("front-door", "facts", answered.mentions)
    monkeypatch.setattr("onrecord.duties.actions.listing.note_opened", lambda *given: 1 / 0)
    assert "Quillfeather" not in run("facts", "--by", "front-door").output


@pytest.mark.parametrize("by", [["--by", "teacher"], ["--by", "admin"], ["--by", "scrutineer"], []])
def test_nobody_else_may_list_facts(run, answered, by: list[str]) -> None:
    before = size("reads")
    done = run("facts", *by, "--about", answered.id)
    assert (done.exit_code, done.stdout, size("reads")) == (1, "", before)
    assert "Only the front door that decides can see this." in done.stderr


def test_duties_are_folded_at_a_date_as_known_at_a_date(run, answered, store) -> None:
    def states(*words) -> dict[str, str]:
        told = json.loads(run("duties", "--json", *words).stdout)
        return {one["rule"]: one["state"] for one in told if one["opening"] == str(answered.id)}

    assert states()["acknowledge-referral"] == "met"
    assert states()["decide-next-step"] == "late"
    assert states("--as-at", "2026-10-05")["decide-next-step"] == "open"
    assert states("--known-at", "2026-10-05T09:00")["acknowledge-referral"] == "late"
    assert states("--known-at", "2026-10-04") == {}


def test_duties_by_state_in_a_table_without_names(run, answered) -> None:
    done = run("duties", "--state", "late")
    lines = [line.split() for line in done.stdout.splitlines()]
    told = json.loads(run("duties", "--state", "late", "--json").stdout)
    assert [line[0] for line in lines[1:-1]] == [one["reference"] for one in told]
    assert {line[-1] for line in lines[1:-1]} == {"late"}
    assert lines[-1] == [str(len(told)), "duties."]
    assert "front door, social-care" in done.stdout
    assert "2026-10-07 00:00" in done.stdout
    assert "Quillfeather" not in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("duties", "--as-at", "yesterday"),
        ("duties", "--known-at", "2026-13-01"),
        ("duties", "--as-at", "0001-01-01T00:00+14:00"),
        ("duties", "--as-at", "9999-12-31"),
        ("duties", "--state", "forgotten"),
        ("facts", "--by", "front-door", "--as-at", "03/10/2026"),
        ("facts", "--by", "front-door", "--kind", "case.closed"),
        ("facts", "--by", "front-door", "--about", "Zephyrine"),
        ("facts", "--by", "nobody"),
    ],
)
def test_wrong_usage_answers_two_in_words(run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, type(done.exception)) == (2, SystemExit)
    assert "Invalid value" in done.stderr


def test_nothing_owed_and_nothing_known_yet_are_answers(run, store) -> None:
    assert run("duties", "--known-at", "2020-01-01").stdout.splitlines()[-1] == "0 duties."
    assert run("facts", "--by", "front-door", "--known-at", "2020-01-01").stdout == "0 facts in effect.\n"
    assert now() == store.start
