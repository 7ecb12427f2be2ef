"""How many small changes to the code of the ledger and the witness its tests notice. Kept: `results/mutation.json`.

At full size every mutant of every part is tried, and what was found is kept; a smaller size takes a sample, always the
same one, and keeps nothing. A mutant that no test could notice is named in
`mutation_equivalent.txt`, with the reason, and is left out of the score. A run that was stopped goes on where it was,
from `.mutants`, if no line of the code or the tests changed; else every mutant first meets the test that noticed it.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.store import Figure

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "benchmarks/results/mutation.json"
EQUIVALENT = ROOT / "benchmarks/mutation_equivalent.txt"
FOUND = ROOT / ".mutants"
GOAL = 0.85
WHOLE = 0.9
"""Of which share of the mutants a score is no sample any more."""
NOTICED = ("killed", "timeout")
Results = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """Modules that are changed, by folder and name, and the tests that are to notice."""

    folder: str
    names: str
    tests: tuple[str, ...]


LEDGER, FILES = ("tests/stages/ledger", "tests/tamper"), ("tests/stages/intake/test_originals.py",)
SPOKEN = (
    "tests/pages/test_forms.py",
    "tests/pages/test_copying.py",
    "tests/pages/test_reporting.py",
    "tests/stages/duties/test_lowering.py",
    "tests/stages/duties/test_another_persons_words.py",
    "tests/stages/duties/test_challenging_a_lowering.py",
)
ERASING = ("tests/stages/duties/test_erasing.py",)
PARTS = {
    "witness": Part(
        "witness/src/onrecord_witness",
        "disclosed ed25519 home judge keys merkle note policy proof receipt request source tiles verdict watch whole",
        ("tests/witness",),
    ),
    "rules": Part(
        "src/onrecord/ledger/rules",
        "answers backups bracket corrections cosign effect erasing heard leaf merkle moment note policy proofs receipt "
        "request seen sentence tiles weaker",
        ("tests/rules/ledger", "tests/witness", "tests/stages/ledger", *SPOKEN),
    ),
    "actions": Part(
        "src/onrecord/ledger/actions",
        "append backup begin checkpoint checks clock epoch erase heads openings outside policy prove publish reading "
        "rebuild rotate store verify witness",
        (*LEDGER, *ERASING, "tests/witness/test_exported.py", "tests/witness/test_proofs.py"),
    ),
    "queries": Part(
        "src/onrecord/ledger/queries",
        "backups corrected disclosed entries epochs erased files given heard lines one_field signed verified witnessed",
        (*LEDGER, *FILES, *ERASING, "tests/pages/test_ledger_page.py", "tests/pages/test_receipt_standing.py"),
    ),
    "gateway": Part(
        "src/onrecord/ledger/gateway",
        "clock collector files given guards head home kept keys published registry roles rows scratch trouble values "
        "verified witnesses backup_keys backups destroying sealing",
        (*LEDGER, *FILES, "tests/stages/test_unsafe_settings.py"),
    ),
}
"""What the proofs rest on. The faces (commands, pages, forms) say sentences: their tests compare every one of them."""


def run() -> list[Figure]:
    """The score of each part: at least the goal, and not less than what was kept."""
    scale = float(os.environ.get("ONRECORD_BENCH_SCALE", "1"))
    found = tried(tuple(PARTS), 0 if scale >= 1 else max(10, int(500 * scale)) * len(PARTS))
    figures = []
    for name in PARTS:
        results = of_part(name, found)
        least = least_of(kept().get(name, {})) if scale >= 1 else GOAL
        score = scored(results)
        within = f"at least {100 * least:.1f}"
        words = f"mutants of the {name} that a test notices, of {len(results)}"
        figures.append(Figure(words, round(100 * score, 1), "%", within, score >= least))
        if scale >= 1:
            keep(name, results)
    return figures


def least_of(before: dict[str, Any]) -> float:
    """What a part has to reach: the goal, and what was kept of it, where nearly all of it was tried then."""
    whole = before.get("tried", 0) >= WHOLE * before.get("of", 1)
    return max(GOAL, before["score"]) if whole else GOAL


def tried(names: tuple[str, ...], most: int = 0, only: tuple[str, ...] = ()) -> Results:
    """What became of the mutants of these parts, by name: of all, of so many, or of these only."""
    parts, out = [PARTS[name] for name in names], FOUND / "found.json"
    FOUND.mkdir(exist_ok=True)
    changed = {module: path for part in parts for module, path in modules(part).items()}
    tests = list(dict.fromkeys(test for part in parts for test in part.tests))
    asked = {"modules": changed, "most": most, "only": only, "out": str(out), "digest": _digest()}
    kept_out = ("ONRECORD_", "DJANGO_")
    there = {key: value for key, value in os.environ.items() if not key.startswith(kept_out)}
    how = there | {"ONRECORD_MUTATION": json.dumps(asked)}
    plugins = ("benchmarks.mutation_plugin", "no:cacheprovider", "no:xdist", "no:cov")
    words = [word for plugin in plugins for word in ("-p", plugin)]
    with tempfile.TemporaryDirectory() as folder:
        shown = ("-q", "--tb=native", f"--basetemp={folder}/tests")  # native: to read the code for a report costs more
        command = [sys.executable, "-m", "pytest", *shown, *words, *tests]
        subprocess.run(command, cwd=ROOT, env=how, check=True, stdout=subprocess.DEVNULL)
    found: Results = json.loads(out.read_text())["asked"]
    return found


def of_part(name: str, results: Results) -> Results:
    """Of all that was found, what is of one part."""
    ours = modules(PARTS[name])
    return {one: found for one, found in results.items() if one.partition(":")[0] in ours}


def _digest() -> str:
    """Of every line of the code and of its tests."""
    made = hashlib.sha256()
    for folder in ("benchmarks", "src", "tests", "witness"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            made.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return made.hexdigest()


def modules(part: Part) -> dict[str, str]:
    """The modules of a part, and their files."""
    package = part.folder.rpartition("src/")[2].replace("/", ".")
    return {f"{package}.{name}": str(ROOT / part.folder / f"{name}.py") for name in part.names.split()}


def equivalent() -> dict[str, str]:
    """Mutants that do the same as the code, by name, each with the reason."""
    lines = EQUIVALENT.read_text("utf-8").splitlines()
    return dict(line.rsplit("  -- ", 1) for line in lines if line and not line.startswith("#"))


def scored(results: Results) -> float:
    """The share of the mutants that a test noticed, without those that nothing could notice."""
    same = equivalent()
    ours = [one["how"] for name, one in results.items() if name not in same]
    return sum(how in NOTICED for how in ours) / max(1, len(ours))


def kept() -> dict[str, dict[str, Any]]:
    """What was found last, by part."""
    found: dict[str, dict[str, Any]] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return found


def keep(name: str, results: Results, of: int = 0) -> None:
    """Write down what was found of a part, and every mutant that lives. `of`: how many there are, where not all."""
    same = equivalent()
    lives = sorted(one for one, found in results.items() if found["how"] not in NOTICED and one not in same)
    made = {
        "date": datetime.now(UTC).date().isoformat(),  # noqa: TID251
        "score": round(scored(results), 4),
        "tried": len(results),
        "of": of or len(results),
        "lives": lives,
    }
    KEPT.write_text(json.dumps(kept() | {name: made}, indent=1, ensure_ascii=False) + "\n", "utf-8")
