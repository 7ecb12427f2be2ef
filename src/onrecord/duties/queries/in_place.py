"""What somebody proposes in somebody else's place, opened: what it says now, and what it would say."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.queries import names, post
from onrecord.duties.queries.details import what_was_given
from onrecord.ledger.facts import Corrected, Entry, When
from onrecord.ledger.queries import corrected, entries, lines, proposals, thread, threads
from onrecord.ledger.rules.answers import answers
from onrecord.ledger.rules.effect import ANSWERS, HAPPENED, Line, answered_in, corrected_fact
from onrecord.ledger.rules.places import hushed, whereabouts
from onrecord.ledger.rules.shape import parts

HIDDEN = "Not shown here"
NOTHING = "Nothing"
KINDS = (Corrected.kind, StaffDetailsGiven.kind)


@dataclass(frozen=True)
class Change:
    """One question, with the answer as it stands and as it would be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class InPlace:
    """A proposal, opened. `given` are details of a colleague, whose name is `of`; `changes` what would be put right."""

    id: UUID
    title: str
    of: str
    by: str
    at: datetime
    why: str
    given: list[tuple[str, str]]
    changes: list[Change]


def said_in_place(uid: UUID) -> tuple[Line, Line | None] | None:
    """The line of such a proposal, and of what it puts right; None for anything else, and once it was answered."""
    said = thread(uid)
    found = next((line for line in said if line.id == uid and line.proposed and line.kind in KINDS), None)
    if found is None or any(line.kind in ANSWERS for line in said):
        return None
    return found, next(iter(lines(found.regarding)), None)


def asked_of(user: str) -> list[Line]:
    """The corrections of somebody's own words that wait for them to agree or disagree, in ledger order."""
    found = proposals(Corrected.kind, author=user)
    answered = answered_in(threads(one.id for one in found)) if found else set()
    return [one for one in found if one.id not in answered]


def opened_in_place(proposal: Line, now: datetime) -> InPlace:
    """Such a proposal, opened."""
    *original, made = entries([*proposal.regarding, proposal.id])
    saying, fact, why = made.saying, made.saying.fact, made.saying.lowering
    user = str(getattr(fact, "user", ""))
    people = names({saying.by, user} - {""})
    by = f"{people.get(saying.by, saying.by)}, {post(saying.role, saying.agency)}"
    changes = _changes(original[0], made, fact, now) if isinstance(fact, Corrected) else []
    given = [(label, said) for label, said in what_was_given(made) if said != getattr(fact, "why", None)]
    words = why.words if why else ""
    return InPlace(made.id, fact.title, people.get(user, user), by, made.recorded_at, words, given, changes)


def _changes(original: Entry, made: Entry, fix: Corrected, now: datetime) -> list[Change]:
    """What the corrected field says now, and would say."""
    stands = corrected([original], now)[original.id].entry
    if fix.field == HAPPENED:
        would = When.model_validate_json(fix.value)
        return [Change("When it happened", stands.saying.happened.spoken(), would.spoken())]
    then, _ = corrected_fact(stands, [made])
    label = next(part.label for part in parts(type(then)) if part.name == fix.field)
    pair = [dict(answers(hushed(fact))).get(label, NOTHING) for fact in (stands.saying.fact, then)]
    found = [Change(label, *pair)] if pair[0] != pair[1] else []
    moved = whereabouts(stands.saying.fact) != whereabouts(then)
    return found + ([Change(f"{label}: where they live, or how to ring", HIDDEN, HIDDEN)] if moved else [])
