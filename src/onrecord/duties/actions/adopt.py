"""Adopting an edition of the rulebook. The first is simply adopted; a later one that lowers is only proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

from django.db import transaction

from onrecord.access.rules import Denied, Viewer
from onrecord.duties.actions.people import tell_outside
from onrecord.duties.facts import RulebookAdopted
from onrecord.duties.models import Owed
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.duties.rules.fold import OPEN
from onrecord.duties.rules.outward import tells_outside_less
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Lowering, Saying, When
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.shape import Sort, parts
from onrecord.rulebook.actions import keep_edition
from onrecord.rulebook.facts import Change, Fault, KindShape, Rule, Rulebook
from onrecord.rulebook.queries import edition
from onrecord.rulebook.rules import differences, due_at, kind_faults, local_day, value_on

YEAR, EVERY = 366 * 24, 6
"""Hours of the coming year, and how many lie between two moments at which a changed limit is tried."""
TOLD_LESS = "Rules are proposed by which you could be told less, or later. They count only if somebody outside agrees."
ADOPTERS = frozenset({"business_manager", "director"})
TAKES_TWO = frozenset(
    {"removed", "ended", "ladder", "owed_by", "opens", "discharged_by", "repeats", "alarm", "clock", "until"}
    | {"calendar"}
)
"""Changes to a rule that could make it easier to miss or to answer, whatever the limits say."""


@dataclass(frozen=True)
class Effect:
    """What an edition would do: the differences, and how many duties open today would be later or gone under it."""

    changes: tuple[Change, ...]
    open_duties: int
    later: int
    gone: int
    outside: bool = False
    """Whether the people outside could be told less: then one of them has to agree."""

    @property
    def lowers(self) -> bool:
        """Whether it would lower something, or could: by its own words, whether or not a duty is open today.

        Who is told and what counts as an answer can be weakened in more ways than anybody can list, so every change
        to them takes two. Only a shorter limit, a new rule and better words stand on one signature.
        """
        return bool(self.later or self.gone or any(change.what in TAKES_TWO for change in self.changes))


class RulebookUnfit(ValueError):
    """The edition names kinds, fields or codes that no fact has, or is answered by what is no response."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep every fault, and say them."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def adopt(rulebook: Rulebook, why: str, now: datetime, viewer: Viewer | None = None) -> Entry:
    """Adopt an edition: at once if it is the first or lowers nothing, else as a proposal for a second signature.

    Where the people outside could be told less, both are told, and it counts only if one of them agrees.

    Without a viewer only the first edition can be adopted: that is setting up. Raises RulebookUnfit and Denied.
    """
    faults = [fault for rule in rulebook.rules for fault in kind_faults(rule, shapes())]
    if faults:
        raise RulebookUnfit(faults)
    current = rulebook_in_force(now)
    keep_edition(rulebook)
    if current is None:
        return append([machine_saying(RulebookAdopted(digest=rulebook.digest, why=why), now)])[0]
    if viewer is None or not viewer.roles & ADOPTERS:
        raise Denied("A director or the partnership's manager proposes a new edition.")
    effect, seat = proposal_effects(rulebook, now), viewer.seat
    reason = "takes_two" if effect.outside else "new_information"
    lowering = Lowering(reason=reason, words=why) if effect.lowers else None
    fact = RulebookAdopted(digest=rulebook.digest, why=why, outside="less" if effect.outside else None)
    saying = Saying(uuid4(), fact, viewer.user, seat.role, seat.agency, When.at(now), lowering=lowering)
    with transaction.atomic():
        made = append([saying])[0]
        if effect.outside:
            tell_outside(made, TOLD_LESS, now)
    return made


def changes_in(made: Entry, now: datetime) -> tuple[str, ...]:
    """What a proposed edition would change, in words; nothing where the entry proposes none."""
    fact = made.saying.fact
    if not isinstance(fact, RulebookAdopted) or not made.proposed:
        return ()
    return tuple(change.words.rstrip(".") for change in proposal_effects(edition(fact.digest), now).changes)


def proposal_effects(rulebook: Rulebook, now: datetime) -> Effect:
    """What adopting an edition would change, told before anybody adopts it."""
    current = rulebook_in_force(now)
    if current is None:
        return Effect((), 0, 0, 0)
    rules = {rule.id: rule for rule in rulebook.rules}
    later = gone = count = 0
    moments = _moments(now, current, rulebook)
    for row in Owed.objects.filter(state=OPEN).iterator():
        count += 1
        due = _due(rules.get(row.rule), row, rulebook)
        gone += due is None
        later += due is not None and due > row.due_at
    later += sum(_later(old, rules.get(old.id), current, moment) for old in current.rules for moment in moments)
    later += sum(_later_sometime(old, rules.get(old.id), current, now) for old in current.rules)
    changes, gone = tuple(differences(current, rulebook)), gone + _gone(current, rules, rulebook, now)
    less = tells_outside_less(current, rulebook, changes, TAKES_TWO, now)
    return Effect(changes, count, later, gone, bool(later or gone or less))


def shapes() -> dict[str, KindShape]:
    """Every kind as the rulebook sees it: its coded answers, and whether it is a response."""
    found = {}
    for kind, made in catalogue().items():
        options = {name: made.options(name) for name, _, _, held in made.fields() if held.coded}
        coded = {name: tuple(answers.words) for name, answers in options.items() if answers}
        days = {part.name for part in parts(made) if part.sort is Sort.DAY and part.name in options}
        found[kind] = KindShape(coded, made.response, frozenset(days))
    return found


def _due(rule: Rule | None, row: Owed, rulebook: Rulebook) -> datetime | None:
    if rule is None:
        return None
    values = rule.repeats.every if rule.repeats and row.occurrence > 1 else rule.within
    value = value_on(values, local_day(row.started_at, rulebook.calendar))
    due = due_at(value.term, row.started_at, rulebook.calendar) if value and value.term else None
    return min(due, row.due_at) if due and rule.until else due


def _moments(now: datetime, *editions: Rulebook) -> list[datetime]:
    """Now, and the noon of every later day on which a value of either edition begins: a limit may grow only then."""
    values = (value for made in editions for rule in made.rules for value in rule.within)
    days = {value.start for value in values if value.start > now.date()}
    return [now, *(datetime.combine(day, time(12), UTC) for day in sorted(days))]


def _later(old: Rule, new: Rule | None, current: Rulebook, now: datetime) -> bool:
    """Whether a duty that arose now would be due later under the new rule."""
    was = value_on(old.within, local_day(now, current.calendar))
    if new is None or was is None or was.term is None:
        return False
    made = value_on(new.within, local_day(now, current.calendar))
    if made is None or made.term is None:
        return True
    return due_at(made.term, now, current.calendar) > due_at(was.term, now, current.calendar)


def _later_sometime(old: Rule, new: Rule | None, current: Rulebook, now: datetime) -> bool:
    """Whether a changed limit would end later for a duty that arose at any hour of the coming year.

    Hours and working days are longer than one another by turns: over a week-end, over holidays.
    """
    if new is None or new.within == old.within:
        return False
    return any(_later(old, new, current, now + timedelta(hours=hours)) for hours in range(0, YEAR, EVERY))


def _gone(current: Rulebook, rules: dict[str, Rule], rulebook: Rulebook, now: datetime) -> int:
    day = local_day(now, rulebook.calendar)
    return sum(
        1
        for old in current.rules
        if value_on(old.within, day) and (old.id not in rules or value_on(rules[old.id].within, day) is None)
    )
