"""`onrecord link --engine spark` gives what it gives without Spark, to the letter. Where CI is set, it has to run."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.people_made import population
from tests.databases import POSTGRESQL
from tests.stages.linkage.lists import ROW, rows_of, write, write_made

QUICK = '--driver-java-options "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" pyspark-shell'
"""Spark's own settings, as a guide says them: here, that the machine it runs on is small."""
SIZE = 10_000
THERE = find_spec("pyspark") is not None and shutil.which("java") is not None
spark = pytest.mark.skipif(not THERE and not os.environ.get("CI"), reason="there is no Spark, or no Java, here")
once = pytest.mark.skipif(POSTGRESQL, reason="it links lists in files and asks no database: it runs beside SQLite")


def link(folder: Path, made: Path, engine: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Link a list in a process of its own, into files named after the engine."""
    words = ["link", "--input", str(made), "--output", str(folder / f"{engine}.csv"), "--engine", engine]
    there = os.environ | {"ONRECORD_HOME": str(folder / "home"), "PYSPARK_SUBMIT_ARGS": QUICK} | settings
    return subprocess.run([sys.executable, "-m", "onrecord", *words], env=there, text=True, capture_output=True)


@once
@spark
def test_spark_gives_the_same_links_and_groups(tmp_path: Path) -> None:
    made = write_made(tmp_path / "in.csv", population(SIZE))
    for engine in ("duckdb", "spark"):
        done = link(tmp_path, made, engine)
        assert done.returncode == 0, done.stderr
    assert len(rows_of(tmp_path / "duckdb.csv")) > SIZE / 2
    for name in ("csv", "clusters.csv"):
        assert (tmp_path / f"spark.{name}").read_bytes() == (tmp_path / f"duckdb.{name}").read_bytes()


def test_without_java_it_says_what_is_missing(tmp_path: Path) -> None:
    done = link(tmp_path, write(tmp_path / "in.csv", ROW), "spark", PATH=str(tmp_path), JAVA_HOME="")
    assert done.returncode == 2
    assert "Java" in done.stderr or "requirements-spark.lock" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["in.csv"]
