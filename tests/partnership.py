"""A small invented partnership: its agencies, one person for each role, the shipped rulebook, and a report."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from onrecord.access.actions import accept_seat, join_agency, set_rota, take_up_role
from onrecord.access.queries import viewer_of
from onrecord.access.rules import Viewer
from onrecord.duties.actions import Recorded, adopt, record
from onrecord.intake.actions import report
from onrecord.intake.facts import DecisionMade, ReportReceived
from onrecord.ledger.actions import begin
from onrecord.ledger.facts import Entry, Fact, When
from onrecord.ledger.gateway.clock import now, playing
from onrecord.rulebook.gateway import read, shipped

ORIGIN = "demo.onrecord.example/test"
FOUNDED = datetime(2026, 10, 5, 7, tzinfo=UTC)
"""A Monday, 8 o'clock in London."""
START = FOUNDED + timedelta(hours=1)
"""The moment at which every test begins."""

AGENCIES = {
    "social-care": ("Northbrook Children's Services", "childrens_social_care"),
    "police": ("Northbrook Police", "police"),
    "health": ("Northbrook Health", "health"),
    "school": ("Hill School", "school"),
    "licensing": ("Northbrook Licensing", "licensing"),
    "partnership": ("Northbrook Safeguarding Partnership", "partnership"),
    "outside": ("Office of the Scrutineer", "outside"),
}

PEOPLE = {
    "front-door": ("Asha Verne", "front_door", "social-care"),
    "social-worker": ("Tomas Hale", "practitioner", "social-care"),
    "team-manager": ("Ruth Oyelaran", "team_manager", "social-care"),
    "head": ("Piotr Lund", "head_of_service", "social-care"),
    "director": ("Mary Calder", "director", "social-care"),
    "teacher": ("Nia Prosser", "practitioner", "school"),
    "nurse": ("Ines Fallow", "practitioner", "health"),
    "officer": ("Sam Whitlock", "practitioner", "police"),
    "analyst": ("Jo Marlowe", "analyst", "police"),
    "chair": ("Grace Tarn", "panel_chair", "partnership"),
    "licensing": ("Omar Reeve", "licensing_officer", "licensing"),
    "designated": ("Carys Bright", "designated_officer", "social-care"),
    "signer": ("Leah Strand", "second_signer", "partnership"),
    "manager": ("Dev Ashby", "business_manager", "partnership"),
    "admin": ("Kit Rowan", "administrator", "partnership"),
    "scrutineer": ("Edith Vale", "scrutineer", "outside"),
    "inspectorate": ("Ivor Penn", "inspectorate", "outside"),
}

REPORT = {
    "child": {"given_name": "Zephyrine", "family_name": "Quillfeather", "born": "2012-01-03", "postcode": "ZZ9 9ZZ"},
    "words": "She said a marmalade-coloured car waits for her.",
    "concern": "sexual_exploitation",
    "danger_now": "no",
    "positions": "unknown",
}
DECISION = {
    "outcome": "assess",
    "concern": "sexual_exploitation",
    "why": "More needs to be known.",
    "crime_alleged": "no",
    "tell_reporter": "An assessment begins this week.",
}


ASSESSED: dict[str, Any] = {
    "nothing_happening": "Nothing is known. The school and the child were asked.",
    "could_happen": [{"what": "adults", "known": "A driver waits for her.", "source": "Her teacher"}],
    "grooming": "A new phone from somebody older.",
    "coercion": "Nothing is known. She was asked alone.",
    "fear": "She looks at the door when the phone rings.",
    "asked": ["The child", "Her teacher"],
    "child_says": "He is nice to me.",
    "judgement": "What the school saw and what she said agree.",
    "review_on": "2027-01-05",
}
"""An exploitation assessment without its level."""


def found() -> None:
    """Begin the record and fill every seat, at FOUNDED."""
    with playing(FOUNDED):
        begin(ORIGIN, "Northbrook Safeguarding Partnership")
        for agency, (name, sort) in AGENCIES.items():
            join_agency(agency, name, sort, FOUNDED)
        adopt(read(shipped()), "The edition that ships.", FOUNDED)
        for user, (name, role, agency) in PEOPLE.items():
            take_up_role(user, name, role, agency, date(2026, 1, 1), FOUNDED, email=f"{user}@northbrook.example")
        for role in ("scrutineer", "inspectorate"):
            accept_seat(viewer(role), role, FOUNDED)
        set_rota("front-door", FOUNDED, FOUNDED + timedelta(days=2000), FOUNDED)


def viewer(user: str) -> Viewer:
    """One of PEOPLE, by sign-in name, as a viewer."""
    made = viewer_of(user)
    if made is None:
        raise LookupError(f"{user} holds no role. Known: {', '.join(PEOPLE)}.")
    return made


@dataclass(frozen=True)
class Store:
    """A founded record, and short words for what a test says in it. Times are those of the played clock."""

    start: datetime = START

    def viewer(self, user: str) -> Viewer:
        """One of PEOPLE, as a viewer."""
        return viewer(user)

    def report(self, by: str = "teacher", uid: UUID | None = None, **changed: Any) -> Entry:
        """Make REPORT, with some answers changed."""
        fact = ReportReceived.heard(REPORT | changed)
        return report(viewer(by), fact, uid or uuid4(), When.at(now()))[0]

    def receipt(self, by: str = "teacher", uid: UUID | None = None, **changed: Any) -> str:
        """Make REPORT, with some answers changed; its receipt."""
        fact = ReportReceived.heard(REPORT | changed)
        return report(viewer(by), fact, uid or uuid4(), When.at(now()))[1]

    def say(self, by: str, fact: Fact, *regarding: Entry, **more: Any) -> Recorded:
        """Record a fact that answers these entries."""
        uids = [entry.id for entry in regarding]
        return record(viewer(by), fact, uid=more.pop("uid", None) or uuid4(), now=now(), regarding=uids, **more)

    def decide(self, opened: Entry, lowering: dict[str, str] | None = None, **changed: Any) -> Recorded:
        """Make DECISION on a report, with some answers changed."""
        return self.say("front-door", DecisionMade.heard(DECISION | changed), opened, lowering=lowering)
