"""Remakes the locked lists of packages, none of which holds an address."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = (
    "-m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes"
    " --no-emit-index-url --no-annotate --no-header --only-binary :all: --output-file"
)
RUNNING = "pyproject.toml --group build --extra postgres"
LOCKS = {
    "requirements.lock": RUNNING,
    "requirements-dev.lock": f"{RUNNING} --extra dev --constraints requirements.lock",
    "requirements-spark.lock": "--group spark --no-binary pyspark",
    "node.lock": "--group node",
}


def main() -> int:
    """Python's four lists, then npm's, freed of the addresses at which its authors ask for money."""
    for name, sources in LOCKS.items():
        print(f"locking {name}", flush=True)
        subprocess.check_call([sys.executable, *COMPILE.split(), name, *sources.split()], cwd=ROOT)
    print("locking package-lock.json", flush=True)
    subprocess.check_call(["npm", "install", "--package-lock-only", "--silent"], cwd=ROOT)
    path = ROOT / "package-lock.json"
    content = json.loads(path.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(content, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
