"""What goes wrong and stops nothing is logged, with where it went wrong and never with anybody's words."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from onrecord.intake import projector as intake
from onrecord.ledger.actions import checkpoint, heal, rebuild
from onrecord.ledger.actions.append import project
from onrecord.ledger.actions.heads import signed_before
from onrecord.ledger.actions.rebuild import NotReplayed
from onrecord.ledger.actions.witness import gather
from onrecord.ledger.models import Opening, Unprojected
from onrecord.ledger.queries import entries, lines, policy_line, witness_file
from onrecord_witness.home import Home
from tests.partnership import Store
from tests.stages.ledger.tampering import run, uid_value, unguarded
from tests.stages.ledger.witnessing import named

PROJECTOR = "onrecord.intake.projector"


def broken(made: object) -> None:
    raise ZeroDivisionError("a planted fault, with a child's words")


def one_at_a_time(made: Any) -> None:
    if len(made) != 1:
        raise ZeroDivisionError("a planted fault, with a child's words")


def told(logged: Any) -> list[dict[str, Any]]:
    """What was logged, without where in the program; no words are in it."""
    assert "words" not in json.dumps(logged)
    return [{name: said for name, said in one.items() if name not in ("where", "log_level")} for one in logged]


def failed(**more: object) -> dict[str, object]:
    return {"event": "projection failed", "error": "ZeroDivisionError"} | more


def test_a_projector_that_fails_is_named_and_by_which_entries(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "project", broken)
    with capture_logs() as logged:
        made = store.report()
    first, second = (made.seq, made.seq + 1)
    assert told(logged) == [
        failed(kinds=["intake.report_received"]),
        failed(projector=PROJECTOR, seq=first),
        failed(kinds=["intake.report_routed"]),
        failed(projector=PROJECTOR, seq=second),
    ]
    found = entries([line.id for line in lines([made.id])])
    monkeypatch.setattr(sys.modules[project.__module__], "projectors", lambda: (intake,))
    with capture_logs() as logged:
        project(found)
    assert told(logged) == [failed(first=first, count=1), failed(projector=PROJECTOR, seq=first)]
    assert Unprojected.objects.filter(seq=first).count() == 1


def test_what_still_fails_is_not_healed_and_said_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert heal() == 0
    monkeypatch.setattr(intake, "project", broken)
    made = store.report()
    with capture_logs() as logged:
        assert heal() == 0
    assert told(logged) == [
        {"event": "projection still fails", "projector": PROJECTOR, "seq": seq, "error": "ZeroDivisionError"}
        for seq in (made.seq, made.seq + 1)
    ]
    with pytest.raises(NotReplayed, match="the tables stay as they were"):
        rebuild(check=False)
    assert Unprojected.objects.count() == 2
    monkeypatch.setattr(intake, "project", one_at_a_time)
    monkeypatch.setattr(sys.modules[heal.__module__], "rebuild", lambda **how: broken(how))
    with capture_logs() as logged:
        assert heal() == 0
    assert told(logged) == [
        {"event": "the read tables could not be rebuilt", "owed": 2, "error": "ZeroDivisionError"},
    ]


def test_an_entry_is_tried_by_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as planted:
        planted.setattr(intake, "project", broken)
        store.report()
    plain = intake.project
    monkeypatch.setattr(intake, "project", lambda made: (one_at_a_time(made), plain(made)))
    assert heal() == 2
    assert Unprojected.objects.count() == 0


def test_what_stands_already_is_mended_too(store: Store) -> None:
    made = store.report()
    Unprojected.objects.create(seq=made.seq, projector="onrecord.ledger.projector", error="IntegrityError")
    assert (heal(), Unprojected.objects.count()) == (1, 0)


def test_a_file_of_witnesses_that_is_not_used_is_logged(store: Store, fresh_home: Path) -> None:
    (fresh_home / "witnesses.policy").write_text("quorum nobody\n")
    with capture_logs() as logged:
        checkpoint()
    assert [one["event"] for one in logged] == ["the policy file is not used"]
    assert (bool(logged[0]["why"]), policy_line(), witness_file()) == (True, None, "")


def test_a_witness_who_does_not_sign_is_named(
    store: Store, outside: Home, fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(fresh_home, outside, "stick")
    with capture_logs() as logged:
        checkpoint()
    why = {"witness": "inspectorate", "why": "FileNotFoundError"}
    assert told(logged) == [
        {"event": "a witness holds nothing of ours", **why},
        {"event": "a witness did not sign", "ledger": "default", **why},
    ]
    (fresh_home / "stick/default/request").write_text("")
    with capture_logs() as logged:
        signed_before("default")
    assert [(one["event"], one["witness"]) for one in logged] == [("a witness holds nothing of ours", "inspectorate")]
    monkeypatch.setattr(sys.modules[gather.__module__], "_ask", lambda *given: broken(given))
    with capture_logs() as logged:
        checkpoint("reads")
    assert told(logged)[-1] == {
        "event": "a witness could not be asked",
        "witness": "inspectorate",
        "ledger": "reads",
        "error": "ZeroDivisionError",
    }


def test_a_policy_that_no_longer_opens_is_logged_and_asks_nobody(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "stick")
    checkpoint()
    line = policy_line()
    assert line is not None
    (fresh_home / "stick/default/request").unlink()
    sealed = bytes(Opening.objects.get(uid=line.id).sealed)
    with unguarded():
        run("UPDATE ledger_opening SET sealed = %s WHERE uid = %s", [sealed[::-1], uid_value(line.id)])
    with capture_logs() as logged:
        signed_before("default")
    assert told(logged) == [{"event": "the policy in force cannot be read", "error": "InvalidTag"}]
    (fresh_home / "witnesses.policy").write_text("quorum none\n")
    with capture_logs() as logged:
        checkpoint()
    assert {one["event"] for one in logged} == {"the policy in force cannot be read"}
    assert (len(logged), policy_line()) == (3, line)  # asked by the file, by what is held outside, and to sign
    assert not (fresh_home / "stick/default/request").exists()
