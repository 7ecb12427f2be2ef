"""Keys: made once, each for one use, read again when they were changed, and missed aloud when they are gone."""

import base64
import json
import os
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from onrecord.ledger.gateway import keys
from onrecord.ledger.gateway.home import Damaged
from onrecord.ledger.gateway.keys import (
    drawn,
    make_following,
    make_keys,
    match_key,
    retire,
    salts,
    seal,
    seal_key_id,
    signer,
    signers,
    unseal,
    verifiers,
)
from tests.partnership import ORIGIN

pytestmark = pytest.mark.django_db

UID = UUID("5f1f7c3e-6f0b-4c7e-9f55-1d3c1a4c2b70")


def held(home: Path, name: str) -> dict[str, str]:
    """What a key file says."""
    found: dict[str, str] = json.loads((home / "keys" / f"{name}.json").read_text())
    return found


def test_a_key_is_an_id_and_32_bytes_and_what_is_there_is_left_alone(fresh_home: Path) -> None:
    for path in (fresh_home / "keys").iterdir():
        path.unlink()
    make_keys()
    before = {path.name: path.read_text() for path in (fresh_home / "keys").iterdir()}
    make_keys()
    assert sorted(before) == ["checkpoint.json", "match.json", "receipt.json", "seal.json"]
    assert {path.name: path.read_text() for path in (fresh_home / "keys").iterdir()} == before
    made = [json.loads(text) for text in before.values()]
    assert [(sorted(one), len(bytes.fromhex(one["id"])), len(base64.b64decode(one["key"]))) for one in made] == [
        (["id", "key"], 8, 32)
    ] * 4
    assert len({one["key"] for one in made}) == 4
    assert seal_key_id() == held(fresh_home, "seal")["id"]
    assert match_key() == base64.b64decode(held(fresh_home, "match")["key"])


def test_checkpoints_are_signed_in_the_name_of_the_origin_and_receipts_in_another(fresh_home: Path) -> None:
    assert (signer("checkpoint").name, signer("receipt").name) == (ORIGIN, f"{ORIGIN}/receipt")
    assert signer("receipt").secret == base64.b64decode(held(fresh_home, "receipt")["key"])


def test_a_key_that_follows_takes_the_place_of_the_one_before(fresh_home: Path) -> None:
    first = signer("receipt").verifier()
    second = make_following("receipt")
    assert make_following("receipt") == second
    assert [one.verifier() for one in signers("receipt")] == [first, second]
    retire("receipt")
    assert [one.verifier() for one in signers("receipt")] == [second]
    third = make_following("receipt")
    retire("receipt")
    assert verifiers("receipt") == [third, first, second]
    assert json.loads((fresh_home / "keys" / "receipt-retired.json").read_text()) == {"keys": [str(first), str(second)]}


def test_what_another_process_put_in_the_place_of_a_key_is_read_again(fresh_home: Path) -> None:
    path = fresh_home / "keys" / "receipt.json"
    before, other = signer("receipt").secret, bytes(range(32))
    path.write_text(json.dumps({"id": "00", "key": base64.b64encode(other).decode()}))
    os.utime(path, ns=(0, 0))
    assert before != other
    assert signer("receipt").secret == other
    path.unlink()
    assert signer("receipt").secret == other  # what was read last, while nothing stands there


@pytest.mark.parametrize("text", ["{}", '{"id": "1", "key": "a"}', '{"id": "1", "key": null}', "[]"])
def test_a_key_file_that_is_damaged_or_gone_is_named(fresh_home: Path, text: str) -> None:
    path = fresh_home / "keys" / "seal.json"
    path.write_text(text)
    with pytest.raises(Damaged, match=f"key file {path} is damaged"):
        seal(UID.bytes, b"words")
    path.unlink()
    with pytest.raises(Damaged, match=f"key file {path} is missing"):
        seal(UID.bytes, b"words")


def test_a_seal_is_its_nonce_and_what_is_sealed(fresh_home: Path) -> None:
    sealed = seal(UID.bytes, b"words")
    assert len(sealed) == 12 + len(b"words") + 16
    assert unseal(UID.bytes, sealed) == b"words"


def test_salts_are_16_bytes_each_and_no_two_alike(fresh_home: Path) -> None:
    made = salts(50)
    assert [len(one) for one in made] == [16] * 50
    assert len(set(made)) == 50
    assert b"".join(made).hex().count("00" * 16) == 0
    assert salts(0) == []


def test_salts_do_not_overlap(fresh_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys.secrets, "token_bytes", lambda count: bytes(range(count)))
    assert salts(3) == [bytes(range(start, start + 16)) for start in (0, 16, 32)]


def test_one_in_so_many_ids_is_drawn_for_a_use_and_nobody_without_the_key_knows_which(
    fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "match_key", lambda: bytes(32))
    ids = [UUID(bytes=sha256(bytes([number])).digest()[:16]) for number in range(200)]
    found = [number for number, uid in enumerate(ids) if drawn("reread", uid, 20)]
    assert found == DRAWN
    assert [drawn("reread", uid, 1) for uid in ids] == [True] * 200
    assert [number for number, uid in enumerate(ids) if drawn("other", uid, 20)] != found
    monkeypatch.setattr(keys, "match_key", lambda: bytes([1] * 32))
    assert [number for number, uid in enumerate(ids) if drawn("reread", uid, 20)] != found


DRAWN = [12, 21, 45, 48, 51, 103, 108, 127, 129, 186]
"""Worked out apart: HMAC-SHA256 over "reread/" and the id, its first eight bytes as a number, one in twenty."""
