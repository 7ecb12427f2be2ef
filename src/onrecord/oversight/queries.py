"""What was put to agencies, and what they answered: who was told what, and when."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer, can_see_all_duties
from onrecord.duties.queries import DutyView, owed_for
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import entries, last_of, threads
from onrecord.ledger.rules.effect import Line, standing
from onrecord.oversight.facts import ANSWERS, PUT


@dataclass(frozen=True)
class Put:
    """Something that was put to an agency, its answers in order, and what is owed for it, if a rule says so."""

    made: Entry
    answers: tuple[Entry, ...]
    duty: DutyView | None


def put_to_agencies(viewer: Viewer, now: datetime) -> list[tuple[UUID, DutyView | None]]:
    """What was put to agencies, with what is owed for it: what waits first, then the newest.

    Those who watch over the record see all of it; others what was put to an agency of theirs, or by it.
    """
    found = last_of(PUT)
    owed = {uid: views[0] for uid, views in owed_for([line.id for line in found], now).items()}
    seen = [(line.id, owed.get(line.id)) for line in found if _theirs(viewer, line, owed.get(line.id))]
    return sorted(seen, key=lambda one: one[1] is None or not one[1].waits)


def opened(seen: Sequence[tuple[UUID, DutyView | None]], now: datetime) -> list[Put]:
    """The same, opened with their answers. Everything is looked up at once."""
    given = _answers([uid for uid, _ in seen], now)
    made = {
        one.id: one for one in entries([*(uid for uid, _ in seen), *(uid for uids in given.values() for uid in uids)])
    }
    return [Put(made[uid], tuple(made[one] for one in given.get(uid, ())), duty) for uid, duty in seen]


def _theirs(viewer: Viewer, line: Line, duty: DutyView | None) -> bool:
    ours = {held.agency for held in viewer.holdings}
    return can_see_all_duties(viewer) or line.agency in ours or (duty is not None and duty.agency in ours)


def _answers(uids: Sequence[UUID], now: datetime) -> Mapping[UUID, list[UUID]]:
    """The answers that count, by what each answers."""
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for made in standing(threads(uids) if uids else [], now):
        if made.line.kind in ANSWERS:
            for target in made.line.regarding:
                found[target].append(made.line.id)
    return found
