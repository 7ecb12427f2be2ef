"""Asks a public service of known weaknesses about every locked package. It fails when it has audited nothing.

    .venv/bin/python .ci/audit.py [ADDRESS]

Exit 0: every package was asked about and none has a known weakness. 1: some have. 2: not all could be asked about.
"""

import json
import re
import sys
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SERVICE = "https://api.osv.dev/v1/querybatch"
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-spark.lock", "node.lock")
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
SECONDS = 60
Package = tuple[str, str, str]
"""Whose index, name, version."""


class NotAudited(Exception):
    """Nothing is known: not that all is well."""


def main(words: Sequence[str]) -> int:
    """Answers the exit code, and says what was found."""
    try:
        packages = locked(ROOT)
        weak = audit(packages, lambda body: ask(words[0] if words else SERVICE, body))
    except NotAudited as why:
        print(f"Not audited: {why}", file=sys.stderr)
        return 2
    for (_, name, version), ids in weak.items():
        print(f"{name} {version}: {', '.join(ids)}")
    print(f"{len(packages)} locked packages asked about; {len(weak)} with a known weakness.")
    return int(bool(weak))


def locked(root: Path) -> list[Package]:
    """Every package of every lock. NotAudited for a lock in which there is none."""
    found: dict[Package, None] = {}
    for name in LOCKS:
        pins = PINNED.findall((root / name).read_text(encoding="utf-8"))
        if not pins:
            raise NotAudited(f"{name} names no package.")
        found |= dict.fromkeys(("PyPI", package, version) for package, version in pins)
    npm = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    nodes = {
        ("npm", path.rpartition("node_modules/")[2], str(said["version"])): None for path, said in npm.items() if path
    }
    if not nodes:
        raise NotAudited("package-lock.json names no package.")
    return [*found, *nodes]


def audit(packages: Sequence[Package], ask: Callable[[Any], Any]) -> dict[Package, list[str]]:
    """The packages with known weaknesses, and what those are called. NotAudited unless each one was answered."""
    if not packages:
        raise NotAudited("there is no package to ask about.")
    queries = [{"package": {"ecosystem": index, "name": name}, "version": said} for index, name, said in packages]
    answer = ask({"queries": queries})
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list) or len(results) != len(packages):
        raise NotAudited("the service did not answer for every package.")
    if not all(isinstance(one, dict) for one in results):
        raise NotAudited("the service answered something else than was asked.")
    found = {one: [weak["id"] for weak in said.get("vulns", [])] for one, said in zip(packages, results, strict=True)}
    return {package: ids for package, ids in found.items() if ids}


def ask(address: str, body: Any) -> Any:
    """The service's answer. NotAudited when there is none."""
    if not address.startswith(("https://", "http://127.0.0.1:")):
        raise NotAudited("the service must be asked over https.")
    sent = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(sent, timeout=SECONDS) as answer:  # noqa: S310
            return json.load(answer)
    except (OSError, ValueError) as error:
        raise NotAudited(f"the service could not be reached or understood ({type(error).__name__}).") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
