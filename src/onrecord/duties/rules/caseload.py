"""How many children each worker holds, wherever their cases are held. Computed from what was recorded, never typed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from onrecord.duties.facts import CaseHandedOver, CaseHeld
from onrecord.ledger.rules.effect import Line, standing

THRESHOLD = 22
"""From more children than this a caseload is looked at. Rotherham used 22 in its plan after 2014; no law gives one."""
KINDS = (CaseHeld.kind, CaseHandedOver.kind)


def held(lines: Iterable[Line], known_at: datetime) -> dict[UUID, tuple[str, Line]]:
    """Each case that somebody holds: the entry by which they hold it, who they are, and its line.

    A case that is handed to a worker is held by the entry that hands it over. `lines` hold what agrees to proposals.
    """
    found: dict[UUID, tuple[str, Line]] = {}
    for line, _ in standing(lines, known_at):
        if line.kind == CaseHandedOver.kind:
            for target in line.regarding:
                found.pop(target, None)
        if line.kind in KINDS and line.coded.get("worker"):
            found[line.id] = (str(line.coded["worker"]), line)
    return found


def children_of(cases: Iterable[tuple[str, Iterable[UUID]]], people: Mapping[UUID, frozenset[UUID]]) -> dict[str, int]:
    """How many children each worker holds. A child who was mentioned several times, or is held twice, counts once."""
    found: dict[str, set[frozenset[UUID]]] = defaultdict(set)
    for worker, mentions in cases:
        found[worker].update(people.get(one, frozenset([one])) for one in mentions)
    return {worker: len(children) for worker, children in found.items()}
