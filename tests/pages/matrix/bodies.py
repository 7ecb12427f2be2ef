"""What is sent in each row of SENDS, filled in as it should be."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.pages.browsing import DECIDED, TYPED, sheet
from tests.pages.matrix.ground import ROLE, Ground
from tests.partnership import REPORT

CALL = {
    "caller": "Nia Prosser",
    "number": "07700 900123",
    "behalf": "Hill School",
    "child-described": "A girl in year 8",
    "words": "A marmalade-coloured car waits.",
    "danger_now": "yes",
}
SOUGHT = {
    "given_name": "Zephyrine",
    "family_name": "Quillfeather open",
    "why": "contacted",
    "words": "Her school rang me.",
}
SINCE = {"since-day": "12", "since-month": "10", "since-year": "2026"}
ROTA = {"user": "front-door", "day-day": "9", "day-month": "10", "day-year": "2026", "starts": "09:00", "ends": "17:00"}
LINKED = {"manager": "nurse", "scrutineer": "inspectorate", "inspectorate": "scrutineer"}
"""For whom each makes a link, but for those who make one for the social worker."""
MEETING = {"sort": "informal", "group": "Thursday group", "present-0": "R. Oyelaran"}
GLASS = {"form": "glass", "why": "covering", "reason": "Tomas is ill."}
SAFE = {"who": "Her aunt Ottilie", "how": "school", "judged": "child"}


def proposed() -> dict[str, Any]:
    """Una Grey proposed for a role, once more."""
    typed = {name: getattr(ROLE, name) for name in ("name", "role", "why")} | {"user": "una-brown"} | SINCE
    return sheet("propose") | {f"propose-{name}": said for name, said in typed.items()}


def agencies(user: str) -> str:
    """An agency in which somebody may propose a role, if there is any."""
    return "social-care" if user != "manager" else "police"


BODIES: dict[str, Callable[[Ground, str], dict[str, Any]]] = {
    "report": lambda ground, user: {"id": str(uuid4())} | TYPED,
    "call": lambda ground, user: {"id": str(uuid4())} | CALL,
    "decide": lambda ground, user: sheet("decide", **DECIDED),
    "known": lambda ground, user: sheet("known", answer="not_known", why="Nobody of that name."),
    "read": lambda ground, user: sheet("read", how="phone"),
    "assessed": lambda ground, user: sheet("assessment_completed", outcome="plan"),
    "cannot": lambda ground, user: sheet("cannot", reason="no_capacity"),
    "hand": lambda ground, user: sheet("hand", why="On leave.") | {"holder": "relief"},
    "sign": lambda ground, user: signed(ground, "decision"),
    "agree": lambda ground, user: signed(ground, "role"),
    "seat": lambda ground, user: {"role": user},
    "nothing": lambda ground, user: {},
    "propose": lambda ground, user: proposed() | {"agency": agencies(user)},
    "link": lambda ground, user: {"user": LINKED.get(user, "social-worker")},
    "rota": lambda ground, user: {"id": str(uuid4())} | ROTA,
    "details": lambda ground, user: sheet("details"),
    "reason": lambda ground, user: {"why": "A plate was only half seen."},
    "safe": lambda ground, user: sheet("safe", **SAFE),
    "glass": lambda ground, user: {"id": str(uuid4())} | GLASS,
    "search": lambda ground, user: SOUGHT,
    "meeting": lambda ground, user: sheet("record", **MEETING),
    "api": lambda ground, user: {"report": REPORT},
}


def signed(ground: Ground, what: str) -> dict[str, Any]:
    """A second signature under what waits for one."""
    return sheet(f"sign{str(ground.waiting[what].id)[:8]}", answer="agree", why="I know them.")
