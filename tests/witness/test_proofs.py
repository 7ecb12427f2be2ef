"""A proof for a court: made by the record, checked by the witness's program without the record or a network."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.ledger.actions import checkpoint
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.models import StoredLeaf
from onrecord_witness import cli
from onrecord_witness.home import Home, Trusted
from onrecord_witness.judge import answer
from onrecord_witness.keys import LOG, Key
from tests.partnership import ORIGIN, START, Store

RUN = CliRunner()


@pytest.fixture
def outside(store: Store, tmp_path: Path, fresh_home: Path) -> Home:
    """A witness who is named, and asked by files."""
    home = Home(tmp_path / "witness")
    home.make_key("inspectorate.example/witness")
    home.trust(Trusted(ORIGIN, (Key.read(str(signer("checkpoint").verifier()), LOG),)))
    policy = f"witness inspectorate {home.key()} stick\nquorum inspectorate\n"
    (fresh_home / "witnesses.policy").write_text(policy)
    (tmp_path / "policy").write_text(policy)
    return home


@pytest.fixture
def bundle(store: Store, outside: Home, fresh_home: Path, tmp_path: Path) -> tuple[Path, str]:
    """Proofs of three entries; the folder, and the id of the one that was witnessed and is not the last."""
    first = store.report()
    checkpoint()
    made = answer(outside, (fresh_home / "stick/default/request").read_bytes(), int(START.timestamp()))
    (fresh_home / "stick/default/answer").write_bytes(made.body)
    store.report(words="Another worry.")
    checkpoint()
    ids = [str(first.id), str(StoredLeaf.objects.get(seq=0).uid), str(StoredLeaf.objects.latest("seq").uid)]
    done = RUN.invoke(app, ["prove", str(tmp_path / "court"), *ids])
    assert done.exit_code == 0
    return tmp_path / "court", ids[0]


def checked(capsys: pytest.CaptureFixture[str], folder: Path, uid: str, *more: object) -> tuple[int, str]:
    """What the witness's program says of a proof."""
    words = ["proof", folder / f"{uid}.entry", "--proof", folder / f"{uid}.tlog-proof", "--key", folder / "log.vkey"]
    status = cli.main([*map(str, words), "--home", str(folder / "nobody"), *map(str, more)])
    return status, capsys.readouterr().out.strip()


def test_every_proof_of_a_bundle_holds(bundle: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    folder, _ = bundle
    ids = [path.stem for path in folder.glob("*.entry")]
    assert [checked(capsys, folder, uid)[0] for uid in ids] == [0] * 3


def test_a_witnessed_checkpoint_comes_with_it(
    bundle: tuple[Path, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder, uid = bundle
    row = StoredLeaf.objects.get(uid=uid)
    status, words = checked(capsys, folder, uid, "--policy", tmp_path / "policy")
    assert status == 0
    assert words.startswith(f"The entry stands at number {row.seq} of the ")
    assert words.endswith(f"entries of {ORIGIN}, signed, witnessed by inspectorate.")
    said = json.loads(checked(capsys, folder, uid, "--policy", tmp_path / "policy", "--json")[1])
    assert (said["holds"], said["index"], said["witnessed"]) == (True, row.seq, ["inspectorate"])


def test_what_was_changed_is_refused(
    bundle: tuple[Path, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder, uid = bundle
    entry, proof = folder / f"{uid}.entry", folder / f"{uid}.tlog-proof"
    whole, page = entry.read_bytes(), proof.read_text()
    entry.write_bytes(whole.replace(b"report", b"retort"))
    assert checked(capsys, folder, uid)[0] == 1
    entry.write_bytes(whole)
    for changed in (
        page.replace("index ", "index 1", 1),
        page.replace(ORIGIN, "other.example", 1),
        page[:-9] + "AAAA\n",
    ):
        proof.write_text(changed)
        assert checked(capsys, folder, uid, "--policy", tmp_path / "policy")[0] == 1


def test_it_holds_no_word_of_what_was_said(bundle: tuple[Path, str]) -> None:
    folder, _ = bundle
    text = b"".join(path.read_bytes() for path in folder.iterdir()).decode()
    assert [word for word in ("Zephyrine", "marmalade", "teacher", "Hill School") if word in text] == []


def test_what_is_not_signed_has_no_proof(store: Store, tmp_path: Path) -> None:
    made = store.report()
    done = RUN.invoke(app, ["prove", str(tmp_path / "court"), str(made.id)])
    assert (done.exit_code, "No checkpoint holds this entry yet" in done.stderr) == (1, True)


def test_the_log_of_reads_has_proofs_too(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint("reads")
    uid = str(StoredLeaf.objects.using("reads").get(seq=1).uid)
    assert RUN.invoke(app, ["prove", str(tmp_path / "court"), uid, "--reads"]).exit_code == 0
    status, words = checked(capsys, tmp_path / "court", uid)
    assert (status, f"{ORIGIN}/reads" in words) == (0, True)
