"""Every body ever written is read for ever, by today's classes, to the same values."""

import json
from pathlib import Path

import pytest

from onrecord.ledger.gateway.registry import catalogue
from tests.golden.make import FOLDER, path_of

COMMAND = "PYTHONPATH=src python -m tests.golden.make"
FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_stored_body_reads_as_it_was_written(path: Path) -> None:
    kind, _, version = path.stem.rpartition("@")
    body, made = json.loads(path.read_text()), catalogue()[kind]
    read = catalogue().read(kind, int(version), body)
    assert isinstance(read, made)
    if int(version) == made.version:
        assert read.model_dump(mode="json", exclude_none=True) == body


def test_every_kind_has_a_golden_file() -> None:
    missing = [fact.kind for fact in catalogue().values() if not path_of(fact).exists()]
    assert missing == [], f"Make the missing files with: {COMMAND}"


def test_no_kind_that_was_ever_written_is_forgotten() -> None:
    assert {path.stem.rpartition("@")[0] for path in FILES} <= set(catalogue())


def test_every_golden_file_says_every_field_that_was_there() -> None:
    """A field may be added later without a golden file of its own; none may be dropped."""
    for path in FILES:
        kind, _, version = path.stem.rpartition("@")
        if int(version) == catalogue()[kind].version:
            assert set(json.loads(path.read_text())) <= set(catalogue()[kind].model_fields)
