"""What people in the invented borough raise: that they disagree, that they need something, what they were told."""

from datetime import datetime, timedelta
from typing import Any

from onrecord.borough.play import on
from onrecord.borough.town import Town
from onrecord.case.facts import ListCompared, ListGiven, PoliceMaterialHeld
from onrecord.duties.facts import (
    CaseHeld,
    DisagreementRaised,
    DisagreementSettled,
    InstructionAnswered,
    InstructionReported,
    RefusalViewed,
    RequestAnswered,
    RequestMade,
    StageAnswered,
)
from onrecord.ledger.facts import Entry

MONTHS = 8
DAY = 24
DIFFERENT = (
    "Somebody sees her this week, and not only her mother.",
    "It goes to a strategy discussion with the police.",
    "The flat above the shop is looked at, and not only her behaviour.",
)
WHY = "I see him every day, and what was decided answers something else."
ASKED: tuple[dict[str, Any], ...] = (
    {"wanted": "people", "what": "One more worker for evenings.", "group": "Exploitation team", "children": 14},
    {"wanted": "decision", "what": "May the project keep its rooms until June?", "group": "Lantern's evening group"},
    {"wanted": "service", "what": "A place at the sexual health clinic on Saturdays.", "group": "Girls over fourteen"},
)
LISTED: dict[str, Any] = {
    "name": "Lantern's list, winter",
    "children": 17,
    "words": "Young people who come to us after ten at night.",
}
TOLD: dict[str, Any] = {
    "what": "not_record",
    "words": "I was told to leave out where the two men work.",
    "who": "A manager of another team",
    "given": "How it might look",
}
POINTER: dict[str, Any] = {
    "handling": "c",
    "conditions": "Ask the analyst before anybody speaks of it with the family.",
}


def plan(town: Town, start: datetime) -> None:
    """Put down a request each month, and in the last weeks a list and an instruction not to record."""
    for month in range(MONTHS):
        town.at(town.working(start + timedelta(days=12 + 30 * month, hours=2)), _asks, town, month)
    town.at(town.working(town.now - timedelta(days=26)), _lists, town)
    town.at(town.working(town.now - timedelta(days=17)), _was_told, town)


def disagreed(town: Town, made: Entry) -> None:
    """Whoever reported disagrees with what was decided; it is talked over, and mostly settled."""
    said: dict[str, Any] = {"whose": "reporter", "different": town.chance.choice(DIFFERENT), "why": WHY}
    seats: dict[str, Any] = {"level": "front_door", "decided_by": "childrens_social_care"}
    raised = town.play.say(made.saying.by, DisagreementRaised, **on(made, made), **said, **seats)
    town.after(3, 12, _talked, town, made, raised)


def held(town: Town, made: Entry, decision: Entry, worker: str) -> None:
    """A worker holds the case; of a few children the police hold something too."""
    town.play.say(worker, CaseHeld, **on(decision, made), worker=worker, part="lead")
    if town.some(15):
        review = (town.play.at + timedelta(days=90)).date().isoformat()
        said = POINTER | {"reference": f"NP/{town.chance.randrange(100, 999)}", "review_on": review}
        town.play.say("leanne-mcardle", PoliceMaterialHeld, about=[made], **said)


def _talked(town: Town, made: Entry, raised: Entry) -> None:
    agreed = town.some(70)
    said: dict[str, Any] = {"outcome": "changed" if agreed else "not_agreed", "spoke": "yes"}
    words = "A worker sees her on Thursday." if agreed else "We have read it again and see it as before."
    answer = town.play.say("megan-pryce", StageAnswered, **on(raised, made), stage="first", words=words, **said)
    if agreed:
        town.after(1, 20, _settled, town, raised, answer)
    else:
        town.after(3, 30, _managed, town, made, raised, answer)


def _managed(town: Town, made: Entry, raised: Entry, before: Entry) -> None:
    said: dict[str, Any] = {
        "stage": "second",
        "outcome": "changed",
        "spoke": "yes",
        "words": "We assess. The school is asked as well.",
    }
    answer = town.play.say("ruth-hallam", StageAnswered, **on(before, made), **said)
    town.after(1, 20, _settled, town, raised, answer)


def _settled(town: Town, raised: Entry, answer: Entry) -> None:
    town.play.say(raised.saying.by, DisagreementSettled, regarding=[raised, answer])


def _asks(town: Town, month: int) -> None:
    by_day = (town.play.at + timedelta(days=7)).date().isoformat()
    request = town.play.say("ines-carvalho", RequestMade, **ASKED[month % len(ASKED)], by_day=by_day)
    town.after(DAY, 3 * DAY, _answered, town, request, month)


def _answered(town: Town, request: Entry, month: int) -> None:
    refused = month % 3 == 2
    said: dict[str, Any] = {"outcome": "refused", "reason": "capacity"} if refused else {"outcome": "given"}
    words = "There is no place this quarter." if refused else "From next month on."
    answer = town.play.say("ruth-hallam", RequestAnswered, **on(request), words=words, **said)
    if refused:
        town.after(DAY, 3 * DAY, _viewed, town, answer)


def _viewed(town: Town, answer: Entry) -> None:
    words = "The need stands. I take it to the partners."
    town.play.say("colin-ashby", RefusalViewed, **on(answer), view="raised", words=words)


def _lists(town: Town) -> None:
    given = town.play.say("marcus-bright", ListGiven, **LISTED)
    town.after(DAY, 3 * DAY, _compared, town, given)


def _compared(town: Town, given: Entry) -> None:
    words = "Three were not in the count. They are now."
    town.play.say("ruth-hallam", ListCompared, **on(given), result="some_missing", counted=17, words=words)


def _was_told(town: Town) -> None:
    told = town.play.say("daniel-whitlow", InstructionReported, **TOLD)
    town.after(3, 12, _looked_into, town, told)


def _looked_into(town: Town, told: Entry) -> None:
    words = "I spoke with the director. Write down where they work."
    town.play.say("owen-tregarth", InstructionAnswered, **on(told), finding="withdrawn", words=words)
