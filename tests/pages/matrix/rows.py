"""The permission matrix, as data: each address, and who may do what there. A new address without a row fails.

OPENS is GET, SENDS is POST, RECORDS is what belongs to one report, by the state in which that report stands. What is
not in a row is refused. `test_who_may_open_what.py` tries OPENS, the tests beside this file try the rest.
"""

from typing import NamedTuple

from tests.partnership import PEOPLE

EVERYBODY = frozenset(PEOPLE)
STAFF = EVERYBODY - {"admin"}
DECIDERS = frozenset({"front-door", "team-manager"})
PROPOSERS = frozenset({"team-manager", "head", "director", "manager"})
WATCHERS = frozenset({"scrutineer", "inspectorate", "manager"})
NOBODY: frozenset[str] = frozenset()
OF_THE_CHILD = frozenset({"front-door", "social-worker", "team-manager", "head", "director", "designated", "teacher"})
CASE = OF_THE_CHILD | {"nurse", "officer", "chair"}
MANAGER = frozenset({"manager"})
LEADERS = PROPOSERS - MANAGER
"""Those who lead the agency that decides, and so see what it owes and hand it over."""
OUTSIDE = frozenset({"scrutineer", "inspectorate"})

MATRIX: dict[str, tuple[frozenset[str], int]] = {
    "": (EVERYBODY, 302),
    "report": (STAFF, 403),
    "take-in": (STAFF, 403),
    "phone-note": (DECIDERS, 403),
    "originals/<uuid:uid>": (NOBODY, 404),
    "report/<uuid:uid>": (frozenset({"teacher"}), 404),
    "report/<uuid:uid>/proof.txt": (frozenset({"teacher"}), 404),
    "report/<uuid:uid>/copy.txt": (frozenset({"teacher"}), 404),
    "my-reports": (STAFF, 403),
    "front-door": (DECIDERS, 403),
    "front-door/<uuid:uid>": (DECIDERS, 403),
    "sealed": (frozenset({"designated", "scrutineer", "inspectorate"}), 403),
    "sealed/<uuid:uid>": (NOBODY, 404),
    "my-details": (STAFF, 403),
    "staff-details": (frozenset({"designated"}), 403),
    "staff-details/<slug:user>": (frozenset({"designated"}), 403),
    "duties": (EVERYBODY, 403),
    "duties/agency": (PROPOSERS, 403),
    "duties/law": (EVERYBODY, 403),
    "duties/<uuid:key>": (frozenset({"social-worker"}) | LEADERS | WATCHERS, 404),
    "duties/<uuid:key>/cannot": (frozenset({"social-worker"}), 404),
    "duties/<uuid:key>/hand-over": (frozenset({"social-worker"}) | LEADERS, 404),
    "joint-list": (frozenset({"signer"}), 403),
    "watch": (WATCHERS, 403),
    "people": (PROPOSERS | {"signer", "scrutineer", "inspectorate"}, 403),
    "people/<slug:what>": (PROPOSERS, 403),
    "people/link": (PROPOSERS | OUTSIDE, 403),
    "people/rota": (PROPOSERS - {"manager"}, 403),
    "keys": (EVERYBODY, 403),
    "rulebook": (EVERYBODY, 403),
    "children/<uuid:mention>": (OF_THE_CHILD, 403),
    "search": (CASE, 403),
    "searches": (MANAGER, 403),
    "links": (MANAGER, 403),
    "reads": (MANAGER, 403),
    "record/new": (STAFF, 403),
    "record/<str:kind>": (STAFF, 403),
    "notices": (EVERYBODY, 403),
    "record": (EVERYBODY, 403),
    "ledger": (WATCHERS, 403),
    "catalogue": (EVERYBODY, 403),
    "catalogue/<slug:name>": (EVERYBODY, 403),
}
"""Address: who may open it with GET, and what everybody else is answered."""

YOURS = {
    "your-sign-in": 200,
    "your-sign-in/where": 200,
    "your-sign-in/app": 200,
    "your-sign-in/passkeys": 200,
    "your-sign-in/password": 404,
    "your-sign-in/codes": 404,
    "your-sign-in/codes/new": 200,
    "your-sign-in/app/remove": 404,
    "your-sign-in/passkeys/<int:pk>/remove": 404,
    "your-sign-in/again": 403,
    "your-sign-in/again/code": 403,
    "your-sign-in/again/passkey": 403,
}
"""For everybody signed in, about themselves: what somebody is answered who has neither password nor second step."""

ENTERING = {
    "sign-in/second-step": 302,
    "sign-in/passkey": 302,
    "sign-in/organisation": 405,
    "invitation": 404,
    "invitation/<str:secret>": 404,
    "sign-in/organisation/back": 404,
}
"""On the way in: what somebody is answered who comes from nowhere, where no organisation is named."""

OPEN = {"sign-in", "accessibility", "how-this-works", "health", "api/docs", "api/openapi.json"}
"""For anybody, signed in or not. They hold nothing about anybody."""

BUTTONS = {"sign-out", "watch/accept", "watch/confirm", "demonstration/clock"}
"""Only POST; each is tested by itself."""

KEYED = {"api/reports", "api/reports/<uuidstr:report_id>"}
"""For other systems; tested with the API."""

UNSEEN = {"api/"}
"""A name for the API's root, which answers nothing."""

AUTHOR = frozenset({"teacher"})
WALL = frozenset({"designated", "scrutineer"})
"""Whom the wall round a report that names the head lets through."""
ONE_OUTSIDE = frozenset({"scrutineer"})
"""Whom it lets through where the designated officer is named too, or nobody knows yet who is."""

STATES = {
    "open": "reported by the teacher, and not decided",
    "decided": "decided; the social worker owes an assessment",
    "proposed": "to be ended without action; a second person has not agreed",
    "family": "about a child whose last name is that of somebody at the front door",
    "contact": "with a safe contact, and somebody who must not know",
    "batch": "one of many that came in one file",
    "sealed": "names the head of service",
    "officer": "names the designated officer",
    "unrouted": "could not be compared with those who work here, yet",
}
"""The states in which a report may stand, all with the letter that it was taken from."""

LIKE_OPEN = frozenset({"family", "contact", "batch", "proposed"})
"""States that open what `open` opens, to the same people."""

RECORDS: dict[str, dict[str, frozenset[str]]] = {
    "report/<uuid:uid>": dict.fromkeys(STATES, AUTHOR),
    "report/<uuid:uid>/proof.txt": dict.fromkeys(STATES, AUTHOR),
    "report/<uuid:uid>/copy.txt": dict.fromkeys(STATES, AUTHOR),
    "api/reports/<uuidstr:report_id>": dict.fromkeys(STATES, AUTHOR),
    "front-door/<uuid:uid>": {"open": DECIDERS, "decided": DECIDERS},
    "sealed/<uuid:uid>": {"sealed": WALL, "officer": ONE_OUTSIDE, "unrouted": ONE_OUTSIDE},
    "originals/<uuid:uid>": {
        "open": DECIDERS | AUTHOR,
        "decided": DECIDERS | AUTHOR,
        "sealed": WALL | AUTHOR,
        "officer": ONE_OUTSIDE | AUTHOR,
        "unrouted": ONE_OUTSIDE | AUTHOR,
    },
    "duties/<uuid:key>": {
        "open": WATCHERS | LEADERS | {"front-door"},
        "decided": WATCHERS | LEADERS | {"social-worker"},
        "sealed": WALL,
        "officer": ONE_OUTSIDE,
        "unrouted": ONE_OUTSIDE,
    },
    "duties/<uuid:key>/cannot": {
        "open": frozenset({"front-door"}),
        "decided": frozenset({"social-worker"}),
        "sealed": frozenset({"designated"}),
    },
    "duties/<uuid:key>/hand-over": {
        "open": LEADERS | {"front-door"},
        "decided": LEADERS | {"social-worker"},
        "sealed": frozenset({"designated"}),
    },
    "children/<uuid:mention>": {
        "open": OF_THE_CHILD,
        "decided": OF_THE_CHILD,
        "sealed": frozenset({"designated"}),
    },
}
"""What belongs to one report: in which state, who opens it. Everybody else is answered exactly as where there is none.

A state without a line opens to nobody, or, if it is LIKE_OPEN, as `open` does.
"""


class Sends(NamedTuple):
    """What is sent to an address, filled in as it should be: who records by it, and what others are answered.

    `shown` get a page and record nothing. `otherwise` is what the rest are answered.
    """

    address: str
    what: str
    records: frozenset[str]
    otherwise: int
    shown: frozenset[str] = NOBODY


SENDS = (
    Sends("report", "report", STAFF, 403),
    Sends("take-in", "report", STAFF, 403),
    Sends("phone-note", "call", DECIDERS, 403),
    Sends("front-door/<uuid:uid>", "decide", DECIDERS, 403),
    Sends("front-door/<uuid:uid>", "known", DECIDERS, 403),
    Sends("front-door/<uuid:uid>", "read", DECIDERS, 403),
    Sends("sealed/<uuid:uid>", "decide", frozenset({"designated"}), 404, ONE_OUTSIDE),
    Sends("my-details", "details", STAFF, 403),
    Sends("staff-details/<slug:user>", "reason", NOBODY, 403, frozenset({"designated"})),
    Sends("duties/<uuid:key>", "assessed", frozenset({"social-worker"}), 404, WATCHERS | LEADERS),
    Sends("duties/<uuid:key>/cannot", "cannot", frozenset({"social-worker"}), 404),
    Sends("duties/<uuid:key>/hand-over", "hand", frozenset({"social-worker"}) | LEADERS, 404),
    Sends("joint-list", "sign", frozenset({"signer"}), 403),
    Sends("watch/accept", "seat", NOBODY, 403, OUTSIDE),
    Sends("watch/confirm", "nothing", OUTSIDE, 403, EVERYBODY - OUTSIDE),
    Sends("people", "agree", OUTSIDE | {"signer"}, 403, PROPOSERS),
    Sends("people/<slug:what>", "propose", PROPOSERS, 403),
    Sends("people/link", "link", PROPOSERS | OUTSIDE, 403),
    Sends("keys", "nothing", NOBODY, 403, EVERYBODY),
    Sends("people/rota", "rota", PROPOSERS - {"manager"}, 403),
    Sends("children/<uuid:mention>", "safe", OF_THE_CHILD, 403),
    Sends("children/<uuid:mention>", "glass", CASE - OF_THE_CHILD, 403, OF_THE_CHILD),
    Sends("search", "search", NOBODY, 403, CASE),
    Sends("record/<str:kind>", "meeting", STAFF, 403),
    Sends("sign-out", "nothing", NOBODY, 403, EVERYBODY),
    Sends("api/reports", "api", STAFF, 403),
)
"""Everything that can be sent, but for what somebody signs in with and how (`YOURS`, `ENTERING`)."""

READ_ONLY = {
    "",
    "report/<uuid:uid>",
    "report/<uuid:uid>/proof.txt",
    "report/<uuid:uid>/copy.txt",
    "originals/<uuid:uid>",
    "my-reports",
    "front-door",
    "sealed",
    "staff-details",
    "duties",
    "duties/agency",
    "duties/law",
    "watch",
    "ledger",
    "searches",
    "links",
    "reads",
    "rulebook",
    "record/new",
    "notices",
    "record",
    "catalogue",
    "catalogue/<slug:name>",
    "accessibility",
    "how-this-works",
    "health",
    "api/",
    "api/docs",
    "api/openapi.json",
    "api/reports/<uuidstr:report_id>",
}
"""Pages that take nothing: what is sent there is refused, whoever sends it."""

UNHEARD = {"api/docs", "api/openapi.json"}
"""Of these, the ones that answer with the page itself, and hear nothing."""

BY_THEMSELVES = {"sign-in", "demonstration/clock"}
"""Taken from anybody: the way in, and in a demonstration its clock. Each is tested by itself."""

WAYS = ("GET", "POST", "PUT", "PATCH", "DELETE")
"""Every way of asking that is tried at every address."""

UNSEALED = frozenset(STATES) - {"sealed", "officer", "unrouted"}
NAMED_TO: dict[str, frozenset[str]] = {
    "teacher": frozenset(STATES),
    "front-door": UNSEALED,
    "team-manager": UNSEALED,
    "head": UNSEALED,
    "director": UNSEALED,
    "social-worker": frozenset({"decided"}),
    "signer": frozenset({"proposed"}),
    "designated": frozenset({"sealed"}),
    "scrutineer": frozenset({"sealed", "officer", "unrouted"}),
}
"""Of whose report the child is named on somebody's lists; to those without a line nobody is."""

TO_NOBODY = EVERYBODY - OF_THE_CHILD - WATCHERS - {"signer"}
"""Those whose work begins with a child only when somebody comes to them with it."""
