"""The files of the project as they lie here: without what a start or a tool makes."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = {".git", ".venv", ".hypothesis", "node_modules", "var", "dist", "htmlcov", "__pycache__"}
LEFT = {".onrecord.lock", ".coverage"}
BUILT = {"onrecord.css", "govuk-frontend.min.js"}


def files(*endings: str, under: str = "") -> Iterator[Path]:
    """The files whose names end so (all, without endings), under a folder of the project."""
    for folder, inside, names in os.walk(ROOT / under):
        inside[:] = [name for name in inside if name not in MADE and not name.endswith("_cache")]
        for name in sorted(set(names) - LEFT - BUILT):
            if name.endswith(endings or ("",)):
                yield Path(folder) / name


def written(under: str) -> list[Path]:
    """The Python files that people wrote: numbered migrations are written by Django."""
    return [path for path in files(".py", under=under) if not _numbered(path)]


def _numbered(path: Path) -> bool:
    return path.parent.name == "migrations" and path.name[:4].isdigit()
