"""Meetings in the stories and in the borough's year: called, held, and with the record they are owed."""

from datetime import datetime, timedelta
from typing import Any

from onrecord.borough.play import Play, on
from onrecord.borough.town import Town
from onrecord.case.facts import (
    ActionAgreed,
    ActionDone,
    AttendanceChecked,
    DecisionsCirculated,
    DissentAnswered,
    DissentRecorded,
    MeetingCalled,
    MeetingHeld,
    MinutesCirculated,
    MinutesLocked,
    MinutesRecorded,
)
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.ledger.facts import Entry
from onrecord.rulebook.facts import Term
from onrecord.rulebook.rules import due_at

CHAIR = "tomasz-wolny"
DAY = 24
PANEL = ("Tomasz Wolny", "Leanne McArdle", "Esther Mwangi", "Stuart Blackwell", "Marcus Bright")
SORTS = ("childrens_social_care", "police", "health", "licensing", "youth_project")
AHEAD = timedelta(days=7)
DISSENT: dict[str, Any] = {"decision": "That one child leaves serious.", "why": "The same car was seen twice since."}


def recorded(play: Play, met: Entry, chair: str = CHAIR) -> None:
    """Everything a meeting is owed, in time; nineteen days pass."""
    play.wait(hours=2)
    play.say(chair, DecisionsCirculated, **on(met))
    play.wait(days=3)
    minutes = play.say(chair, MinutesRecorded, **on(met))
    play.wait(days=1)
    sent_round = play.say(chair, MinutesCirculated, to=_came(met), **on(minutes))
    play.wait(days=15)
    play.say(chair, MinutesLocked, **on(sent_round))


def minuted(play: Play, met: Entry, child: Entry, by: str = CHAIR) -> Entry:
    """The minutes are written and sent round at once. What was sent round is to be locked later."""
    minutes = play.say(by, MinutesRecorded, **on(met, child))
    return play.say(by, MinutesCirculated, to=_came(met), **on(minutes, child))


def _came(met: Entry) -> list[str]:
    """The sorts of agency that came: all of them get the minutes."""
    fact = met.saying.fact
    return list(getattr(fact, fact.attended))


def panel(town: Town) -> None:
    """The exploitation panel is called for a week later. Health does not always come."""
    day = (town.play.at + AHEAD).date().isoformat()
    said: dict[str, Any] = {
        "sort": "exploitation_panel",
        "group": "Exploitation panel",
        "invited": list(SORTS),
        "on_day": day,
    }
    town.at(town.play.at + AHEAD, _panel_met, town, town.play.say(CHAIR, MeetingCalled, **said))


def group(town: Town) -> None:
    """An informal group meets. It leaves no record."""
    _met(town, "informal", "Young people and taxis group", PANEL[:2], SORTS[:2])


def _panel_met(town: Town, called: Entry) -> None:
    came = tuple(sort for sort in SORTS if sort != "health" or town.some(75))
    present = tuple(name for name, sort in zip(PANEL, SORTS, strict=True) if sort in came)
    met = _met(town, "exploitation_panel", "Exploitation panel", present, came, **on(called))
    town.after(1, 6, _checked, town, met)
    agreed = town.play.say(CHAIR, ActionAgreed, **on(met))
    if town.some(90):
        town.after(2 * DAY, 9 * DAY, _done, town, agreed)
    if town.some(25):
        dissent = town.play.say("leanne-mcardle", DissentRecorded, **on(met), **DISSENT)
        town.after(2 * DAY, 9 * DAY, _answered, town, dissent)
    town.after(3, 20, _circulated, town, met)
    written(town, met)
    if met.saying.fact.coded()["quorate"] == "no" and town.some(95):
        town.after(4 * DAY, 10 * DAY, _met_again, town, met)


def _met_again(town: Town, met: Entry) -> None:
    """Health was missing, so that nothing was decided: the panel meets again, with everybody."""
    again = _met(town, "exploitation_panel", "Exploitation panel", PANEL, SORTS, **on(met))
    town.after(1, 6, _checked, town, again)
    town.after(3, 20, _circulated, town, again)
    written(town, again)


def written(town: Town, met: Entry) -> None:
    """The minutes of a meeting are written, mostly."""
    if town.some(92):
        town.after(2 * DAY, 9 * DAY, _minuted, town, met)


def _met(town: Town, sort: str, name: str, present: tuple[str, ...], came: tuple[str, ...], **more: Any) -> Entry:
    said: dict[str, Any] = {"sort": sort, "group": name, "present": list(present), "came": list(came)}
    return town.play.say(CHAIR, MeetingHeld, **said, **more, children=town.chance.randrange(3, 12))


def vouched(town: Town, met: Entry, child: Entry) -> None:
    """The police say that they were there and that this was decided; now and then they forget."""
    if town.some(96):
        town.after(0.3, 4, _checked, town, met, child)


def _checked(town: Town, met: Entry, *child: Entry) -> None:
    town.play.say("leanne-mcardle", AttendanceChecked, **on(met, *child))


def _done(town: Town, agreed: Entry) -> None:
    town.play.say("leanne-mcardle", ActionDone, **on(agreed))


def _answered(town: Town, dissent: Entry) -> None:
    town.play.say("colin-ashby", DissentAnswered, **on(dissent))


def _circulated(town: Town, met: Entry) -> None:
    town.play.say(CHAIR, DecisionsCirculated, **on(met))


def _minuted(town: Town, met: Entry) -> None:
    minutes = town.play.say(CHAIR, MinutesRecorded, **on(met))
    town.after(DAY, 5 * DAY, _sent_round, town, met, minutes)


def _sent_round(town: Town, met: Entry, minutes: Entry) -> None:
    sent_round = town.play.say(CHAIR, MinutesCirculated, to=_came(met), **on(minutes))
    later = timedelta(minutes=town.chance.randrange(4 * DAY * 60))
    town.at(town.working(_seen_long_enough(sent_round) + later), _locked, town, sent_round)


def _seen_long_enough(sent_round: Entry) -> datetime:
    """From when on minutes can be locked: whatever holidays fall between."""
    made = rulebook_in_force(sent_round.recorded_at)
    assert made is not None
    return due_at(Term(working_days=MinutesLocked.waits), sent_round.recorded_at, made.calendar)


def _locked(town: Town, sent_round: Entry) -> None:
    town.play.say(CHAIR, MinutesLocked, **on(sent_round))
