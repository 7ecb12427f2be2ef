"""Runs every check to its end and says which failed. With words, runs only pytest, with those words."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "ruff check": ["ruff", "check"],
    "ruff format": ["ruff", "format", "--check"],
    "lint-imports": ["lint-imports"],
    "mypy": ["mypy", "--strict", "src", "witness/src", "benchmarks"],
    "PostgreSQL": ["pytest", "-n", "2", "tests/stages", "tests/crash/test_trouble.py", "tests/crash/test_restarts.py"],
    "pytest": ["pytest", "-n", "2", "--cov", "--cov-report=term:skip-covered"],
}


def main(words: list[str]) -> int:
    """Answers 0 when all passed."""
    if words:
        return run(["pytest", *words], {})
    if os.environ.get("CI"):
        run(["python", str(ROOT / ".ci" / "spark.py")], {})
    lines = []
    for name, command in CHECKS.items():
        print(f"\n{'=' * 20} {name}", flush=True)
        started = time.monotonic()
        settings = {"ONRECORD_TEST_DATABASE": "postgresql"} if name == "PostgreSQL" else {}
        word = "FAILED" if run(command, settings) else "passed"
        lines.append(f"{name:14} {word} {time.monotonic() - started:6.1f} s")
    print("\n" + "\n".join(lines), flush=True)
    return int(any("FAILED" in line for line in lines))


def run(command: list[str], settings: dict[str, str]) -> int:
    """Runs one of the environment's own tools at the root; answers its exit code."""
    tool, *words = command
    return subprocess.call([str(Path(sys.executable).parent / tool), *words], cwd=ROOT, env=os.environ | settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
