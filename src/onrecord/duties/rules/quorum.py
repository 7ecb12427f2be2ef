"""Whether a meeting may be a second signature: by its sort, by who came, by when it was."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any
from uuid import UUID

from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import CORRECTED, Line
from onrecord.rulebook.facts import Calendar, Term
from onrecord.rulebook.rules import due_at

ATTENDED = frozenset({"came", "present", "happened", "outcome"})
"""What of a meeting says that it could sign or answer: who came, for whom, when, and what was decided."""
DISSENT, DISSENT_ANSWERED, SETTLED = "case.dissent_recorded", "case.dissent_answered", "case.dissent_settled"
CHECKED = "case.attendance_checked"
DECIDED_ANEW = frozenset({"again", "higher"})
"""The answers to a dissent by which the decision is taken anew: by the meeting, or by the heads of both agencies."""
SOON = Term(working_days=5)
"""How long a meeting's word is good for. Our own default: what was known then is soon not all that is known."""


def sorts_met(made: type[Fact], coded: Mapping[str, Any]) -> tuple[str, ...]:
    """The sorts of agency that came, where they made the meeting quorate and were two at least; else nothing."""
    needed = (made.quorum or {}).get(str(coded.get("sort")))
    came = frozenset(coded.get("came", ()))
    return tuple(sorted(came)) if needed is not None and needed <= came and len(came) > 1 else ()


def fresh(held: datetime, now: datetime, calendar: Calendar) -> bool:
    """Whether a meeting was held so lately that it may still sign."""
    return now < due_at(SOON, held, calendar)


def not_later(stands: Line, first: Line) -> Line:
    """A meeting as it stands now, but never later than it was first said to have been: no correction makes it fresh."""
    return stands._replace(happened_at=min(stands.happened_at, first.happened_at, first.recorded_at))


def vouched(lines: Iterable[Line], meeting: Line, proposal: Line) -> bool:
    """Whether another agency that came vouches for who did, and none that came says otherwise.

    Another than that of whoever wrote it down or proposed what is signed; and since it was last put right. Of each
    agency its newest word counts. A step by which people met is vouched for in the same way, and proposes nothing.
    """
    said = checked(lines, meeting)
    right = {agency for agency, line in said.items() if line.coded["right"] == "yes"}
    return said.keys() == right and bool(right - {meeting.agency, proposal.agency})


def checked(lines: Iterable[Line], meeting: Line) -> dict[str, Line]:
    """By agency the newest of what it said of who met, since that was last put right."""
    given = [line for line in lines if meeting.id in line.regarding]
    fixes = [line.seq for line in given if line.kind == CORRECTED and line.coded.get("field") in ATTENDED]
    return {line.agency: line for line in given if line.kind == CHECKED and line.seq > max(fixes, default=0)}


def dissent_stands(lines: Iterable[Line], people: AbstractSet[UUID], meeting: Line, proposal: Line) -> bool:
    """Whether somebody's dissent about these people, or about nobody by name, is still in the way of this meeting.

    The word of whoever dissented takes it out of the way, and so does a written answer, but not of the person who
    chaired the meeting or proposed what it signs. An answer that leaves the matter to another decision does not either:
    only a meeting that was held, and put on record, after that answer is such a decision.
    """
    given = list(lines)
    answers: dict[UUID, list[Line]] = {}
    for line in given:
        ours = line.kind == DISSENT_ANSWERED and line.by in (meeting.by, proposal.by)
        for target in line.regarding if line.kind in (DISSENT_ANSWERED, SETTLED) and not ours else ():
            answers.setdefault(target, []).append(line)
    dissents = [line for line in given if line.kind == DISSENT and not _answered(answers.get(line.id, ()), meeting)]
    return any(not line.mentions or not people.isdisjoint(line.mentions) for line in dissents)


def _answered(answers: Collection[Line], meeting: Line) -> bool:
    """Whether these answers to one dissent leave the meeting free to sign."""
    if any(line.kind == SETTLED for line in answers):
        return True
    again = [line for line in answers if line.coded.get("outcome") in DECIDED_ANEW]
    return bool(answers) and all(line.seq < meeting.seq and line.recorded_at <= meeting.happened_at for line in again)
