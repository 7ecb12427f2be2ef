"""The watch's tick: look again at what is due, and let it climb. Two ticks at once never double anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

import structlog
from django.db import transaction

from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.queries import addresses, all_outside_among, holders, is_routed, named_in, seat_agency
from onrecord.duties.actions.caseloads import heavy_caseloads
from onrecord.duties.actions.details import question_details
from onrecord.duties.actions.found import empty_roles, no_reader, vacant_seats
from onrecord.duties.actions.lowerings import bulk_lowerings
from onrecord.duties.actions.witnesses import channel_named, witnesses_named
from onrecord.duties.facts import DutyEscalated
from onrecord.duties.models import Beat, Owed
from onrecord.duties.queries.looks import due_about, to_look_at
from onrecord.duties.rules import Step, steps
from onrecord.duties.rules.fold import OPEN, SPACE
from onrecord.intake.actions import compare_waiting, route_waiting
from onrecord.ledger.actions import Frozen, append, checkpoint, destroy_keys, finish, heal, hold
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.queries import news, untaken
from onrecord.ledger.rules.machine import machine_saying
from onrecord.linkage.queries import cluster
from onrecord.notices.actions import deliver, queue
from onrecord.notices.rules import NOBODY_LEFT, OF_A_SEAT, Item
from onrecord.rulebook.facts import OUTSIDE, OWING, Rule, Rulebook
from onrecord.rulebook.queries import edition
from onrecord.rulebook.rules import local_day

log = structlog.get_logger()


@dataclass
class Ticked:
    """What a tick did: counts, and why nothing was signed if nothing was."""

    escalated: int = 0
    delivered: int = 0
    failed: int = 0
    stuck: int = 0
    unrouted: int = 0
    healed: int = 0
    seats_vacant: int = 0
    roles_empty: int = 0
    no_reader: bool = False
    bulk_lowerings: int = 0
    caseloads: int = 0
    keys_destroyed: int = 0
    checkpoint: bool = False
    frozen: str = ""


def tick(now: datetime, progress: Callable[[int], None] = lambda done: None, *, sign: bool = True) -> Ticked:
    """Look once: heal read tables, find who is missing, compare reports, let late duties climb, deliver, sign.

    `progress` hears how many duties have been looked at. A frozen checkpoint stops nothing else.
    """
    done = Ticked(healed=heal(), seats_vacant=vacant_seats(now), roles_empty=empty_roles(now))
    done.no_reader = no_reader(now)
    done.bulk_lowerings = bulk_lowerings(now)
    done.caseloads = heavy_caseloads(now)
    done.unrouted = route_waiting() + compare_waiting(now)
    question_details(now)
    witnesses_named(now)
    channel_named(now)
    done.keys_destroyed = _end_of_what_went(now)
    while looked := _climb(now, done):
        progress(looked)
    done.delivered, done.failed = deliver(now)
    if sign:
        _sign(done, now)
    if not Beat.objects.filter(id=1).update(at=now, frozen=done.frozen):
        Beat.objects.update_or_create(id=1, defaults={"at": now, "frozen": done.frozen})
    return done


def _end_of_what_went(now: datetime) -> int:
    """Finish what erasures left half done, and destroy the keys of backups whose day is over; how many keys."""
    try:
        finish()
        return len(destroy_keys(now))
    except Exception as error:
        log.error("an erasure could not be finished, or the key of a backup not destroyed", **told(error))
        return 0


def _climb(now: datetime, done: Ticked) -> int:
    """Take the next step of every duty whose time has come; how many were taken. One that cannot holds up no other."""
    rows = to_look_at(now)
    taken = stuck = 0
    for row in rows:
        try:
            taken += _next_step(row, now)
        except Exception as error:
            log.error("a duty could not climb", duty=str(row.key), **told(error))
            stuck += 1
    done.escalated, done.stuck = done.escalated + taken, stuck
    return taken


def _next_step(row: Owed, now: datetime) -> bool:
    """Take the next step of one duty if its time has come; whether it was taken."""
    made = edition(row.edition)
    rule = next(rule for rule in made.rules if rule.id == row.rule)
    second, at_once = _second_miss(row, now), _at_once(row)
    ladder = steps(rule, row.due_at, made.calendar, second, sealed=row.wall is not None, at_once=at_once)
    step = next(step for step in ladder if step.number >= row.rung)
    return step.at <= now and _take(row, rule, made, step, now)


def _at_once(row: Owed) -> datetime | None:
    """Since when nobody may answer what is sealed, as nobody sits there whom it is not about; None where somebody does.

    What could not be routed is read by nobody inside either.
    """
    if row.wall is None:
        return None
    agency = seat_agency(row.role, OUTSIDE) if row.role in OUTSIDE_ROLES else row.agency
    sitting = set(holders(row.role, agency or row.agency)) - named_in(row.wall)
    return None if sitting and is_routed(row.wall) else row.started_at


def _take(row: Owed, rule: Rule, made: Rulebook, step: Step, now: datetime) -> bool:
    """Take one step of one duty, if no other tick has taken it: the fact and its notices in one transaction."""
    agency = row.agency if step.of == OWING else seat_agency(step.role, step.of) or step.of
    barred = named_in(row.wall) if row.wall else set()
    told = [user for user in holders(step.role, agency) if user not in barred]
    item = Item(str(row.opening)[:8], rule.title, row.agency, _age(row.due_at, now, made))
    if step.outside and not told and (told := all_outside_among(barred)):
        item = Item(str(row.opening)[:8], "", "", "", news=NOBODY_LEFT, matter=OF_A_SEAT)
    with transaction.atomic():
        hold()
        if not Owed.objects.filter(key=row.key, state=OPEN, rung=row.rung, look_at=row.look_at).update(look_at=None):
            return False
        fact = DutyEscalated(
            duty=str(row.key),
            rule=rule.id,
            rung=step.number,
            role=step.role,
            agency=agency,
            told=tuple(told),
            outside="yes" if step.outside else "no",
        )
        uid = untaken(uuid5(SPACE, f"{row.key}/{step.number}"), DutyEscalated.kind)
        mentions = (row.mention,) if row.mention else ()
        append([machine_saying(fact, step.at, uid=uid, about=mentions, regarding=(row.opening,))])
        known = addresses(told)
        for user in told:
            queue(str(uid), user, known.get(user, ""), item, now, step.at, single=step.single)
    return True


def _second_miss(row: Owed, now: datetime) -> datetime | None:
    """When a second duty to the same child was missed; None while there is none."""
    if row.alarm != "child_owed" or row.mention is None:
        return None
    owed = due_about(cluster(row.mention), row.alarm, now)
    seen = [one for one in owed if row.wall is not None or one.wall is None]
    missed = [one.due_at for one in seen if one.done_at is None or one.done_at >= one.due_at]
    return sorted(missed)[1] if len(missed) > 1 else None


def _age(due: datetime, now: datetime, made: Rulebook) -> str:
    if now < due:
        return "not late yet, and nobody inside may answer it"
    days = (local_day(now, made.calendar) - local_day(due, made.calendar)).days
    if days:
        return f"late by {days} day{'s' if days > 1 else ''}"
    hours = int((now - due).total_seconds() // 3600)
    return f"late by {hours} hour{'s' if hours != 1 else ''}"


def _sign(done: Ticked, now: datetime) -> None:
    """Sign both ledgers, if there is news or the day is over. What keeps one from being signed stops nothing else."""
    for using in ("default", "reads"):
        try:
            if news(using, now):
                checkpoint(using)
                done.checkpoint = True
        except Frozen as reason:
            done.frozen = str(reason)[:300]
        except Exception as error:
            log.error("a ledger could not be signed", ledger=using, **told(error))
            done.frozen = done.frozen or f"{using} could not be signed ({type(error).__name__}). The log says where."
