"""What the matrix is tried on: one record in which everything stands that a wall is for, in every state."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

from django.test import Client

from onrecord.access.actions import join_agency, make_token, take_up_role
from onrecord.access.facts import FileRestricted, RoleHeld, TeamJoined
from onrecord.case.facts import SafeContactSet
from onrecord.duties.actions.editions import bring
from onrecord.duties.models import Owed
from onrecord.duties.queries import DECISION
from onrecord.intake.actions import keep_originals
from onrecord.intake.actions import report as take
from onrecord.intake.facts import ReportReceived
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.facts import Entry, When, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.pages.browsing import signed_in
from tests.pages.matrix.rows import EVERYBODY
from tests.partnership import REPORT, Store

LETTER = Piece("letter.txt", "text/plain", b"A marmalade-coloured letter about Zephyrine Quillfeather.")
NAMES_THE_HEAD = "Piotr Lund picks her up after school in a marmalade-coloured car."
NAMES_THE_OFFICER = "Carys Bright told her to keep the marmalade-coloured car to herself."
SAFE = {"who": "Her aunt Ottilie", "how": "school", "judged": "child", "must_not_know": ["Her uncle Barnaby Oxbow"]}
RESTRICTED = FileRestricted(
    because="works_here", users=("social-worker",), until=date(2026, 12, 1), why="Her uncle Barnaby Oxbow works here."
)
TWICE = {"reason": "duplicate", "words": "The same as last week's."}
ROLE = RoleHeld(
    user="una-grey",
    name="Una Grey",
    role="practitioner",
    agency="social-care",
    since=date(2026, 10, 12),
    why="Tomas goes in November.",
)


@dataclass
class Ground:
    """A record, who is signed in to it, and the reports in it by the state in which they stand."""

    store: Store = field(default_factory=Store)
    reports: dict[str, Entry] = field(default_factory=dict)
    originals: dict[str, UUID] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, Entry] = field(default_factory=dict)
    """What waits for a second person: a `decision`, and a `role`."""

    edition: str = ""
    """An edition of the rulebook that nobody has proposed."""

    def sender(self, user: str) -> Client:
        """The same browser, to send something with: what the answer leaves in it goes nowhere else."""
        made = Client()
        made.cookies.load({"sessionid": self.browsers[user].cookies["sessionid"].value})
        return made

    def key(self, user: str) -> dict[str, str]:
        """The key of a system that speaks for somebody, as it is sent."""
        return {"Authorization": f"Bearer {self.keys[user]}"}

    def mention(self, state: str) -> UUID:
        """The child of the report in this state."""
        return mention_of(self.reports[state].id, "child")

    def duty(self, state: str) -> UUID:
        """What is owed first because of the report in this state: its decision, or what follows from it."""
        rule = "assessment" if state in ("decided", "restricted") else DECISION
        kept = Owed.objects.filter(mention=self.mention(state), rule=rule)
        return UUID(str(kept.values_list("key", flat=True)[0]))

    def url(self, address: str, state: str) -> str:
        """An address with the ids of the report in this state, and of what belongs to it."""
        whose = self.originals[state] if address.startswith("originals") else self.reports[state].id
        filled = {
            "<uuid:uid>": whose,
            "<uuidstr:report_id>": whose,
            "<uuid:key>": self.duty(state) if "<uuid:key>" in address else "",
            "<uuid:mention>": self.mention(state),
            "<slug:what>": "propose",
            "<slug:user>": "teacher",
            "<slug:digest>": self.edition,
            "<slug:rule>": DECISION,
            "<str:kind>": "case.meeting_held",
            "<slug:said>": "case-crisis_recorded",
            "<uuid:entry>": whose,
            "<uuid:file>": uuid4(),
        }
        for gap, value in filled.items():
            address = address.replace(gap, str(value))
        return "/" + address


def lay() -> Ground:
    """Lay the ground: each report by the teacher, about a child of its own, with the letter it was taken from."""
    made = Ground()
    sit_next_door()
    made.browsers |= {user: signed_in(user) for user in sorted(EVERYBODY)}
    made.keys |= {user: make_token(user, now()) for user in sorted(EVERYBODY)}
    _report(made, "open")
    decided = _report(made, "decided", concern="harm_at_home")
    made.store.decide(decided, concern="harm_at_home")
    proposed = _report(made, "proposed")
    outcome = made.store.decide(proposed, TWICE, outcome="no_further_action", why="Nothing new.")
    made.waiting["decision"] = outcome.entry
    _report(made, "family", child={"given_name": "Ottoline", "family_name": "Verne", "born": "2013-05-06"})
    contact = _report(made, "contact")
    made.store.say("teacher", SafeContactSet.heard(SAFE), contact, about=[made.mention("contact")])
    _report(made, "batch", batch="a1b2c3d4e5f60718a1b2c3d4e5f60718")
    _report(made, "sealed", words=NAMES_THE_HEAD)
    _report(made, "officer", words=NAMES_THE_OFFICER)
    closed = _report(made, "restricted", concern="harm_at_home")
    made.store.decide(closed, concern="harm_at_home")
    with mock.patch("onrecord.intake.actions.routing.named_staff", side_effect=RuntimeError("planted")):
        _report(made, "unrouted")
    for user, part in (("team-manager", "leads"), ("social-worker", "works")):
        made.store.say("team-manager", TeamJoined(user=user, agency="social-care", team="exploitation-team", part=part))
    made.store.say("team-manager", RESTRICTED, about=[made.mention("restricted")])
    take_up_role("relief", "Noor Abbot", "practitioner", "social-care", date(2026, 1, 1), now())
    made.edition = bring(made.store.viewer("director"), other_rules())
    made.waiting["role"] = made.store.say("team-manager", ROLE).entry
    return made


def sit_next_door() -> None:
    """Somebody in a neighbouring area takes up the post of reading lowerings again."""
    join_agency("northmoor", "Northmoor Safeguarding Partnership", "outside", now())
    take_up_role("peer", "Wyn Marl", "peer_reader", "northmoor", date(2026, 1, 1), now())


def other_rules() -> Rulebook:
    """The shipped edition with one failure more said to be answered."""
    law = read(shipped())
    first, *others = law.rules
    return sealed((first.model_copy(update={"rows": (*first.rows, 94)}), *others), law.calendar)


def _report(made: Ground, state: str, **changed: Any) -> Entry:
    viewer, born = made.store.viewer("teacher"), f"2012-01-{len(made.reports) + 3:02d}"
    child = {"given_name": "Zephyrine", "family_name": f"Quillfeather {state}", "born": born, "postcode": "ZZ9 9ZZ"}
    fact = ReportReceived.heard(REPORT | {"child": child} | changed)
    entry = take(viewer, fact, uuid4(), When.at(now()), in_batch=state == "batch")[0]
    made.reports[state] = entry
    made.originals[state] = keep_originals(viewer, entry, [LETTER])[0].id
    return entry
