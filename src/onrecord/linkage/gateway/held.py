"""Which records are held together, how often strangers agree, and on what each pair does."""

import re

from duckdb import DuckDBPyConnection

from onrecord.linkage.gateway.comparable import BLOCKS
from onrecord.linkage.rules.levels import COMPARISONS, ELSE, SEEN, Comparison
from onrecord.linkage.rules.mixture import MISSING, Pattern, Shares

SAMPLE = 300_000
EACH_KEY = f"""SELECT number, CAST(hash(key, block)::HUGEINT - 9223372036854775808 AS BIGINT) AS key
    FROM (UNPIVOT records ON {", ".join(BLOCKS)} INTO NAME block VALUE key)"""
"""SQL, for DuckDB: each key of each record, as a number that Spark has too."""
PAIRED = """SELECT DISTINCT a.number AS one, b.number AS other FROM keys a
    JOIN keys b ON a.key = b.key AND a.number < b.number"""
"""SQL, for DuckDB and for Spark: every two records that share a key. Who shares several is one pair."""


def strangers(con: DuckDBPyConnection) -> Shares:
    """How often two records agree by chance at each level: counted where it is plain equality, else over random pairs.

    The random pairs are the same each time for the same lists, so that a linking can be repeated.
    """
    con.execute(f"CREATE OR REPLACE TABLE drawn AS {agreed(f'({_drawn(con)})', 'one', 'other')}").fetchall()
    found = []
    for one in COMPARISONS:
        rows = con.execute(
            f"SELECT {one.name}, count(*) FROM drawn WHERE {one.name} <> {MISSING} GROUP BY ALL"
        ).fetchall()
        times, total = dict(rows), sum(count for _, count in rows) or 1
        shares = [times.get(place, 0) / total for place in range(len(one.levels))]
        exact = [
            _equal(con, level.equal) if level.equal else share for level, share in zip(one.levels, shares, strict=True)
        ]
        found.append((*exact[:-1], max(0.0, 1 - sum(exact[:-1]))))
    return tuple(found)


def _drawn(con: DuckDBPyConnection) -> str:
    """SQL: pairs of different records, drawn over all lists."""
    records = con.execute("SELECT count(*) FROM records").fetchall()[0][0] or 1
    turns, every = -(-SAMPLE // records), max(1, records // SAMPLE)
    return (
        f"SELECT number AS one, 1 + hash(number * 1000003 + turn) % {records} AS other FROM records, "
        f"range({turns}) turns(turn) WHERE number % {every} = 0 AND one <> other"
    )


def hold_together(con: DuckDBPyConnection) -> None:
    """Make the table `pairs`: every two records that share a key, and on what they agree."""
    con.execute(f"CREATE OR REPLACE TABLE keys AS {EACH_KEY}").fetchall()
    con.execute(f"CREATE OR REPLACE TABLE held AS {PAIRED}").fetchall()
    con.execute(f"CREATE OR REPLACE TABLE pairs AS {agreed('held', 'one', 'other')}").fetchall()
    con.execute("DROP TABLE keys; DROP TABLE held").fetchall()


def agreed(table: str, one: str, other: str) -> str:
    """SQL: each pair of a table with the level of every comparison."""
    return compared(f"({sides(table, one, other)})")


def sides(table: str, one: str, other: str) -> str:
    """SQL, for DuckDB and for Spark: what stands in both records of each pair of a table."""
    both = ", ".join(f"{side}.{name} AS {name}_{side}" for side in "lr" for name in sorted(_columns()))
    rare = ", ".join(f"greatest(l.{name}_share, r.{name}_share) AS {name}_share" for name in SEEN)
    return (
        f"SELECT l.number AS number_l, r.number AS number_r, {rare}, greatest(l.namesakes, r.namesakes) AS namesakes, "
        f"{both} FROM {table} p JOIN records l ON l.number = p.{one} JOIN records r ON r.number = p.{other}"
    )


def compared(table: str) -> str:
    """SQL, for DuckDB: the level of every comparison, for pairs whose sides stand in a table."""
    levels = ", ".join(f"CAST({_levels(each)} AS TINYINT) AS {each.name}" for each in COMPARISONS)
    return f"SELECT number_l, number_r, {levels}, {', '.join(f'{name}_share' for name in SEEN)}, namesakes FROM {table}"


def patterns(con: DuckDBPyConnection) -> dict[Pattern, int]:
    """Every pattern of agreement that was met, and how often."""
    names = ", ".join(one.name for one in COMPARISONS)
    rows = con.execute(f"SELECT {names}, count(*) FROM pairs GROUP BY ALL ORDER BY ALL").fetchall()
    return {row[:-1]: row[-1] for row in rows}


def _equal(con: DuckDBPyConnection, column: str) -> float:
    """The share of pairs of records that have the same value, among those that have one."""
    row = con.execute(
        f"SELECT sum(times * (times - 1)), sum(times) FROM (SELECT count(*)::DOUBLE AS times FROM records "
        f"WHERE {column} IS NOT NULL GROUP BY {column})"
    ).fetchall()[0]
    return float(row[0] / (row[1] * (row[1] - 1))) if row[1] and row[1] > 1 else 0.0


def _columns() -> set[str]:
    text = " ".join([one.missing for one in COMPARISONS] + [level.sql for one in COMPARISONS for level in one.levels])
    return set(re.findall(r"\b([a-z_]+)_[lr]\b", text))


def _levels(one: Comparison) -> str:
    cases = [f"WHEN {one.missing} THEN {MISSING}"]
    cases += [f"WHEN {level.sql} THEN {place}" for place, level in enumerate(one.levels) if level.sql != ELSE]
    return f"CASE {' '.join(cases)} ELSE {len(one.levels) - 1} END"
