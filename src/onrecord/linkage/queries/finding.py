"""Mentions that share a key, the likeliest first. Only keyed hashes are looked through; nothing is opened."""

from collections.abc import Iterable, Sequence
from math import log2
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.gateway.rows import asked
from onrecord.ledger.gateway.values import as_id
from onrecord.linkage.gateway import numbered
from onrecord.linkage.models import MatchKey, Mentioned
from onrecord.linkage.queries.weights import LAST_ADOPTED, in_use, weights_of
from onrecord.linkage.rules import keys_of, mention, squeezed
from onrecord.linkage.rules.scales import Scales

MOST = 100
"""So many mentions are kept, of those with a key in common."""
COMMON = 60
"""Of a key that more mentions share, the newest count."""
RARE = 20
"""What a key is worth that one mention has (a power of two); each doubling takes one."""
SEVERAL = 16
"""Who shares no more than one key that more than so many share is looked at only where nobody shares more than that."""
LAST = 2**62
NEWEST = f"""SELECT * FROM (SELECT k.hashed, k.seq FROM linkage_key k WHERE k.hashed = %s AND k.seq < %s
    ORDER BY k.seq DESC LIMIT {COMMON + 1}) one_key"""  # noqa: S608
"""Whoever has a given key and was named before the entry with a number; of a key that many share, the newest."""
PART = 1000
"""Worth is counted in whole thousandths, which add up alike in any order."""
WORTH = f"CAST({PART} * ({RARE} - 1.4426950408889634 * ln({{many}})) AS integer)"
"""SQL: what a key is worth that so many share."""
BEST = "GROUP BY seq ORDER BY 2 DESC, 1 DESC LIMIT %s"
"""SQL: each mention once, those with the rarest keys first, then the newest."""
RANKED = f"""WITH near(hashed, seq) AS ({{near}}),
    each_key(seq, worth) AS (SELECT seq, {WORTH.format(many="count(*) OVER (PARTITION BY hashed)")} FROM near),
    shared(seq, worth) AS (SELECT seq, sum(worth) FROM each_key {BEST})"""  # noqa: S608
ORDER = "ORDER BY shared.worth DESC, shared.seq DESC"
OF_KEYS = f"""SELECT shared.worth, m.entry, m.mention, m.corrected FROM shared
    JOIN linkage_mention m ON m.seq = shared.seq {ORDER}"""  # noqa: S608
OF_MENTION = f"""WITH own(number, corrected) AS MATERIALIZED (
        SELECT m.seq, m.corrected FROM linkage_mention m WHERE m.mention = %s),
    mine(hashed, upto, since) AS MATERIALIZED (SELECT k.hashed, k.seq, coalesce((
        SELECT x.seq FROM linkage_key x WHERE x.hashed = k.hashed AND x.seq < k.seq
        ORDER BY x.seq DESC LIMIT 1 OFFSET {COMMON}), 0) FROM own JOIN linkage_key k ON k.seq = own.number),
    each_key(hashed, upto, since, worth) AS MATERIALIZED (SELECT hashed, upto, since, (
        SELECT {WORTH.format(many="nullif(count(*), 0)")} FROM linkage_key x
        WHERE x.hashed = mine.hashed AND x.seq < mine.upto AND x.seq >= mine.since) FROM mine),
    shared(seq, worth) AS (SELECT k.seq, sum(worth) FROM each_key JOIN linkage_key k
        ON k.hashed = each_key.hashed AND k.seq < upto AND k.seq >= since {BEST})
    SELECT shared.worth, m.entry, own.corrected, m.corrected, ({LAST_ADOPTED}) FROM own
    LEFT JOIN shared ON true LEFT JOIN linkage_mention m ON m.seq = shared.seq {ORDER}"""  # noqa: S608
"""Whoever shares a key with a mention and was named before it; of a key that many share, the newest. Each key is
counted first, by itself: to read so few rows twice takes less than to sort them."""


class Sharing(NamedTuple):
    """An entry whose mention shares a key.

    `corrected` when anything of it was put right since, or of the mention that was asked about.
    """

    entry: UUID
    corrected: bool


class Alike(NamedTuple):
    """The mentions that share a key with one, those with the rarest keys first, and the weights in use."""

    found: list[Sharing]
    weights: Scales


def sharing(report: Entry, most: int = MOST) -> Alike:
    """Who was named before a report and has a key in common with its child, as it was said or put right since."""
    found = alike(mention_of(report.id, "child"), most)
    if found is not None:
        return found
    child = getattr(report.saying.fact, "child", None)
    said = numbered(keys_of(mention(child))) if isinstance(child, Person) else []
    near = _telling(_of_keys(*_newest(said, report.seq), most))
    return Alike([Sharing(as_id(entry), bool(corrected)) for _, entry, _, corrected in near], in_use())


def alike(uid: UUID, most: int = MOST) -> Alike | None:
    """Who was named before a mention and has a key in common with it: the likeliest, so many at most. None is opened.

    None where the mention is not in the table yet: then only what was said itself can be asked (`candidates`).
    """
    rows = asked(OF_MENTION, [uid, most])
    if not rows:
        return None
    near = _telling([row for row in rows if row[0] is not None])
    found = [Sharing(as_id(entry), bool(own or its)) for _, entry, own, its, _ in near]
    return Alike(found, weights_of(rows[0][4] or ""))


def like(person: Person, most: int, among: "QuerySet[Any, UUID] | None" = None) -> list[UUID]:
    """Mentions with a key in common with somebody who is sought: those with the rarest keys first, then the newest.

    `among` leaves the choice of mentions to the database. Nothing is opened. A birth date alone finds nobody: too many
    share one.
    """
    hashes = numbered(key for key in keys_of(mention(person)) if key[0] != "born")
    near = _newest(hashes, LAST) if among is None else _among(hashes, among)
    return [as_id(found) for _, _, found, _ in _of_keys(*near, most)]


def named_by(sort: str, number: str) -> list[UUID]:
    """The mentions of a child that carry this identifier of this sort (upn, nhs_number, local_id), oldest first."""
    with_it = MatchKey.objects.filter(hashed__in=numbered([(sort, squeezed(number))])).values("seq")
    rows = Mentioned.objects.filter(seq__in=with_it).order_by("seq")
    return list(rows.values_list("mention", flat=True))


def _newest(hashes: Sequence[int], before: int) -> tuple[str, list[Any]]:
    """SQL: the keys of the mentions before an entry that have one of these; of a key that many share, the newest."""
    return " UNION ALL ".join([NEWEST] * len(hashes)), [part for key in hashes for part in (key, before)]


def _among(hashes: Sequence[int], among: "QuerySet[Any, UUID]") -> tuple[str, list[Any]]:
    """SQL: the same of the mentions that a question picks."""
    if not hashes:
        return "", []
    own = Mentioned.objects.filter(mention__in=among).values("seq")
    rows = MatchKey.objects.filter(hashed__in=hashes, seq__in=own).values_list("hashed", "seq")
    statement, values = rows.query.get_compiler("default").as_sql()
    return statement, list(values)


def _of_keys(near: str, values: Iterable[Any], most: int) -> list[tuple[Any, ...]]:
    """What is shared is worth, the entry, the mention, and whether it was put right, of each that is near."""
    return asked(f"{RANKED.format(near=near)} {OF_KEYS}", [*values, most]) if near else []


def _telling(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Of ranked rows those that share something rare, or much; all of them where none does."""
    least = PART * (RARE - log2(SEVERAL))
    return [row for row in rows if row[0] >= least] or rows
