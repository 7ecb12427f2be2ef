"""Who gave their details, to be compared with what is reported, and when last; what was taken back; what was sealed."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from onrecord.access.facts import StaffDetailsGiven, StaffDetailsQuestioned
from onrecord.access.queries import names, people, post, through_walls
from onrecord.access.rules import Viewer
from onrecord.intake.queries import sealed_by_details
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.queries import corrected, entries, envelopes, threads
from onrecord.ledger.rules.answers import answers
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import Line, standing

AGAIN = timedelta(days=365)
"""After how long somebody says again that their details are right."""
COMPARED = ("names", "phones", "plates", "employers", "relatives", "postcode")
"""What of the details is compared, and can be taken back."""
ANSWERS = frozenset(said.label for name, _, said, _ in StaffDetailsGiven.fields() if name in (*COMPARED, "why"))


class Given(NamedTuple):
    """Somebody who works here, and when they last gave or confirmed their details; None where they never did.

    `taken_back` counts what was taken back again, `sealed` the reports that were sealed by their details alone, as far
    as whoever asks may know of them.
    """

    user: str
    name: str
    posts: str
    at: datetime | None
    old: bool
    taken_back: int
    sealed: int


class Sealing(NamedTuple):
    """Whose details sealed which reports, and by which entries, that nobody has looked into yet."""

    user: str
    reports: tuple[UUID, ...]
    details: tuple[UUID, ...]


class Sheet(NamedTuple):
    """Details that were given at one time, as they stand: the answers, by whom, and what was said before a correction.

    `waits` says that nobody has agreed yet, so that they are not compared.
    """

    id: UUID
    at: datetime
    by: str
    said: list[tuple[str, str]]
    first: list[tuple[str, str]]
    waits: bool


def details_of(user: str) -> list[UUID]:
    """Everything that was given of somebody, the newest first."""
    return [row.uid for row in envelopes([StaffDetailsGiven.kind]) if row.coded["user"] == user]


def given_of(uids: Iterable[UUID], now: datetime) -> list[Sheet]:
    """These details as they stand, the newest first. It opens what is sealed."""
    made = entries(uids)
    right, counting = corrected(made, now), {line.id for line in _counting([one.id for one in made], now)}
    people = names(one.saying.by for one in made)
    return [_sheet(right[one.id], people, one.id not in counting) for one in reversed(made)]


def what_was_given(made: Entry) -> list[tuple[str, str]]:
    """The answers of one entry of details."""
    said = answers(made.saying.fact) if isinstance(made.saying.fact, StaffDetailsGiven) else []
    return [(label, text) for label, text in said if label in ANSWERS]


def last_given(now: datetime) -> dict[str, datetime]:
    """When details of each person were last given, by them or for them; what waits for a second person is not."""
    uids = [row.uid for row in envelopes([StaffDetailsGiven.kind])]
    found = (line for line in _counting(uids, now) if line.kind == StaffDetailsGiven.kind)
    return {str(line.coded["user"]): line.recorded_at for line in found}


def is_old(at: datetime | None, now: datetime) -> bool:
    """Whether details were never given, or are not confirmed for a year."""
    return at is None or now - at > AGAIN


def everybody(viewer: Viewer, now: datetime) -> list[Given]:
    """Everybody who holds a role here, those first whose details are missing or old."""
    uids = [row.uid for row in envelopes([StaffDetailsGiven.kind])]
    lines, held = _counting(uids, now), dict[str, tuple[str, list[str]]]()
    whose = {line.id: str(line.coded["user"]) for line in lines if line.kind == StaffDetailsGiven.kind}
    last = {whose[line.id]: line.recorded_at for line in lines if line.id in whose}
    back = Counter(whose[uid] for line in lines if line.kind == Corrected.kind for uid in line.regarding)
    through = through_walls(viewer)
    sealed = {user: len({report for report, _ in found} & through) for user, found in sealed_by_details(but=()).items()}
    for user, name, role, agency in people():
        held.setdefault(user, (name, []))[1].append(post(role, agency))
    found = [
        Given(user, name, "; ".join(posts), at := last.get(user), is_old(at, now), back[user], sealed.get(user, 0))
        for user, (name, posts) in held.items()
    ]
    return sorted(found, key=lambda one: (not one.old, one.name))


def sealings() -> list[Sealing]:
    """Whose details sealed reports, by entries that nobody was asked to look into."""
    asked = [UUID(uid) for row in envelopes([StaffDetailsQuestioned.kind]) for uid in row.coded["details"]]
    return [
        Sealing(
            user,
            tuple(dict.fromkeys(report for report, _ in found)),
            tuple(sorted({entry for _, entry in found})),
        )
        for user, found in sealed_by_details(but=asked).items()
    ]


def _counting(uids: Iterable[UUID], now: datetime) -> list[Line]:
    """What counts of these details and of what answers them, in ledger order."""
    return [line for line, _ in standing(threads(uids), now)]


def _sheet(one: PutRight, people: dict[str, str], waits: bool) -> Sheet:
    saying = one.first.saying
    by = f"{people.get(saying.by, saying.by)}, {post(saying.role, saying.agency)}"
    first = [(label, text) for label, text in one.first_said if label in ANSWERS]
    return Sheet(one.first.id, one.first.recorded_at, by, what_was_given(one.entry), first, waits)
