"""What follows from a report in the invented borough: mostly what should, sometimes late, now and then nothing."""

from datetime import timedelta
from typing import Any

from onrecord.borough.children import CARS, PHONES, PLACES
from onrecord.borough.meetings import vouched, written
from onrecord.borough.objections import disagreed, held
from onrecord.borough.play import on
from onrecord.borough.seen import (
    CONCERN_WEIGHTS,
    CONCERNS,
    LEVELS,
    LOWERING,
    OUTCOME_WEIGHTS,
    OUTCOMES,
    REPORT_WEIGHTS,
    REPORTERS,
    SETTINGS,
    worries,
)
from onrecord.borough.town import Town
from onrecord.case.facts import (
    AssessmentCompleted,
    ConferenceHeld,
    CoreGroupMet,
    CrimeRecorded,
    ExploitationAssessed,
    LeadNamed,
    MarkedSignificant,
    SafeContactSet,
    StrategyDiscussionHeld,
    SupportOffered,
)
from onrecord.duties.actions import NeedsReason, Unanswerable
from onrecord.intake.facts import DecisionMade, ReportAcknowledged
from onrecord.intake.facts.lists import EXPLOITATION, WORKED_ON
from onrecord.ledger.facts import Declined, Entry, Seconded
from onrecord.linkage.facts import KnownBeforeAnswered, LinkJudged

DESK = ("amira-sattar", "joseph-okafor", "megan-pryce")
WORKERS = ("daniel-whitlow", "ines-carvalho")
DAY = 24
LAST_TURN = 3
NOBODY_LEADS = 25
"""Of so many children who may be exploited, for one nobody names a manager."""
LOWER_LEVEL = {"reason": "plan_working", "words": "Six months without a sign, and the child says the same."}


def reported(town: Town, child: dict[str, Any], agency: str = "", **said: Any) -> Entry:
    """Somebody reports a worry about a child."""
    chance = town.chance
    agency = agency or chance.choices(list(REPORTERS), REPORT_WEIGHTS)[0]
    answers: dict[str, Any] = {
        "words": chance.choice(worries(agency, child["sex"])),
        "concern": chance.choices(CONCERNS, CONCERN_WEIGHTS)[0],
        "danger_now": "yes" if town.some(3) else "no",
        "positions": chance.choice(("no", "unknown")),
        "setting": chance.choice(SETTINGS),
    }
    return town.play.report(REPORTERS[agency], town.children.seen(child), **answers | _sightings(town) | said)


def _sightings(town: Town) -> dict[str, Any]:
    """Cars, phones and places, where the reporter saw any."""
    seen: dict[str, Any] = {}
    if town.some(30):
        seen["vehicles"] = [town.chance.choice(CARS)]
    if town.some(15):
        seen["phones"] = [town.chance.choice(PHONES)]
    if town.some(30):
        seen["place"] = {"name": town.chance.choice(PLACES)}
    if town.some(20):
        seen["must_not_know"] = "The stepfather reads every message."
    return seen


def life(town: Town, child: dict[str, Any], agency: str = "", fate: str = "") -> None:
    """A report, and all that follows from it: what becomes of it is said, or left to chance."""
    made = reported(town, child, agency)
    fate = fate or town.chance.choices(("answered", "late", "never"), (965, 27, 8))[0]
    if made.saying.fact.coded()["danger_now"] == "yes":
        fate = "answered"
    if fate == "never":
        return
    wait = 4 * DAY if fate == "late" else 0
    desk = town.chance.choice(DESK)
    if town.some(98):
        town.after(0.5, 5, _acknowledged, town, made, desk)
    town.after(wait + 2, wait + 20, _decided, town, made, desk)


def _acknowledged(town: Town, made: Entry, desk: str) -> None:
    how = town.chance.choice(("phone", "message"))
    town.play.say(desk, ReportAcknowledged, **on(made, made), how=how)


def _decided(town: Town, made: Entry, desk: str) -> None:
    """The front door says whether the child was known, decides, and what was decided is carried out."""
    if town.some(98):
        _known(town, made, desk)
    concern = made.saying.fact.coded()["concern"]
    outcome = town.chance.choices(OUTCOMES, OUTCOME_WEIGHTS)[0]
    if outcome == "no_further_action":
        _closed(town, made, desk, concern)
        return
    _acted(town, made, desk, outcome, concern)


def _acted(town: Town, made: Entry, desk: str, outcome: str, concern: str) -> None:
    decision = _decision(town, made, desk, outcome, concern)
    wait = 5 * DAY if town.some(3) else 0
    if town.some(99):
        town.after(wait + 0.1, wait + 3, _told, town, made, desk)
    _carried_out(town, made, decision, outcome, concern)


def _known(town: Town, made: Entry, desk: str) -> None:
    found = town.play.look_up(desk, made)
    sure = [one for one in found if one.likeness.strong]
    answer = "known" if sure else "not_sure" if found and town.some(30) else "not_known"
    town.play.say(desk, KnownBeforeAnswered, **on(made, made), answer=answer)
    for one in sure[:1]:
        why = f"Compared: {'; '.join(one.likeness.words)}."
        town.play.say(desk, LinkJudged, about=[made, one.mention], verdict="same", why=why)


def _decision(town: Town, made: Entry, desk: str, outcome: str, concern: str, **more: Any) -> Entry:
    crime = town.chance.choice(("yes", "no", "unknown"))
    said: dict[str, Any] = {"outcome": outcome, "concern": concern, "crime_alleged": crime}
    decision = town.play.say(desk, DecisionMade, **on(made, made), **said, **more)
    if decision.proposed and not more:
        town.after(1, 18, agreed, town, decision)  # who ended the last report does not decide the next alone
    return decision


def _closed(town: Town, made: Entry, desk: str, concern: str) -> None:
    """No further action lowers what is counted, so it goes to a second person of another agency."""
    reason = town.chance.choice(list(LOWERING))
    lowering = {"reason": reason, "words": LOWERING[reason]}
    try:
        proposal = _decision(town, made, desk, "no_further_action", concern, lowering=lowering)
    except Unanswerable:  # under 13, and sexual harm is alleged: only a conference ends that
        _acted(town, made, desk, "strategy_discussion", concern)
        return
    _supported(town, made, proposal, concern, WORKERS[0])
    if not proposal.proposed:
        town.after(0.1, 3, _told, town, made, desk)
        return
    answer = town.chance.choices(("agree", "decline", "silence"), (86, 11, 3))[0]
    if answer == "agree":
        town.after(1, 18, agreed, town, proposal)
        town.after(19, 24, _told, town, made, desk)
    elif answer == "decline":
        town.after(1, 18, _notagreed, town, made, proposal, desk, concern)


def agreed(town: Town, proposal: Entry) -> None:
    """The second person signs."""
    town.play.say("grace-abiola", Seconded, **on(proposal))


def _notagreed(town: Town, made: Entry, proposal: Entry, desk: str, concern: str) -> None:
    town.play.say("grace-abiola", Declined, **on(proposal))
    decision = _decision(town, made, desk, "assess", concern)
    town.after(0.1, 3, _told, town, made, desk)
    _carried_out(town, made, decision, "assess", concern)


def _told(town: Town, made: Entry, desk: str) -> None:
    town.play.tells(desk, made)


def _carried_out(town: Town, made: Entry, decision: Entry, outcome: str, concern: str) -> None:
    worker = town.chance.choice(WORKERS)
    if town.some(25):
        held(town, made, decision, worker)
    if outcome == "send_to" and town.some(30):
        town.after(3, 20, disagreed, town, made)
    if town.some(97):
        town.after(0.2, 8, _contact, town, made, decision, worker)
    if outcome in ("protect_now", "strategy_discussion"):
        wait = DAY if town.some(10) else 0
        town.after(wait + 1, wait + 12, _discussed, town, made, decision, worker)
    if outcome != "send_to" and town.some(98):
        town.after(18 * DAY, 56 * DAY, _assessed, town, made, decision, worker)
    if decision.saying.fact.coded().get("under_13") == decision.saying.fact.coded().get("sexual_harm") == "yes":
        town.after(0.1, 1, _same_day, town, made, decision)
    _supported(town, made, decision, concern, worker)
    _lead(town, made, decision)
    if concern in EXPLOITATION and town.some(97):
        level = town.chance.choices((1, 2, 3), (5, 3, 2))[0]
        town.after(2 * DAY, 12 * DAY, _exploitation, town, made, decision, worker, level, 1)


def _same_day(town: Town, made: Entry, decision: Entry) -> None:
    """Under 13, and sexual harm is alleged: a crime record and a strategy discussion on the same day."""
    town.play.say("leanne-mcardle", CrimeRecorded, **on(decision, made))
    written(town, town.play.say("ruth-hallam", StrategyDiscussionHeld, **on(decision, made)))


def _supported(town: Town, made: Entry, decision: Entry, concern: str, worker: str) -> None:
    if concern in EXPLOITATION and town.some(98):
        town.after(2, 4 * DAY, _offered, town, made, decision, worker)


def _lead(town: Town, made: Entry, decision: Entry) -> None:
    said = decision.saying.fact.coded()
    if said["concern"] in EXPLOITATION and said["outcome"] in WORKED_ON and made.id.int % NOBODY_LEADS:
        town.at(town.play.at + timedelta(hours=2 + made.id.int % 70), _led, town, made, decision)


def _led(town: Town, made: Entry, decision: Entry) -> None:
    """One manager leads; where the report names a car, it is put among the significant events."""
    town.play.say("ruth-hallam", LeadNamed, **on(decision, made))
    if getattr(made.saying.fact, "vehicles", ()):
        town.play.say("ruth-hallam", MarkedSignificant, **on(made, made))


def _offered(town: Town, made: Entry, decision: Entry, worker: str) -> None:
    answer = town.chance.choice(("accepted", "accepted", "later", "declined"))
    town.play.say(worker, SupportOffered, **on(decision, made), answer=answer)


def _contact(town: Town, made: Entry, decision: Entry, worker: str) -> None:
    town.play.say(worker, SafeContactSet, **on(decision, made))


def _discussed(town: Town, made: Entry, decision: Entry, worker: str) -> None:
    outcome = town.chance.choices(("enquiry_together", "enquiry_alone", "no_enquiry"), (5, 1, 4))[0]
    held = town.play.say("ruth-hallam", StrategyDiscussionHeld, outcome=outcome, **on(decision, made))
    written(town, held)
    if outcome == "no_enquiry":
        vouched(town, held, made)
    elif town.some(92):
        town.after(7 * DAY, 19 * DAY, _conference, town, made, held, worker)


def _conference(town: Town, made: Entry, discussion: Entry, worker: str) -> None:
    outcome = town.chance.choices(("plan", "no_plan"), (2, 1))[0]
    held = town.play.say("ruth-hallam", ConferenceHeld, outcome=outcome, **on(discussion, made))
    written(town, held)
    if outcome == "no_plan":
        vouched(town, held, made)
    elif town.some(92):
        town.after(4 * DAY, 13 * DAY, _core_group, town, made, held, worker)


def _core_group(town: Town, made: Entry, conference: Entry, worker: str) -> None:
    written(town, town.play.say(worker, CoreGroupMet, **on(conference, made)))


def _assessed(town: Town, made: Entry, decision: Entry, worker: str) -> None:
    outcome = town.chance.choice(("plan", "services", "services", "no_services"))
    town.play.say(worker, AssessmentCompleted, outcome=outcome, **on(decision, made))


def _exploitation(town: Town, made: Entry, decision: Entry, worker: str, level: int, turn: int) -> None:
    """Assessed again every three months, until nothing is seen and a second person agrees."""
    level = 0 if turn == LAST_TURN else level
    said = {"level": LEVELS[level]} | on(decision, made)
    try:
        town.play.say(worker, ExploitationAssessed, **said)
    except Unanswerable:  # as above: the level stays until a conference
        return
    except NeedsReason:
        proposal = town.play.say(worker, ExploitationAssessed, lowering=LOWER_LEVEL, **said)
        if town.some(90):
            town.after(2, 30, agreed, town, proposal)
    if turn < LAST_TURN and town.some(96):
        town.after(70 * DAY, 87 * DAY, _exploitation, town, made, decision, worker, level, turn + 1)
