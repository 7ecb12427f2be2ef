"""The architecture can refuse: each contract is broken on purpose in a copy, and must say so."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

LINTER = "from importlinter.cli import lint_imports_command as run; run()"
CONTRACTS = configparser.ConfigParser()
CONTRACTS.read(ROOT / ".importlinter", encoding="utf-8")
PACKAGE = ROOT / "src" / "onrecord"
STAGES = sorted(path.parent.name for path in PACKAGE.glob("*/apps.py") if path.parent.name != "web")

BREACHES = [
    pytest.param("flow", "rulebook.facts", "import onrecord.ledger", id="an earlier stage reads a later one"),
    pytest.param("flow", "linkage.facts", "import onrecord.notices.facts", id="neighbours entangle"),
    pytest.param("flow", "helpers", "", id="a stage that nobody declared"),
    pytest.param("shape", "ledger.facts", "import onrecord.ledger.queries", id="a lower file reads higher"),
    pytest.param("shape", "intake.misc", "", id="a file with no role"),
    pytest.param("pure", "duties.facts", "import os", id="a fact touches the machine"),
    pytest.param("pure", "rulebook.rules", "import django.conf", id="a rule knows the framework"),
    pytest.param("pure", "linkage.rules", "def rule():\n    import time", id="a rule hides its import"),
    pytest.param("door", "web.planted", "import onrecord.ledger.actions", id="a page writes to the ledger"),
    pytest.param("door", "notices.projector", "import onrecord.ledger.actions", id="a projector writes"),
]


def plant(source: Path, module: str, line: str) -> None:
    """Adds a line to a module of the copy, or makes the module."""
    path = source / "onrecord" / Path(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")


def refusal(source: Path, contract: str) -> str:
    """What the linter says of one contract in the copy; nothing when it is kept."""
    words = [sys.executable, "-c", LINTER, "--no-cache", "--contract", contract]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(words, cwd=source.parent, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the Python files, and the contracts beside it."""
    shutil.copytree(PACKAGE, tmp_path / "src" / "onrecord", ignore=only_python)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path / "src"


def only_python(folder: str, names: list[str]) -> set[str]:
    """What the copy leaves out."""
    wanted = {name for name in names if name.endswith(".py") or (Path(folder) / name).is_dir()}
    return set(names) - (wanted - {"__pycache__", "static"})


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_a_planted_breach_is_refused(source: Path, contract: str, module: str, line: str) -> None:
    before = refusal(source, contract)
    plant(source, module, line)
    after = refusal(source, contract)
    assert "BROKEN" in after
    assert f"onrecord.{module}" in set(re.findall(r"[\w.]+", after)) - set(re.findall(r"[\w.]+", before))


def test_a_stages_tables_are_its_own(source: Path) -> None:
    """One breach for each stage that has tables, planted together."""
    owners = [stage for stage in STAGES if f"importlinter:contract:tables-{stage}" in CONTRACTS]
    for stage in owners:
        plant(source, "web.planted", f"import onrecord.{stage}.models")
    said = {stage: refusal(source, f"tables-{stage}") for stage in owners}
    assert [stage for stage in owners if "onrecord.web.planted" not in said[stage]] == []


def test_every_stage_is_held_to_the_shape() -> None:
    held = CONTRACTS["importlinter:contract:shape"]["containers"].split()
    assert sorted(held) == [f"onrecord.{stage}" for stage in STAGES]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_with_tables_keeps_them(stage: str) -> None:
    has_tables = (PACKAGE / stage / "models.py").exists() or (PACKAGE / stage / "models").is_dir()
    assert has_tables == (f"importlinter:contract:tables-{stage}" in CONTRACTS)
