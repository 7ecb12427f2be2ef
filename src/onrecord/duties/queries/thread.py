"""What has happened since a fact was recorded: everything that answers it, in sentences."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from onrecord.access.queries import names, post
from onrecord.duties.facts import DutyEscalated
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.intake.facts import ReportRouted
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import entries, threads
from onrecord.ledger.rules.corrections import fixes_of, put_right
from onrecord.ledger.rules.machine import MACHINE
from onrecord.ledger.rules.sentence import sentence


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


def happenings(root: UUID) -> list[Happening]:
    """Everything that answers an entry, at any remove, the newest last. It opens what is sealed."""
    lines = threads([root])
    opened = {made.id: made for made in entries(line.id for line in lines)}
    fixes = fixes_of(lines, max((line.recorded_at for line in lines), default=datetime.min.replace(tzinfo=UTC)))
    found = [made for uid, made in opened.items() if uid != root and not _as_usual(made)]
    now_said = {made.id: put_right(made, fixes, opened) for made in found}
    people = names(made.saying.on_behalf or made.saying.by for made in found)
    rules = _titles(found)
    answered = {target for made in found for target in made.saying.regarding if made.kind.startswith("ledger.")}
    return [
        Happening(
            made.saying.happened.earliest if made.saying.by == MACHINE else made.recorded_at,
            made.saying.fact.title,
            told(now_said[made.id].entry, rules),
            by_whom(made, people),
            made.proposed and made.id not in answered,
            told(made, rules) if now_said[made.id].fields else "",
        )
        for made in found
    ]


def _as_usual(made: Entry) -> bool:
    """Whether it only says that the report went where almost every report goes."""
    return isinstance(made.saying.fact, ReportRouted) and made.saying.fact.to == "front_door"


def told(made: Entry, rules: dict[str, str]) -> str:
    """What happened, in a sentence. `rules` are the titles of rules, by id."""
    fact = made.saying.fact
    if not isinstance(fact, DutyEscalated):
        return sentence(made)
    told = "was told" if fact.told else "was to be told, but nobody held that seat"
    where = " (outside)" if fact.outside == "yes" else ""
    return f"“{rules.get(fact.rule, fact.rule)}” was not met. {post(fact.role, fact.agency)}{where} {told}."


def by_whom(made: Entry, people: dict[str, str]) -> str:
    """Who said it, and in which role. `people` are names, by sign-in name."""
    saying = made.saying
    if saying.by == MACHINE:
        return f"Tried by {people.get(saying.on_behalf, saying.on_behalf)}" if saying.on_behalf else "The watch"
    return f"{people.get(saying.by, saying.by)}, {post(saying.role, saying.agency)}"


def _titles(found: list[Entry]) -> dict[str, str]:
    climbed = [made for made in found if isinstance(made.saying.fact, DutyEscalated)]
    book = rulebook_in_force(climbed[-1].recorded_at) if climbed else None
    return {rule.id: rule.title for rule in book.rules} if book else {}
