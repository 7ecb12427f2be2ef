"""Who held which role, by name, on any day: the history that leavers stay in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from onrecord.access.facts import InvitationProposed, RoleEnded, RoleHeld, SecondStepEnded
from onrecord.ledger.facts import Entry, Lowering, Seconded
from onrecord.ledger.queries import answers, entries, envelopes, lines, threads
from onrecord.ledger.rules.effect import InEffect, answered_in, in_effect

WHAT = {
    RoleHeld.kind: "begins",
    RoleEnded.kind: "ends",
    SecondStepEnded.kind: "anew",
    InvitationProposed.kind: "link",
}


@dataclass(frozen=True)
class Held:
    """A role held: by whom, from when until when it counted, who proposed it and who agreed, and the same of its end.

    `since` is the day that was said. Who founded the record gave the first roles; then nobody agreed.
    """

    user: str
    name: str
    role: str
    agency: str
    since: date
    counted_from: datetime
    proposed_by: str
    agreed_by: str
    ended_at: datetime | None = None
    ended_by: str = ""
    end_agreed_by: str = ""


@dataclass(frozen=True)
class Proposed:
    """A role that somebody proposes to give or to end, a sign-in to begin anew, a link; it waits for a second person.

    `what` is begins, ends, anew or link. A link comes with every role, so it names none.
    """

    id: UUID
    what: str
    user: str
    name: str
    role: str
    agency: str
    by: str
    by_agency: str
    at: datetime
    why: str


def role_history(as_at: datetime, known_at: datetime) -> list[Held]:
    """Every role that anybody had held by `as_at`, as known at `known_at`, in the order in which they were taken up."""
    uids = [row.uid for row in envelopes([RoleHeld.kind, RoleEnded.kind])]
    made = entries(line.id for line in threads(uids) if line.recorded_at <= known_at)
    agreed = _agreed(made)
    found = in_effect(made, as_at, known_at)
    held: list[Held] = []
    for one in sorted(found, key=lambda one: (one.effective_at, one.entry.seq)):
        _follow(held, one, agreed)
    return held


def proposals() -> list[Proposed]:
    """Everything proposed about roles and sign-ins that waits, the oldest first. It opens what is sealed."""
    rows = [row for row in reversed(envelopes(list(WHAT))) if row.proposed]
    said = lines(answers(row.uid for row in rows))
    answered = answered_in(said)
    return [_proposed(made) for made in entries(row.uid for row in rows if row.uid not in answered)]


def _proposed(made: Entry) -> Proposed:
    fact, saying = made.saying.fact, made.saying
    if not isinstance(fact, RoleHeld | RoleEnded | SecondStepEnded | InvitationProposed):
        raise TypeError(f"{made.id} is about no role")
    name = fact.name if isinstance(fact, RoleHeld) else ""
    held = ("", "") if isinstance(fact, InvitationProposed) else (fact.role, fact.agency)
    who = (fact.user, name, *held, saying.by, saying.agency)
    return Proposed(made.id, WHAT[fact.kind], *who, made.recorded_at, _words(saying.lowering))


def _words(why: Lowering | None) -> str:
    return why.words if why else ""


def _follow(held: list[Held], one: InEffect, agreed: dict[UUID, str]) -> None:
    """Add a role taken up, or end the one that was held."""
    fact, saying = one.entry.saying.fact, one.entry.saying
    second = agreed.get(one.entry.id, "")
    if isinstance(fact, RoleHeld):
        who = (fact.user, fact.name, fact.role, fact.agency, fact.since)
        held.append(Held(*who, one.effective_at, saying.by, second))
    elif isinstance(fact, RoleEnded):
        for place, role in enumerate(held):
            same = (role.user, role.role, role.agency) == (fact.user, fact.role, fact.agency)
            if same and role.ended_at is None:
                held[place] = replace(role, ended_at=one.effective_at, ended_by=saying.by, end_agreed_by=second)


def _agreed(made: Iterable[Entry]) -> dict[UUID, str]:
    """Who gave the second signature to each proposal: the first answer of another person of another agency."""
    found: dict[UUID, str] = {}
    known = list(made)
    proposals = {entry.id: entry for entry in known if entry.proposed}
    for entry in known:
        for target in entry.saying.regarding if isinstance(entry.saying.fact, Seconded) else ():
            proposal = proposals.get(target)
            if proposal and proposal.saying.agency != entry.saying.agency and proposal.saying.by != entry.saying.by:
                found.setdefault(target, entry.saying.by)
    return found
