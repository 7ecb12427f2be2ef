"""Splink asked about one record at a time, over the same known children: what its own call costs."""

import time
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, block_on

from benchmarks.link_splink import UNTUNED, settings
from onrecord.linkage.gateway.comparable import BLOCKS, make_comparable
from onrecord.linkage.gateway.model import scales
from onrecord.linkage.gateway.reading import read_lists

TIMES = 25
REPORTED = {
    "given_key",
    "surname_key",
    "names_key",
    "born_key",
    "birth_year",
    "area",
    "postcode",
    "phone",
    "nhs",
    "upn",
}
"""What a report says, of all that keys are made of. Splink is spared the other keys."""


def each(path: Path, new: int) -> dict[str, float]:
    """Of two models of Splink the middle time, in milliseconds, of asking about one of the first `new` rows of a list.

    It is asked against all other rows: with our comparisons and our keys, and as it comes, with few of either.
    """
    with duckdb.connect() as con:
        read_lists(con, [path])
        make_comparable(con)
        con.execute(f"CREATE TABLE known_before AS FROM records WHERE number > {new}").fetchall()
        api = DuckDBAPI(con)
        known = api.register(con.table("known_before"), dataset_display_name="the_known")
        models = {"our model": _learnt(), "as it comes": UNTUNED}
        found = {}
        for place, (name, model) in enumerate(models.items()):
            splink = Linker(known, model, log_level="ERROR")
            for column in ("given", "surname") if model is UNTUNED else ():
                splink.table_management.compute_tf_table(column)
            numbers = range(1 + place * TIMES, 1 + (place + 1) * TIMES)
            found[name] = median(_asked(con, api, splink, known, number) for number in numbers)
        return found


def _asked(con: duckdb.DuckDBPyConnection, api: DuckDBAPI, splink: Linker, known: Any, number: int) -> float:
    con.execute(f"CREATE TABLE coming_{number} AS FROM records WHERE number = {number}").fetchall()
    one = api.register(con.table(f"coming_{number}"), dataset_display_name=f"the_one_{number}")
    start = time.perf_counter()
    splink.inference.predict_between(one, known, warning_mode="never")
    return 1000 * (time.perf_counter() - start)


def _learnt() -> dict[str, Any]:
    """The same comparisons, the worth that our model gives them, and those keys that a report can have."""
    made = settings()
    made["blocking_rules_to_generate_predictions"] = [
        block_on(name) for name, columns in BLOCKS.items() if REPORTED.issuperset(columns)
    ]
    for place, one in enumerate(made["comparisons"]):
        for at, level in enumerate(one["comparison_levels"][1:]):
            worth = min(0.99, 2.0 ** scales().strangers[place][at] / 1e5)
            level |= {"m_probability": max(1e-6, worth), "u_probability": 1e-5}
    return made
