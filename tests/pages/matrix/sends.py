"""The permission matrix, as data: what is sent to an address, and who records by it."""

from typing import NamedTuple

from tests.pages.matrix.rows import (
    ADOPTERS,
    CASE,
    DECIDERS,
    EVERYBODY,
    LEADERS,
    MANAGER,
    MEETS,
    NOBODY,
    OF_THE_CHILD,
    ONE_OUTSIDE,
    OUTSIDE,
    PROPOSERS,
    RESTRICTERS,
    STAFF,
    WATCHERS,
)


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
    Sends("same-child", "nothing", NOBODY, 403, DECIDERS),
    Sends("sealed/<uuid:uid>", "decide", frozenset({"designated"}), 404, ONE_OUTSIDE),
    Sends("disagree/<uuid:uid>", "disagree", OF_THE_CHILD, 404),
    Sends("raised/<uuid:uid>", "settled", NOBODY, 404),
    Sends("messages/<uuid:uid>", "nothing", NOBODY, 404),
    Sends("case-worker/<uuid:mention>", "take", OF_THE_CHILD, 404),
    Sends("my-details", "details", STAFF, 403),
    Sends("staff-details/<slug:user>", "reason", NOBODY, 403, frozenset({"designated"})),
    Sends("staff-details/<slug:user>/<uuid:uid>", "nothing", NOBODY, 404),
    Sends("agree/<uuid:uid>", "nothing", NOBODY, 404),
    Sends("duties/<uuid:key>", "assessed", frozenset({"social-worker"}), 404, WATCHERS | LEADERS),
    Sends("duties/<uuid:key>/cannot", "cannot", frozenset({"social-worker"}), 404),
    Sends("duties/<uuid:key>/hand-over", "hand", frozenset({"social-worker"}) | LEADERS, 404),
    Sends("joint-list", "sign", frozenset({"signer"}), 403, frozenset({"chair"})),
    Sends("watch/accept", "seat", NOBODY, 403, OUTSIDE),
    Sends("watch/confirm", "nothing", OUTSIDE, 403, EVERYBODY - OUTSIDE),
    Sends("people", "agree", OUTSIDE | {"signer"}, 403, PROPOSERS),
    Sends("people/<slug:what>", "propose", PROPOSERS, 403),
    Sends("people/link", "link", PROPOSERS | OUTSIDE, 403),
    Sends("erasures", "nothing", NOBODY, 403, PROPOSERS | OUTSIDE | {"designated", "signer"}),
    Sends("erasures/<uuid:uid>", "erase", MANAGER, 404),
    Sends("rulebook/propose", "nothing", NOBODY, 403, ADOPTERS),
    Sends("rulebook/editions/<slug:digest>", "why", ADOPTERS, 403),
    Sends("keys", "nothing", NOBODY, 403, EVERYBODY),
    Sends("people/rota", "rota", PROPOSERS - {"manager"}, 403),
    Sends("children/<uuid:mention>", "safe", OF_THE_CHILD, 403),
    Sends("children/<uuid:mention>/record/<slug:said>", "crisis", OF_THE_CHILD, 403),
    Sends("children/<uuid:mention>/wording/<uuid:entry>", "wording", NOBODY, 403, OF_THE_CHILD),
    Sends("children/<uuid:mention>", "glass", CASE - OF_THE_CHILD, 403, OF_THE_CHILD),
    Sends("children/<uuid:mention>/trusted-adult", "trusted", OF_THE_CHILD, 403),
    Sends("children/<uuid:mention>/restricted", "restrict", RESTRICTERS, 403, OF_THE_CHILD - RESTRICTERS),
    Sends("children/<uuid:mention>/documents", "document", OF_THE_CHILD, 403),
    Sends("children/<uuid:mention>/documents/<uuid:uid>/move", "nothing", NOBODY, 404),
    Sends("children/<uuid:mention>/significant/<uuid:entry>", "significant", OF_THE_CHILD, 403),
    Sends("children/<uuid:mention>/print", "nothing", NOBODY, 403, OF_THE_CHILD),
    Sends("trusting", "nothing", NOBODY, 403),
    Sends("services/end", "service", CASE, 403),
    Sends("meetings/new", "call-meeting", MEETS, 403),
    Sends("meetings/<uuid:uid>/<slug:what>", "nothing", NOBODY, 404),
    Sends("meetings/steps/<uuid:uid>", "nothing", NOBODY, 404),
    Sends("calendar", "nothing", NOBODY, 403, MEETS),
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
    "documents/<uuid:uid>",
    "bundles/<uuid:uid>",
    "children/<uuid:mention>/bundles",
    "messages/<uuid:uid>/who",
    "messages/<uuid:uid>/files/<uuid:file>",
    "children/<uuid:mention>/assessments",
    "children/<uuid:mention>/plan",
    "children/<uuid:mention>/who",
    "my-reports",
    "raised",
    "caseload",
    "front-door",
    "sealed",
    "staff-details",
    "duties",
    "duties/agency",
    "duties/team",
    "duties/law",
    "watch",
    "watch/week",
    "ledger",
    "known-to-whom",
    "told",
    "searches",
    "links",
    "reads",
    "rulebook",
    "rulebook/rules/<slug:rule>",
    "record/new",
    "meetings",
    "meetings/<uuid:uid>",
    "meetings/unrecorded",
    "calendar/<str:secret>.ics",
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
