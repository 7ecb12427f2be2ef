"""Sets up Spark beside everything else: half a gigabyte of source, which only linking past one machine needs."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-spark.lock"
INSTALL = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable, "--require-hashes"]
BUILDS = "setuptools"
"""What builds it. It is locked with it, and has to stand there first."""


def main() -> int:
    """Answers 0 when it is there. What is there already is not done again."""
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.txt"
        packages = LOCK.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        first.write_text("\n".join(one for one in packages if one.startswith(BUILDS)), encoding="utf-8")
        print("setting up Spark", flush=True)
        subprocess.check_call([*INSTALL, "--only-binary", ":all:", "-r", str(first)], cwd=ROOT)
    return subprocess.call([*INSTALL, "--no-build-isolation", "-r", str(LOCK)], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
