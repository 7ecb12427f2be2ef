"""Meetings in the stories and in the borough's year: called, held, and with the record they are owed."""

from datetime import timedelta
from typing import Any

from onrecord.borough.play import Play, on
from onrecord.borough.town import Town
from onrecord.case.facts import (
    ActionAgreed,
    ActionDone,
    DecisionsCirculated,
    DissentAnswered,
    DissentRecorded,
    MeetingCalled,
    MeetingHeld,
    MinutesCirculated,
    MinutesLocked,
    MinutesRecorded,
)
from onrecord.ledger.facts import Entry

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
    sent_round = play.say(chair, MinutesCirculated, **on(minutes))
    play.wait(days=15)
    play.say(chair, MinutesLocked, **on(sent_round))


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
    met = _met(town, "exploitation_panel", "Exploitation panel", PANEL, came, **on(called))
    agreed = town.play.say(CHAIR, ActionAgreed, **on(met))
    if town.some(90):
        town.after(2 * DAY, 9 * DAY, _done, town, agreed)
    if town.some(25):
        dissent = town.play.say("leanne-mcardle", DissentRecorded, **on(met), **DISSENT)
        town.after(2 * DAY, 9 * DAY, _answered, town, dissent)
    town.after(3, 20, _circulated, town, met)
    if town.some(92):
        town.after(2 * DAY, 9 * DAY, _minuted, town, met)


def _met(town: Town, sort: str, name: str, present: tuple[str, ...], came: tuple[str, ...], **more: Any) -> Entry:
    said: dict[str, Any] = {"sort": sort, "group": name, "present": list(present), "came": list(came)}
    return town.play.say(CHAIR, MeetingHeld, **said, **more, children=town.chance.randrange(3, 12))


def _done(town: Town, agreed: Entry) -> None:
    town.play.say("leanne-mcardle", ActionDone, **on(agreed))


def _answered(town: Town, dissent: Entry) -> None:
    town.play.say("colin-ashby", DissentAnswered, **on(dissent))


def _circulated(town: Town, met: Entry) -> None:
    town.play.say(CHAIR, DecisionsCirculated, **on(met))


def _minuted(town: Town, met: Entry) -> None:
    minutes = town.play.say(CHAIR, MinutesRecorded, **on(met))
    town.after(DAY, 5 * DAY, _sent_round, town, minutes)


def _sent_round(town: Town, minutes: Entry) -> None:
    sent_round = town.play.say(CHAIR, MinutesCirculated, **on(minutes))
    town.after(16 * DAY, 19 * DAY, _locked, town, sent_round)


def _locked(town: Town, sent_round: Entry) -> None:
    town.play.say(CHAIR, MinutesLocked, **on(sent_round))
