"""Writing what a linking found: nothing stands under its name before all is written. Only the owner reads the files."""

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from duckdb import DuckDBPyConnection

from onrecord.linkage.rules.joining import Linked
from onrecord.linkage.rules.threshold import probability

PAIRS = "unique_id_l,unique_id_r,match_weight,match_probability\n"
GROUPS = "unique_id,source_dataset,cluster_id\n"


def write_all(
    con: DuckDBPyConnection,
    output: Path,
    linked: Sequence[Linked],
    groups: Mapping[int, int],
    beside: Mapping[str, str],
) -> list[Path]:
    """Write the links, beside them the groups and the texts: first all under other names, then each under its own."""
    stem = output.name.removesuffix(".csv")
    rows = con.execute("SELECT number, unique_id, source_dataset FROM lists ORDER BY number").fetchall()
    ids = {number: _cell(uid) for number, uid, _ in rows}
    sources = {source: _cell(source) for source in {source for _, _, source in rows}}
    pairs = (
        f"{ids[one]},{ids[other]},{weight:.4f},{probability(weight):.6f}\n" for one, other, weight in sorted(linked)
    )
    whose = (f"{ids[row[0]]},{sources[row[2]]},{ids[groups.get(row[0], row[0])]}\n" for row in rows)
    drafts = {
        output: chain([PAIRS], pairs),
        output.with_name(f"{stem}.clusters.csv"): chain([GROUPS], whose),
    } | {output.with_name(f"{stem}.{name}"): iter([text]) for name, text in beside.items()}
    waiting = {path.with_name(f".{path.name}.new"): path for path in drafts}
    try:
        for draft, path in waiting.items():
            _write(draft, drafts[path])
        for draft, path in waiting.items():
            draft.replace(path)
    finally:
        for draft in waiting:
            draft.unlink(missing_ok=True)
    return list(drafts)


def _write(draft: Path, lines: Iterable[str]) -> None:
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(lines)


def _cell(text: str) -> str:
    """A cell, quoted where it has to be. No id begins as a formula: reading refuses it."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text
