"""Writes the golden files that are missing: `PYTHONPATH=src python -m tests.golden.make`. Never changes one.

One file for each kind and version: a body with every field said, as the ledger stores it. It is read for ever.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "facts"
NARROW = {
    "meeting": "7b0f2f0a-3f0e-4c55-9a51-1d1a5c1de001",
    "batch": None,
    "team": "exploitation-team",
    "together": "0f" * 16,
    "fingerprint": "0f" * 32,
    "apologies": ["health"],
    "entry": "7b0f2f0a-3f0e-4c55-9a51-1d1a5c1de002",
    "nothing_happening": None,
    "nothing_feared": None,
}
"""What is said in fields, by name, that take no line of words, or nothing where other fields are said."""
WHEN = {"earliest": "2026-03-27T16:30:00Z", "latest": "2026-03-27T17:00:00Z", "said": "Friday after school"}


def path_of(fact: Any) -> Path:
    """Where the golden file of a kind's current version stands."""
    return FOLDER / f"{fact.kind}@{fact.version}.json"


def body_of(fact: Any) -> dict[str, Any]:
    """A body of this kind with every field said."""
    from onrecord.ledger.rules.shape import parts  # noqa: PLC0415  # pure, but this module is read without Django

    said = fact.heard({part.name: _said(part) for part in parts(fact)})
    return dict(said.model_dump(mode="json", exclude_none=True))


def _said(part: Any) -> Any:
    if part.name in NARROW:
        return NARROW[part.name]
    first = next(iter(part.options.words)) if part.options else ""
    plain = {"text": "A line", "words": "Some words.\nAnd more.", "whole": 3, "day": "2012-01-03", "when": WHEN}
    if part.sort.value in plain:
        return plain[part.sort.value]
    if part.sort.value in ("choice", "choices"):
        return first if part.sort.value == "choice" else list(part.options.words)[:2]
    inner = [_said(one) for one in part.parts]
    return inner if part.sort.value == "rows" else {one.name: said for one, said in zip(part.parts, inner, strict=True)}


def main() -> None:
    """Write every file that is missing."""
    import django  # noqa: PLC0415  # set up here only

    os.environ["DJANGO_SETTINGS_MODULE"] = "onrecord.web.settings"
    with tempfile.TemporaryDirectory() as os.environ["ONRECORD_HOME"]:
        django.setup()
    from onrecord.ledger.gateway.registry import catalogue  # noqa: PLC0415  # needs Django set up

    FOLDER.mkdir(exist_ok=True)
    for fact in catalogue().values():
        if not path_of(fact).exists():
            path_of(fact).write_text(json.dumps(body_of(fact), indent=1, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
