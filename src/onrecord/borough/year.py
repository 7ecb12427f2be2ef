"""What else happens in a borough's year: census returns, missing children, care leavers."""

from datetime import date, timedelta
from typing import Any

from onrecord.borough.lives import DAY, WORKERS, agreed
from onrecord.borough.play import on
from onrecord.borough.town import Town
from onrecord.case.facts import (
    CareLeaverRecorded,
    ChildReturned,
    LeavingCareSupportEnded,
    LookBackDone,
    PathwayPlanReviewed,
    ReturnInterviewHeld,
)
from onrecord.ledger.facts import Entry, When

ASKED = {"reason": "support_ended", "words": "Asked for it to end. The door stays open until 25."}
HEARD = {
    "held": "Names a car and a flat.",
    "declined_by_child": "Does not want to talk yet. Has a number to call.",
}
HOMES = ("settled", "settled", "settled", "at_risk", "not_known")


def census(town: Town, children: list[dict[str, Any]], name: str) -> None:
    """A Children in Need census is read; each child is owed one look-back within three months."""
    source, today = f"Northbrook Children's Services, {name}", town.play.at.date()
    read = town.play.register([town.children.listed(child, source, today) for child in children])
    for entry in read:
        if town.some(98):
            town.after(4 * DAY, 84 * DAY, _looked_back, town, entry)


def _looked_back(town: Town, entry: Entry) -> None:
    outcome = "reopened" if town.some(8) else "nothing_found"
    town.play.say("ruth-hallam", LookBackDone, outcome=outcome, **on(entry, entry))


def returned(town: Town, child: dict[str, Any], fate: str = "") -> None:
    """A missing child comes back, and is owed a return interview within 72 hours."""
    gone = town.play.at - timedelta(hours=town.chance.randrange(6, 60))
    back = town.play.say(
        "dorota-lis", ChildReturned, child=town.children.seen(child), missing_since=When.at(gone).model_dump()
    )
    fate = fate or town.chance.choices(("heard", "late", "never"), (80, 15, 5))[0]
    wait = {"heard": (8, 60), "late": (90, 240)}.get(fate)
    if wait:
        town.after(*wait, _interviewed, town, back)


def _interviewed(town: Town, back: Entry) -> None:
    held = town.chance.choices(("held", "declined_by_child"), (4, 1))[0]
    said = HEARD[held]
    town.play.say("ines-carvalho", ReturnInterviewHeld, **on(back, back), held=held, said=said)


def leaver(town: Town, child: dict[str, Any], fate: str) -> None:
    """A young person leaves care; the plan is reviewed every six months, is forgotten, or they ask for it to end."""
    year, *rest = child["born"].split("-")
    until = date.fromisoformat("-".join([str(int(year) + 25), *rest]).replace("-02-29", "-02-28"))
    worker = town.chance.choice(WORKERS)
    left = town.play.say(worker, CareLeaverRecorded, child=child, until=until.isoformat())
    if fate == "left":
        town.after(60 * DAY, 90 * DAY, _ended, town, left, worker)
    elif fate == "reviewed":
        town.after(150 * DAY, 178 * DAY, _reviewed, town, left, worker)


def _reviewed(town: Town, left: Entry, worker: str) -> None:
    housing = town.chance.choice(HOMES)
    town.play.say(worker, PathwayPlanReviewed, **on(left, left), housing=housing)
    town.after(150 * DAY, 178 * DAY, _reviewed, town, left, worker)


def _ended(town: Town, left: Entry, worker: str) -> None:
    said: dict[str, Any] = {"reason": "own_request", "lowering": ASKED}
    end = town.play.say(worker, LeavingCareSupportEnded, **on(left, left), **said)
    town.after(2, 20, agreed, town, end)
