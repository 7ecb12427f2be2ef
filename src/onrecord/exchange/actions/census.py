"""Read a census into the register of known children, all of it or nothing."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from onrecord.access.rules import Viewer, check_record
from onrecord.duties.queries import owed_for
from onrecord.exchange.queries import on_register, recorded, returning_agency
from onrecord.exchange.rules import Census, Row
from onrecord.ledger.actions import IdTaken
from onrecord.ledger.facts import Entry, Saying, When
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.rules.machine import MACHINE
from onrecord.linkage.actions import register
from onrecord.linkage.facts import ChildRegistered

BATCH = 500


@dataclass(frozen=True)
class Imported:
    """What an import did, in numbers of children: read, new on this return, look-backs opened, no birth date yet."""

    read: int
    new: int
    look_backs: int
    unborn: int


class ReturnChanged(ValueError):
    """This return was read before and said something else. Nothing was recorded."""

    def __init__(self, census: Census, rows: list[Row]) -> None:
        """Say which return, how many children differ, and what to do."""
        made, count = census.made, len(rows)
        which = f"{made.authority}, {made.year}, {made.reference}, serial {made.serial or 'none'}"
        children = "1 child" if count == 1 else f"{count} children"
        super().__init__(
            f"Nothing was recorded. This return ({which}) was read before, and now says something else about "
            f"{children}, the first on line {rows[0].line}. What was read stays as it was. A corrected return is a new "
            "one: give it the next serial number (SerialNo in the header) and import it again."
        )
        self.rows = tuple(rows)


def import_census(census: Census, now: datetime, viewer: Viewer | None = None) -> Imported:
    """Register every child of a census, by a person, or by the machine on behalf of children's social care.

    The same return again records nothing new. A child whom an earlier return of this authority named is registered
    again, and opens no second look-back. Raises Denied, NoSuchAgency, and ReturnChanged.
    """
    if viewer is not None:
        check_record(viewer)
    agency, _ = returning_agency()
    known = recorded(row.id for row in census.rows)
    changed = [row for row in census.rows if row.id in known and not _same(row, known[row.id])]
    if changed:
        raise ReturnChanged(census, changed)
    fresh = [row for row in census.rows if row.id not in known]
    listed = on_register(census.made.mark) if fresh else set()
    try:
        made = register([_saying(row, listed, agency, viewer, now) for row in fresh])
    except IdTaken:
        raise ReturnChanged(census, fresh) from None
    return Imported(len(census.rows), len(fresh), _look_backs(made, now), census.unborn)


def _same(row: Row, entry: Entry) -> bool:
    """Whether the return says of a child what it said before; the agency's name and the listing are ours to say."""
    fact = entry.saying.fact
    if not isinstance(fact, ChildRegistered):
        return False
    return row.fact.model_copy(update={"source": fact.source, "listing": fact.listing}) == fact


def _saying(row: Row, listed: set[str], agency: str, viewer: Viewer | None, now: datetime) -> Saying:
    again = str(row.fact.child.local_id).upper() in listed
    fact = row.fact.model_copy(update={"listing": "again" if again else "first"})
    said = Saying(row.id, fact, MACHINE, "machine", agency, _known_since(fact, now), on_behalf=agency)
    if viewer is None:
        return said
    seat = viewer.seat
    other = agency if seat.agency != agency else None
    return replace(said, by=viewer.user, role=seat.role, agency=seat.agency, on_behalf=other)


def _known_since(fact: ChildRegistered, now: datetime) -> When:
    """The day of the first referral, local time. A day still to come, which some lists hold, cannot have happened."""
    start = datetime.combine(fact.known_since, time(0), HERE).astimezone(UTC)
    after = datetime.combine(fact.known_since + timedelta(days=1), time(0), HERE).astimezone(UTC)
    if start > now:
        return When.at(now, f"on the list as {fact.known_since:%-d %B %Y}")
    return When(earliest=start, latest=min(after - timedelta(microseconds=1), now))


def _look_backs(made: list[Entry], now: datetime) -> int:
    """How many duties these entries opened, counted from what is owed."""
    batches = (made[start : start + BATCH] for start in range(0, len(made), BATCH))
    return sum(len(owed) for batch in batches for owed in owed_for((entry.id for entry in batch), now).values())
