"""The verbs of notices: queue one, deliver what waits, and say when one did not arrive."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from onrecord.ledger.actions import append, hold
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import is_demo
from onrecord.ledger.gateway.rows import as_models, asked, insert, row_type
from onrecord.ledger.queries import last_of, untaken
from onrecord.ledger.rules.machine import machine_saying
from onrecord.notices.facts import ChannelNamed, NoticeFailed
from onrecord.notices.gateway import NoAnswer, NotDelivered, Way, send, way_set
from onrecord.notices.models import Notice
from onrecord.notices.queries import way_agreed
from onrecord.notices.rules import OF_THE_WAY, WAITS, Item, body, came_by, last_digest, next_digest, next_try, subject

SPACE = UUID("6f6e7265-636f-5264-8000-6e6f74696365")
SILENT = 3
"""After so many messages that it did not answer, a mail system is left alone for the rest of a round."""
Going = row_type(Notice)
HAD = f"""SELECT 1 FROM "{Notice._meta.db_table}" t
WHERE t.recipient = %s AND NOT t.single AND t.delivered_at >= %s LIMIT 1"""  # noqa: S608  # no value in it


def queue(mark: str, recipient: str, address: str, item: Item, now: datetime, since: datetime, *, single: bool) -> None:
    """Queue a notice, in the transaction of the fact it tells of. The same mark and recipient queue it once.

    `since` is the moment it tells of. A single notice goes out at once. Any other goes with the day's digest, of which
    everybody gets one.
    """
    made = Going(
        id=uuid5(SPACE, f"{mark}/{recipient}"),
        recipient=recipient,
        address=address,
        item=item.plain(),
        single=single,
        made_at=now,
        attempts=0,
        try_at=now if single else _digest(recipient, now, since),
        delivered_at=None,
        failed_at=None,
    )
    insert([made], again=True)


def _digest(recipient: str, now: datetime, since: datetime) -> datetime:
    """When somebody's next digest goes out: at once, where today's is due and they have not had it."""
    due = last_digest(now)
    had = asked(HAD, [recipient, due])
    return next_digest(now) if had or since > due else now


def note_channel(now: datetime) -> Entry | None:
    """Put on record by which mail system notices are to go, when it is another; the entry, where it changed.

    A demonstration has none.
    """
    way, last = way_set(), last_of([ChannelNamed.kind], 1)
    if is_demo() or (last and last[0].coded["mark"] == way.mark()):
        return None
    fact = ChannelNamed(mark=way.mark(), way=way.text(), changed="yes" if last else None)
    made = append([machine_saying(fact, now)])[0]
    return made if last else None


def deliver(now: datetime) -> tuple[int, int]:
    """Try every notice that waits; how many were delivered and how many failed for good.

    At least once: a notice is marked delivered after it was handed over, so a crash between the two sends it again.
    """
    delivered = failed = 0
    waiting = _bundles(now)
    ways = Ways(_ways(now) if waiting else [])
    for one in waiting:
        bundle = _claimed(one, now)
        if not bundle:
            continue
        cause = _attempt(bundle, ways)
        uids = [notice.id for notice in bundle]
        if cause is None:
            delivered += Notice.objects.filter(id__in=uids).update(delivered_at=now, try_at=None)
            continue
        for notice in bundle:
            failed += _again(notice, cause, now)
    return delivered, failed


def _bundles(now: datetime) -> list[list[Notice]]:
    """What goes out as one message: what interrupts one person at this moment, and one person's digest."""
    bundles: dict[tuple[str, bool], list[Notice]] = {}
    for notice in as_models(Notice, "WHERE t.try_at <= %s ORDER BY t.try_at, t.made_at, t.id", [now]):
        bundles.setdefault((notice.recipient, notice.single), []).append(notice)
    return list(bundles.values())


def _claimed(bundle: list[Notice], now: datetime) -> list[Notice]:
    """Those that nobody else is sending at this moment. If this process dies on the way, they are tried again."""
    again = now + WAITS[0]
    return [one for one in bundle if Notice.objects.filter(id=one.id, try_at=one.try_at).update(try_at=again)]


def _ways(now: datetime) -> list[Way]:
    """The mail systems to try: the one in effect, and the one that is set, where nobody outside agreed to it yet."""
    agreed = None if is_demo() else way_agreed(now)
    return list(dict.fromkeys([agreed or way_set(), way_set()]))


@dataclass
class Ways:
    """The mail systems of one round, and how often each did not answer: one that is silent holds up no others' mail."""

    every: list[Way]
    silent: Counter[Way] = field(default_factory=Counter)

    def send(self, way: Way, address: str, subject: str, body: str) -> bool:
        """Hand a message to one of them; whether it took it."""
        if self.silent[way] >= SILENT:
            return False
        try:
            send(address, subject, body, way)
        except NotDelivered as error:
            self.silent[way] += isinstance(error, NoAnswer)
            return False
        return True


def _attempt(bundle: list[Notice], ways: Ways) -> str | None:
    """Hand a message over by the first way that takes it, or by each where it is about the way; the cause if none did.

    What no longer takes anything must not silence anybody, so that the way that is set stands in.
    """
    if not bundle[0].address:
        return "no_address"
    items = [Item(**notice.item) for notice in bundle]
    of_the_way = any(item.matter == OF_THE_WAY for item in items)
    taken = False
    for way in ways.every:
        copy = came_by(new=way == ways.every[-1]) if of_the_way and len(ways.every) > 1 else ""
        taken |= ways.send(way, bundle[0].address, subject(items), body(items) + copy)
        if taken and not of_the_way:
            break
    return None if taken else "refused"


def _again(notice: Notice, cause: str, now: datetime) -> bool:
    """Set the next attempt, or record that the notice failed; whether it failed."""
    attempts = notice.attempts + 1
    again = next_try(attempts, now) if cause == "refused" else None
    with transaction.atomic():
        hold()
        if again is None:
            _failed(notice, cause, now)
        Notice.objects.filter(id=notice.id).update(attempts=attempts, try_at=again)
    return again is None


def _failed(notice: Notice, cause: str, now: datetime) -> None:
    fact = NoticeFailed(notice=str(notice.id), recipient=notice.recipient, cause=cause)
    uid = untaken(uuid5(SPACE, f"failed/{notice.id}"), NoticeFailed.kind)
    append([machine_saying(fact, now, uid=uid)])
    Notice.objects.filter(id=notice.id).update(failed_at=now)
