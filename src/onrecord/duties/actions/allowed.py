"""Who may say what, of what. Asked before anything is weighed or recorded; nothing here writes."""

from datetime import datetime
from uuid import UUID

from onrecord.access.facts import OUTSIDE_ROLES, GlassReviewed, StaffDetailsGiven
from onrecord.access.queries import behind_wall, holders, named_in
from onrecord.access.rules import NOBODY, Denied, Viewer, can_decide, can_decide_sealed, check_decide
from onrecord.duties.actions.another import check_another
from onrecord.duties.actions.challenge import check_as_said, check_challenge
from onrecord.duties.actions.details import check_details, check_taken_back
from onrecord.duties.actions.erasing import still_refused
from onrecord.duties.actions.in_place import check_no_meeting, check_not_about
from onrecord.duties.actions.meetings import check_meeting
from onrecord.duties.actions.people import check_agrees, check_people
from onrecord.duties.actions.restricting import check_restriction
from onrecord.duties.actions.stale import stale
from onrecord.duties.actions.training import check_training
from onrecord.duties.actions.trusting import check_trusted
from onrecord.duties.actions.unlocking import check_ways
from onrecord.duties.actions.vacancies import check_vacancy
from onrecord.duties.facts import (
    CannotInTime,
    ChallengeAnswered,
    DisagreementSettled,
    DutyReassigned,
    RulebookAdopted,
)
from onrecord.duties.models import Owed
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.duties.queries.looks import open_from
from onrecord.duties.queries.walls import said_inside, seen_by
from onrecord.duties.queries.whose import on_its_ladder, waiting_for
from onrecord.intake.facts import DecisionMade
from onrecord.intake.queries import hidden
from onrecord.ledger.facts import Corrected, Declined, Entry, Fact, Saying, Seconded, When, WitnessesNamed
from onrecord.ledger.facts.declare import Door
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.queries import above, answers, entries, lines, promised
from onrecord.ledger.rules.effect import ANSWERS, Line, corrected_fact, may_answer
from onrecord.ledger.rules.moment import OLDEST
from onrecord.rulebook.queries import edition


class Unanswerable(ValueError):
    """What it answers does not exist, or cannot be answered like this."""


def check_said(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """Raise Denied, Unanswerable or Refused unless this person may say this, of this, now."""
    fact = saying.fact
    _check_role(viewer, fact)
    check_training(viewer, fact, now)
    check_another(viewer, saying, now)
    _check_own_door(fact)
    check_people(viewer, fact)
    check_ways(viewer, fact, now)
    check_vacancy(saying, now)
    check_restriction(viewer, saying, now)
    check_trusted(viewer, saying)
    _check_challenge(viewer, saying)
    if isinstance(fact, DutyReassigned | CannotInTime):
        _check_duty(viewer, fact, saying)
    known = _answered(viewer, saying)
    check_challenge(viewer, saying)
    if isinstance(fact, StaffDetailsGiven):
        check_details(viewer, fact)
    if saying.happened.latest > now:
        raise Unanswerable("What has not happened yet cannot be recorded. Check the date.")
    if isinstance(fact, Seconded | Declined):
        _check_second(viewer, saying, fact, known, now)
    elif fact.response and fact.door is not Door.PEOPLE and not _own_word(fact):
        (_check_seat if fact.by_ladder else _check_answer)(viewer, saying, now)
    if isinstance(fact, Corrected):
        _check_correction(viewer, saying, fact)


def _own_word(fact: Fact) -> bool:
    """Whether it is the word of whoever said what it answers, and so is taken whoever owes an answer."""
    return bool(fact.own_word) or isinstance(fact, DisagreementSettled)


def _check_role(viewer: Viewer, fact: Fact) -> None:
    if fact.door is Door.MACHINE:
        raise Denied(f"“{fact.title}” is recorded by the machine, not by a person.")
    if fact.door is Door.PUBLIC:
        raise Denied(f"“{fact.title}” is said by whoever reported, on their own page, and by nobody for them.")
    if fact.roles and not viewer.roles & fact.roles:
        raise Denied(f"“{fact.title}” can be recorded by: {', '.join(sorted(fact.roles)).replace('_', ' ')}.")


def _answered(viewer: Viewer, saying: Saying) -> list[Line]:
    """What it answers. A response answers something, and what is not there cannot be answered.

    What stands behind a wall is not there. One's own report always is, and what one said of it, so that nobody learns
    that theirs is sealed.
    """
    wanted = set(saying.regarding)
    unseen = hidden(viewer, wanted) if wanted else set()
    own = {line.id for line in said_inside(viewer, above(wanted))} if unseen else set()
    known = [line for line in lines(wanted) if line.id not in unseen - own]
    if missing := wanted - {line.id for line in known}:
        raise Unanswerable(f"There is no entry {', '.join(map(str, missing))} to answer.")
    fact = saying.fact
    if fact.response and not fact.stands_alone and fact.door is not Door.PEOPLE and not wanted:
        raise Unanswerable(f"“{saying.fact.title}” answers something. Say which entry it answers (regarding).")
    if isinstance(fact, Seconded | Declined) and len(known) > 1:
        raise Unanswerable("Answer each proposal by itself. Nothing was recorded.")
    return known


def _check_own_door(fact: Fact) -> None:
    """One fact is not said here: else an edition could pass unweighed."""
    if isinstance(fact, RulebookAdopted):
        raise Denied("An edition is adopted by `onrecord rulebook adopt`, which asks what it would lower.")


def _check_challenge(viewer: Viewer, saying: Saying) -> None:
    """Whoever gave a reason that was refused is asked about it, and does not answer for themselves."""
    opened = entries(saying.regarding) if isinstance(saying.fact, GlassReviewed) else []
    if any(made.saying.by == viewer.user for made in opened):
        raise Denied("You opened this file yourself. Somebody else says whether that was proper.")
    refused = entries(saying.regarding) if isinstance(saying.fact, ChallengeAnswered) else []
    if any(made.saying.on_behalf == viewer.user for made in refused):
        raise Denied("You gave the reason that was refused. Somebody else answers the challenge.")


def _check_duty(viewer: Viewer, fact: DutyReassigned | CannotInTime, saying: Saying) -> None:
    """What is said of a duty is said by those who owe it or to whom it came, and it goes only to somebody like them.

    To everybody else there is none, so that nobody learns from the refusal whether it stands behind a wall.
    """
    key = _uuid(fact.duty)
    row = Owed.objects.filter(seen_by(viewer), key=key).first() if key else None
    inside = row and any(held.agency == row.agency for held in viewer.holdings)
    if row is None or row.opening not in saying.regarding or not (inside or viewer.user == row.holder):
        raise Unanswerable("There is no such duty of your agency that arose from the entry named (regarding).")
    barred = named_in(row.wall) if row.wall else set()
    if isinstance(fact, DutyReassigned) and fact.holder not in set(holders(row.role, row.agency)) - barred:
        role = row.role.replace("_", " ")
        raise Unanswerable(f"{fact.holder} is no {role} of {row.agency}. A duty never goes where nobody owes it.")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _check_seat(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """What is answered for whoever owes it is answered by them, or by a seat above theirs, while it is owed."""
    owed = waiting_for(saying.fact.kind, saying.regarding, now)
    if set(saying.regarding) - owed.keys():
        raise Unanswerable(f"Nothing waits here for “{saying.fact.title}”. It was answered, or nobody owes it.")
    for views in owed.values():
        if not any(on_its_ladder(viewer, view, now) for view in views):
            roles = ", ".join(sorted({view.role.replace("_", " ") for view in views}))
            raise Denied(f"“{saying.fact.title}” is said by those who owe it ({roles}), or by somebody above them.")


def _check_answer(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """A duty is answered by the agency that owes it. Anybody else's word discharges nothing, so it is not taken."""
    owing = [row for row in open_from(saying.regarding) if _answers(row, saying.fact.kind)]
    if isinstance(saying.fact, DecisionMade):
        _check_decider(viewer, saying)
    ours = {held.agency for held in viewer.holdings}
    outside = bool(viewer.roles & OUTSIDE_ROLES)
    theirs = {row.opening for row in owing if row.agency in ours or row.holder == viewer.user}
    theirs |= {row.opening for row in owing if outside and _falls_outside(row, saying.fact)}
    if {row.opening for row in owing} - theirs:
        raise Denied(f"“{saying.fact.title}” answers a duty of another agency. Only they can record that it was done.")


def _falls_outside(row: Owed, fact: Fact) -> bool:
    """Whether somebody outside answers it: it is theirs, or it came to them from behind a wall, and the fact is."""
    return row.role in OUTSIDE_ROLES or bool(row.wall and row.rung and fact.roles & OUTSIDE_ROLES)


def _check_decider(viewer: Viewer, saying: Saying) -> None:
    """The front door decides. A sealed report is decided by the designated officer, whom it is not about."""
    closed = behind_wall(NOBODY, saying.regarding)
    if not closed or closed != set(saying.regarding):
        check_decide(viewer)
    elif not can_decide_sealed(viewer) or behind_wall(viewer, closed):
        raise Denied("Only the front door that decides can see this.")


def _answers(row: Owed, kind: str) -> bool:
    rule = next(rule for rule in edition(row.edition).rules if rule.id == row.rule)
    ends = rule.repeats.ended_by if rule.repeats else ()
    return any(match.kind == kind for match in (*rule.discharged_by, *ends))


def _answering(saying: Saying) -> Line:
    """The answer as a line, after everything there is."""
    when, said, coded = saying.happened.earliest, saying.regarding, saying.fact.coded()
    return Line(2**62, saying.id, saying.fact.kind, when, when, saying.by, saying.agency, False, coded, said, ())


def _check_second(viewer: Viewer, saying: Saying, fact: Seconded | Declined, known: list[Line], now: datetime) -> None:
    answer = _answering(saying)
    for proposal in known:
        if not proposal.proposed:
            raise Unanswerable("There is nothing to sign here: it was not a proposal.")
        if fact.meeting:
            check_no_meeting(proposal)
            check_meeting(viewer, proposal, fact, now)
        if not may_answer(proposal, answer):
            raise Denied("The second signature is another person's, from another agency than the one that proposed.")
        if any(line.kind in ANSWERS for line in lines(answers([proposal.id])) if may_answer(proposal, line)):
            raise Unanswerable("Somebody has answered this proposal already. What they said stands.")
        if not fact.meeting:
            check_agrees(viewer, proposal, now)
        check_not_about(viewer, proposal)
        if isinstance(fact, Seconded):
            _check_weighed(viewer, proposal, fact, now)


def _check_weighed(viewer: Viewer, proposal: Line, fact: Seconded, now: datetime) -> None:
    """What was proposed was weighed against what stood then. Against what came since it was not."""
    if words := stale(viewer, proposal, fact, now) or still_refused(proposal, now):
        raise Unanswerable(words)
    if proposal.kind == WitnessesNamed.kind and promised(proposal.seq) != promised(None):
        raise Unanswerable("Other witnesses were named since. Disagree, and let it be proposed and weighed again.")
    if proposal.kind == RulebookAdopted.kind and rulebook_in_force(proposal.recorded_at) != rulebook_in_force(now):
        raise Unanswerable("Another edition came into force since. Disagree, and let it be proposed and weighed again.")


def _check_correction(viewer: Viewer, saying: Saying, fact: Corrected) -> None:
    """A correction must leave the original readable. It never touches kind, author or time of recording."""
    targets = entries(saying.regarding)
    if len(targets) != 1:
        raise Unanswerable("A correction puts one entry right. Name exactly one (regarding).")
    original = targets[0]
    if isinstance(original.saying.fact, StaffDetailsGiven):
        check_taken_back(viewer, original, fact)
    elif not can_decide(viewer) and original.saying.agency not in {held.agency for held in viewer.holdings}:
        raise Denied("An entry is put right by the agency that made it. The front door may propose it for another.")
    check_as_said(original.saying.fact, fact.field)
    closed = original.saying.fact.door is not Door.STAFF and fact.field not in original.saying.fact.correctable
    if closed or isinstance(original.saying.fact, Seconded | Declined | Corrected):
        raise Unanswerable(f"“{original.saying.fact.title}” cannot be corrected. Record a new fact beside it.")
    if original.proposed and not any(line.kind == Seconded.kind for line in lines(answers([original.id]))):
        raise Unanswerable("What waits for a second signature is signed as it stands, or declined and said anew.")
    if fact.field == "happened":
        _check_when(fact.value)
        return
    if fact.field not in type(original.saying.fact).model_fields:
        known = ", ".join(type(original.saying.fact).model_fields)
        raise Refused((Wrong("field", fact.field, f"“{original.saying.fact.title}” has: {known}.", "known field"),))
    corrected_fact(original, [Entry(original.seq + 1, original.recorded_at, saying)])


def _check_when(value: str) -> None:
    """A time put right is text, and in living memory. ValueError for anything else."""
    if When.model_validate_json(value, strict=True).earliest.year < OLDEST:
        raise ValueError("the year is not in living memory")
