"""Splink as it comes and Splink tuned, to hold ours against: on the same records, in the same run.

Both get the best threshold that the truth can find for them, which nobody has in real use. Ours gets none.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker, block_on
from splink import comparison_library as compare

from onrecord.linkage.gateway.comparable import BLOCKS
from onrecord.linkage.rules.levels import COMPARISONS, Comparison

SAMPLE, SEED = 400_000, 7
UNTUNED: dict[str, Any] = {
    "link_type": "dedupe_only",
    "unique_id_column_name": "number",
    "blocking_rules_to_generate_predictions": [
        block_on("given", "surname"), block_on("born"), block_on("surname", "postcode"), block_on("phone")
    ],
    "comparisons": [
        compare.NameComparison("given"),
        compare.NameComparison("surname"),
        compare.LevenshteinAtThresholds("born_text", [1, 2]),
        compare.ExactMatch("gender"),
        compare.ExactMatch("postcode"),
        compare.ExactMatch("door"),
        compare.ExactMatch("phone"),
    ],
}  # fmt: skip
TRAINED_ON = {"untuned": (("given", "surname"), ("born",)), "tuned": (("born",), ("given", "surname"), ("home",))}


def settings() -> dict[str, Any]:
    """Our comparisons and our keys, as Splink takes them, nothing learnt yet."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "number",
        "blocking_rules_to_generate_predictions": [block_on(name) for name in BLOCKS],
        "comparisons": [_comparison(one) for one in COMPARISONS],
        "retain_matching_columns": False,
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    missing = {"sql_condition": one.missing, "label_for_charts": "missing", "is_null_level": True}
    levels = [{"sql_condition": level.sql, "label_for_charts": level.words} for level in one.levels]
    return {"output_column_name": one.name, "comparison_levels": [missing, *levels]}


def tuned() -> dict[str, Any]:
    """Our comparisons, one for the whole place, rare names, and all our keys: all but the household and the guard."""
    made = settings()
    for one in made["comparisons"]:
        if one["output_column_name"] in ("given", "surname"):
            one["comparison_levels"][1] |= {"tf_adjustment_column": one["output_column_name"]}
    made["comparisons"] = [one for one in made["comparisons"] if one["output_column_name"] != "number"]
    return made


def best(con: DuckDBPyConnection, name: str, person: Mapping[int, int], there: int) -> tuple[float, float]:
    """The best F1 of one of the two models, and the weight at which it is reached. Reads the table `records`."""
    api = DuckDBAPI(con)
    model = UNTUNED if name == "untuned" else tuned()
    splink = Linker(api.register(con.table("records"), dataset_display_name=f"for_{name}"), model, log_level="ERROR")
    splink.training.estimate_probability_two_random_records_match([block_on("given", "surname", "born")], recall=0.4)
    splink.training.estimate_u_using_random_sampling(SAMPLE, seed=SEED, min_count_per_level=None, num_chunks=1)
    for columns in TRAINED_ON[name]:
        splink.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), record_sample_proportion=1.0
        )
    found = splink.inference.predict(threshold_match_weight=-2, warning_mode="never")
    rows = con.execute(f"SELECT number_l, number_r, match_weight FROM {found.physical_name}").fetchall()  # noqa: S608
    return _best(rows, person, there)


def _best(rows: Sequence[tuple[int, int, float]], person: Mapping[int, int], there: int) -> tuple[float, float]:
    found, right = (0.0, 0.0), 0
    for place, (one, other, weight) in enumerate(sorted(rows, key=lambda row: -row[2]), start=1):
        right += person[one] == person[other]
        found = max(found, (2 * right / (place + there), weight))
    return found
