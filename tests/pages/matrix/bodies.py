"""What is sent in each row of SENDS, filled in as it should be."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

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
MEETING = {
    "sort": "informal",
    "group": "Thursday group",
    "came": "police",
    "present-0": "R. Oyelaran",
    "trusted_adult": "none_named",
}
CALLED = {
    "sort": "core_group",
    "group": "Thursday group",
    "invited": "health",
    "on_day-day": "9",
    "on_day-month": "10",
    "on_day-year": "2026",
}
DOCUMENT = {"what": "The letter of the clinic", "from_whom": "Northbrook Health"}
GLASS = {"form": "glass", "why": "covering", "reason": "Tomas is ill."}
CRISIS = {"what": "self_harm", "seen_by": "A nurse.", "words": "She told her teacher.", "serious_harm": "no"}
RESTRICT = {
    "because": "works_here",
    "users-0": "social-worker",
    "until-day": "1",
    "until-month": "12",
    "until-year": "2026",
    "why": "Her uncle works with us.",
}
ERASE = {"basis": "ordered", "why": "The court wrote on Monday.", "step": "propose"}
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
    "why": lambda ground, user: {"why": "The scrutineer asked for it."},
    "link": lambda ground, user: {"user": LINKED.get(user, "social-worker"), "why": "She stood before me."},
    "rota": lambda ground, user: {"id": str(uuid4())} | ROTA,
    "details": lambda ground, user: sheet("details"),
    "reason": lambda ground, user: {"why": "A plate was only half seen."},
    "disagree": lambda ground, user: sheet("disagree", whose="worker", different="Seen this week.", why="It waits."),
    "settled": lambda ground, user: sheet("settled"),
    "take": lambda ground, user: sheet("take", part="lead") | {"worker": user},
    "safe": lambda ground, user: sheet("safe", **SAFE),
    "crisis": lambda ground, user: sheet("say", **CRISIS),
    "wording": lambda ground, user: sheet("say", words="She said", why="It is not for us to put right."),
    "glass": lambda ground, user: {"id": str(uuid4())} | GLASS,
    "search": lambda ground, user: SOUGHT,
    "meeting": lambda ground, user: sheet("record", **MEETING),
    "document": lambda ground, user: {"id": str(uuid4()), "file": SimpleUploadedFile("a.txt", b"A letter.")} | DOCUMENT,
    "significant": lambda ground, user: sheet("say", mark="in", why="It is the first sign."),
    "trusted": lambda ground, user: sheet("name", who="Her aunt Ottilie", judged="child"),
    "restrict": lambda ground, user: sheet("restrict", **RESTRICT),
    "service": lambda ground, user: ending(ground, user),
    "call-meeting": lambda ground, user: sheet("call", **CALLED),
    "erase": lambda ground, user: {"id": str(uuid4()), "what": f"{ground.reports['open'].id} words"} | ERASE,
    "api": lambda ground, user: {"report": REPORT},
}


def ending(ground: Ground, user: str) -> dict[str, Any]:
    """A service of their own agency ends."""
    typed = {"service": "Lantern outreach", "agency": ground.store.viewer(user).seat.sort, "why": "No funding."}
    last = {"last_day-day": "9", "last_day-month": "10", "last_day-year": "2026"}
    return {"id": str(uuid4())} | typed | last


def signed(ground: Ground, what: str) -> dict[str, Any]:
    """A second signature under what waits for one."""
    return sheet(f"sign{str(ground.waiting[what].id)[:8]}", answer="agree", why="I know them.")
