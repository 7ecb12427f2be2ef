"""Lines: the coded outsides of entries, and how entries hang together. Nothing here opens what is sealed.

The questions that every append asks are put as one prepared statement each.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from onrecord.ledger.facts import Corrected, Fact
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.gateway.rows import as_models, asked, fetch, marks
from onrecord.ledger.gateway.values import as_id
from onrecord.ledger.models import About, Envelope
from onrecord.ledger.rules.effect import HAPPENED, Line

BATCH = 500
LAST = 2**62
"""More than any entry's number."""
REFERENCE = re.compile("[0-9a-f]{8,32}")

UP = """up(uid) AS (SELECT t.uid FROM ledger_envelope t WHERE t.uid IN ({marks})
  UNION SELECT r.target FROM up CROSS JOIN ledger_regards r WHERE r.uid = up.uid)"""
DOWN = """down(uid) AS ({first}
  UNION SELECT r.uid FROM down CROSS JOIN ledger_regards r WHERE r.target = down.uid)"""
HANGING = "SELECT uid FROM up UNION SELECT a.uid FROM ledger_about a WHERE a.mention IN ({about})"
AROUND = """down(uid) AS (SELECT a.uid FROM ledger_about a WHERE a.mention IN ({about})
  UNION SELECT r.uid FROM ledger_regards r JOIN ledger_envelope c ON c.uid = r.uid
    WHERE c.kind = %s AND r.target IN ({marks})
  UNION SELECT r.uid FROM down CROSS JOIN ledger_regards r WHERE r.target = down.uid)"""
BELOW, ABOVE = "down", "up"
"""The ids are found first, then their rows: SQLite keeps the order of a CROSS JOIN. It would else read every entry of a
large record, once it has counted that few answer anything."""
FIRST = """SELECT t.mention, t.uid FROM ledger_about t WHERE t.mention IN ({marks})
  AND t.seq = (SELECT MIN(f.seq) FROM ledger_about f WHERE f.mention = t.mention)"""


def about(mentions: Iterable[UUID], kinds: Iterable[str] | None = None) -> list[UUID]:
    """The ids of entries that make these mentions or are about them, in ledger order."""
    uids = _ids("SELECT t.uid FROM ledger_about t WHERE t.mention IN ({marks}) ORDER BY t.seq", mentions)
    if kinds is None:
        return uids
    wanted = Envelope.objects.filter(uid__in=uids, kind__in=list(kinds)).order_by("seq")
    return list(wanted.values_list("uid", flat=True))


def makers(mentions: Iterable[UUID]) -> dict[UUID, UUID]:
    """The entry that made each mention: the first that carries it."""
    wanted = list(mentions)
    rows = asked(FIRST.format(marks=marks(wanted)), wanted) if wanted else []
    return {as_id(mention): as_id(uid) for mention, uid in rows}


def spoken_of(user: str, agency: str, before: int, aside: Iterable[str]) -> list[UUID]:
    """Everybody about whom somebody recorded anything in an agency, before a number, by kinds other than these."""
    left = list(aside)
    which = f't."by" = %s AND t.agency = %s AND t.seq < %s AND t.kind NOT IN ({marks(left)})'
    rows = fetch(Envelope, f"WHERE {which} ORDER BY t.seq", [user, agency, before, *left])
    return list(dict.fromkeys(mention for row in rows for mention in _line(row).mentions))


def heard_from(first: int, unheard: "QuerySet[Any, UUID]") -> set[str]:
    """The agencies that recorded anything from a number on, without these entries."""
    said = Envelope.objects.filter(seq__gte=first).exclude(uid__in=unheard).order_by()
    return set(said.values_list("agency", flat=True).distinct())


def called_by(reference: str) -> set[UUID]:
    """The entries and the mentions that people call by this reference: the first eight signs of an id, or all of it."""
    signs = "".join(reference.split()).lower().replace("-", "")
    if not REFERENCE.fullmatch(signs):
        return set()
    ends = UUID(signs.ljust(32, "0")), UUID(signs.ljust(32, "f"))
    made = Envelope.objects.filter(uid__range=ends).values_list("uid", flat=True)[:BATCH]
    named = About.objects.filter(mention__range=ends).values_list("mention", flat=True).distinct()[:BATCH]
    return {*made, *named}


def answers(targets: Iterable[UUID]) -> list[UUID]:
    """The ids of entries that regard these entries, in ledger order."""
    return _ids("SELECT t.uid FROM ledger_regards t WHERE t.target IN ({marks}) ORDER BY t.seq", targets)


def _ids(statement: str, wanted: Iterable[UUID]) -> list[UUID]:
    """Ids by a fixed statement over a list of ids, each once."""
    given = list(wanted)
    rows = asked(statement.format(marks=marks(given)), given) if given else []
    return list(dict.fromkeys(as_id(uid) for (uid,) in rows))


def thread(root: UUID) -> list[Line]:
    """The line of an entry and of everything that answers it, or answers an answer, in ledger order."""
    return threads([root])


def threads(roots: Iterable[UUID]) -> list[Line]:
    """The lines of these entries and of everything that answers them, at any remove, in ledger order."""
    down = DOWN.format(first="SELECT t.uid FROM ledger_envelope t WHERE t.uid IN ({marks})")
    return _lines(f"WITH RECURSIVE {down}", BELOW, roots)


def threads_about(mentions: Iterable[UUID]) -> list[Line]:
    """The lines of all entries that make these mentions or are about them, and of everything that answers any."""
    down = DOWN.format(first="SELECT a.uid FROM ledger_about a WHERE a.mention IN ({marks})")
    return _lines(f"WITH RECURSIVE {down}", BELOW, mentions)


def families(uids: Iterable[UUID]) -> list[Line]:
    """The lines of everything that these entries answer, at any remove, and of all that answers any of it."""
    down = DOWN.format(first="SELECT uid FROM up")
    return _lines(f"WITH RECURSIVE {UP}, {down}", BELOW, uids)


def hanging(uids: Iterable[UUID], mentions: Iterable[UUID]) -> list[Line]:
    """The lines of everything that these entries answer, of all about these mentions, and of all that answers any.

    One statement asks for it.
    """
    wanted, people = list(dict.fromkeys(uids)), list(dict.fromkeys(mentions))
    up, down = UP.format(marks=marks(wanted) or "NULL"), HANGING.format(about=marks(people) or "NULL")
    before = f"WITH RECURSIVE {up}, {DOWN.format(first=down)}"
    rows = fetch(Envelope, "WHERE t.uid = down.uid ORDER BY t.seq", [*wanted, *people], before=before, among="down")
    return [_line(row) for row in rows]


def around(mentions: Iterable[UUID], uids: Iterable[UUID]) -> list[Line]:
    """The lines of all entries about these mentions, and of these entries, in ledger order.

    With the first comes everything that answers them; with the second everything that they answer, and whatever puts
    them right. One statement asks for both.
    """
    people, wanted = list(dict.fromkeys(mentions)), list(dict.fromkeys(uids))
    some, first = wanted[:BATCH], people[:BATCH]
    before = f"WITH RECURSIVE {UP.format(marks=marks(some))}, {AROUND.format(about=marks(first), marks=marks(some))}"
    tail = "WHERE t.uid IN (SELECT up.uid FROM up UNION SELECT down.uid FROM down) ORDER BY t.seq"
    rows = fetch(Envelope, tail, [*some, *first, Corrected.kind, *some], before=before)
    more = [*above(wanted[BATCH:]), *threads_about(people[BATCH:])]
    found = {line.seq: line for line in (*(_line(row) for row in rows), *more)}
    return [found[seq] for seq in sorted(found)]


def above(uids: Iterable[UUID]) -> list[Line]:
    """The lines of these entries and of everything that they answer, at any remove, in ledger order."""
    return _lines(f"WITH RECURSIVE {UP}", ABOVE, uids)


def lines(uids: Iterable[UUID]) -> list[Line]:
    """The lines of these entries, in ledger order."""
    return _lines("", "", uids)


def all_lines() -> Iterator[Line]:
    """The line of every entry, in ledger order."""
    last = -1
    while found := [_line(row) for row in fetch(Envelope, f"WHERE t.seq > %s ORDER BY t.seq LIMIT {BATCH}", [last])]:
        yield from found
        last = found[-1].seq


def envelopes(kinds: Sequence[str], *, newest: int = LAST) -> list[Envelope]:
    """The outsides of the entries of these kinds, or of so many of the newest, newest first."""
    return as_models(Envelope, f"WHERE t.kind IN ({marks(kinds)}) ORDER BY t.seq DESC LIMIT %s", [*kinds, newest])


def last_of(kinds: Sequence[str], most: int = LAST, before: int | None = None, *, proposals: bool = True) -> list[Line]:
    """The lines of the entries of these kinds, or of so many of the newest, or before a number, newest first."""
    some = "" if proposals else " AND NOT t.proposed"
    tail = f"WHERE t.kind IN ({marks(kinds)}) AND t.seq < %s{some} ORDER BY t.seq DESC LIMIT %s"
    return [_line(row) for row in fetch(Envelope, tail, [*kinds, LAST if before is None else before, most])]


def lately(kinds: Sequence[str], since: datetime, *, proposals: bool = True) -> Iterator[Line]:
    """The line of every entry of these kinds that was recorded after a moment, however many, newest first."""
    before: int | None = None
    while found := last_of(kinds, BATCH, before, proposals=proposals):
        yield from takewhile(lambda line: line.recorded_at > since, found)
        if len(found) < BATCH or found[-1].recorded_at <= since:
            return
        before = found[-1].seq


def proposals(kind: str, **coded: str) -> list[Line]:
    """The lines of the proposals of a kind whose coded answers say this, in ledger order."""
    said = {f"coded__{name}": value for name, value in coded.items()}
    found = Envelope.objects.filter(kind=kind, proposed=True, **said).order_by("seq").values_list("uid", flat=True)
    return lines(found)


def above_numbered(first: int, last: int) -> list[Line]:
    """The lines of the entries with these numbers, both included, and of everything that they answer, at any remove."""
    up = UP.replace("t.uid IN ({marks})", "t.seq BETWEEN %s AND %s")
    rows = fetch(Envelope, f"WHERE t.uid = {ABOVE}.uid", [first, last], before=f"WITH RECURSIVE {up}", among=ABOVE)
    return sorted(map(_line, rows))


def since(kinds: Sequence[str], after: int, most: int) -> list[Envelope]:
    """The outsides of the entries of these kinds that come after the one with a number, the oldest first."""
    tail = f"WHERE t.kind IN ({marks(kinds)}) AND t.seq > %s ORDER BY t.seq LIMIT %s"
    return as_models(Envelope, tail, [*kinds, after, most])


def coded(fact: Fact, regarding: Iterable[UUID], beside: Mapping[UUID, str] | None = None) -> dict[str, Any]:
    """A fact's coded fields; of a correction also the new value, where the field it puts right is itself coded.

    `beside` gives the kinds of entries that were looked up, or are written in the same breath and cannot be yet.
    """
    made = fact.coded()
    if isinstance(fact, Corrected):
        known, targets = beside or {}, list(regarding)
        kinds = {known[target] for target in targets if target in known}
        left = [target for target in targets if target not in known]
        kinds |= set(Envelope.objects.filter(uid__in=left).values_list("kind", flat=True))
        names = {name for kind in kinds for name, _, _, held in catalogue()[kind].fields() if held.coded}
        if fact.field in names | {HAPPENED}:
            made["value"] = _unspoken(fact.field, json.loads(fact.value))
            made |= next((found for kind in kinds if (found := _counted_as(catalogue()[kind], fact.field))), {})
    return made


def _unspoken(field: str, value: Any) -> Any:
    """A coded value. Of when something happened only the moments: the words in which it was said stay sealed."""
    return {name: one for name, one in value.items() if name != "said"} if field == HAPPENED else value


def _counted_as(made: type[Fact], field: str) -> dict[str, Any]:
    """Of a field of which the higher of two answers counts: which counts, beside which, and their order."""
    for name, other in made.highest.items():
        options = made.options(name)
        if field in (name, other) and options:
            return {"counts": name, "beside": other, "order": list(options.words)}
    return {}


def _lines(before: str, among: str, uids: Iterable[UUID]) -> list[Line]:
    """The lines of what a fixed statement finds from a list of ids, a few hundred at a time; else of the ids."""
    wanted = list(dict.fromkeys(uids))
    found: dict[int, Line] = {}
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        said = marks(part)
        tail = f"WHERE t.uid = {among}.uid" if among else f"WHERE t.uid IN ({said})"
        rows = fetch(Envelope, tail, part, before=before.format(marks=said), among=among)
        found |= {row[0]: _line(row) for row in rows}
    return [found[seq] for seq in sorted(found)]


def _line(row: tuple[Any, ...]) -> Line:
    seq, uid, kind, recorded, happened, by, _, agency, proposed, made, targets, people = row
    return Line(seq, uid, kind, recorded, happened, by, agency, proposed, made, targets, people)
