"""Nothing committed names a machine, a registry, or where a package was fetched from."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files

PYTHON_LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-spark.lock", "node.lock"]
NODE_LOCKS = ["package-lock.json", "package.json", ".npmrc"]
ADDRESS = re.compile(r"\w+://|^-(?:i|f)\b|--(?:extra-)?index-url|--find-links|\bfile:", re.MULTILINE)
REGISTRIES = r"pypi\.org|pythonhosted\.org|registry\.npmjs|yarnpkg\.com"
MACHINE = re.compile(rf"{REGISTRIES}|(?<![\w.])/(?:home|Users)/\w+/|(?<![\w.])/root/|C:\\Users")
OURSELVES = Path(__file__).resolve()


def faults(text: str, pattern: re.Pattern[str]) -> list[str]:
    return [match.group() for match in pattern.finditer(text)]


@pytest.mark.parametrize("name", PYTHON_LOCKS + NODE_LOCKS)
def test_a_lock_holds_no_address(name: str) -> None:
    assert faults((ROOT / name).read_text(encoding="utf-8"), ADDRESS) == []


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_locked_package_has_its_digest(name: str) -> None:
    entries = re.split(r"^(?=\S+==)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    here = re.compile(f"{MACHINE.pattern}|{re.escape(str(ROOT))}/")
    found = {str(path.relative_to(ROOT)): faults(text(path), here) for path in files() if path != OURSELVES}
    assert {name: named for name, named in found.items() if named} == {}


def text(path: Path) -> str:
    """A file's text; nothing for what is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_the_check_can_fail() -> None:
    assert faults("x==1 @ https" + "://example.org/x.whl\n--index-url y", ADDRESS)
    assert faults("see /home/someone/notes and /root/x", MACHINE) == ["/home/someone/", "/root/"]
    assert faults("See docs/home/page and /rooted", MACHINE) == []
