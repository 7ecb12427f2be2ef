"""Holding records together on Spark: it spreads the pairs, and each machine compares its own by the same DuckDB SQL.

Where one machine has no room for the pairs. Everything else (reading, making comparable, learning, weighing, grouping)
stays on the machine that asks, and is the same as without Spark: so are the pairs.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection
from pyspark import SparkConf
from pyspark.sql import SparkSession

from onrecord.linkage.gateway.comparable import BLOCKS
from onrecord.linkage.gateway.held import EACH_KEY, PAIRED, compared, sides
from onrecord.linkage.rules.levels import COMPARISONS, SEEN

NEEDS_JAVA = "Spark needs Java 17 or newer. Debian and Ubuntu: apt install default-jre-headless."
DEFAULTS = {
    "spark.master": "local[2]",
    "spark.app.name": "onrecord link",
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.io.encryption.enabled": "true",
    "spark.sql.catalogImplementation": "in-memory",
}
"""What holds where the settings of Spark's own say nothing. They say where a cluster is."""
ALONE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""On one machine nothing is to be reached from outside."""


RECORDS = f"SELECT * EXCLUDE ({', '.join(BLOCKS)}) FROM records"
SHAPE = ", ".join(
    ["number_l BIGINT", "number_r BIGINT"]
    + [f"{one.name} TINYINT" for one in COMPARISONS]
    + [f"{name}_share DOUBLE" for name in SEEN]
    + ["namesakes BIGINT"]
)
"""The columns of `pairs`, as Spark writes them."""


class NoJava(RuntimeError):
    """There is no Java here, and Spark runs on it."""


def holding(shared: Path | None) -> Callable[[DuckDBPyConnection], None]:
    """What makes the table `pairs` on Spark. `shared` is a folder that all its machines see. Raises NoJava."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise NoJava(NEEDS_JAVA)

    def hold(con: DuckDBPyConnection) -> None:
        with TemporaryDirectory(prefix="onrecord-link-", dir=shared) as folder, _session() as spark:
            for name, rows in (("records", RECORDS), ("keys", EACH_KEY)):
                con.execute(f"COPY ({rows}) TO '{folder}/{name}.parquet' (FORMAT parquet)").fetchall()
            _hold(spark, folder)
            con.execute(f"CREATE OR REPLACE TABLE pairs AS FROM read_parquet('{folder}/pairs/*.parquet')").fetchall()

    return hold


@contextmanager
def _session() -> Iterator[SparkSession]:
    conf = SparkConf()
    for name, value in DEFAULTS.items():
        conf.setIfMissing(name, value)
    if conf.get("spark.master").startswith("local"):
        for name, value in ALONE.items():
            conf.setIfMissing(name, value)
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def _hold(spark: SparkSession, folder: str) -> None:
    """From the records and their keys in a folder make the pairs there. Who shares several keys is one pair."""
    for name in ("records", "keys"):
        spark.read.parquet(f"{folder}/{name}.parquet").createOrReplaceTempView(name)
    spark.sql(PAIRED).createOrReplaceTempView("held")
    found = spark.sql(sides("held", "one", "other"))
    found.mapInArrow(_comparing(compared("sides_of_pairs")), SHAPE).write.parquet(f"{folder}/pairs")


def _comparing(question: str) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What each machine does with its share of the pairs. It needs DuckDB and Arrow there, and nothing of ours."""

    def compare(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        with duckdb.connect() as con:
            con.execute("SET threads = 1").fetchall()
            for batch in batches:
                con.register("sides_of_pairs", pa.Table.from_batches([batch]))
                yield from con.sql(question).to_arrow_table().to_batches()

    return compare
