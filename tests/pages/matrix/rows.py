"""The permission matrix, as data: each address, and who may do what there. A new address without a row fails.

MATRIX is GET, RECORDS is what belongs to one report, by the state in which that report stands. What is
not in a row is refused. What is sent stands in `sends.py`. `test_who_may_open_what.py` tries MATRIX, the tests beside
this file try the rest.
"""

from tests.partnership import PEOPLE

EVERYBODY = frozenset(PEOPLE) | {"peer"}
"""Somebody in every role: the partnership's people, and a reader in a neighbouring area."""
STAFF = EVERYBODY - {"admin"}
DECIDERS = frozenset({"front-door", "team-manager"})
PROPOSERS = frozenset({"team-manager", "head", "director", "manager"})
WATCHERS = frozenset({"scrutineer", "inspectorate", "manager"})
RESTRICTERS = frozenset({"team-manager", "head", "director", "designated"})
NOBODY: frozenset[str] = frozenset()
OF_THE_CHILD = frozenset({"front-door", "social-worker", "team-manager", "head", "director", "designated", "teacher"})
CASE = OF_THE_CHILD | {"nurse", "officer", "chair"}
MANAGER = frozenset({"manager"})
ADOPTERS = frozenset({"director", "manager"})
"""Who proposes another edition of the rulebook."""
LEADERS = PROPOSERS - MANAGER
"""Those who lead the agency that decides, and so see what it owes and hand it over."""
OUTSIDE = frozenset({"scrutineer", "inspectorate"})
MEETS = CASE | {"licensing", "analyst"}
"""Who is asked to meetings about children."""

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
    "same-child": (DECIDERS, 403),
    "front-door/<uuid:uid>": (DECIDERS, 403),
    "sealed": (frozenset({"designated", "scrutineer", "inspectorate"}), 403),
    "sealed/<uuid:uid>": (NOBODY, 404),
    "raised": (STAFF, 403),
    "raised/<uuid:uid>": (NOBODY, 404),
    "disagree/<uuid:uid>": (OF_THE_CHILD, 404),
    "caseload": (PROPOSERS | WATCHERS, 403),
    "case-worker/<uuid:mention>": (OF_THE_CHILD, 404),
    "my-details": (STAFF, 403),
    "staff-details": (frozenset({"designated"}), 403),
    "staff-details/<slug:user>": (frozenset({"designated"}), 403),
    "staff-details/<slug:user>/<uuid:uid>": (NOBODY, 404),
    "agree/<uuid:uid>": (NOBODY, 404),
    "duties": (EVERYBODY, 403),
    "duties/agency": (PROPOSERS, 403),
    "duties/team": (frozenset({"social-worker", "team-manager"}), 403),
    "duties/law": (EVERYBODY, 403),
    "duties/<uuid:key>": (frozenset({"social-worker"}) | LEADERS | WATCHERS, 404),
    "duties/<uuid:key>/cannot": (frozenset({"social-worker"}), 404),
    "duties/<uuid:key>/hand-over": (frozenset({"social-worker"}) | LEADERS, 404),
    "joint-list": (frozenset({"signer", "chair"}), 403),
    "watch": (WATCHERS, 403),
    "watch/week": (WATCHERS, 403),
    "people": (PROPOSERS | {"signer", "scrutineer", "inspectorate"}, 403),
    "people/<slug:what>": (PROPOSERS, 403),
    "people/link": (PROPOSERS | OUTSIDE, 403),
    "people/rota": (PROPOSERS - {"manager"}, 403),
    "keys": (EVERYBODY, 403),
    "erasures": (PROPOSERS | OUTSIDE | {"designated", "signer"}, 403),
    "erasures/<uuid:uid>": (MANAGER, 404),
    "rulebook": (EVERYBODY, 403),
    "rulebook/propose": (ADOPTERS, 403),
    "rulebook/editions/<slug:digest>": (EVERYBODY, 403),
    "rulebook/rules/<slug:rule>": (EVERYBODY, 403),
    "children/<uuid:mention>": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/record/<slug:said>": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/wording/<uuid:entry>": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/trusted-adult": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/restricted": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/assessments": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/plan": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/documents": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/documents/<uuid:uid>/move": (NOBODY, 404),
    "children/<uuid:mention>/bundles": (OF_THE_CHILD, 403),
    "children/<uuid:mention>/who": (OF_THE_CHILD | MANAGER, 403),
    "children/<uuid:mention>/print": (NOBODY, 405),
    "children/<uuid:mention>/significant/<uuid:entry>": (OF_THE_CHILD, 403),
    "documents/<uuid:uid>": (NOBODY, 404),
    "bundles/<uuid:uid>": (NOBODY, 404),
    "trusting": (NOBODY, 403),
    "services/end": (CASE, 403),
    "meetings": (MEETS, 403),
    "meetings/new": (MEETS, 403),
    "calendar": (MEETS, 403),
    "meetings/<uuid:uid>": (NOBODY, 404),
    "meetings/steps/<uuid:uid>": (NOBODY, 404),
    "meetings/<uuid:uid>/<slug:what>": (NOBODY, 404),
    "messages/<uuid:uid>": (NOBODY, 404),
    "messages/<uuid:uid>/who": (NOBODY, 404),
    "messages/<uuid:uid>/files/<uuid:file>": (NOBODY, 404),
    "search": (CASE, 403),
    "told": (STAFF, 403),
    "searches": (MANAGER, 403),
    "links": (MANAGER, 403),
    "reads": (MANAGER, 403),
    "record/new": (STAFF, 403),
    "record/<str:kind>": (STAFF, 403),
    "notices": (EVERYBODY, 403),
    "record": (EVERYBODY, 403),
    "ledger": (WATCHERS, 403),
    "known-to-whom": (WATCHERS, 403),
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

DOORS = {"": 200, "m/0": 302, "m/1": 200, "m/2": 200, "m/3": 200, "m/4": 200, "m/box": 200}
"""What anybody opens who has not signed in, and what it answers. The first leads on whoever has."""

OPEN = {
    "sign-in",
    "accessibility",
    "how-this-works",
    "meetings/unrecorded",
    "health",
    "api/docs",
    "api/openapi.json",
}
"""For anybody, signed in or not. They hold nothing about anybody."""

BUTTONS = {"sign-out", "watch/accept", "watch/confirm", "demonstration/clock"}
"""Only POST; each is tested by itself."""

KEYED = {"api/reports", "api/reports/<uuidstr:report_id>", "calendar/<str:secret>.ics"}
"""For other systems; tested with the API, and a calendar by itself."""

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
    "restricted": "decided, and the child's file open to the social worker alone",
    "sealed": "names the head of service",
    "officer": "names the designated officer",
    "unrouted": "could not be compared with those who work here, yet",
}
"""The states in which a report may stand, all with the letter that it was taken from."""

OWN_CHILD = {"sealed": frozenset({"designated"}) | AUTHOR, "officer": AUTHOR, "unrouted": AUTHOR}
"""To whoever reported, the child's file opens with what they said, so that nothing tells them that it is sealed."""

NAMED = frozenset({"social-worker", "front-door", "head"})
"""To whom a restricted file opens: whom it names; who still owes the child something; who is to look at it again."""

OF_A_CHILD = {"open": OF_THE_CHILD, "decided": OF_THE_CHILD, "restricted": NAMED, **OWN_CHILD}
"""To whom a child's file opens, and what belongs to it."""

NO_WALL = frozenset({"open", "decided", "restricted"})
LIKE_OPEN = frozenset({"family", "contact", "batch", "proposed"})
"""States that open what `open` opens, to the same people."""

RECORDS: dict[str, dict[str, frozenset[str]]] = {
    "report/<uuid:uid>": dict.fromkeys(STATES, AUTHOR),
    "report/<uuid:uid>/proof.txt": dict.fromkeys(STATES, AUTHOR),
    "report/<uuid:uid>/copy.txt": dict.fromkeys(STATES, AUTHOR),
    "api/reports/<uuidstr:report_id>": dict.fromkeys(STATES, AUTHOR),
    "front-door/<uuid:uid>": {"open": DECIDERS, "decided": DECIDERS, "restricted": frozenset({"front-door"})},
    "sealed/<uuid:uid>": {"sealed": WALL, "officer": ONE_OUTSIDE, "unrouted": ONE_OUTSIDE},
    "raised/<uuid:uid>": {},
    "messages/<uuid:uid>": {},
    "messages/<uuid:uid>/who": {},
    "messages/<uuid:uid>/files/<uuid:file>": {},
    "agree/<uuid:uid>": {},
    "erasures/<uuid:uid>": dict.fromkeys(NO_WALL, MANAGER),
    "staff-details/<slug:user>/<uuid:uid>": {},
    "disagree/<uuid:uid>": {
        "open": OF_THE_CHILD,
        "decided": OF_THE_CHILD,
        "restricted": NAMED | AUTHOR,
        "sealed": frozenset({"designated"}) | AUTHOR,
        "officer": AUTHOR,
        "unrouted": AUTHOR,
    },
    "case-worker/<uuid:mention>": OF_A_CHILD,
    "originals/<uuid:uid>": {
        "open": DECIDERS | AUTHOR,
        "decided": DECIDERS | AUTHOR,
        "restricted": AUTHOR,
        "sealed": WALL | AUTHOR,
        "officer": ONE_OUTSIDE | AUTHOR,
        "unrouted": ONE_OUTSIDE | AUTHOR,
    },
    "duties/<uuid:key>": {
        "open": WATCHERS | LEADERS | {"front-door"},
        "decided": WATCHERS | LEADERS | {"social-worker"},
        "restricted": WATCHERS | LEADERS | {"social-worker"},
        "sealed": WALL,
        "officer": ONE_OUTSIDE,
        "unrouted": ONE_OUTSIDE,
    },
    "duties/<uuid:key>/cannot": {
        "open": frozenset({"front-door"}),
        "decided": frozenset({"social-worker"}),
        "restricted": frozenset({"social-worker"}),
        "sealed": frozenset({"designated"}),
    },
    "duties/<uuid:key>/hand-over": {
        "open": LEADERS | {"front-door"},
        "decided": LEADERS | {"social-worker"},
        "restricted": LEADERS | {"social-worker"},
        "sealed": frozenset({"designated"}),
    },
    "children/<uuid:mention>": OF_A_CHILD,
    "children/<uuid:mention>/record/<slug:said>": OF_A_CHILD,
    "children/<uuid:mention>/wording/<uuid:entry>": OF_A_CHILD,
    "children/<uuid:mention>/trusted-adult": OF_A_CHILD,
    "children/<uuid:mention>/assessments": OF_A_CHILD,
    "children/<uuid:mention>/plan": OF_A_CHILD,
    "children/<uuid:mention>/documents": OF_A_CHILD,
    "children/<uuid:mention>/who": {
        state: users | MANAGER if state in NO_WALL else users for state, users in OF_A_CHILD.items()
    },
    "children/<uuid:mention>/significant/<uuid:entry>": OF_A_CHILD,
    "children/<uuid:mention>/restricted": OF_A_CHILD,
    "documents/<uuid:uid>": {},
    "children/<uuid:mention>/documents/<uuid:uid>/move": {},
    "children/<uuid:mention>/bundles": OF_A_CHILD,
    "bundles/<uuid:uid>": {},
}
"""What belongs to one report: in which state, who opens it. Everybody else is answered exactly as where there is none.

A state without a line opens to nobody, or, if it is LIKE_OPEN, as `open` does.
"""

UNSEALED = frozenset(STATES) - {"sealed", "officer", "unrouted"}
NAMED_TO: dict[str, frozenset[str]] = {
    "teacher": frozenset(STATES),
    "front-door": UNSEALED,
    "team-manager": UNSEALED,
    "head": UNSEALED,
    "director": UNSEALED - {"restricted"},
    "social-worker": frozenset({"decided", "restricted"}),
    "signer": frozenset({"proposed"}),
    "designated": frozenset({"sealed"}),
    "scrutineer": frozenset({"sealed", "officer", "unrouted"}),
}
"""Of whose report the child is named on somebody's lists; to those without a line nobody is."""

TO_NOBODY = EVERYBODY - OF_THE_CHILD - WATCHERS - {"signer"}
"""Those whose work begins with a child only when somebody comes to them with it."""
