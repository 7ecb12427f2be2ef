"""A child's file for paper: everything that one person may see, without what keeps the child safe. Only actions ask."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime

from onrecord.access.queries import names, post
from onrecord.case.facts import ActionAgreed, ActionDone
from onrecord.case.facts.assessment import HARMS, LEVELS, Harm
from onrecord.case.facts.meeting import MEETINGS
from onrecord.case.queries.chronology import Listed, listed
from onrecord.case.queries.file import Found, naming, owed_in
from onrecord.case.queries.judged import Level, judged_last, level_from
from onrecord.case.queries.meetings import meetings_in
from onrecord.case.rules import significant
from onrecord.case.rules.printing import on_paper
from onrecord.duties.queries import DutyView
from onrecord.duties.queries.thread import by_whom, told
from onrecord.ledger.facts import Entry, Person
from onrecord.ledger.queries import entries
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import standing
from onrecord.ledger.rules.places import quiet

WITHOUT = (
    "Without sealed fields: no address, postcode or phone number, not how contact is safe, not who must not know, and "
    "not whom the child trusts. What somebody wrote into a sentence of their own stands as they wrote it. "
    "Documents are not printed. A sign that no letter here can show is spelled out in square brackets."
)
INSTANT = timedelta(microseconds=1)
"""A day that ends at midnight ends on the day before."""
Row = dict[str, str]


class Sheets:
    """A file, opened whole, as the sections of a document."""

    def __init__(self, found: Found, now: datetime) -> None:
        """Open every entry that the file lists."""
        self.found, self.now = found, now
        self.fixes = fixes_of(found.lines, now)
        self.every = listed(found.lines, now)
        self.stand = standing(found.lines, now)
        self.made = naming(found)
        self.meetings = meetings_in(found.lines, now)
        wanted = [*self.made, *(one.line.id for one in self.every)]
        also = [fix for uid in wanted for fix in self.fixes.get(uid, ())]
        self.opened = {made.id: made for made in entries({*wanted, *also})}
        self.right = {uid: put_right(self.opened[uid], self.fixes, self.opened) for uid in wanted}
        self.people = names(made.saying.on_behalf or made.saying.by for made in self.opened.values())
        self.owed = owed_in(found, now)
        self.rules = {view.rule.id: view.rule.title for view in self.owed}

    @property
    def called(self) -> tuple[Person, ...]:
        """The child, in every entry that names them, first as they are named now."""
        made = (getattr(self.right[uid].entry.saying.fact, "child", None) for uid in self.made)
        return tuple(one for one in made if isinstance(one, Person))

    def said(self, by: str, agency: str) -> dict[str, Any]:
        """All of it as data. `by` and `agency` are who prints it."""
        child = self.called[0] if self.called else None
        at = date_format(localtime(self.now), "j F Y, H:i")
        return {
            "title": f"Child's file {str(self.found.mention)[:8]}",
            "by": by,
            "child": child.spoken() if child else "A child not named",
            "head": self._head(child, by, agency, at),
            "without": WITHOUT,
            "footer": f"Child's file {str(self.found.mention)[:8]}. Printed by {by}, {agency}, {at}. No sealed fields.",
            "sections": list(self._sections()),
        }

    def _head(self, child: Person | None, by: str, agency: str, at: str) -> list[str]:
        born = [f"Born {_day(child.born)}."] if child and child.born else []
        first = [one.first_name for one in (self.right[uid] for uid in self.made) if one.first_name]
        was = [f"First written, and put right since: {', '.join(dict.fromkeys(first))}."] if first else []
        return [*born, *was, f"Printed by {by}, {agency}, on {at}."]

    def _sections(self) -> Iterable[dict[str, Any]]:
        judged = judged_last(self.stand)
        level = level_from(judged, self.right[judged.id], self.owed, self.now) if judged else None
        yield from _levels(level)
        waits = [_duty(view) for view in self.owed if view.waits]
        yield _section("Owed to the child", waits, "Nothing is owed.")
        yield _section("Plan", list(self._actions()), "No action was agreed.")
        yield _section("Meetings", [self._meeting(one.root.id, one.sort, one.day) for one in self.meetings], "None.")
        marked = significant(line for line, _ in self.stand)
        kept = [self._entry(one) for one in self.every if one.line.id in marked]
        yield _section("Significant events", kept, "Nobody marked any.")
        everything = [self._entry(one) for one in self.every]
        yield _section("Everything on record, newest first", everything, "Nothing is on record.")

    def _actions(self) -> Iterable[Row]:
        done = {target: line for line, _ in self.stand if line.kind == ActionDone.kind for target in line.regarding}
        for line, _ in self.stand:
            if line.kind == ActionAgreed.kind:
                fact = self.right[line.id].entry.saying.fact
                state = f"Done {_day(done[line.id].happened_at)}." if line.id in done else "Not done."
                yield _row(fact.spoken("what"), by=f"{fact.spoken('owner')}, by {fact.spoken('by_day')}.", state=state)

    def _meeting(self, root: UUID, sort: str, day: Any) -> Row:
        group = str(getattr(self.right[root].entry.saying.fact, "group", ""))
        return _row(f"{group}: {MEETINGS.words.get(sort, sort)}, {_day(day)}.")

    def _entry(self, one: Listed) -> Row:
        made = self.right[one.line.id]
        state = f"{one.state}." if one.state else ""
        recorded = date_format(localtime(made.first.recorded_at), "j F Y, H:i")
        return _row(
            self._sentence(made.entry),
            title=f"{date_format(localtime(one.line.happened_at), 'j F Y, H:i')}: {made.first.saying.fact.title}",
            by=f"{by_whom(made.first, self.people)}, recorded {recorded}.",
            first=self._first(made),
            state=state,
        )

    def _first(self, made: PutRight) -> str:
        return self._sentence(made.first) if made.fields else ""

    def _sentence(self, made: Entry) -> str:
        still = quiet(made)
        return on_paper(still) or told(still, self.rules)


def _levels(level: Level | None) -> Iterable[dict[str, Any]]:
    if level is None:
        yield _section("Level", [], "Nobody has assessed this yet.")
        return
    again = f", {'due again since' if level.stale else 'again by'} {_day(level.again_on)}" if level.again_on else ""
    said = f"Assessed {LEVELS[level.code].lower()} {_day(level.since)}{again}."
    yield _section("Level", [_row(said, state="This level is out of date." if level.stale else "")], "")
    yield _section("Happening", list(map(_harm, level.happening)), level.fact.nothing_happening or "Nothing known.")
    yield _section("Could happen", list(map(_harm, level.could_happen)), level.fact.nothing_feared or "Nothing feared.")


def _harm(harm: Harm) -> Row:
    since = f" Since {harm.since}." if harm.since else ""
    return _row(f"{HARMS.words[harm.what]}: {harm.known}{since}", by=f"Says: {harm.source}")


def _duty(view: DutyView) -> Row:
    late = "Late." if view.late else ""
    return _row(f"{view.rule.title}, by {_day(view.due_at - INSTANT)}.", by=post(view.role, view.agency), state=late)


def _section(title: str, rows: list[Row], empty: str) -> dict[str, Any]:
    return {"title": title, "entries": rows, "empty": empty}


def _row(text: str, *, title: str = "", by: str = "", first: str = "", state: str = "") -> Row:
    return {"title": title, "text": text, "by": by, "first": first, "state": state}


def _day(at: Any) -> str:
    return date_format(localtime(at) if isinstance(at, datetime) else at, "j F Y")
