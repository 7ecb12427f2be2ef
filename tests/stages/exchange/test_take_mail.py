"""`onrecord take mail`: each e-mail becomes one report with a receipt, however often it is taken."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import typer
from typer.testing import CliRunner, Result

from onrecord.exchange import commands
from onrecord.exchange.actions import take_mail
from onrecord.exchange.actions.mail import BEFORE, FAILED, TAKEN, Taken
from onrecord.intake.actions import open_original
from onrecord.intake.facts import ReportReceived
from onrecord.intake.gateway import messages_in
from onrecord.intake.queries import originals
from onrecord.ledger.actions import receipt
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.files import kept_files
from onrecord.ledger.queries import entry, size
from tests.partnership import START, Store
from tests.stages.intake.papers import WORDS, message


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Callable[..., list[Taken]]:
    """Take one message, the invented one or another, as the front door's own user or somebody else."""

    def _take(raw: bytes | None = None, by: str = "front-door") -> list[Taken]:
        (tmp_path / "one.eml").write_bytes(message().as_bytes() if raw is None else raw)
        return take_mail(store.viewer(by), messages_in(tmp_path / "one.eml"), now())

    return _take


@pytest.fixture
def run(store: Store) -> Callable[..., Result]:
    app = typer.Typer(pretty_exceptions_enable=False)
    commands.register(app)
    return lambda *words: CliRunner().invoke(app, ["take", *map(str, words)])


def test_an_email_is_a_report_with_a_receipt(take: Callable[..., list[Taken]]) -> None:
    taken = take()[0]
    assert taken.id is not None
    saying = entry(taken.id).saying
    assert isinstance(saying.fact, ReportReceived)
    assert saying.fact.words.strip() == f"Worry about Zephyrine\n\n{WORDS}"
    assert (saying.fact.concern, saying.fact.danger_now, saying.fact.positions) == ("not_sure", "unknown", "unknown")
    assert (saying.by, saying.on_behalf) == ("front-door", "nia@hill.example")
    assert (saying.happened.earliest, saying.happened.said) == (START, "E-mail dated Mon, 05 Oct 2026 08:12:00 +0100")
    assert (taken.state, taken.receipt, taken.files) == (TAKEN, receipt(taken.id), 2)


def test_the_message_and_what_was_attached_are_kept_sealed(take: Callable[..., list[Taken]], store: Store) -> None:
    uid = take()[0].id
    assert uid is not None
    kept = originals(uid)
    found = {fact.name: open_original(store.viewer("front-door"), one, now())[1] for one, fact in kept}
    assert found == {"one.eml": message().as_bytes(), "letter.pdf": b"letter bytes"}


def test_taken_twice_it_is_one_report_also_an_hour_later_and_by_another(take: Callable[..., list[Taken]]) -> None:
    first, before, files = take()[0], size(), kept_files()
    with playing(START.replace(hour=10)):
        again = take()[0]
    other = take(by="team-manager")[0]
    assert [(one.state, one.id, one.receipt) for one in (again, other)] == [(BEFORE, first.id, first.receipt)] * 2
    assert (size(), kept_files()) == (before, files)


def test_whoever_borrows_a_message_id_does_not_keep_the_other_out(take: Callable[..., list[Taken]]) -> None:
    first = take(message(words="Nothing at all.").as_bytes())[0]
    second = take()[0]
    assert second.state == TAKEN
    assert second.id != first.id
    assert (take()[0].state, take()[0].id) == (BEFORE, second.id)


def test_without_a_message_id_the_message_itself_is_its_number(take: Callable[..., list[Taken]]) -> None:
    one = take(message(number="").as_bytes())[0]
    assert take(message(number="").as_bytes())[0].id == one.id
    assert take(message(number="", words="Another.").as_bytes())[0].id != one.id


def test_all_of_a_message_or_nothing(
    take: Callable[..., list[Taken]], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = size()
    monkeypatch.setattr(
        "onrecord.intake.actions.originals.keep_file", lambda uid, data: (_ for _ in ()).throw(OSError(28, "full"))
    )
    assert [(one.state, one.id, one.why) for one in take()] == [(FAILED, None, "full")]
    assert size() == before


def test_whatever_breaks_in_one_message_the_next_is_taken(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> bytes:
        raise KeyError("anything")

    messages = [(tmp_path / "a", 1, broken), (tmp_path / "b", 1, message().as_bytes)]
    found = take_mail(store.viewer("front-door"), messages, now())
    assert [(one.state, one.why) for one in found] == [(FAILED, "It could not be taken (KeyError)."), (TAKEN, "")]


def test_an_administrator_takes_none(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(message().as_bytes())
    before = size()
    done = run("mail", tmp_path, "--by", "admin")
    assert (done.exit_code, size()) == (1, before)
    assert "It cannot record facts about a child." in done.stderr


def test_a_folder_is_summed_up_and_one_failure_is_answered_with_1(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(message().as_bytes())
    (tmp_path / "two.eml").write_bytes(b"no e-mail")
    done = run("mail", tmp_path, "--by", "front-door")
    assert done.exit_code == 1
    assert "onrecord receipt v1" in done.stdout
    assert "This is no e-mail: it begins without From, Date or Subject." in done.stdout
    assert done.stdout.splitlines()[-1] == "1 taken, 0 taken before, 1 not taken. Keep the receipts."
    assert WORDS not in done.output
    assert sorted(one.name for one in tmp_path.glob("*.*")) == ["one.eml", "two.eml"]


def test_json_says_the_same(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(message().as_bytes())
    done = run("mail", tmp_path / "one.eml", "--by", "front-door", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [(one["file"], one["message"], one["state"], one["files"]) for one in told] == [("one.eml", 1, TAKEN, 2)]
    assert told[0]["receipt"] == receipt(told[0]["id"])


def test_a_draft_is_recorded_and_its_file_joined(run: Callable[..., Result], tmp_path: Path, store: Store) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(message().as_bytes())
    draft = json.loads(run("paper", path, "--by", "front-door").stdout)
    assert (draft["kind"], draft["on_behalf"]) == (ReportReceived.kind, "nia@hill.example")
    assert run("paper", path, "--by", "front-door", "--join", draft["id"]).exit_code == 1
    made = store.report("front-door", uid=UUID(draft["id"]), **draft["body"])
    done = run("paper", path, "--by", "front-door", "--join", draft["id"])
    assert (done.exit_code, done.stdout) == (0, "2 files kept sealed with the report.\n")
    assert len(originals(made.id)) == 2
    assert run("paper", path, "--by", "teacher", "--join", draft["id"]).exit_code == 1
