"""Whoever has the database, and not the keys, reads nothing about anybody."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from onrecord.intake.actions import known_before
from onrecord.ledger.actions import checkpoint
from onrecord.ledger.facts import Corrected
from onrecord.ledger.gateway.keys import seal, unseal
from onrecord.ledger.models import Opening
from onrecord.ledger.queries import entry
from tests.partnership import DECISION, REPORT, START, Store
from tests.stages.ledger.tampering import everything

SECRETS = {
    "given name": "Zephyrine",
    "family name": "Quillfeather",
    "words": "marmalade-coloured",
    "postcode": "ZZ9 9ZZ",
    "postcode, squeezed": "ZZ99ZZ",
    "birth date": "2012-01-03",
    "reasons": "needs to be known",
    "corrected words": "tangerine-coloured",
    "phone": "07700 900123",
    "phone, dialled": "+447700900123",
}


def forms(secret: str) -> set[bytes]:
    """The ways in which a text can stand in a file."""
    plain = secret.encode()
    coded = {base64.b64encode(b"x" * pad + plain)[4:-4] for pad in range(3)}
    written = {plain, plain.lower(), plain.upper(), secret.encode("utf-16-le"), plain.hex().encode(), *coded}
    return {form for form in written if len(form) > 5}  # shorter ones occur by chance


def history(store: Store) -> bytes:
    """Everything the databases hold after a child was reported, looked up, decided on and corrected."""
    made = store.report(child=REPORT["child"] | {"phone": "07700 900123"})
    store.say("teacher", Corrected(field="words", value=json.dumps("A tangerine-coloured car."), why="Colour."), made)
    known_before(store.viewer("front-door"), store.report().id, START)
    store.decide(made)
    checkpoint()
    return repr([everything("default"), everything("reads")]).encode()


def test_no_table_holds_what_is_personal(store: Store) -> None:
    held = history(store)
    assert {name for name, secret in SECRETS.items() for form in forms(secret) if form in held} == set()


def test_no_file_holds_what_is_personal(own_store: Store, transactional_db: dict[str, str]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL server's files are not ours to read")
    history(own_store)
    folder = Path(transactional_db["default"]).parent
    held = b"".join(path.read_bytes() for path in folder.iterdir())
    assert {name for name, secret in SECRETS.items() for form in forms(secret) if form in held} == set()
    assert b"sexual_exploitation" in held


def test_the_search_would_find_what_leaks(store: Store) -> None:
    """Codes may stand in read tables, and do: the search above is not blind."""
    held = history(store)
    assert [form in held for form in (b"sexual_exploitation", DECISION["outcome"].encode())] == [True, True]


def test_what_is_sealed_opens_with_the_key(store: Store) -> None:
    made = store.report()
    assert entry(made.id).saying.fact.model_dump(mode="json")["child"]["family_name"] == "Quillfeather"


def test_an_opening_is_bound_to_its_entry(store: Store) -> None:
    one, other = store.report(), store.report()
    sealed = bytes(Opening.objects.get(uid=one.id).sealed)
    assert unseal(one.id.bytes, sealed)
    with pytest.raises(InvalidTag):
        unseal(other.id.bytes, sealed)


def test_the_same_words_are_never_sealed_alike(store: Store) -> None:
    uid = store.report().id.bytes
    assert len({seal(uid, b"the same") for _ in range(20)}) == 20


def test_key_files_are_for_their_owner_alone(store: Store, fresh_home: Path) -> None:
    keys = sorted((fresh_home / "keys").glob("*.json"))
    assert [path.stem for path in keys] == ["checkpoint", "match", "receipt", "seal"]
    assert {oct(path.stat().st_mode & 0o777) for path in keys} == {"0o600"}
