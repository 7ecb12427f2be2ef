"""Whether something can be said of that entry, now: the order in which a kind of fact comes, kept at every door."""

from collections.abc import Sequence
from datetime import datetime

from onrecord.access.facts import OUTSIDE_ROLES, SORTS
from onrecord.access.queries import alone, behind_wall, called, names, tied
from onrecord.access.rules import NOBODY, Denied, Viewer, is_named
from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.actions.met import came, check_field, check_met, hangs_on
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.duties.rules.spoken import by_when
from onrecord.ledger.facts import Corrected, Fact, Saying
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import above, answers, corrected, entries, lines, would_be
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.queries import clusters
from onrecord.rulebook.facts import Term
from onrecord.rulebook.rules import due_at

FIXED = "Others went by this, and what is owed hangs on it: it is not put right. Record it anew as it is."
ANOTHER = "It is about what you said yourself. Somebody else says so: “{title}”."
ANOTHER_AGENCY = "Your agency wrote this down. That it is right is for another agency that came to say: “{title}”."
OWN = "“{title}” is said by whoever it is named after, in their own name, and by nobody for them."


def check_order(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """Raise Denied or Unanswerable unless what it answers is of its kind, and waits for it, and it is theirs to say."""
    fact = saying.fact
    answered = lines(saying.regarding)
    if fact.answers and any(line.kind not in fact.answers for line in answered):
        known = ", ".join(f"“{catalogue()[kind].title}”" for kind in sorted(fact.answers))
        raise Unanswerable(f"“{fact.title}” is said of: {known}. Name that entry (regarding).")
    if isinstance(fact, Corrected):
        _check_put_right(saying, fact, answered, now)
    if fact.theirs or fact.of_those_who_met:
        _check_theirs(viewer, saying, now)
    if fact.own_word:
        _check_named(viewer, saying, now)
    check_met(saying, answered, now)
    if fact.only_once or fact.not_after:
        _check_over(fact, lines(answers(saying.regarding)))
    if fact.waits:
        _check_waits(fact, answered, now)


def check_judged(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """Raise Denied where somebody would judge what they said themselves. The fact is asked as it was filled in.

    What is put right is asked as what it would say: nobody says the opposite first, and judges by putting it right.
    """
    judging = _put_right(saying, now) if isinstance(saying.fact, Corrected) else saying
    if judging is None:
        return
    if judging.fact.by_another() and viewer.user in {line.by for line in above(judging.regarding)}:
        raise Denied(ANOTHER.format(title=judging.fact.title))
    ours = {held.agency for held in viewer.holdings}
    if judging.fact.by_another_agency() and not ours.isdisjoint(line.agency for line in lines(judging.regarding)):
        raise Denied(ANOTHER_AGENCY.format(title=judging.fact.title))


def _judges(fact: Fact) -> bool:
    return fact.by_another() or fact.by_another_agency()


def _put_right(saying: Saying, now: datetime) -> Saying | None:
    """What a correction would make of an entry that judged nothing; None of any other, which is not looked up."""
    kinds = [catalogue()[line.kind] for line in lines(saying.regarding)]
    asks = (Fact.by_another, Fact.by_another_agency)
    if all((kind.by_another, kind.by_another_agency) == asks for kind in kinds):
        return None
    (stands,) = corrected(entries(saying.regarding), now).values()
    return None if _judges(stands.entry.saying.fact) else would_be(saying, now).saying


def _check_put_right(saying: Saying, fix: Corrected, answered: Sequence[Line], now: datetime) -> None:
    """Nobody puts right what is fixed, and what they put is held to what the kind says of who met."""
    kinds = [catalogue()[line.kind] for line in answered]
    if any(fix.field in kind.fixed for kind in kinds):
        raise Unanswerable(FIXED)
    if any(fix.field in hangs_on(kind) for kind in kinds):
        would = would_be(saying, now).saying
        check_field(would.fact, fix.field, would.regarding, now)


def _check_over(fact: Fact, said: Sequence[Line]) -> None:
    """What was said already is not said again, and not once something came after which there is nothing to say."""
    kinds = {line.kind for line in said}
    if fact.only_once and fact.kind in kinds:
        raise Unanswerable(f"“{fact.title}” is on record for this already. Put right what is wrong in it.")
    if over := [catalogue()[kind].title for kind in sorted(fact.not_after & kinds)]:
        raise Unanswerable(f"“{over[0]}” is on record for this. After that “{fact.title}” is not said any more.")


def _check_theirs(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """It is said by those whom what it answers names, at first or now: who came, or the agency that took it on.

    What is sealed does not exist for an agency that came. There somebody outside says it.
    """
    fact, over = saying.fact, above(saying.regarding)
    if fact.of_those_who_met and viewer.roles & OUTSIDE_ROLES and _sealed(over):
        return
    said = [line.coded[fact.theirs] for line in over if fact.theirs in line.coded]
    sorts = {sort for one in said for sort in ([one] if isinstance(one, str) else one)}
    sorts |= came(saying.regarding, now) if fact.of_those_who_met else frozenset()
    if sorts.isdisjoint(_sorts_of(viewer, over, met=fact.of_those_who_met)):
        said_by = sorted(SORTS.words.get(one) or called(one) for one in sorts)
        raise Denied(f"“{saying.fact.title}” is said by: {', '.join(said_by)}.")


def _sorts_of(viewer: Viewer, over: Sequence[Line], *, met: bool) -> set[str]:
    """The sorts of agency for which somebody speaks, and their very agencies, which an action may name.

    Of who met, one of several agencies of a sort speaks where it works with a child whom it is about: nobody else
    knows that it was this one.
    """
    sorts = {held.sort for held in viewer.holdings}
    if not met:
        return sorts | {held.agency for held in viewer.holdings}
    if sorts <= alone():
        return sorts
    people = clusters({mention for line in over for mention in line.mentions}).values()
    return sorts if tied(viewer, {one for same in people for one in same}) else sorts & alone()


def _sealed(over: Sequence[Line]) -> bool:
    """Whether what goes back to these lines stands behind a wall."""
    return bool(behind_wall(NOBODY, {uid for line in over for uid in (line.id, *line.mentions)}))


def _check_named(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """It is the word of whom what it answers names, and of nobody else: neither of whoever wrote that down for them."""
    name = names([viewer.user]).get(viewer.user, "")
    said = (right.entry.saying.fact for right in corrected(entries(saying.regarding), now).values())
    if not all(is_named(name, fact.spoken(saying.fact.own_word)) for fact in said):
        raise Denied(OWN.format(title=saying.fact.title))


def _check_waits(fact: Fact, answered: Sequence[Line], now: datetime) -> None:
    made = rulebook_in_force(now)
    if made is None:
        return
    for line in answered:
        first = due_at(Term(working_days=fact.waits), line.recorded_at, made.calendar)
        if now < first:
            after = by_when(first, HERE)
            raise Unanswerable(f"“{fact.title}” waits for {fact.waits} working days. Record it after {after}.")
