"""Splink asked about one record at a time, over the same known children: what its own call costs."""

import time
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker

from onrecord.linkage.gateway.comparable import make_comparable
from onrecord.linkage.gateway.held import settings
from onrecord.linkage.gateway.model import scales
from onrecord.linkage.gateway.reading import read_lists

TIMES = 12


def each(path: Path, new: int) -> float:
    """The middle time, in milliseconds, of asking about one of the first `new` rows against all others of a list."""
    with duckdb.connect() as con:
        read_lists(con, [path])
        make_comparable(con)
        con.execute(f"CREATE TABLE known_before AS FROM records WHERE number > {new}").fetchall()
        api = DuckDBAPI(con)
        known = api.register(con.table("known_before"), dataset_display_name="the_known")
        splink = Linker(known, _learnt(), log_level="ERROR")
        return median(_asked(con, api, splink, known, number) for number in range(1, TIMES + 1))


def _asked(con: duckdb.DuckDBPyConnection, api: DuckDBAPI, splink: Linker, known: Any, number: int) -> float:
    con.execute(f"CREATE TABLE coming_{number} AS FROM records WHERE number = {number}").fetchall()
    one = api.register(con.table(f"coming_{number}"), dataset_display_name=f"the_one_{number}")
    start = time.perf_counter()
    splink.inference.predict_between(one, known, warning_mode="never")
    return 1000 * (time.perf_counter() - start)


def _learnt() -> dict[str, Any]:
    """The same comparisons and keys, with the worth that our model gives them."""
    made = settings()
    for place, one in enumerate(made["comparisons"]):
        for at, level in enumerate(one["comparison_levels"][1:]):
            worth = min(0.99, 2.0 ** scales().strangers[place][at] / 1e5)
            level |= {"m_probability": max(1e-6, worth), "u_probability": 1e-5}
    return made
