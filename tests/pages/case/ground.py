"""Meetings for tests: short ways to call one, to hold one and to open its page."""

from typing import Any
from uuid import UUID

from onrecord.case.facts import MeetingCalled, MeetingHeld
from onrecord.ledger.facts import Entry, mention_of
from tests.pages.browsing import text

CALL = {
    "sort": "strategy_discussion",
    "group": "Marmalade group",
    "on_day": "2026-10-06",
    "invited": ["police", "health"],
}
HELD = {"sort": "strategy_discussion", "group": "Marmalade group", "present": ["Sam Whitlock"], "trusted_adult": "came"}
DISSENT = {
    "who": "Sam Whitlock",
    "agency": "police",
    "speaks": "agency",
    "decision": "No enquiry.",
    "why": "The car was seen twice.",
}
ACTION = {"what": "Look for the marmalade-coloured car.", "owner": "police", "by_day": "2026-10-07"}
CAME = ["childrens_social_care", "police", "health"]


def mention(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def called(store: Any, *reports: Entry, by: str = "social-worker", **changed: Any) -> Entry:
    about = [mention(one) for one in reports]
    made: Entry = store.say(by, MeetingCalled.heard(CALL | changed), about=about).entry
    return made


def held(store: Any, *over: Entry, by: str = "social-worker", **changed: Any) -> Entry:
    """Say that a meeting was held: the one that was called, of its sort; or one about the children of reports."""
    calls = [one for one in over if isinstance(one.saying.fact, MeetingCalled)]
    sorts = {"sort": calls[-1].saying.fact.sort} if calls else {}
    about = [mention(one) for one in over if one not in calls]
    fact = MeetingHeld.heard(HELD | {"came": CAME} | sorts | changed)
    made: Entry = store.say(by, fact, *calls, about=about).entry
    return made


def address(made: Entry, what: str = "", on: Entry | None = None) -> str:
    return f"/meetings/{made.id}" + (f"/{what}" if what else "") + (f"?on={on.id}" if on else "")


def page(browser: Any, user: str, made: Entry) -> str:
    return text(browser(user).get(address(made)))
