"""What has happened since a fact was recorded: everything that answers it, in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import post
from onrecord.duties.facts import DutyEscalated
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.intake.facts import ReportRouted
from onrecord.ledger.facts import Door, Entry
from onrecord.ledger.rules.copied import Copied, copied
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import standing
from onrecord.ledger.rules.machine import MACHINE, SOMEBODY, UNSIGNED
from onrecord.ledger.rules.places import quiet
from onrecord.ledger.rules.seen import Seen
from onrecord.ledger.rules.sentence import sentence

WAITING = "Proposed, not yet in effect"


@dataclass(frozen=True)
class Happening:
    """One thing that happened, for `onrecord/components/timeline.html`."""

    at: datetime
    title: str
    text: str
    by: str
    proposed: bool
    first: str = ""
    """What was first said, where it was put right since."""
    copy: Copied | None = None
    """The entry in plain text, where staff said it."""


def happenings(
    seen: Seen, right: Mapping[UUID, PutRight], people: Mapping[str, str], rules: Mapping[str, str]
) -> list[Happening]:
    """Everything that answers an opened entry, at any remove, the newest last.

    `right` are the opened entries as they stand now, `people` names by sign-in name, `rules` titles by id.
    """
    made = [right[line.id] for line in seen.thread[1:]]
    found = [one for one in made if not _as_usual(one.first)]
    titles = _titles([one.first for one in found], rules)
    answered = {
        target for one in found for target in one.first.saying.regarding if one.first.kind.startswith("ledger.")
    }
    standing_now = standing(seen.thread, max(line.recorded_at for line in seen.thread))
    days = {line.id: line.happened_at for line, _ in standing_now}
    return [_happening(one, people, titles, days, waits=one.first.id not in answered) for one in found]


def _happening(
    one: PutRight, people: Mapping[str, str], titles: Mapping[str, str], days: Mapping[UUID, datetime], *, waits: bool
) -> Happening:
    made, by = one.first, by_whom(one.first, people)
    proposed, day = made.proposed and waits, days.get(made.id, made.saying.happened.earliest)
    staff = made.saying.fact.door is Door.STAFF and made.saying.by != MACHINE
    return Happening(
        made.saying.happened.earliest if made.saying.by == MACHINE else made.recorded_at,
        made.saying.fact.title,
        told(quiet(one.entry), titles),
        by,
        proposed,
        told(quiet(made), titles) if one.fields else "",
        copied(one.entry, day, by, WAITING if proposed else "") if staff else None,
    )


def _as_usual(made: Entry) -> bool:
    """Whether it only says that the report went where almost every report goes."""
    return isinstance(made.saying.fact, ReportRouted) and made.saying.fact.to == "front_door"


def told(made: Entry, rules: Mapping[str, str]) -> str:
    """What happened, in a sentence. `rules` are the titles of rules, by id."""
    fact = made.saying.fact
    if not isinstance(fact, DutyEscalated):
        return sentence(made)
    told = "was told" if fact.told else "was to be told, but nobody held that seat"
    where = " (outside)" if fact.outside == "yes" else ""
    return f"“{rules.get(fact.rule, fact.rule)}” was not met. {post(fact.role, fact.agency)}{where} {told}."


def by_whom(made: Entry, people: Mapping[str, str]) -> str:
    """Who said it, and in which role. `people` are names, by sign-in name."""
    saying = made.saying
    if saying.by == MACHINE:
        return f"Tried by {people.get(saying.on_behalf, saying.on_behalf)}" if saying.on_behalf else "The watch"
    if saying.by == SOMEBODY:
        return UNSIGNED
    return f"{people.get(saying.by, saying.by)}, {post(saying.role, saying.agency)}"


def _titles(found: list[Entry], rules: Mapping[str, str]) -> Mapping[str, str]:
    """The titles of the rules that climbed; those of duties that are not owed any more from the edition in force."""
    climbed = [made for made in found if isinstance(made.saying.fact, DutyEscalated)]
    if all(getattr(made.saying.fact, "rule", "") in rules for made in climbed):
        return rules
    book = rulebook_in_force(climbed[-1].recorded_at)
    return {rule.id: rule.title for rule in book.rules} if book else rules
