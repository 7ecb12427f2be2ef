"""Where a report goes: it is compared with everybody who works here, and again when they or it change."""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID, uuid5

import structlog
from django.db import transaction

from onrecord.access.queries import is_routed, named_in
from onrecord.intake.facts import ReportReceived, ReportRouted
from onrecord.intake.gateway import texts_in
from onrecord.intake.models import Compared
from onrecord.intake.queries import (
    Named,
    changed,
    corrections,
    named_staff,
    newest_of_people,
    originals,
    past_everybody,
    said_hashes,
    undecided,
    unrouted,
)
from onrecord.intake.queries import report as report_row
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Saying
from onrecord.ledger.facts.entry import own_mentions
from onrecord.ledger.gateway.files import FileSpoilt, NoFile, open_file
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.queries import entries, entry, size, thread, untaken
from onrecord.ledger.rules.machine import SOMEBODY, machine_saying

log = structlog.get_logger()
T = TypeVar("T")


def route(made: Entry, papers: Sequence[Piece] | None = None) -> None:
    """Say where a stored report goes: it is compared with everybody who works here. Said before, it stays so.

    It is compared with these papers beside it, or where none are given with all that stands beside it by now.
    """
    if not isinstance(made.saying.fact, ReportReceived) or is_routed(made.id):
        return
    append([_first_routed(made.saying, *_weighed(made, papers), made.recorded_at)])


def routed_beside(saying: Saying, hashes: list[str] | None, now: datetime) -> list[Saying]:
    """Where a report goes that is about to be recorded and has nothing beside it, to be said in the same breath.

    To be asked while the head is held: who comes to work here is then either found, or recorded later, and the watch
    compares again. Nothing where it fails, or had no hashes: the report waits unread, and the watch tries again.
    """
    found: list[Saying] = []
    if hashes is not None:
        works = getattr(saying.fact, "positions", "") == "yes"
        done(saying.id, lambda: found.append(_first_routed(saying, *_because(saying, hashes, works=works), now)))
    return found


def route_waiting() -> int:
    """Route every report that is not routed yet; how many still are not. What fails is tried again at the next look."""
    waiting = unrouted()
    return len(waiting) - sum(done(uid, partial(_route_one, uid)) for uid in waiting)


def _route_one(uid: UUID) -> None:
    route(entry(uid))


def compare_again(uid: UUID, now: datetime) -> None:
    """Compare a routed report with all that stands beside it by now and those who work here now. It can only seal."""
    row = report_row(uid)
    if row is None or not row.route:
        return
    made, known = entry(uid), named_in(uid)
    because, found = _weighed(made, None)
    if because == "not" or (row.route == "sealed" and known.issuperset(found.users)):
        return
    barred = tuple(sorted(known.union(found.users)))
    sealed = _routed("sealed", because, barred, found)
    append([_saying_routed(made.saying, sealed, f"{ReportRouted.kind}/{because}/{'/'.join(barred)}", now)])


def compare_waiting(now: datetime, most: int = 100) -> int:
    """Compare again, a part at each look, what changed, and once somebody came, what waits; how many could not be.

    What was put right, or joined to a report, is looked at once. New people, and new details of them, are compared with
    every report that waits for a decision.
    """
    at = _come_so_far()
    before = (at.changed, at.people, at.going, at.reached)
    found = changed(at.changed, most)
    failed = _failed(found, now)
    at.changed = failed[0] - 1 if failed else max([at.changed, *(seq for seq, _ in found)])
    newest = newest_of_people()
    if at.going is None and newest > at.people:
        at.going, at.reached = newest, -1
    if at.going is not None:
        rows = undecided(at.reached, most)
        failed += _failed(rows, now)
        at.reached = max([at.reached, *(seq for seq, _ in rows)])
        if len(rows) < most:
            at.people, at.going = at.going, None
    if before != (at.changed, at.people, at.going, at.reached):
        at.save()
    return len(failed)


def _come_so_far() -> Compared:
    """How far comparing has come. Past the end of the record nobody came: then it begins anew, and only seals more."""
    at, _ = Compared.objects.get_or_create(id=1)
    if max(at.changed, at.people, at.going or -1, at.reached) >= size():
        Compared.objects.filter(id=1).delete()
        return Compared.objects.create(id=1)
    return at


def _failed(found: Iterable[tuple[int, UUID]], now: datetime) -> list[int]:
    """The numbers of those that could not be compared again."""
    return [seq for seq, uid in found if not done(uid, partial(compare_again, uid, now))]


def _weighed(made: Entry, papers: Sequence[Piece] | None) -> tuple[str, Named]:
    """Why a report is to be sealed, or why not; and who is named in it."""
    fixes = corrections(made.id) if papers is None else []
    said = [(fix.field, json.loads(fix.value)) for fix in fixes]
    texts = texts_in(_originals(made.id) if papers is None else papers)
    added = _added(made.id) if papers is None else []
    beside = [*(value for _, value in said), *texts, *added]
    hashes = said_hashes(made.saying.fact, beside, titled=made.saying.by == SOMEBODY)
    works = getattr(made.saying.fact, "positions", "") == "yes" or ("positions", "yes") in said
    return _because(made.saying, hashes, works=works)


def _because(saying: Saying, hashes: list[str], *, works: bool) -> tuple[str, Named]:
    """The same, once everything that is written has its keyed hashes."""
    named = named_staff(saying, hashes)
    return "both" if works and named.users else "said_so" if works else "staff_named" if named.users else "not", named


def _routed(to: str, because: str, against: tuple[str, ...], named: Named) -> ReportRouted:
    return ReportRouted(to=to, because=because, against=against, details=tuple(map(str, named.details)) or None)


def _added(uid: UUID) -> list[object]:
    """What whoever reported without signing in said since, or beside it. Their own name is none of it."""
    later = [line.id for line in thread(uid)[1:] if line.by == SOMEBODY]
    facts = [made.saying.fact for made in (*(entries(later) if later else ()), *past_everybody(uid)[0])]
    return [getattr(fact, name) for fact in facts for name in sorted(fact.told_us) if getattr(fact, name, None)]


def _originals(uid: UUID) -> list[Piece]:
    """The files that were kept with a report, but for those that are lost or spoilt: `verify` names them."""
    found = []
    for kept, fact in originals(uid):
        with suppress(NoFile, FileSpoilt):
            found.append(Piece(fact.name, fact.media_type, open_file(kept)))
    return found


def _first_routed(saying: Saying, because: str, named: Named, when: datetime) -> Saying:
    to = "front_door" if because == "not" else "sealed"
    return _saying_routed(saying, _routed(to, because, named.users, named), ReportRouted.kind, when)


def _saying_routed(saying: Saying, routed: ReportRouted, mark: str, when: datetime) -> Saying:
    uid = untaken(uuid5(saying.id, mark), ReportRouted.kind)
    about = (*own_mentions(saying), *saying.about)
    return machine_saying(routed, when, uid=uid, about=about, regarding=(saying.id,))


def done(report: UUID, step: Callable[[], object]) -> bool:
    """Do something with a report, whatever goes wrong: then it stays as it was, and the watch tries again."""
    try:
        with transaction.atomic():
            step()
    except Exception as error:
        log.error("a report could not be compared", report=str(report), **told(error))
        return False
    return True


def made_before(report: UUID, step: Callable[[], T]) -> T | None:
    """What a step gives that needs no table, made before a report is recorded; None where it fails: no report waits."""
    try:
        return step()
    except Exception as error:
        log.error("what stands beside a report could not be made", report=str(report), **told(error))
        return None
