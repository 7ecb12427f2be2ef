"""How many small changes to the code of the ledger and the witness its tests notice. Kept: `results/mutation.json`.

At full size every mutant of every part is tried, part by part, and what was found is kept as each is done; a smaller
size takes a sample, always the same one, and keeps nothing. A mutant that no test could notice is named in
`mutation_equivalent.txt`, with the reason, and is left out of the score.
"""

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
GOAL = 0.85
NOTICED = ("killed", "timeout")
Results = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """Modules that are changed, by folder and name, and the tests that are to notice."""

    folder: str
    names: str
    tests: tuple[str, ...]


PARTS = {
    "witness": Part(
        "witness/src/onrecord_witness",
        "disclosed ed25519 home judge keys merkle note policy proof receipt request source tiles verdict watch whole",
        ("tests/witness",),
    ),
    "rules": Part(
        "src/onrecord/ledger/rules",
        "bracket cosign heard leaf merkle note policy proofs receipt request sentence tiles weaker",
        ("tests/rules/ledger", "tests/witness"),
    ),
    "actions": Part(
        "src/onrecord/ledger/actions",
        "append checkpoint checks epoch heads outside policy prove publish rotate verify witness",
        ("tests/stages/ledger", "tests/witness"),
    ),
}
"""What the proofs rest on. The faces (commands, pages, forms) say sentences: their tests compare every one of them."""


def run() -> list[Figure]:
    """The score of each part: at least the goal, and not less than what was kept."""
    scale = float(os.environ.get("ONRECORD_BENCH_SCALE", "1"))
    figures = []
    for name, part in PARTS.items():
        results = tried(part, 0 if scale >= 1 else max(10, int(500 * scale)))
        least = max(GOAL, kept().get(name, {}).get("score", 0)) if scale >= 1 else GOAL
        score = scored(results)
        within = f"at least {100 * least:.1f}"
        words = f"mutants of the {name} that a test notices, of {len(results)}"
        figures.append(Figure(words, round(100 * score, 1), "%", within, score >= least))
        if scale >= 1:
            keep(name, results)
    return figures


def tried(part: Part, most: int = 0, only: tuple[str, ...] = ()) -> Results:
    """What became of a part's mutants, by name: of all, of so many, or of these only."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        asked = {"modules": modules(part), "most": most, "only": only, "out": str(out)}
        kept_out = ("ONRECORD_", "DJANGO_")
        there = {key: value for key, value in os.environ.items() if not key.startswith(kept_out)}
        how = there | {"ONRECORD_MUTATION": json.dumps(asked)}
        plugins = ("benchmarks.mutation_plugin", "no:cacheprovider", "no:xdist", "no:cov")
        words = [word for name in plugins for word in ("-p", name)]
        command = [sys.executable, "-m", "pytest", "-q", *words, *part.tests]
        subprocess.run(command, cwd=ROOT, env=how, check=True, stdout=subprocess.DEVNULL)
        found: Results = json.loads(out.read_text())["results"]
        return found


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
