"""What an adult sees whom a child trusts: messages, what is owed, meetings with their seat, what the child lets them.

Never the file. What stands behind a wall is not there for them, nor what the police owe, nor any name or place. Nor is
anything once they are named among those who must not know, or in what somebody told since they were to sign in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onrecord.access.facts import TrustedSignInGiven
from onrecord.access.queries import agencies
from onrecord.access.rules import NOBODY, TrustedAdult
from onrecord.case.facts import ExploitationAssessed, SafeContactSet, TrustedAdultSees, TrustedAdultTold
from onrecord.case.queries.file import Found, naming, owed_in
from onrecord.case.queries.judged import judged_last
from onrecord.case.queries.meetings import meetings_in
from onrecord.case.queries.own_words import NEWEST, quoted_in, said_last
from onrecord.case.rules import kept_from_them, of_these, still_trusted, told_of_them
from onrecord.duties.facts import DisagreementRaised
from onrecord.duties.queries.walls import parted
from onrecord.duties.rules.challenge import OUTSIDE, SETTLED, disputes
from onrecord.duties.rules.spoken import by_when
from onrecord.intake.facts import DecisionMade
from onrecord.intake.queries import mine, spoken_outcome
from onrecord.ledger.facts import Entry, Person
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import entries, entry, stand_among, threads_about
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, Standing, standing
from onrecord.linkage.queries import cluster

NOT_THEIRS = frozenset({"police", "partnership", "outside"})
"""Sorts of agency whose duties would say what the police do, or what is watched and signed."""
ASIDE = ("access.", "duties.", "ledger.")
"""What opens duties that are about the work and not for the child."""


@dataclass(frozen=True)
class Owes:
    """Something that is owed to the child: what, until when, and whether that has passed."""

    what: str
    by: str
    late: bool


@dataclass(frozen=True)
class Raised:
    """Something they said themselves: what, when, and whether it was answered: a report decided, a challenge ended."""

    what: str
    at: datetime
    done: bool


@dataclass(frozen=True)
class Trusting:
    """The page of an adult whom a child trusts."""

    found: Found
    messages: list[tuple[datetime, str]]
    owed: list[Owes]
    meetings: list[tuple[str, date]]
    lets: list[tuple[str, str]]
    raised: list[Raised]
    disputed: UUID
    """With what they disagree: the last decision that counts; before one, the entry that named the child."""


def trusting(adult: TrustedAdult, now: datetime) -> Trusting | None:
    """What they see; None once somebody else was put in their place, or where nothing of the child is open to them."""
    people = cluster(adult.child)
    known = threads_about(people)
    lines = tuple(of_these(parted(NOBODY, known)[0], people))
    counting = standing(lines, now)
    given = entry(adult.source)
    named = given.saying.regarding[0]
    if all(line.id != named for line in still_trusted(made.line for made in counting)) or naming_them(
        given, known, now
    ):
        return None
    found = Found(adult.child, frozenset(one for line in lines for one in line.mentions if one in people), lines)
    decided = [made.line for made in counting if made.line.kind == DecisionMade.kind]
    return Trusting(
        found=found,
        messages=_messages(counting, lines, named, now),
        owed=_owed(found, now),
        meetings=_meetings(lines, now),
        lets=_lets(lines, counting, named, now),
        raised=_raised(adult, lines, now),
        disputed=decided[-1].id if decided else naming(found)[0],
    )


def naming_them(given: Entry, known: Sequence[Line], now: datetime) -> bool:
    """Whether somebody who was given a sign-in is named by others, so that nothing shows to them. It opens entries.

    What stands behind a wall counts: it says more often than anything else whom a child is afraid of.
    """
    said = given.saying.fact
    if not isinstance(said, TrustedSignInGiven):
        return False
    telling = {kind for kind, made in catalogue().items() if made.told_us} | {SafeContactSet.kind}
    others = [line for line, _ in standing(known, now) if line.kind in telling and line.by != said.user]
    told = [made.entry for made in stand_among(known, [line.id for line in others], now).values()] if others else []
    since = [made.saying.fact for made in told if made.seq > given.seq]
    return kept_from_them(said.name, told) or any(told_of_them(said.name, fact) for fact in since)


def child_of(found: Found, now: datetime) -> Person | None:
    """The child as they are named now, so that a report about them finds its file."""
    first, fixes = naming(found)[0], fixes_of(found.lines, now)
    opened = {made.id: made for made in entries([first, *fixes.get(first, ())])}
    child = getattr(put_right(opened[first], fixes, opened).entry.saying.fact, "child", None)
    return child if isinstance(child, Person) else None


def _messages(
    counting: Iterable[Standing], lines: Sequence[Line], named: UUID, now: datetime
) -> list[tuple[datetime, str]]:
    """What they were told, as it stands now: a place that was put right stands on no page of theirs."""
    told = [made.line.id for made in counting if _of(made.line, TrustedAdultTold.kind, named)]
    right = stand_among(lines, told, now) if told else {}
    found = ((made.first.recorded_at, made.entry.saying.fact) for made in reversed(right.values()))
    return [(at, fact.words) for at, fact in found if isinstance(fact, TrustedAdultTold)]


def _owed(found: Found, now: datetime) -> list[Owes]:
    sorts = agencies()
    owed = [view for view in owed_in(found, now) if view.waits and not view.rule.opens.kind.startswith(ASIDE)]
    theirs = [view for view in owed if sorts.get(view.agency, "outside") not in NOT_THEIRS and view.wall is None]
    return [Owes(view.rule.title, by_when(view.due_at, HERE), view.late) for view in theirs]


def _meetings(lines: Sequence[Line], now: datetime) -> list[tuple[str, date]]:
    """The meetings still to come in which they have a seat: the sort and the day, no place and nobody's name."""
    coming = [one for one in meetings_in(lines, now) if one.called and one.held is None and one.day >= now.date()]
    return sorted(
        ((one.sort, one.day) for one in coming if one.called and one.called.coded.get("trusted_adult") == "invited"),
        key=lambda made: made[1],
    )


def _lets(lines: Sequence[Line], counting: Sequence[Standing], named: UUID, now: datetime) -> list[tuple[str, str]]:
    """What the child lets them see, each with its words."""
    said = [made.line for made in counting if _of(made.line, TrustedAdultSees.kind, named)]
    shows = frozenset(said[-1].coded.get("shows", ())) if said else frozenset[str]()
    decided = [made.line for made in counting if made.line.kind == DecisionMade.kind]
    last = judged_last(counting)
    judged = [last] if last else []
    quoted = quoted_in(counting) if "words" in shows else []
    right = _right([*judged, *quoted[:NEWEST]], lines, now) if shows & {"level", "words"} else {}
    found: list[tuple[str, str]] = []
    if "decision" in shows and decided:
        found.append(("What was decided last", spoken_outcome(str(decided[-1].coded["outcome"]))))
    if "level" in shows and judged:
        fact = right[judged[0].id].entry.saying.fact
        found += [("How serious it was judged to be", fact.spoken("level"))] * isinstance(fact, ExploitationAssessed)
    if "words" in shows and (words := said_last(quoted, right, lines, now)):
        found.append(("What they last said", words.words))
    return found


def _right(wanted: Sequence[Line], lines: Sequence[Line], now: datetime) -> dict[UUID, PutRight]:
    fixes = fixes_of(lines, now)
    uids = [line.id for line in wanted]
    opened = {made.id: made for made in entries([*uids, *(uid for one in uids for uid in fixes.get(one, ()))])}
    return {uid: put_right(opened[uid], fixes, opened) for uid in uids}


def _raised(adult: TrustedAdult, lines: Sequence[Line], now: datetime) -> list[Raised]:
    ended = {one.id for one in disputes(lines, now) if one.state in (SETTLED, OUTSIDE)}
    own = [line for line in lines if line.by == adult.user and line.kind == DisagreementRaised.kind]
    said = [Raised("You do not agree", line.recorded_at, line.id in ended) for line in own]
    said += [Raised("You reported a worry", row.received_at, bool(row.decided_at)) for row in mine(adult.speaks)]
    return sorted(said, key=lambda made: made.at, reverse=True)


def _of(line: Line, kind: str, named: UUID) -> bool:
    return line.kind == kind and named in line.regarding
