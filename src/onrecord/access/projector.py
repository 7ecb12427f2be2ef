"""Facts about agencies and roles become rows."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple
from uuid import UUID

from onrecord.access.facts import (
    TRUSTED,
    AbsenceNoted,
    AddressChanged,
    AgencyJoined,
    FileRestricted,
    GlassBroken,
    GlassReviewed,
    ReadingRotaSet,
    ReadingRotaWithdrawn,
    RestrictionLifted,
    RestrictionReviewed,
    RoleEnded,
    RoleHeld,
    SeatAccepted,
    TeamJoined,
    TeamLeft,
    TrustedSignInEnded,
    TrustedSignInGiven,
)
from onrecord.access.models import (
    Absence,
    Address,
    Agency,
    Membership,
    Reading,
    Relation,
    Restriction,
    Role,
    Seat,
    Trust,
    User,
    Wall,
)
from onrecord.ledger.facts import CountsAgain, Declined, Entry, Fact, Seconded, SetAside
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.gateway.rows import Row, fetch, insert, remove, row_type
from onrecord.ledger.queries import answers, families, lines, spoken_of
from onrecord.ledger.queries import entries as opened
from onrecord.ledger.rules.effect import ANSWERS, Line, below, may_answer, standing
from onrecord.ledger.rules.erasing import ERASED
from onrecord.ledger.rules.machine import RESERVED

TABLES = (Agency, Role, Seat, Address, Absence, Reading, Membership, Relation, Wall, Restriction, Trust)
BESIDE = ((User, ("username", "display_name")),)
"""What follows from the record in a table that is for signing in: by which name somebody is called on every page."""
Relating, Walled = row_type(Relation), row_type(Wall)
Restricting, Trusting = row_type(Restriction), row_type(Trust)

PROPOSED = frozenset({RoleHeld.kind, RoleEnded.kind, AddressChanged.kind, TrustedSignInGiven.kind})
"""Facts about people that are only proposed until a second person agrees."""

BELONGING = (RoleEnded, TeamJoined, TeamLeft)
"""Facts that change who is in which team."""
NO_WORK = (GlassBroken, GlassReviewed, FileRestricted, RestrictionReviewed, RestrictionLifted, Seconded, Declined)
"""Facts that are about a child and are no work with the child: to open or restrict a file, to review that, to sign."""
ENDING = (RestrictionLifted, TrustedSignInEnded)
MOVING = frozenset(
    made.kind for made in (FileRestricted, TrustedSignInGiven, *ENDING, Seconded, Declined, SetAside, CountsAgain)
)
"""What may change who opens a restricted file, or which trusted adult signs in."""
LENT = "transfer"
"""The relation of an agency to which a child's file is lent (`Fact.lends`)."""


class Tie(NamedTuple):
    """That an agency, or a team of it, works with somebody: the mention, the agency, why (reported, recorded, owes,
    team, transfer), the fact with which it goes, the mention itself where it holds for good, and the team."""

    subject: UUID
    agency: str
    why: str
    source: UUID
    team: str = ""


def relate(ties: Iterable[Tie]) -> None:
    """Say that agencies work with these people. A later stage calls it from its own projector."""
    insert((Relating(*tie) for tie in dict.fromkeys(ties)), again=True)


def unrelate(ties: Iterable[Tie]) -> None:
    """Take back what no longer follows from its fact."""
    for tie in ties:
        Relation.objects.filter(**tie._asdict()).delete()


class Raised(NamedTuple):
    """How a wall stands round something: unrouted, sealed, outside or open. `against` never get through."""

    subject: UUID
    state: str
    against: tuple[str, ...] = ()


def raise_walls(walls: Iterable[Raised], *, anew: bool = False) -> None:
    """Say how these walls stand now, `anew` where they stood before. A later stage calls it from its own projector."""
    made = list(walls)
    if made and anew:
        remove(Wall, "subject", {wall.subject for wall in made})
    insert(
        Walled(subject=wall.subject, state=wall.state, against=user)
        for wall in made
        for user in ("", *dict.fromkeys(wall.against))
    )


@cache
def no_work() -> frozenset[str]:
    """The kinds of fact that are about a child and are no work with the child: what is said of a meeting, to which one
    may be asked without it, and what answers what is lent, which is none yet.
    """
    kinds = catalogue()
    of_meetings = {made.kind for made in kinds.values() if made.of_meeting}
    lending = {made.kind for made in kinds.values() if made.lends}
    answers_it = {made.kind for made in kinds.values() if made.answers and made.answers <= lending}
    return frozenset({made.kind for made in NO_WORK} | of_meetings | answers_it)


def _lend(entry: Entry) -> None:
    """An agency may read the file of a child who is passed on to it, until it gives the child back."""
    fact = entry.saying.fact
    if entry.proposed:
        return
    if fact.lends and (agency := getattr(fact, fact.lends)):
        relate(Tie(mention, agency, LENT, entry.id) for mention in entry.mentions)
    if fact.gives_back and getattr(fact, fact.gives_back[0]) == fact.gives_back[1]:
        lent = {"subject__in": entry.mentions, "why": LENT, "source__in": entry.saying.regarding}
        Relation.objects.filter(**lent).delete()


def _ties(entry: Entry, known: dict[tuple[str, str], list[str]]) -> list[Tie]:
    """Whoever reports or records something about somebody works with them. Who works nowhere works with nobody."""
    saying = entry.saying
    if saying.by in RESERVED or saying.role == TRUSTED or entry.kind in no_work():
        return []
    why = "reported" if saying.fact.opens_concern else "recorded"
    author = (saying.by, saying.agency)
    if entry.mentions and author not in known:
        known[author] = _teams(*author)
    return [
        *(Tie(mention, saying.agency, why, mention) for mention in entry.mentions),
        *(
            Tie(mention, saying.agency, "team", mention, team)
            for team in known.get(author, ())
            for mention in entry.mentions
        ),
    ]


def _teams(user: str, agency: str) -> list[str]:
    """The teams of an agency in which somebody is."""
    rows = fetch(Membership, 'WHERE t."user" = %s AND t.agency = %s AND t.ended_seq IS NULL', (user, agency))
    return [row[3] for row in rows]


def _leave(seq: int, **which: str) -> None:
    """They are in these teams no more."""
    Membership.objects.filter(ended_seq=None, **which).update(ended_seq=seq)


def _role_ended(fact: RoleEnded, seq: int) -> None:
    """The role is held no more; with the last one in an agency, they leave its teams."""
    theirs = Role.objects.filter(user=fact.user, agency=fact.agency, ended_seq=None)
    theirs.filter(role=fact.role).update(ended_seq=seq)
    if not theirs.exists():
        _leave(seq, user=fact.user, agency=fact.agency)


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    ties: list[Tie] = []
    known: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        ties += _ties(entry, known)
        _lend(entry)
        counting = [*([] if entry.proposed else [entry]), *agreed(entry)]
        if entry.proposed:
            _call(entry.saying.fact, first=True)
        for made in counting:
            _call(made.saying.fact, first=False)
            _count(made.saying.fact, made.id, entry.seq)
        if any(isinstance(made.saying.fact, BELONGING) for made in counting):
            known.clear()
    relate(ties)
    _settle([entry.id for entry in entries if entry.kind in MOVING])


def _settle(moved: Sequence[UUID]) -> None:
    """Write anew who opens a restricted file, and who signs in for a child, each from its whole thread."""
    family = families(moved) if moved else []
    for kind, table, rows in ((FileRestricted, Restriction, _opening), (TrustedSignInGiven, Trust, _signing_in)):
        found = [line.id for line in family if line.kind == kind.kind]
        if found:
            remove(table, "source", found)
            insert(row for uid in found for row in rows(_standing(below(family, uid))))


def _standing(thread: Sequence[Line]) -> Line | None:
    """What a thread begins with, if it counts and nothing ended it."""
    first, at = thread[0], max(line.recorded_at for line in thread)
    counting = [line for line, _ in standing(thread, at)]
    over = {target for line in counting if line.kind in {made.kind for made in ENDING} for target in line.regarding}
    return next((line for line in counting if line.id == first.id and first.id not in over), None)


def _signing_in(first: Line | None) -> list[Row]:
    """Who signs in for a child who trusts them."""
    who = str(first.coded["user"]) if first else ""
    return [Trusting(subject=child, source=first.id, user=who) for child in first.mentions[:1]] if first else []


def _opening(first: Line | None) -> list[Row]:
    """Who opens a restricted file."""
    if first is None:
        return []
    named = [(str(user), "", "") for user in first.coded.get("users", ())]
    if team := first.coded.get("team"):
        named.append(("", first.agency, str(team)))
    return [
        Restricting(subject=child, source=first.id, user=user, agency=agency, team=team)
        for child in first.mentions
        for user, agency, team in dict.fromkeys(named)
    ]


def agreed(entry: Entry) -> list[Entry]:
    """The proposals about people that count from this very entry on: it is the first answer, and it agrees."""
    if not isinstance(entry.saying.fact, Seconded):
        return []
    found = []
    for line in lines(entry.saying.regarding):
        if line.proposed and line.kind in PROPOSED:
            said = lines(answers([line.id]))
            first = next((one for one in said if one.kind in ANSWERS and may_answer(line, one)), None)
            found += [line.id] if first and first.id == entry.id else []
    return opened(found)


def _count(fact: Fact, uid: UUID, seq: int) -> None:
    """Write what follows from a fact that counts from an entry's number on."""
    match fact:
        case AgencyJoined():
            Agency.objects.create(id=fact.agency, sort=fact.sort, joined_seq=seq)
        case RoleHeld():
            Role.objects.create(user=fact.user, role=fact.role, agency=fact.agency, since_seq=seq)
        case RoleEnded() | TeamJoined() | TeamLeft():
            _belong(fact, seq)
        case SeatAccepted():
            Seat.objects.create(user=fact.user, role=fact.role, accepted_seq=seq)
        case AddressChanged():
            Address.objects.create(user=fact.user, entry=uid, since_seq=seq)
        case AbsenceNoted():
            days = {"first": fact.first, "last": fact.last}
            Absence.objects.create(user=fact.user, cover=fact.cover, **days, noted_seq=seq)
        case ReadingRotaSet() | ReadingRotaWithdrawn():
            _read(fact, uid, seq)


def _call(fact: Fact, *, first: bool) -> None:
    """Call somebody by the name that was agreed to last; while none was, by the one that was proposed last."""
    if not isinstance(fact, RoleHeld | TrustedSignInGiven) or fact.name.startswith(ERASED):
        return
    known = (Role, Trust) if first else ()
    if not any(table._default_manager.filter(user=fact.user).exists() for table in known):
        User.objects.filter(username=fact.user).update(display_name=fact.name)


def _belong(fact: RoleEnded | TeamJoined | TeamLeft, seq: int) -> None:
    """Somebody is in a team from now on, once, or no longer; whose last role in an agency ends is in none of it."""
    if isinstance(fact, RoleEnded):
        return _role_ended(fact, seq)
    which = {"user": fact.user, "agency": fact.agency, "team": fact.team}
    _leave(seq, **which)
    if isinstance(fact, TeamJoined):
        Membership.objects.create(**which, part=fact.part, since_seq=seq)
        already = spoken_of(fact.user, fact.agency, seq, sorted(no_work()))
        relate(Tie(mention, fact.agency, "team", mention, fact.team) for mention in already)
    return None


def _read(fact: ReadingRotaSet | ReadingRotaWithdrawn, uid: UUID, seq: int) -> None:
    """A line of the rota counts from now on, or no longer."""
    if isinstance(fact, ReadingRotaWithdrawn):
        Reading.objects.filter(entry=UUID(fact.line)).delete()
        return
    times = {"start": fact.reads.earliest, "end": fact.reads.latest}
    Reading.objects.create(user=fact.user, entry=uid, set_seq=seq, **times)
