"""Words that open a mailbox: handed out once, kept as a keyed hash, and never found again by knowing what was said."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.rows import fetch, insert, row_type
from onrecord.ledger.queries import entries, entry, lines, thread, untaken
from onrecord.ledger.rules.machine import machine_saying, unsigned_saying
from onrecord.mailbox.facts import MayBeWatched, MessageRead, WayFound, WordsGivenUp
from onrecord.mailbox.gateway import HOW_MANY, draw, hashed, proof, said
from onrecord.mailbox.models import BoxWords
from onrecord.mailbox.queries import unread

OWN, WATCHED = "own", "watched"
Opening = row_type(BoxWords)
OF_ENTRY = "WHERE t.entry = %s"
SHORT = ("", "")
"""What is looked for where something else than six words was typed: it takes as long, and finds nothing."""


class Pair(NamedTuple):
    """The words that open a mailbox and the second words, each with its keyed hash."""

    own: tuple[str, ...]
    second: tuple[str, ...]
    hashes: tuple[str, str]


def draw_pair() -> Pair:
    """Words for some mailbox. Slow on purpose: whoever is about to record something draws them before."""
    own, second = draw(), draw()
    return Pair(own, second, (hashed(own), hashed(second)))


def words_for(
    uid: UUID, pair: Pair | None = None, *, again: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The words that open the mailbox of a report, and the second words. Handed out once: None ever after.

    `again` hands out others beside them: Send was pressed twice, and the page with the first was never shown.
    """
    made = pair or draw_pair()
    with transaction.atomic(savepoint=False):
        if (fetch(BoxWords, OF_ENTRY, [uid]) and not again) or lines([_given_up(uid)]):
            return None
        both = zip(made.hashes, (OWN, WATCHED), strict=True)
        insert(Opening(mark, uid, sort, proof(mark, uid, sort)) for mark, sort in both)
    return made.own, made.second


def keep_none(made: Entry, when: str, now: datetime) -> None:
    """Let no words open the mailbox of a report, now or ever, as whoever reported wishes. The report stands."""
    uid = _given_up(made.id)
    with transaction.atomic():
        BoxWords.objects.filter(entry=made.id).delete()
        if not entries([uid]):
            given = WordsGivenUp(when=when)
            append([unsigned_saying(given, now, uid=uid, about=made.mentions, regarding=(made.id,))])


def open_with(typed: str, now: datetime) -> tuple[Entry, str] | None:
    """The report whose mailbox these words open, and whether they are its own or the second; None for other words.

    Opening with the own words notes each message as shown. The second words mark the report: it may be watched.
    """
    words = said(typed)
    mark = hashed(words if len(words) == HOW_MANY else SHORT)
    row = BoxWords.objects.filter(hashed=mark).first()
    if row is None or row.proof != proof(mark, row.entry, row.sort):
        return None
    made = entry(row.entry)
    if row.sort == WATCHED:
        mark_watched(made, "second_words", now)
    else:
        note_read(made, now)
    return made, row.sort


def opens(uid: UUID) -> bool:
    """Whether any words open the mailbox of a report; none do once they were made to stop working."""
    return BoxWords.objects.filter(entry=uid).exists()


def mark_watched(made: Entry, because: str, now: datetime) -> None:
    """Mark a report as one where somebody may be watching, unless it is marked so already."""
    ways = [line for line in thread(made.id) if line.kind in (MayBeWatched.kind, WayFound.kind)]
    if ways and (ways[-1].kind == MayBeWatched.kind or ways[-1].coded["how"] != "here_again"):
        return
    uid = untaken(uuid5(made.id, f"{MayBeWatched.kind}/{len(ways)}"), MayBeWatched.kind)
    append([unsigned_saying(MayBeWatched(because=because), now, uid=uid, about=made.mentions, regarding=(made.id,))])


def note_read(made: Entry, now: datetime) -> None:
    """Note each message that was not shown before as shown now."""
    waiting = unread(made.id, now)
    if waiting:
        own = [(uid, untaken(uuid5(uid, MessageRead.kind), MessageRead.kind)) for uid in waiting]
        about = made.mentions
        append([machine_saying(MessageRead(), now, uid=mine, about=about, regarding=(uid,)) for uid, mine in own])


def _given_up(uid: UUID) -> UUID:
    """The id under which it stands, or would, that no words are kept for the mailbox of a report."""
    return untaken(uuid5(uid, WordsGivenUp.kind), WordsGivenUp.kind)
