"""A receipt says which witnesses were promised when it was given; the record says whether the promise was kept."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.ledger.actions import checkpoint, publish, receipt
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.queries import (
    receipt_standing,
    size,
)
from onrecord.ledger.rules.receipt import Promise, Receipt, spoken_standing
from onrecord_witness.home import Home
from onrecord_witness.judge import answer
from tests.partnership import START, Store
from tests.stages.ledger.witnessing import named

DAY = timedelta(hours=24)


def test_a_receipt_promises_what_the_policy_said_when_it_was_given(
    store: Store, outside: Home, fresh_home: Path
) -> None:
    before = store.report()
    text = named(fresh_home, outside, "")
    checkpoint()
    after = store.report()
    named(fresh_home, outside, "", "none")
    checkpoint()
    last = store.report()
    promises = [Receipt.read(receipt(made.id), signer("receipt").verifier()).promise for made in (before, after, last)]
    witnessed = Promise("inspectorate", sha256(text.encode()).hexdigest())
    assert promises == [Promise(), witnessed, witnessed]  # fewer are asked only when somebody outside agrees
    assert receipt(after.id).split("\n")[4:6] == [
        "This entry will stand within 24 hours in a checkpoint signed by us and by inspectorate."
        " If it does not, this receipt is evidence.",
        f"policy {sha256(text.encode()).hexdigest()}",
    ]


def said(uid: object, at: datetime) -> tuple[str, str]:
    made = receipt_standing(uid, at)  # type: ignore[arg-type]
    return made.code, spoken_standing(made)


def test_the_export_holds_every_policy_by_which_a_receipt_was_given(
    store: Store, outside: Home, fresh_home: Path, tmp_path: Path
) -> None:
    texts = [named(fresh_home, outside, "", "none"), ""]
    checkpoint()
    texts[1] = named(fresh_home, outside, "")
    checkpoint()
    assert publish(tmp_path / "log").added == 2 + len(texts)
    held = {path.name: path.read_text() for path in (tmp_path / "log" / "policy").iterdir()}
    assert held == {sha256(text.encode()).hexdigest(): text for text in texts}


def test_what_became_of_a_receipt_without_witnesses(store: Store) -> None:
    made = store.report()
    assert said(made.id, START + DAY) == ("promised", "Promised until 2026-10-06 08:00 UTC.")
    assert said(made.id, START + DAY + timedelta(seconds=1))[0] == "broken"
    with playing(START + timedelta(hours=2)):
        checkpoint()
    assert said(made.id, START + 9 * DAY) == ("included", "Included: 2026-10-05 10:00 UTC.")


def carried(outside: Home, fresh_home: Path, at: datetime) -> None:
    """Sign a checkpoint, carry it to the witness at that time, and bring the answer back."""
    with playing(at):
        checkpoint()
        made = answer(outside, (fresh_home / "stick/default/request").read_bytes(), int(at.timestamp()))
        (fresh_home / "stick/default/answer").write_bytes(made.body)
        checkpoint()


def test_what_became_of_a_receipt_with_a_witness(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "stick")
    checkpoint()
    made = store.report()
    checkpoint()
    assert said(made.id, START + DAY)[0] == "promised"
    assert said(made.id, START + 2 * DAY) == (
        "broken",
        "Promise broken: this is evidence. It was due on 2026-10-06 08:00 UTC, and it has not been kept.",
    )
    carried(outside, fresh_home, START + timedelta(hours=3))
    assert said(made.id, START + 9 * DAY) == ("witnessed", "Included and witnessed: 2026-10-05 11:00 UTC.")


def test_a_promise_that_was_kept_late_was_broken(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "stick")
    checkpoint()
    made = store.report()
    carried(outside, fresh_home, START + 2 * DAY)
    assert said(made.id, START + 9 * DAY)[1].endswith("and it was kept only on 2026-10-07 08:00 UTC.")


def test_the_commands_say_it(store: Store, outside: Home, fresh_home: Path, tmp_path: Path) -> None:
    run_it = CliRunner()
    assert "nobody else" in run_it.invoke(app, ["witnesses"]).stdout
    named(fresh_home, outside, "stick")
    checkpoint()
    assert run_it.invoke(app, ["witnesses"]).exit_code == 1
    made = store.report()
    (tmp_path / "receipt").write_text(receipt(made.id))
    carried(outside, fresh_home, START)
    told = run_it.invoke(app, ["receipt", str(tmp_path / "receipt")])
    assert (told.exit_code, told.stdout) == (
        0,
        "The record holds this entry, unchanged. Included and witnessed: 2026-10-05 08:00 UTC.\n",
    )
    listed = run_it.invoke(app, ["witnesses", "--json"])
    assert (listed.exit_code, json.loads(listed.stdout)) == (
        0,
        {
            "quorum": "inspectorate",
            "enough": True,
            "file": "",
            "signed": {"inspectorate": {"size": size(), "at": "2026-10-05T08:00:00+00:00"}},
        },
    )
    with playing(START + timedelta(hours=26)):
        late = run_it.invoke(app, ["witnesses"])
        (tmp_path / "other").write_text(store.receipt())
    assert (late.exit_code, "Too few" in late.stdout) == (1, True)
    with playing(START + timedelta(hours=60)):
        assert run_it.invoke(app, ["receipt", str(tmp_path / "other")]).exit_code == 1
