"""Whose record something is, why it may not be erased now, and whether somebody outside has to agree to it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.access.queries import agencies, agency_of, behind_wall
from onrecord.access.rules import DECIDING, NOBODY, Viewer
from onrecord.duties.models import Owed
from onrecord.duties.queries.challenge import disputed_now
from onrecord.duties.rules.fold import OPEN
from onrecord.duties.rules.window import still
from onrecord.intake.queries import hidden
from onrecord.ledger.facts import Erasing, ErasureProposed, Fact
from onrecord.ledger.facts.declare import Door
from onrecord.ledger.facts.erasure import READS
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.held import STAFF, STAFF_COMPARED
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import about, entries, families, holds, lines, threads_about
from onrecord.ledger.rules.effect import Line, answered_in, line_of
from onrecord.linkage.queries import cluster, clusters

ORDERED = "ordered"
"""What a court orders is not put off by what is owed. A hold has to be lifted first all the same."""
INSIDE_ITSELF = frozenset({"partnership", "outside"})
"""Sorts of agency whose own record nobody inside agrees to erase from."""
HELD = (
    "A hold stands since {day:%-d %B %Y}: {ground}. Article 17(3) of the UK GDPR lets nobody erase what a legal claim "
    "or a public task needs. Two people lift the hold first."
)
OWED = (
    "Something is still owed that this opened, or owed to the child it is about ({rules}). Article 17(3) of the UK "
    "GDPR lets nobody erase it while that duty stands. Answer what is owed first."
)
LOWERED = (
    "What two lowered of this, or about the child, can still be challenged until {until:%-d %B %Y}. Whoever challenges "
    "it needs what it rests on. Erase it after that day."
)
ASIDE = (
    "What two lowered of this, or about the child, is set aside since {aside:%-d %B %Y}, because somebody challenged "
    "it. What it rests on is kept while that is so."
)
WAITS = "Entry {reference} waits for a second signature. It is agreed to or declined first."


def owner_of(line: Line) -> str:
    """The agency whose record an entry is. What nobody here wrote is kept by the front door that decides."""
    known = agencies()
    return line.agency if line.agency in known else agency_of(DECIDING) or line.agency


def refusals(wanted: Sequence[Line], basis: str, now: datetime) -> Iterator[str]:
    """Why these entries may not have anything erased now, in words; nothing where they may."""
    people = _people(wanted)
    thread = families([line.id for line in wanted])
    touched = people | {line.id for line in thread} | {line.id for line in wanted}
    for hold in holds(now):
        of = {*hold.regarding, *_people(families(hold.regarding))} if hold.regarding else touched
        if touched & of:
            made = catalogue()[hold.kind].options("ground")
            yield HELD.format(day=hold.recorded_at, ground=made.words[hold.coded["ground"]] if made else "")
    answered = answered_in(thread)
    for line in wanted:
        if line.proposed and line.id not in answered:
            yield WAITS.format(reference=str(line.id)[:8])
    if basis != ORDERED:
        yield from _put_off(people, thread, now)


def _put_off(people: set[UUID], thread: Sequence[Line], now: datetime) -> Iterator[str]:
    """What puts an erasure off unless a court orders it: what is owed, and what can still be challenged."""
    if rules := _owed(people, {line.id for line in thread}):
        yield OWED.format(rules=", ".join(rules))
    near = {line.seq: line for line in (*thread, *threads_about(people))}
    lowered = still([near[seq] for seq in sorted(near)], now.astimezone(HERE).date(), now)
    if until := max((one.until for one in lowered if one.can), default=None):
        yield LOWERED.format(until=until)
    aside = min((one.aside for one in lowered if one.aside), default=None)
    if aside and disputed_now((line.id for line in near.values()), now):
        yield ASIDE.format(aside=aside.astimezone(HERE))


def asks_outside(wanted: Sequence[Line], parts: Sequence[Erasing], owner: str, now: datetime) -> bool:
    """Whether somebody outside has to agree: it is about people at work, sealed, disputed, or the partnership's own."""
    kinds = {str(line.id): catalogue()[line.kind] for line in wanted}
    if any(_of_staff(kinds[part.entry], part.field) for part in parts) or agencies().get(owner) in INSIDE_ITSELF:
        return True
    ids = {line.id for line in families([line.id for line in wanted])}
    subjects = ids | {mention for line in wanted for mention in line.mentions}
    return bool(behind_wall(NOBODY, subjects) or disputed_now(ids, now))


def _of_staff(made: type[Fact], field: str) -> bool:
    """Whether a field is about people at work, or stands in a fact that is."""
    held = {name: one for name, _, _, one in made.fields()}
    return made.door is Door.PEOPLE or held.get(field.partition(".")[0]) in (STAFF, STAFF_COMPARED)


def _people(wanted: Iterable[Line]) -> set[UUID]:
    """Everybody whom these are about, under every mention that was judged to be one of them."""
    mentions = {mention for line in wanted for mention in line.mentions}
    found = clusters(mentions) if mentions else {}
    return mentions | {one for same in found.values() for one in same}


def _owed(people: set[UUID], thread: set[UUID]) -> list[str]:
    """The rules by which something is owed to these people, or was opened by these entries."""
    rows = Owed.objects.filter(state=OPEN)
    found = {*rows.filter(mention__in=people).values_list("rule", "opening")}
    found |= {*rows.filter(opening__in=thread).values_list("rule", "opening")}
    return sorted({rule.replace("-", " ") for rule, _ in found})


class At(NamedTuple):
    """An entry and the log in which it stands: None for the record."""

    log: str | None
    uid: UUID


def of_proposal(proposal: Line) -> list[At]:
    """The entries of which a proposal would erase something."""
    if proposal.kind != ErasureProposed.kind:
        return []
    return list(dict.fromkeys(At(part.get("log"), UUID(part["entry"])) for part in proposal.coded["parts"]))


def lines_at(wanted: Iterable[At]) -> list[Line]:
    """The lines of these entries, those of the record first. What is not there is left out."""
    here, there = _by_log(wanted)
    return [*(lines(here) if here else []), *(line_of(made) for made in (entries(there, READS) if there else []))]


def hidden_at(viewer: Viewer, wanted: Iterable[At]) -> set[UUID]:
    """Those of these entries that stand behind a wall which does not let this person through."""
    here, there = _by_log(wanted)
    read = [line_of(made) for made in entries(there, READS)] if there else []
    closed = behind_wall(viewer, {mention for line in read for mention in line.mentions}) if read else set()
    sealed = {line.id for line in read if not closed.isdisjoint(line.mentions)}
    return sealed | (hidden(viewer, here) if here else set())


def _by_log(wanted: Iterable[At]) -> tuple[list[UUID], list[UUID]]:
    given = set(wanted)
    return [uid for log, uid in given if not log], [uid for log, uid in given if log]


def of_whom(viewer: Viewer, mention: UUID) -> list[Line]:
    """Everything about the child with this mention that is the record of an agency for which somebody answers."""
    found = about({mention, *cluster(mention)})
    theirs = {held.agency for held in viewer.holdings}
    return [line for line in lines(found) if owner_of(line) in theirs]
