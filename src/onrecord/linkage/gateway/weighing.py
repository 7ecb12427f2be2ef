"""What was learnt, put to the pairs: their weights, whom the guard keeps apart, and which of them hang together."""

from math import log2

from duckdb import DuckDBPyConnection
from splink import DuckDBAPI
from splink.clustering import cluster_pairwise_predictions_at_threshold

from onrecord.linkage.gateway.held import agreed
from onrecord.linkage.rules.joining import Weighed
from onrecord.linkage.rules.levels import APART, COMPARISONS, NAMES, SEEN
from onrecord.linkage.rules.mixture import Shares, Weights
from onrecord.linkage.rules.threshold import Expected, chosen, expected

LARGE = 300
"""Where more records than this hang together, only the pairs with a key in common are looked at."""
ENOUGH = 20_000
"""So many records, taken from all lists alike, say what share could not be linked."""
SIZES = (1_000, 10_000, 100_000, 1_000_000)
"""Of lists of these sizes the card says what threshold they would have."""
ONE_CHILD = 3
"""So many records of one name may be one child. What is beyond them are people of the same name."""
PLACES = {one.name: place for place, one in enumerate(COMPARISONS)}


def weigh(con: DuckDBPyConnection, weights: Weights) -> None:
    """Make `weighed` of `pairs`: two records, the weight for one person, and whether the guard keeps them apart."""
    con.execute(f"CREATE OR REPLACE TABLE weighed AS {_weighed('pairs', weights)}").fetchall()


def hanging_together(con: DuckDBPyConnection, weights: Weights, threshold: float) -> list[Weighed]:
    """All pairs of the records that hang together by links above a threshold, weighed, those without a key included."""
    con.execute(f"CREATE OR REPLACE TABLE links AS FROM weighed WHERE weight >= {threshold} AND NOT apart").fetchall()
    con.execute(
        "CREATE OR REPLACE TABLE ends AS SELECT DISTINCT unnest([number_l, number_r]) AS number FROM links"
    ).fetchall()
    if not con.execute("SELECT count(*) FROM links").fetchall()[0][0]:
        return []
    api = DuckDBAPI(con)
    nodes, edges = api.register("ends"), api.register("links")
    found = cluster_pairwise_predictions_at_threshold(nodes, edges, api, "number", "number_l", "number_r")
    con.execute(
        f"CREATE OR REPLACE TABLE groups AS SELECT *, count(*) OVER (PARTITION BY cluster_id) AS size "
        f"FROM {found.physical_name}"
    ).fetchall()
    con.execute(
        "CREATE OR REPLACE TABLE beside AS SELECT a.number AS one, b.number AS other FROM groups a JOIN groups b "
        f"ON a.cluster_id = b.cluster_id AND a.number < b.number WHERE a.size BETWEEN 3 AND {LARGE}"
    ).fetchall()
    con.execute(f"CREATE OR REPLACE TABLE inside AS {agreed('beside', 'one', 'other')}").fetchall()
    rows = con.execute(
        f"FROM ({_weighed('inside', weights)}) UNION ALL SELECT w.* FROM weighed w "
        "JOIN groups a ON a.number = number_l JOIN groups b ON b.number = number_r AND a.cluster_id = b.cluster_id "
        f"WHERE a.size NOT BETWEEN 3 AND {LARGE} ORDER BY ALL"
    ).fetchall()
    return [Weighed(*row) for row in rows]


def counted(con: DuckDBPyConnection) -> list[tuple[float, int]]:
    """The weights of all pairs that the guard does not keep apart, in steps of an eighth, with their counts."""
    rows = con.execute(
        "SELECT floor(weight * 8) / 8 + 0.0625 AS step, count(*) FROM weighed WHERE NOT apart GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return [(float(step), int(count)) for step, count in rows]


def unlinkable(con: DuckDBPyConnection, weights: Weights) -> list[tuple[float, float]]:
    """For each weight the share of records that could not reach it even against a copy of themselves."""
    some = f"(SELECT number FROM records ORDER BY hash(number) LIMIT {ENOUGH})"
    con.execute(f"CREATE OR REPLACE TABLE self AS {agreed(some, 'number', 'number')}").fetchall()
    con.execute(f"CREATE OR REPLACE TABLE mirrored AS {_weighed('self', weights)}").fetchall()
    rows = con.execute("SELECT floor(weight), count(*) FROM mirrored GROUP BY ALL").fetchall()
    total = sum(count for _, count in rows) or 1
    return [(float(step), sum(count for weight, count in rows if weight < step) / total) for step in range(-4, 25, 2)]


def sized(con: DuckDBPyConnection, weights: Weights, records: int) -> list[tuple[int, Expected]]:
    """For lists of other sizes, of the same kind, what threshold the weights would choose, and what they expect of it.

    With ten times the records there are ten times as many people and households, and a hundred times as many strangers.
    """
    con.execute(f"CREATE OR REPLACE TABLE odds AS {_odds('pairs', weights)}").fetchall()
    found = []
    for size in SIZES:
        times = size / records
        chance = f"(chance - {log2(times)})"
        rows = con.execute(
            f"SELECT floor(-log2(pow(2, -{chance}) + pow(2, -kin)) * 8) / 8 + 0.0625 AS step, sum({times} * "
            f"(1 + pow(2, -kin) + {times} * pow(2, -chance)) / (1 + pow(2, -kin) + pow(2, -chance))) "
            "FROM odds WHERE NOT apart GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        steps = expected([(float(step), float(count)) for step, count in rows], times * weights.people)
        found.append((size, chosen(steps)))
    return found


def _weighed(table: str, weights: Weights) -> str:
    """SQL: pairs with their weight."""
    return f"""
        SELECT least(number_l, number_r) AS number_l, greatest(number_l, number_r) AS number_r,
            -log2(pow(2, -chance) + pow(2, -kin)) AS weight, apart FROM ({_odds(table, weights)})"""


def _odds(table: str, weights: Weights) -> str:
    """SQL: pairs with what speaks for one person against strangers, and against one household.

    Against strangers, rare values and rare names count for more.
    """
    chance = log2(weights.people / weights.pairs)
    kin = log2(weights.people / weights.households)
    apart = " OR ".join(f"{name} = {_place(name, code)}" for name, code in APART)
    many = " AND ".join(f"{name} BETWEEN 0 AND {most - 1}" for name, most in NAMES)
    return f"""
        WITH said AS (SELECT *, {chance} + {_sum(weights.same, weights.strangers)} AS plain,
            {kin} + {_sum(weights.same, weights.kin)} AS kin,
            {" + ".join(_rarer(name, weights) for name in SEEN)} AS rare,
            log2(greatest(namesakes - {ONE_CHILD}, 0.0001) / (SELECT count(*) FROM records)) AS named,
            {" + ".join(_named(name, weights) for name, _ in NAMES)} AS by_chance
            FROM {table}),
        held AS (SELECT *, plain + rare - CASE WHEN {many} THEN greatest(0, named - by_chance) ELSE 0 END AS chance
            FROM said)
        SELECT number_l, number_r, chance, kin, ({apart}) AND {weights.guarded} AS apart FROM held"""


def _sum(over: Shares, under: Shares) -> str:
    terms = []
    for place, one in enumerate(COMPARISONS):
        worth = (
            f"WHEN {level} THEN {log2(over[place][level] / under[place][level])}" for level in range(len(one.levels))
        )
        terms.append(f"CASE {one.name} {' '.join(worth)} ELSE 0 END")
    return " + ".join(terms)


def _rarer(name: str, weights: Weights) -> str:
    """What the same value adds for being rarer than usual, or takes for being more common."""
    usual = weights.strangers[PLACES[name]][0]
    return f"CASE WHEN {name} = 0 THEN -log2({name}_share / {usual}) ELSE 0 END"


def _named(name: str, weights: Weights) -> str:
    """How likely it was held to be that two strangers have one name (a power of two)."""
    levels = enumerate(weights.strangers[PLACES[name]])
    worth = " ".join(f"WHEN {level} THEN {log2(share)}" for level, share in levels if level)
    return f"CASE {name} WHEN 0 THEN log2({name}_share) {worth} ELSE 0 END"


def _place(name: str, code: str) -> int:
    return next(place for place, level in enumerate(COMPARISONS[PLACES[name]].levels) if level.code == code)
