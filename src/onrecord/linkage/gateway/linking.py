"""Linking whole lists: read, made comparable, held together, learnt from, weighed, joined, written; all or nothing."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from onrecord.ledger.gateway.collector import paused
from onrecord.linkage.gateway.comparable import make_comparable
from onrecord.linkage.gateway.held import hold_together, patterns, strangers
from onrecord.linkage.gateway.reading import hold as hold_rows
from onrecord.linkage.gateway.reading import read_lists
from onrecord.linkage.gateway.weighing import counted, hanging_together, sized, unlinkable, weigh
from onrecord.linkage.gateway.written import write_all
from onrecord.linkage.rules.card import Card, page
from onrecord.linkage.rules.done import Done
from onrecord.linkage.rules.fair import Tradition, by_tradition, tradition
from onrecord.linkage.rules.joining import Linked, Weighed, join
from onrecord.linkage.rules.mixture import Weights, beginning, learn
from onrecord.linkage.rules.model import Made, model_of
from onrecord.linkage.rules.threshold import chosen, expected

STAGES = 8
SURE = 60.0
"""The weight of what a person judged."""
Told = Callable[[int, int], None]
Hold = Callable[[DuckDBPyConnection], None]
"""What makes the table `pairs` of the records: here (held.py), or on Spark (spark.py)."""


def link(
    inputs: Sequence[Path], output: Path, at: datetime, truth: Path | None, told: Told, hold: Hold = hold_together
) -> Done:
    """Link lists, and write the links, the groups, the model and its card beside each other. Raises ListRefused."""
    with duckdb.connect() as con, paused():
        unread = read_lists(con, inputs)
        known = _truth(con, truth) if truth else {}
        return _linked(con, output, at, told, hold, unread=unread, known=known)


def link_record(
    rows: Iterable[Sequence[str | None]],
    judged: Mapping[tuple[str, str], str],
    output: Path,
    at: datetime,
    told: Told,
    hold: Hold = hold_together,
) -> Done:
    """Link the mentions of the record in the same way. What people judged stands: different ones are kept apart."""
    with duckdb.connect() as con, paused():
        hold_rows(con, rows)
        return _linked(con, output, at, told, hold, judged=judged)


def _linked(
    con: DuckDBPyConnection,
    output: Path,
    at: datetime,
    told: Told,
    hold: Hold,
    *,
    unread: Sequence[str] = (),
    known: Mapping[int, str] | None = None,
    judged: Mapping[tuple[str, str], str] | None = None,
) -> Done:
    told(1, STAGES)
    weights, made = _learnt(con, at, told, hold)
    steps = expected(counted(con), weights.people)
    at_step = chosen(steps)
    pairs = _as_judged(con, hanging_together(con, weights, at_step.weight), judged or {})
    linked, groups = join(pairs, at_step.weight)
    told(6, STAGES)
    traditions = _fairness(con, linked, dict(known)) if known else []
    sizes = sized(con, weights, made.records)
    card = Card(made, weights, steps, at_step, unlinkable(con, weights), sizes, traditions)
    told(7, STAGES)
    files = write_all(con, output, linked, groups, {"model.json": _json(card), "card.html": page(card)})
    told(STAGES, STAGES)
    people = made.records - len(groups) + len(set(groups.values()))
    names = tuple(str(file) for file in files)
    return Done(
        made.records, made.lists, made.pairs, len(linked), people, at_step, tuple(unread), tuple(traditions), names
    )


def _as_judged(
    con: DuckDBPyConnection, pairs: list[Weighed], judged: Mapping[tuple[str, str], str]
) -> Iterable[Weighed]:
    """What people judged, put in the place of what was worked out, also where no key brought two together."""
    if not judged:
        return pairs
    numbers = dict(con.execute("SELECT unique_id, number FROM lists").fetchall())
    said = {
        (min(ends), max(ends)): verdict
        for (one, other), verdict in judged.items()
        if one in numbers and other in numbers and (ends := (numbers[one], numbers[other]))
    }
    kept = [pair for pair in pairs if said.get((pair.one, pair.other), "unsure") == "unsure"]
    sure = [Weighed(*ends, SURE, verdict == "different") for ends, verdict in said.items() if verdict != "unsure"]
    return [*kept, *sure]


def _learnt(con: DuckDBPyConnection, at: datetime, told: Told, hold: Hold) -> tuple[Weights, Made]:
    make_comparable(con)
    told(2, STAGES)
    hold(con)
    told(3, STAGES)
    records, lists = con.execute("SELECT count(*), count(DISTINCT source_dataset) FROM records").fetchall()[0]
    every = records * (records - 1) / 2
    met = patterns(con)
    weights = learn(met, beginning(strangers(con), every, records))
    told(4, STAGES)
    weigh(con, weights)
    told(5, STAGES)
    return weights, Made(at, records, lists, sum(met.values()))


def _truth(con: DuckDBPyConnection, path: Path) -> dict[int, str]:
    """Who is who in truth, where somebody gives it to measure by: a CSV of unique_id and person."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        said = {row["unique_id"]: row["person"] for row in csv.DictReader(file)}
    rows = con.execute("SELECT number, unique_id FROM lists").fetchall()
    return {number: said.get(uid, f"alone {uid}") for number, uid in rows}


def _fairness(con: DuckDBPyConnection, linked: Sequence[Linked], known: dict[int, str]) -> list[Tradition]:
    rows = con.execute("SELECT number, surname FROM lists WHERE surname IS NOT NULL").fetchall()
    named = {number: tradition(surname) for number, surname in rows}
    return by_tradition(((pair.one, pair.other) for pair in linked), known, named)


def _json(card: Card) -> str:
    return json.dumps(model_of(card.weights, card.made, card.at), indent=1) + "\n"
