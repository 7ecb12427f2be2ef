"""Mentions that share a key, the likeliest first. Only keyed hashes are looked through; nothing is opened."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log2
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.gateway.rows import asked
from onrecord.linkage.gateway import numbered
from onrecord.linkage.models import MatchKey, Mentioned
from onrecord.linkage.rules import keys_of, mention, squeezed

MOST = 100
"""So many mentions are kept, of those with a key in common."""
COMMON = 60
"""Of a key that more mentions share, the newest count."""
RARE = 20
"""What a key is worth that one mention has (a power of two); each doubling takes one."""
LAST = 2**62
NAMED = "SELECT m.seq, m.entry, m.mention, m.corrected, o.hashed FROM"
BEFORE = f"""SELECT m.seq, m.entry, m.mention,
    CASE WHEN own.corrected THEN own.corrected ELSE m.corrected END, mine.hashed FROM linkage_mention own
    JOIN linkage_key mine ON mine.seq = own.seq
    LEFT JOIN linkage_key o ON o.hashed = mine.hashed AND o.seq < mine.seq AND o.seq >= coalesce((
        SELECT x.seq FROM linkage_key x WHERE x.hashed = mine.hashed AND x.seq < mine.seq
        ORDER BY x.seq DESC LIMIT 1 OFFSET {COMMON}), 0)
    LEFT JOIN linkage_mention m ON m.seq = o.seq
    WHERE own.mention = %s"""  # noqa: S608  # no value in it
"""Whoever shares a key with a mention and was named before it; of a key that many share, the newest."""


class Sharing(NamedTuple):
    """A mention that shares a key: the number of its entry, the entry, the mention, and the key.

    `corrected` when who the child is has been put right since, there or in the mention that was asked about.
    """

    seq: int
    entry: UUID
    mention: UUID
    corrected: bool
    hashed: int


def sharing(report: Entry) -> list[Sharing]:
    """Who was named before a report and has a key in common with its child, as it was said or put right since."""
    found = _before(mention_of(report.id, "child"))
    if found is not None:
        return found
    child = getattr(report.saying.fact, "child", None)
    said = numbered(keys_of(mention(child))) if isinstance(child, Person) else []
    return _ranked(_newest(said, report.seq), MOST)


def alike(uid: UUID) -> list[UUID] | None:
    """The entries before a mention that have a key in common with it, those with the rarest first. Nothing is opened.

    None where the mention has no key in the table: then only what was said itself can be asked (`candidates`).
    """
    found = _before(uid)
    return None if found is None else [one.entry for one in found]


def _before(uid: UUID) -> list[Sharing] | None:
    rows = asked(BEFORE, [uid])
    return _ranked((Sharing(*row) for row in rows if row[0] is not None), MOST) if rows else None


def like(person: Person, most: int, among: "QuerySet[Any, UUID] | None" = None) -> list[UUID]:
    """Mentions with a key in common with somebody who is sought: those with the rarest keys first, then the newest.

    `among` leaves the choice of mentions to the database. Nothing is opened. A birth date alone finds nobody: too many
    share one.
    """
    hashes = numbered(key for key in keys_of(mention(person)) if key[0] != "born")
    found = _newest(hashes, LAST) if among is None else _among(hashes, among)
    return [one.mention for one in _ranked(found, most)]


def named_by(sort: str, number: str) -> list[UUID]:
    """The mentions of a child that carry this identifier of this sort (upn, nhs_number, local_id), oldest first."""
    with_it = MatchKey.objects.filter(hashed__in=numbered([(sort, squeezed(number))])).values("seq")
    rows = Mentioned.objects.filter(seq__in=with_it).order_by("seq")
    return list(rows.values_list("mention", flat=True))


def _newest(hashes: Iterable[int], before: int) -> list[Sharing]:
    """The mentions before an entry that have one of these keys; of a key that many share, the newest."""
    unique = list(dict.fromkeys(hashes))
    if not unique:
        return []
    newest = "SELECT k.hashed, k.seq FROM linkage_key k WHERE k.hashed = %s AND k.seq < %s ORDER BY k.seq DESC LIMIT"
    each = f"SELECT * FROM ({newest} {COMMON + 1}) one_key"  # noqa: S608  # no value in it
    every = " UNION ALL ".join([each] * len(unique))
    statement = f"{NAMED} ({every}) o JOIN linkage_mention m ON m.seq = o.seq"
    return [Sharing(*row) for row in asked(statement, [part for key in unique for part in (key, before)])]


def _among(hashes: Sequence[int], among: "QuerySet[Any, UUID]") -> list[Sharing]:
    own = Mentioned.objects.filter(seq=OuterRef("seq"))
    rows = MatchKey.objects.filter(hashed__in=hashes, seq__in=Mentioned.objects.filter(mention__in=among).values("seq"))
    names = ("entry", "mention", "corrected")
    whose = rows.annotate(**{name: Subquery(own.values(name)) for name in names})
    return [Sharing(*row) for row in whose.values_list("seq", *names, "hashed")]


def _ranked(rows: Iterable[Sharing], most: int) -> list[Sharing]:
    """Each mention once, those with the rarest keys first, then the newest."""
    shared: dict[int, list[Sharing]] = defaultdict(list)
    for row in rows:
        shared[row.hashed].append(row)
    worth: dict[int, float] = defaultdict(float)
    named: dict[int, Sharing] = {}
    for found in shared.values():
        for row in found:
            worth[row.seq] += RARE - log2(len(found))
            named[row.seq] = row
    order = sorted(worth, key=lambda seq: (-worth[seq], -seq))
    return [_read(named[seq]) for seq in order[:most]]


def _read(row: Sharing) -> Sharing:
    """Ids as Python has them: SQLite holds them as text."""
    return row._replace(entry=uuid_of(row.entry), mention=uuid_of(row.mention))


def uuid_of(held: UUID | str) -> UUID:
    """An id as Python has it."""
    return UUID(held) if isinstance(held, str) else held
