"""Links that let an agency into a file it had nothing to do with before: for the business manager, to look at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import behind_wall, called, names, owing
from onrecord.access.queries.work import no_work
from onrecord.access.rules import Viewer, check_see_reads
from onrecord.case.rules import let_in
from onrecord.ledger.queries import last_of, lines, threads_about
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.machine import MACHINE
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries import judgements, people_then

ROWS = 20
LOOKED_THROUGH = 100
"""How many links are looked through for one page, at most; the next page goes on from there."""


@dataclass(frozen=True)
class LetIn:
    """A link: when, by whom, the references of the two, and the agencies that it brought to the other's file.

    Why stays on the child's file: those who judged may have written a name.
    """

    at: datetime
    who: str
    references: tuple[str, ...]
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class Links:
    """A page of such links, the newest first, and the number from which older ones follow; None where none do."""

    rows: list[LetIn]
    older: int | None


def links_that_let_in(viewer: Viewer, before: int | None = None) -> Links:
    """The newest links by which an agency came to a file, or those before a number. Raises Denied."""
    check_see_reads(viewer)
    looked = last_of([LinkJudged.kind], LOOKED_THROUGH, before)
    same = [line for line in looked if line.coded["verdict"] == "same" and len(line.mentions) == 2]
    closed = behind_wall(viewer, {one for line in same for one in line.mentions})
    found = _brought([line for line in same if closed.isdisjoint(line.mentions)])
    shown, full = found[:ROWS], len(found) > ROWS
    older = shown[-1][0].seq if full else looked[-1].seq if len(looked) == LOOKED_THROUGH else None
    return Links(_spoken(shown), older)


def _brought(links: Sequence[Line]) -> list[tuple[Line, list[str]]]:
    """Of these links those that let an agency in, each with whom."""
    pairs = {one for line in links for one in line.mentions}
    judged = judgements(pairs) if pairs else []
    everybody = pairs | {one for row in judged for one in row[:2]}
    ties = _ties(everybody) if pairs else []
    found = [(line, let_in(line, people_then(judged, line.seq, line.mentions), ties)) for line in links]
    return [(line, agencies) for line, agencies in found if agencies]


def _ties(mentions: set[UUID]) -> list[tuple[UUID, str, int]]:
    """Which agency worked with which of these, since which entry: it said something about them, or owed something."""
    said = [
        (one, line.agency, line.seq)
        for line in threads_about(mentions)
        if line.by != MACHINE and line.kind not in no_work()
        for one in line.mentions
    ]
    owed = owing(mentions)
    numbers = {line.id: line.seq for line in lines({source for _, _, source in owed})}
    return said + [(one, agency, numbers[source]) for one, agency, source in owed if source in numbers]


def _spoken(found: Sequence[tuple[Line, list[str]]]) -> list[LetIn]:
    people = names(line.by for line, _ in found)
    return [
        LetIn(
            at=line.recorded_at,
            who=f"{people.get(line.by, line.by)}, {called(line.agency)}",
            references=tuple(str(one)[:8] for one in line.mentions),
            agencies=tuple(sorted(called(agency) for agency in agencies)),
        )
        for line, agencies in found
    ]
