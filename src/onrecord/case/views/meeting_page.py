"""One meeting in the words of its page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime

from onrecord.access.facts import SORTS
from onrecord.access.queries import called, names
from onrecord.access.rules import Viewer, is_named
from onrecord.case.actions import MeetingPage
from onrecord.case.facts import (
    ActionDone,
    ActionNotDone,
    AttendanceChecked,
    ChildDiscussed,
    ConferenceHeld,
    CoreGroupMet,
    DecisionsCirculated,
    DissentAnswered,
    DissentSettled,
    MeetingCalled,
    MeetingCalledOff,
    MeetingPutOff,
    StrategyDiscussionHeld,
)
from onrecord.case.facts.meeting import MEETINGS
from onrecord.case.queries.meetings import Meeting
from onrecord.case.rules import needed
from onrecord.case.rules.steps import STEPS, Step, ways, ways_on
from onrecord.duties.actions.people import may_sign
from onrecord.duties.queries.thread import by_whom
from onrecord.duties.views.shown import row
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.rules.copied import copied
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import Line, answered_in
from onrecord.ledger.rules.sentence import sentence

OFF = (MeetingPutOff.kind, MeetingCalledOff.kind)
OUTCOMES = (StrategyDiscussionHeld.kind, ConferenceHeld.kind, CoreGroupMet.kind, DecisionsCirculated.kind)


def sort_words(sort: str) -> str:
    """A sort of meeting in words."""
    return MEETINGS.words.get(sort, sort)


def agency_words(sorts: Any) -> str:
    """Sorts of agency in words, in the order of the list."""
    return ", ".join(words for code, words in SORTS.words.items() if code in sorts)


def state_words(made: Meeting, now: datetime) -> str:
    """How a meeting stands, in a sentence."""
    if made.held is None:
        return _not_held(made, now) + _waits(made)
    held = "Held without a quorum." if made.absent else "Held."
    if made.minutes is None:
        return f"{held} No minutes yet."
    if made.locked:
        return f"{held} Minutes locked."
    return f"{held} Minutes sent round." if made.sent_round else f"{held} Minutes written, not sent round."


def _not_held(made: Meeting, now: datetime) -> str:
    if made.called_off:
        return "Called off."
    if made.day < localtime(now).date():
        return "Nobody has said what became of it."
    return "Put off to this day." if made.put_off else "Called."


def _waits(made: Meeting) -> str:
    if made.may_be_off:
        return " It is proposed to call it off. Until a second person agrees, it is called for the day above."
    if made.put_off_to is None:
        return ""
    day = date_format(made.put_off_to, "j F Y")
    return f" It is proposed to put it off to {day}. Until a second person agrees, it is on the day above."


def quorum_words(made: Meeting) -> str:
    """Whether it could decide, in a sentence; "" while it has not taken place."""
    if made.held is None:
        return ""
    if not needed(made.sort):
        return "A meeting of this sort has no quorum. It agrees actions; it lowers nothing."
    if made.absent:
        was = "was" if len(made.absent) == 1 else "were"
        return f"Not quorate: {agency_words(made.absent)} {was} not there."
    return "Quorate: everybody was there without whom it decides nothing."


def page_of(viewer: Viewer, page: MeetingPage, now: datetime) -> dict[str, Any]:
    """The context of a meeting's page."""
    made, right = page.meeting, page.opened.right
    people = names({viewer.user, *(one.entry.saying.by for one in right.values())})
    sorts = {held.sort for held in viewer.holdings}
    return {
        "made": made,
        "uid": made.root.id,
        "group": page.opened.group,
        "sort": sort_words(made.sort),
        "day": date_format(made.day, "l j F Y"),
        "at_time": _said(right, made.called, "at_time") if made.held is None else "",
        "by": called(made.root.agency),
        "state": state_words(made, now),
        "quorum": quorum_words(made),
        "who": _who(made, now),
        "invited_people": _said(right, made.called, "people"),
        "present": _said(right, made.held, "present"),
        "held": _shown(page, right[made.held.id], people) if made.held else None,
        "checks": [_check(page, line, viewer, people) for line in made.of(AttendanceChecked.kind) if line.id in right],
        "adult": _adult(page),
        "put_off": [_shown(page, right[line.id], people) for line in made.of(*OFF)],
        "children": _children(page),
        "others": len(made.root.mentions) - len(made.open_to),
        "outcomes": [_shown(page, right[line.id], people) for line in made.of(*OUTCOMES) if line.id in right],
        "actions": [_action(page, line, viewer, people) for line in made.sides.actions if line.id in right],
        "dissents": [_dissent(page, line, viewer, people) for line in made.sides.dissents if line.id in right],
        "minutes": _minutes(page, right[made.minutes.id], people) if made.minutes else None,
        "sent_to": agency_words(made.sent_round.coded["to"]) if made.sent_round else "",
        "taken_in": [_shown(page, right[line.id], people) for line in made.sides.taken_in],
        "beside": [_shown(page, right[line.id], people) for line in made.sides.beside],
        "owed": [row(view, viewer) for uid in (made.root.id, *_ids(made)) for view in page.owed.get(uid, ())],
        "ways": [way for way in ways(made.lines, sorts, viewer.roles, made.raw) if _counts(viewer, made, way[0])],
        "asked": _asked(viewer, made, now),
        "now": now,
    }


def _counts(viewer: Viewer, made: Meeting, what: str) -> bool:
    """Whether it would count if this person said it: an agency that wrote a record down does not vouch for it."""
    ours = {held.agency for held in viewer.holdings}
    return STEPS[what].fact is not AttendanceChecked or (made.held is not None and made.held.agency not in ours)


def _asked(viewer: Viewer, made: Meeting, now: datetime) -> list[UUID]:
    """What is proposed to be put otherwise in it, and waits for this person's word."""
    answered = answered_in(made.raw)
    waits = [one for one in made.raw if one.kind == Corrected.kind and one.proposed and one.id not in answered]
    return [one.id for one in waits if may_sign(viewer, one, now)]


def named_in(page: MeetingPage) -> dict[str, Any]:
    """What of a meeting's record is checked: who came and when, and the children whom the reader works with."""
    made, right = page.meeting, page.opened.right
    others = len(made.root.mentions) - len(made.open_to)
    return {
        "day": date_format(made.day, "l j F Y"),
        "named": sentence(right[made.held.id].entry) if made.held else "",
        "about": [page.names[one] for one in made.root.mentions if one in page.names],
        "others": others,
    }


def _ids(made: Meeting) -> list[UUID]:
    """What of a meeting opens duties that belong to it as a whole, without the call, which stands first."""
    return [line.id for line in (made.held, made.minutes, made.sent_round) if line and line is not made.root]


def _who(made: Meeting, now: datetime) -> dict[str, Any]:
    """Who was asked, came or sent apologies: a row for each sort of agency."""
    invited = made.called.coded["invited"] if made.called else ()
    apologies = made.held.coded.get("apologies", ()) if made.held else ()
    sorts = [code for code in SORTS.words if code in {*invited, *made.came, *apologies, *made.absent}]
    rows = [[SORTS.words[code], "Yes" if code in invited else "No", _came(made, code, apologies)] for code in sorts]
    caption = "Who was invited, and who came"
    return {"caption": caption, "head": ["Agency", "Invited", "Came"], "rows": rows, "empty": "Nobody is named."}


def _came(made: Meeting, code: str, apologies: Any) -> str:
    if made.held is None:
        return "Not held yet"
    if code in made.came:
        return "Came"
    return "Sent apologies" if code in apologies else "Neither came nor sent apologies"


def _adult(page: MeetingPage) -> str:
    """The seat of the adult whom the child trusts: what became of it, and why where they were not invited."""
    made, right = page.meeting, page.opened.right
    if made.held:
        held = right[made.held.id].entry.saying.fact
        why = ": ".join(filter(None, (held.spoken("left_out"), held.spoken("left_out_words"))))
        return f"{held.spoken('trusted_adult')}. {why}".strip()
    fact = right[made.root.id].entry.saying.fact
    words = fact.without_trusted_adult if isinstance(fact, MeetingCalled) else None
    return f"Not invited. The child said: {words}" if words else "Invited."


def _children(page: MeetingPage) -> list[dict[str, Any]]:
    """A line for each child whom the reader works with: how they are called, and what was decided about them."""
    made, right = page.meeting, page.opened.right
    decided = [line for line in made.of(ChildDiscussed.kind) if line.id in right]
    return [
        {
            "uid": mention,
            "name": page.names[mention],
            "decided": [_fact(right[line.id]).spoken("decided") for line in decided if mention in line.mentions],
        }
        for mention in made.root.mentions
        if mention in made.open_to
    ]


def _action(page: MeetingPage, line: Line, viewer: Viewer, people: dict[str, str]) -> dict[str, Any]:
    fact, later = _fact(page.opened.right[line.id]), _on(page, line, ActionDone.kind, ActionNotDone.kind)
    return {
        "uid": line.id,
        "what": fact.spoken("what"),
        "owner": fact.spoken("owner"),
        "first": page.opened.right[line.id].first_sentence,
        "whom": _whom(page, line),
        "owed": [row(view, viewer) for view in page.owed.get(line.id, ())],
        "later": [_shown(page, one, people) for one in later],
        "ways": ways_on(line, page.meeting.lines, speaks_for(viewer), viewer.roles),
    }


def speaks_for(viewer: Viewer) -> set[str]:
    """The sorts of agency for which somebody speaks, and their very agencies, which an action may name."""
    return {one for held in viewer.holdings for one in (held.sort, held.agency)}


def _dissent(page: MeetingPage, line: Line, viewer: Viewer, people: dict[str, str]) -> dict[str, Any]:
    fact, found = _fact(page.opened.right[line.id]), {held.sort for held in viewer.holdings}
    sayable = ways_on(line, page.meeting.lines, found, viewer.roles)
    said = {name: fact.spoken(name) for name in ("who", "agency", "speaks", "decision", "why")}
    return said | {
        "uid": line.id,
        "first": page.opened.right[line.id].first_sentence,
        "whom": _whom(page, line),
        "owed": [row(view, viewer) for view in page.owed.get(line.id, ())],
        "later": [_shown(page, one, people) for one in _on(page, line, DissentAnswered.kind, DissentSettled.kind)],
        "ways": [way for way in sayable if is_own(page, STEPS[way[0]], line.id, people.get(viewer.user, ""))],
    }


def _check(page: MeetingPage, line: Line, viewer: Viewer, people: dict[str, str]) -> dict[str, Any]:
    """What an agency says of who is named as having come; where it says that this is wrong, an answer is owed."""
    ways = ways_on(line, page.meeting.lines, {held.sort for held in viewer.holdings}, viewer.roles)
    return {
        "uid": line.id,
        "said": _shown(page, page.opened.right[line.id], people),
        "owed": [row(view, viewer) for view in page.owed.get(line.id, ())],
        "later": [_shown(page, one, people) for one in _on(page, line, DissentAnswered.kind)],
        "ways": ways if line.coded["right"] == "no" else [],
    }


def is_own(page: MeetingPage, step: Step, on: UUID, name: str) -> bool:
    """Whether what can be said of an entry by one person alone is this person's to say; all else is anybody's."""
    said = page.opened.right.get(on) if step.fact.own_word else None
    return not step.fact.own_word or (said is not None and is_named(name, _fact(said).spoken(step.fact.own_word)))


def _whom(page: MeetingPage, line: Line) -> str:
    """The child of whom alone it was said; "" where it is about the meeting as a whole."""
    if len(line.mentions) == len(page.meeting.root.mentions):
        return ""
    return ", ".join(page.names[one] for one in line.mentions if one in page.names)


def _on(page: MeetingPage, line: Line, *kinds: str) -> list[PutRight]:
    right = page.opened.right
    return [right[one.id] for one in page.meeting.of(*kinds) if line.id in one.regarding and one.id in right]


def _fact(made: PutRight) -> Any:
    return made.entry.saying.fact


def _said(right: dict[UUID, PutRight], line: Line | None, name: str) -> str:
    return str(_fact(right[line.id]).spoken(name)) if line else ""


def _minutes(page: MeetingPage, made: PutRight, people: dict[str, str]) -> dict[str, Any]:
    """The minutes, and the dissent that was written into them, if any was."""
    return _shown(page, made, people) | {"text": _fact(made).minutes, "dissent": _fact(made).spoken("dissent")}


def _shown(page: MeetingPage, made: PutRight, people: dict[str, str]) -> dict[str, Any]:
    """An entry as a paragraph: its sentence, by whom and when, and what was first said where it was put right."""
    entry: Entry = made.entry
    return {
        "text": sentence(entry),
        "by": by_whom(entry, people),
        "at": entry.recorded_at,
        "first": made.first_sentence,
        "copy": copied(entry, page.meeting.at(entry.id), by_whom(entry, people)),
    }
