"""At a real county's volume nobody is drowned: and nothing is left off a list to keep it so.

150 contacts a working day and 1,800 missing episodes a year, answered as late as agencies do: 37 of 100 return
interviews after 72 hours, a few of 100 contacts after their day. One contact in five ends without action, which takes a
second signature; one in twenty-five becomes a strategy discussion. The budget: a person gets one digest a day and a
practitioner at most three interruptions; a scrutineer at most ten single items a week. Every item is still listed.
"""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

import pytest

from onrecord.access.queries import holders
from onrecord.case.facts import (
    AttendanceChecked,
    ChildReturned,
    ReturnInterviewHeld,
    SafeContactSet,
    StrategyDiscussionHeld,
)
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.duties.queries import watched
from onrecord.intake.facts import DecisionMade, ReferrerTold, ReportAcknowledged, ReportReceived
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Fact, Lowering, Saying, Seconded, When, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.linkage.facts import KnownBeforeAnswered
from onrecord.notices import actions as notices
from onrecord.notices.models import Notice
from tests.partnership import DECISION, REPORT, START, Store

SPACE = UUID("6f6e7265-636f-5264-8000-6e6f69736500")
WEEKS = 2
CONTACTS = 150
PER_HUNDRED = {
    "decide": 3,
    "acknowledge": 4,
    "known": 3,
    "told": 8,
    "contact": 5,
    "interview": 37,
    "sign": 3,
    "discuss": 5,
    "checked": 5,
}
"""Of a hundred, how many are answered late; a fifth of those, a week late."""
BEFORE = {
    "decide": 8,
    "acknowledge": 3,
    "known": 6,
    "told": 9,
    "contact": 10,
    "interview": 50,
    "sign": 30,
    "discuss": 20,
    "checked": 2,
}
"""Hours after which the others are answered."""
ENDED, DISCUSSED = 20, 24
"""Of a hundred contacts, how many end with no further action; up to which number the next become discussions."""
POLICE = ("officer", "practitioner", "police")
ENDS, SIGNER = "no_further_action", ("signer", "second_signer", "partnership")


def chance(*what: object) -> int:
    """A number below 100 that is the same each time for the same thing."""
    return uuid5(SPACE, "/".join(map(str, what))).int % 100


def after(step: str, number: object) -> timedelta:
    """How long an answer takes: in time, some hours late, or a week late."""
    late = PER_HUNDRED[step]
    if chance(step, number) >= late:
        return timedelta(hours=BEFORE[step])
    return (
        timedelta(days=9) if chance("very", step, number) < 20 else timedelta(hours=80 if step == "interview" else 44)
    )


def said(
    at: datetime, fact: Fact, name: str, *regarding: UUID, by: tuple[str, str, str], why: Lowering | None = None
) -> tuple[datetime, Saying]:
    about = tuple(mention_of(target, "child") for target in regarding)
    return at, Saying(uuid5(SPACE, name), fact, *by, When.at(at), about=about, regarding=regarding, lowering=why)


def contact(at: datetime, number: int) -> list[tuple[datetime, Saying]]:
    """A report and its answers, each at its time."""
    uid, door = uuid5(SPACE, f"contact/{number}"), ("front-door", "front_door", "social-care")
    child = {"given_name": f"Ada{number}", "family_name": "Moss"}
    report = ReportReceived.heard(REPORT | {"child": child, "concern": "other"})
    ends = chance(number) < ENDED
    outcome = ENDS if ends else "strategy_discussion" if chance(number) < DISCUSSED else "send_to"
    decided = DecisionMade.heard(DECISION | {"outcome": outcome, "concern": "other"})
    why = (
        Lowering(reason="harm_not_found", words="Checked with the school.") if outcome == "no_further_action" else None
    )
    answers: dict[str, Fact] = {
        "acknowledge": ReportAcknowledged(how="phone"),
        "known": KnownBeforeAnswered(answer="not_known"),
        "decide": decided,
        "told": ReferrerTold(told="Early help will be in touch.", how="phone"),
    }
    found = [said(at, report, f"contact/{number}", by=("teacher", "practitioner", "school"))]
    for step, fact in answers.items():
        reason = why if step == "decide" else None
        found.append(said(at + after(step, number), fact, f"{step}/{number}", uid, by=door, why=reason))
    decision = found[3]
    if ends:
        signed = decision[0] + after("sign", number)
        return [
            *found,
            said(signed, Seconded(why="The school says the same."), f"sign/{number}", decision[1].id, by=SIGNER),
        ]
    if outcome == "strategy_discussion":
        held = StrategyDiscussionHeld(
            present=("childrens_social_care", "police", "health"), outcome="no_enquiry", why="No harm was found."
        )
        discussed = said(decision[0] + after("discuss", number), held, f"discuss/{number}", decision[1].id, by=door)
        at = discussed[0] + after("checked", number)
        right = said(at, AttendanceChecked(right="yes"), f"checked/{number}", discussed[1].id, by=POLICE)
        return [*found, discussed, right]
    safe = SafeContactSet(who="The child.", how="school", judged="child", must_not_know=())
    asked = decision[0] + after("contact", number) - timedelta(hours=8)
    return [*found, said(asked, safe, f"safe/{number}", decision[1].id, by=door)]


def episode(at: datetime, number: int) -> list[tuple[datetime, Saying]]:
    """A child who came back, and the interview."""
    uid, worker = uuid5(SPACE, f"back/{number}"), ("social-worker", "practitioner", "social-care")
    child = {"given_name": f"Ben{number}", "family_name": "Moss"}
    since = When.at(at - timedelta(days=1)).model_dump(mode="json")
    returned = ChildReturned.heard({"child": child, "missing_since": since})
    spoken = ReturnInterviewHeld(held="held", said="She was at a friend's.")
    back = said(at, returned, f"back/{number}", by=worker)
    held = said(at + after("interview", number), spoken, f"interview/{number}", uid, by=worker)
    return [back, held]


@pytest.fixture
def weeks(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> dict[str, Counter[tuple[str, date]]]:
    """Two weeks of it, the watch looking every hour: messages of each kind, by person and day of the last week."""
    sent: dict[str, Counter[tuple[str, date]]] = defaultdict(Counter)
    happenings = sorted(everything(), key=lambda one: (one[0], str(one[1].id)))
    last = START + timedelta(weeks=WEEKS - 1)
    deliver = notices._attempt

    def counted(bundle: list[Notice], ways: notices.Ways) -> str | None:
        kind = "single" if bundle[0].single else "digest"
        if at >= last:
            sent[kind][bundle[0].recipient, at.date()] += 1
            sent[f"{kind} items"][bundle[0].recipient, at.date()] += len(bundle)
        return deliver(bundle, ways)

    monkeypatch.setattr(notices, "_attempt", counted)
    at, place = START, 0
    while at < START + timedelta(weeks=WEEKS):
        upto = next((n for n in range(place, len(happenings)) if happenings[n][0] > at), len(happenings))
        with playing(at):
            append([saying for _, saying in happenings[place:upto]])
            tick(at, sign=False)
        at, place = at + timedelta(hours=1), upto
    return sent


def everything() -> list[tuple[datetime, Saying]]:
    found, number = [], 0
    for day in range(WEEKS * 7):
        begun = START + timedelta(days=day)
        for place in range(CONTACTS if begun.weekday() < 5 else 0):
            number += 1
            found += contact(begun + timedelta(hours=9) * place / CONTACTS, number)
        for place in range(5):
            found += episode(begun + timedelta(hours=4 * place), day * 10 + place)
    return found


def most(sent: Counter[tuple[str, date]], people: set[str]) -> int:
    """The most that one of these people got on one day."""
    return max((count for (user, _), count in sent.items() if user in people), default=0)


def test_the_budget_holds_and_every_item_is_listed(
    weeks: dict[str, Counter[tuple[str, date]]], own_store: Store
) -> None:
    everybody = {user for kind in weeks.values() for user, _ in kind}
    practitioners = {user for role in ("practitioner", "front_door") for user in holders(role, "social-care")}
    assert most(weeks["digest"], everybody) == 1
    assert most(weeks["single"], practitioners) <= 3
    for user in ("scrutineer", "inspectorate"):
        assert sum(count for (one, _), count in weeks["single items"].items() if one == user) <= 10
    end = START + timedelta(weeks=WEEKS)
    late = Owed.objects.filter(state="open", due_at__lte=end).count()
    assert late > 20
    assert len(watched(own_store.viewer("scrutineer"), end)) == late
    told = {(row.coded["duty"], row.coded["rung"]) for row in Envelope.objects.filter(kind="duties.duty_escalated")}
    assert len(told) == Envelope.objects.filter(kind="duties.duty_escalated").count() > 300
