"""`onrecord inquiry`: its JSON, its words, and its exit status."""

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner, Result

from onrecord.borough import commands, inquiry
from onrecord.borough.play import Play
from onrecord.case.facts import MeetingHeld
from tests.house.tree import ROOT

SAID = {"what", "rule", "at", "due", "owed_by", "told"}


@pytest.fixture
def run(django_db_blocker: object, made: object) -> Callable[..., Result]:
    """The command, run in this process."""
    app = typer.Typer()
    commands.register(app)

    def ask(*words: str) -> Result:
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            return CliRunner().invoke(app, list(words))

    return ask


def silent(play: Play, enacted: bool) -> None:
    """A failure that nothing catches."""
    play.wait(days=60)


def loud(play: Play, enacted: bool) -> None:
    """A failure in either telling."""
    play.say("tomasz-wolny", MeetingHeld)
    play.wait(days=60)


def only(monkeypatch: pytest.MonkeyPatch, story: Callable[[Play, bool], None]) -> None:
    planted = {7: SimpleNamespace(ROW=7, TITLE="Planted", story=story)}
    for module in (commands, inquiry):
        monkeypatch.setattr(module, "scenarios", lambda: planted)


def test_json(run: Callable[..., Result]) -> None:
    answer = run("--json", "20", "1")
    told = json.loads(answer.stdout)
    assert (answer.exit_code, told["caught"], told["of"]) == (0, 2, 94)
    assert [(row["row"], row["caught"]) for row in told["rows"]] == [(20, True), (1, True)]
    for item in (item for row in told["rows"] for item in row["raised"]):
        assert set(item) == SAID
        assert {frozenset(told) for told in item["told"]} == {frozenset({"who", "at", "outside"})}
        assert any(told["outside"] is True for told in item["told"])


def test_the_same_bytes_each_time(run: Callable[..., Result]) -> None:
    assert run("--json", "89").stdout == run("--json", "89").stdout


def test_words(run: Callable[..., Result]) -> None:
    answer = run("76")
    assert answer.exit_code == 0
    for said in ("Row 76.", "caught", "tell-the-referrer", "end of Tue 6 Oct 2026", "OUTSIDE", "1 of 1 rows"):
        assert said in answer.stdout


def test_a_row_without_a_story_is_named_with_those_that_have_one(run: Callable[..., Result]) -> None:
    answer = run("1", "3", "4")
    assert answer.exit_code == 2
    assert (
        f"Row 3, 4 has no story yet. These can be played: {', '.join(map(str, sorted(inquiry.scenarios())))}."
        in answer.stderr
    )


def test_a_silent_row_is_a_failure(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, silent)
    answer = run("--json")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["rows"] == [
        {"row": 7, "title": "Planted", "caught": False, "recorded": [], "raised": []}
    ]


def test_done_properly_is_silent(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--proper", "20").exit_code == 0
    only(monkeypatch, loud)
    assert run("--proper").exit_code == 1


def test_the_readme_says_how_many_rows_can_be_played() -> None:
    said = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert f"Of the {inquiry.OF} failures on our list {len(inquiry.scenarios())} can be played" in said
