"""How many children each worker holds, counted wherever they are held, and what waits undecided."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.access.queries import people
from onrecord.access.rules import CASE_ROLES, Denied, Viewer, can_see_all_duties, led_by
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import open_decisions
from onrecord.duties.queries.walls import seen_about
from onrecord.duties.rules.caseload import KINDS, children_of, held
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.gateway.rows import asked
from onrecord.ledger.gateway.values import as_id
from onrecord.ledger.queries import answers, last_of, lines, threads_about
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.queries import cluster, clusters

HANDED = f"""SELECT t.holder, t.mention FROM "{Owed._meta.db_table}" t
WHERE t.state = '{OPEN}' AND t.mention IS NOT NULL AND t.holder <> ''"""  # noqa: S608  # no value in it


class Caseload(NamedTuple):
    """How many children somebody holds, with every agency in which they work."""

    worker: str
    name: str
    agencies: tuple[str, ...]
    children: int


class Holds(NamedTuple):
    """Who holds a child's case: the entries that say so, the first of them and the last; the worker; as what."""

    first: UUID
    last: UUID
    worker: str
    part: str
    since: datetime


def caseloads(viewer: Viewer, now: datetime) -> list[Caseload]:
    """Those who hold a case or could, with how many children each holds anywhere, most first.

    A leader sees those of their agencies; whoever watches over the record sees everybody. Raises Denied for others.
    """
    everywhere, led = can_see_all_duties(viewer), led_by(viewer)
    if not everywhere and not led:
        raise Denied("Only managers, and the people outside, see how many children each worker holds.")
    many = counted(now)
    found: dict[str, Caseload] = {}
    for user, name, role, agency in people():
        if (everywhere or agency in led) and (role in CASE_ROLES or user in many):
            known = found.get(user, Caseload(user, name, (), many.get(user, 0)))
            found[user] = known._replace(agencies=tuple(dict.fromkeys((*known.agencies, agency))))
    return sorted(
        (one for one in found.values() if one.children), key=lambda one: (-one.children, one.name, one.worker)
    )


def counted(now: datetime, over: int = 0) -> dict[str, int]:
    """How many children each worker holds: by their cases, and by duties that were handed to them by name.

    Only those who hold more than so many; for the others nobody has to be told apart.
    """
    cases = [(worker, line.mentions) for worker, line in held(_cases(), now).values()]
    cases += [(holder, (as_id(mention),)) for holder, mention in asked(HANDED, ())]
    named = Counter(worker for worker, mentions in cases for _ in mentions)
    cases = [case for case in cases if named[case[0]] > over]
    found = children_of(cases, clusters({one for _, mentions in cases for one in mentions})) if cases else {}
    return {worker: many for worker, many in found.items() if many > over}


def who_holds(viewer: Viewer, mention: UUID, now: datetime) -> list[Holds]:
    """Who holds the case of a child, as far as this person may know, in the order in which they took it."""
    given = seen_about(viewer, mention, threads_about(cluster(mention)))
    first = {line.id: line.id for line in given if line.kind == KINDS[0]}
    parts = {line.id: str(line.coded["part"]) for line in given if line.kind == KINDS[0]}
    for line in given:
        if line.kind == KINDS[1]:
            first[line.id] = next((first[one] for one in line.regarding if one in first), line.id)
    return [
        Holds(first[uid], uid, worker, parts.get(first[uid], "lead"), line.recorded_at)
        for uid, (worker, line) in held(given, now).items()
    ]


def undecided(now: datetime) -> list[tuple[str, int]]:
    """How many reports wait for a decision, by how long; none is named."""
    ages = [now - since for _, since, _ in open_decisions()]
    days = [age.total_seconds() / 86400 for age in ages]
    bands = (
        ("Less than a day", 0, 1),
        ("One to three days", 1, 3),
        ("Three to seven days", 3, 7),
        ("Longer than a week", 7, 99999),
    )
    return [(words, sum(first <= one < last for one in days)) for words, first, last in bands]


def _cases() -> Iterable[Line]:
    known = last_of(KINDS)
    proposed = [line.id for line in known if line.proposed]
    return [*known, *lines(answers(proposed))] if proposed else known
