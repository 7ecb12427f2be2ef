"""The last weeks of the invented borough, told one by one, so that every list has something in every state today."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from onrecord.borough import lives, meetings, year
from onrecord.borough.play import on
from onrecord.borough.town import SATURDAY, Town
from onrecord.case.facts import TrustedAdultNamed, TrustedAdultSees, TrustedAdultTold
from onrecord.duties.facts import CannotInTime, ChallengeAnswered, DutyReassigned, LoweringRefused
from onrecord.duties.queries import DutyView, owed_for
from onrecord.intake.facts import DecisionMade, ReportAcknowledged
from onrecord.ledger.facts import Corrected, Entry, Seconded
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import envelopes
from onrecord.oversight.facts import BriefingGiven, WrittenReportAnswered, WrittenReportHandedOver

Said = dict[str, Any]
Child = Said

COHESION = {"reason": "community_cohesion", "words": "This could be taken the wrong way on the estate."}
CAPACITY = {"reason": "capacity", "words": "We have nobody free this month."}
DUPLICATE = {"reason": "duplicate", "words": "The same worry reached us from the youth project on the same day."}
DANGER = "She rang at lunchtime. She is in a flat in town, does not know the address and is afraid to leave."
SEALED = "Told us that a man from the council gives lifts home at night. Remembered part of the plate: ZB12 0Q1."
REPORT: Said = {
    "name": "What girls told the youth projects, April to September",
    "sort": "research",
    "author": "Dr Rowena Castle, who sat in on the projects' evenings",
    "owner": "police",
    "finds": "Nine girls named the same two streets. Three had told somebody before, and heard nothing.",
}
ANSWER: Said = {
    "outcome": "accepted",
    "words": "The two streets are looked at from today. Each of the three is met by the end of the month.",
}
BRIEFING: Said = {
    "name": "What drivers see at night",
    "sort": "seminar",
    "owner": "licensing",
    "told": "Which lifts are not for money, where they end, and whom to ring.",
}
TODAY = ((6.0, "hill-road"), (4.2, "lantern"), (2.6, "health"), (1.5, "mere-bank"), (0.3, "saltergate"))
"""Hours ago, and who reported: read by nobody yet, or not decided."""


def plan(town: Town, children: list[Child]) -> None:
    """Put down the last weeks: undecided, due today, late, told outside, proposed, refused, without a record."""
    child = cycle(town.chance.sample(children, len(children)))
    for hours, agency in TODAY:
        town.at(town.now - timedelta(hours=hours), lives.reported, town, next(child), agency)
    girl = next(one for one in child if one["sex"] == "F")
    town.at(town.now - timedelta(hours=0.8), _danger, town, girl)
    town.at(town.now - timedelta(hours=3.4), _sealed, town, next(child))
    for hour in (9, 10, 12, 13, 15):
        town.at(_due_today(town.now, hour), _acknowledged, town, next(child))
    for days in (4, 9, 14):
        town.at(_ago(town, days), _left_undecided, town, next(child), days)
    for days in (1, 7):
        town.at(_ago(town, days), _proposed, town, next(child))
    _refusals(town, child)
    _others(town, child)


def _ago(town: Town, days: int) -> datetime:
    return town.now - timedelta(days=days, minutes=town.chance.randrange(5, 170))


def _due_today(now: datetime, hour: int) -> datetime:
    """An hour of the last working day before today: what is reported then falls due today, if today is worked."""
    local = now.astimezone(HERE) - timedelta(days=1)
    while local.weekday() >= SATURDAY:
        local -= timedelta(days=1)
    return local.replace(hour=hour, minute=12, second=0, microsecond=0).astimezone(now.tzinfo)


def _danger(town: Town, child: Child) -> None:
    said = {"concern": "sexual_exploitation", "danger_now": "yes", "setting": "home", "words": DANGER}
    lives.reported(town, child, "lantern", **said)


def _sealed(town: Town, child: Child) -> None:
    """The van is that of somebody who works here: nobody at the front door learns of the report."""
    lives.reported(town, child, "lantern", concern="not_sure", danger_now="no", words=SEALED)


def _acknowledged(town: Town, child: Child) -> None:
    made = lives.reported(town, child)
    town.at(town.play.at + timedelta(minutes=50), _read, town, made)


def _read(town: Town, made: Entry) -> None:
    town.play.say("joseph-okafor", ReportAcknowledged, **on(made, made))


def _left_undecided(town: Town, child: Child, days: int) -> None:
    """A report that is read and not decided; in one case somebody says why, in one it is handed over."""
    made = lives.reported(town, child, concern="not_sure")
    town.at(town.play.at + timedelta(hours=2), _read, town, made)
    if days == 4:
        town.at(town.play.at + timedelta(hours=20), _cannot, town, made)
    if days == 9:
        town.at(town.play.at + timedelta(days=2), _handed_over, town, made)


def _decision_duty(town: Town, made: Entry) -> DutyView:
    owed = owed_for([made.id], town.play.at)[made.id]
    return next(duty for duty in owed if duty.rule.id == "decide-next-step")


def _cannot(town: Town, made: Entry) -> None:
    said: Said = {
        "duty": str(_decision_duty(town, made).key),
        "reason": "no_capacity",
        "words": "Two of us are ill.",
    }
    town.play.say("joseph-okafor", CannotInTime, **on(made, made), **said)


def _handed_over(town: Town, made: Entry) -> None:
    said: Said = {"duty": str(_decision_duty(town, made).key), "holder": "megan-pryce", "why": "She knows the family."}
    town.play.say("ruth-hallam", DutyReassigned, **on(made, made), **said)


def _proposed(town: Town, child: Child) -> None:
    made = lives.reported(town, child, concern="not_sure")
    closing: Said = {"outcome": "no_further_action", "concern": "not_sure", "lowering": DUPLICATE}
    town.play.say("amira-sattar", DecisionMade, **on(made, made), **closing)


def _refusals(town: Town, child: Iterator[Child]) -> None:
    """Two attempts to lower for a reason that never counts: an old one that was taken up, a new one that was not."""
    town.at(_ago(town, 60), _refused, town, next(child), CAPACITY)
    town.at(_ago(town, 59), _taken_up, town)
    town.at(_ago(town, 12), _refused, town, next(child), COHESION)


def _refused(town: Town, child: Child, reason: dict[str, str]) -> None:
    made = lives.reported(town, child, concern="sexual_exploitation")
    closing: Said = {"outcome": "no_further_action", "lowering": reason}
    town.play.tries("amira-sattar", DecisionMade, **on(made, made), **closing)
    town.play.answer(made, concern="sexual_exploitation")


def _taken_up(town: Town) -> None:
    refusal = envelopes([LoweringRefused.kind], newest=1)[0].uid
    town.play.say("ruth-hallam", ChallengeAnswered, **on(refusal))


def _others(town: Town, child: Iterator[Child]) -> None:
    """A group without a record, children back from being missing, a report put right by the one who made it."""
    town.at(_ago(town, 38), meetings.group, town)
    for hours in (30, 67, 150):
        town.at(town.now - timedelta(hours=hours), year.returned, town, next(child), "never")
    town.at(_ago(town, 20), _put_right, town, next(child))
    town.at(_ago(town, 25), _trusting, town, next(child))
    town.at(_ago(town, 41), _answered, town)
    town.at(_ago(town, 3), _briefed, town)


def _answered(town: Town) -> None:
    """A report on how the agencies work is handed over, and answered in writing."""
    made = town.play.say("marcus-bright", WrittenReportHandedOver, **REPORT)
    town.play.say("alison-brough", WrittenReportAnswered, **on(made), **ANSWER)


def _briefed(town: Town) -> None:
    """Those who license drivers were told what is known. They have not said yet who was there."""
    day = (town.now - timedelta(days=3)).astimezone(HERE).date()
    town.play.say("helen-marsh", BriefingGiven, on_day=day, **BRIEFING)


def _put_right(town: Town, child: Child) -> None:
    made = lives.reported(town, child, "hill-road", setting="school", concern="not_sure")
    town.play.answer(made, outcome="send_to")
    said: Said = {"field": "setting", "value": '"vehicle"', "why": "The car stood in the next street, not at the gate."}
    town.play.say("paul-hargate", Corrected, **on(made), **said)


def _trusting(town: Town, child: Child) -> None:
    """A child trusts somebody at the youth club, who is given a sign-in, by two, and is written to."""
    made, play = lives.reported(town, child, "lantern", concern="harm_at_home"), town.play
    play.answer(made, concern="harm_at_home")
    named = play.say("marcus-bright", TrustedAdultNamed, about=[made], who="Kemi Adair, youth club", judged="child")
    given = play.gives_sign_in("marcus-bright", "kemi-adair", "Kemi Adair", named, made)
    play.say("grace-abiola", Seconded, regarding=[given], why="The child told me the same.")
    play.say("marcus-bright", TrustedAdultSees, regarding=[named], shows=("decision",), said="She can know that.")
    words = "Somebody meets her this week. She knows when, and you can ask her."
    play.say("daniel-whitlow", TrustedAdultTold, regarding=[named], words=words)
