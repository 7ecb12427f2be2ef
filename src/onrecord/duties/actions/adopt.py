"""Adopting an edition of the rulebook. The first is simply adopted; a later one that lowers is only proposed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from django.db import transaction

from onrecord.access.rules import Denied, Viewer
from onrecord.duties.actions.people import tell_outside
from onrecord.duties.facts import RulebookAdopted
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.duties.queries.effects import compared, to_compare
from onrecord.duties.rules.compare import GONE, LATER
from onrecord.duties.rules.outward import tells_outside_less
from onrecord.duties.rules.page import kinds_in_words
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Lowering, Saying, When
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.shape import Sort, parts
from onrecord.rulebook.actions import keep_edition
from onrecord.rulebook.facts import NOT_COMMENCED, Change, Fault, KindShape, Rule, Rulebook
from onrecord.rulebook.queries import edition
from onrecord.rulebook.rules import differences, due_at, kind_faults, local_day, value_on

Progress = Callable[[int, int], None]
"""Told after each part how many open duties were compared, and of how many."""
YEAR, EVERY = 366 * 24, 6
"""Hours of the coming year, and how many lie between two moments at which a changed limit is tried."""
TOLD_LESS = (
    "Rules are proposed by which you could be told less, or later, or in other words. They count only if somebody "
    "outside agrees."
)
ADOPTERS = frozenset({"business_manager", "director"})
TAKES_TWO = frozenset(
    {
        "removed",
        "ended",
        "ladder",
        "owed_by",
        "opens",
        "discharged_by",
        "repeats",
        "alarm",
        "clock",
        "until",
        "grace",
        "early",
    }
    | {"challenge", "many", "calendar", "title", "meaning"}
)
"""Changes to a rule that could make it easier to miss or to answer, or to misread, whatever the limits say."""


def quiet(done: int, whole: int) -> None:
    """Say nothing of how far it is."""


@dataclass(frozen=True)
class Effect:
    """What an edition would do: the differences, and how many duties open today would be later or gone under it.

    Of a duty that is open the same facts are folded under both editions: it keeps the one it arose under.
    """

    changes: tuple[Change, ...]
    open_duties: int
    later: int
    gone: int
    outside: bool = False
    """Whether the people outside could be told less: then one of them has to agree."""
    longer: int = 0
    """By how many rules something that arose now, or on a later day, would be due later, or not be owed at all."""

    @property
    def lowers(self) -> bool:
        """Whether it would lower something, or could: by its own words, whether or not a duty is open today.

        Who is told and what counts as an answer can be weakened in more ways than anybody can list, so every change
        to them takes two. So do other words: people read the title and the meaning, not the limits. Only a shorter
        limit, a new rule, a better source and other examples stand on one signature.
        """
        return bool(self.later or self.gone or self.longer or any(change.what in TAKES_TWO for change in self.changes))


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
    effect, seat = _decided(current, rulebook, now), viewer.seat
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
    current = rulebook_in_force(now) if isinstance(fact, RulebookAdopted) and made.proposed else None
    if not isinstance(fact, RulebookAdopted) or current is None:
        return ()
    changes = differences(current, edition(fact.digest))
    return tuple(kinds_in_words(change.words, catalogue()).rstrip(".") for change in changes)


def proposal_effects(rulebook: Rulebook, now: datetime, progress: Progress = quiet) -> Effect:
    """What adopting an edition would change, told before anybody adopts it. Says how far it is after each part."""
    current = rulebook_in_force(now)
    if current is None:
        return Effect((), 0, 0, 0)
    effect, done, later, gone = by_its_words(current, rulebook, now), 0, 0, 0
    count, whole = to_compare(current, rulebook)
    for part in compared(current, rulebook):
        done, found = done + part.counted, Counter(one.what for one in part.moved)
        later, gone = later + found[LATER], gone + found[GONE]
        progress(done, whole)
    outside = bool(effect.outside or later or gone)
    return replace(effect, open_duties=count, later=later, gone=gone, outside=outside)


def by_its_words(current: Rulebook, rulebook: Rulebook, now: datetime) -> Effect:
    """What an edition would change, whatever is open today: the differences, and the limits that could grow."""
    rules, changes = {rule.id: rule for rule in rulebook.rules}, tuple(differences(current, rulebook))
    moments = _moments(now, current, rulebook)
    longer = sum(
        any(_later(old, rules.get(old.id), current, moment) for moment in moments)
        or _later_sometime(old, rules.get(old.id), current, now)
        or _gone(old, rules.get(old.id), local_day(now, rulebook.calendar))
        for old in current.rules
    )
    less = tells_outside_less(current, rulebook, changes, TAKES_TWO, now)
    return Effect(changes, 0, 0, 0, bool(longer or less), longer)


def _decided(current: Rulebook, rulebook: Rulebook, now: datetime) -> Effect:
    """Enough of an effect to know who has to agree: once somebody outside must, nothing more is counted."""
    effect = by_its_words(current, rulebook, now)
    if effect.outside:
        return effect
    for part in compared(current, rulebook):
        if lowered := [one for one in part.moved if one.what in (LATER, GONE)]:
            return replace(effect, later=len(lowered), outside=True)
    return effect


def shapes() -> dict[str, KindShape]:
    """Every kind as the rulebook sees it: its coded answers, and whether it is a response."""
    found = {}
    for kind, made in catalogue().items():
        options = {name: made.options(name) for name, _, _, held in made.fields() if held.coded}
        coded = {name: tuple(answers.words) for name, answers in options.items() if answers}
        days = {part.name for part in parts(made) if part.sort is Sort.DAY and part.name in options}
        agencies = {name for name, answers in options.items() if name.endswith("_agency") and not answers}
        found[kind] = KindShape(coded, made.response, frozenset(days), frozenset(agencies))
    return found


def _moments(now: datetime, *editions: Rulebook) -> list[datetime]:
    """Now, and the noon of every later day on which a value of either edition begins: a limit may grow only then."""
    values = (value for made in editions for rule in made.rules for value in rule.within)
    days = {value.start for value in values if now.date() < value.start < NOT_COMMENCED}
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


def _gone(old: Rule, new: Rule | None, day: date) -> bool:
    """Whether a rule that holds on a day would hold no more."""
    return value_on(old.within, day) is not None and (new is None or value_on(new.within, day) is None)
