"""The invented partnership: its agencies, and the people who hold every seat that a duty can climb to.

Everybody here is invented. Addresses are at example.org; phone numbers, where they occur, are Ofcom's drama numbers.
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from onrecord.access.actions import accept_seat, join_agency, set_rota, take_up_role
from onrecord.access.facts import OUTSIDE_ROLES, StaffDetailsGiven, TeamJoined, TrainingHeld
from onrecord.access.queries import viewer_of
from onrecord.duties.actions import adopt_shipped, begin_record, record
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.home import origin

PARTNERSHIP = "Northbrook Safeguarding Children Partnership"


class Agency(NamedTuple):
    """An organisation: its short id, its name, its sort."""

    id: str
    name: str
    sort: str


class Somebody(NamedTuple):
    """A person at work: sign-in name, name, role, agency."""

    user: str
    name: str
    role: str
    agency: str


AGENCIES = (
    Agency("social-care", "Northbrook Children's Services", "childrens_social_care"),
    Agency("police", "Northbrook Police", "police"),
    Agency("health", "Northbrook Community Health Trust", "health"),
    Agency("hill-road", "Hill Road School", "school"),
    Agency("mere-bank", "Mere Bank Academy", "school"),
    Agency("saltergate", "Saltergate High School", "school"),
    Agency("lantern", "Lantern Youth Project", "youth_project"),
    Agency("licensing", "Northbrook Licensing Team", "licensing"),
    Agency("larch-house", "Larch House children's home", "care_home"),
    Agency("partnership", f"{PARTNERSHIP} office", "partnership"),
    Agency("fenmoor", "Fenmoor Independent Scrutiny", "outside"),
    Agency("northmoor", "Northmoor Children's Services, the neighbouring area", "outside"),
    Agency("inspectorate", "Inspectorate for Children, Northern Region", "outside"),
)

PEOPLE = (
    Somebody("amira-sattar", "Amira Sattar", "front_door", "social-care"),
    Somebody("joseph-okafor", "Joseph Okafor", "front_door", "social-care"),
    Somebody("megan-pryce", "Megan Pryce", "front_door", "social-care"),
    Somebody("daniel-whitlow", "Daniel Whitlow", "practitioner", "social-care"),
    Somebody("ines-carvalho", "Inês Carvalho", "practitioner", "social-care"),
    Somebody("ruth-hallam", "Ruth Hallam", "team_manager", "social-care"),
    Somebody("colin-ashby", "Colin Ashby", "head_of_service", "social-care"),
    Somebody("priya-nandra", "Priya Nandra", "director", "social-care"),
    Somebody("tomasz-wolny", "Tomasz Wolny", "panel_chair", "social-care"),
    Somebody("sian-bevan", "Siân Bevan", "designated_officer", "social-care"),
    Somebody("grace-abiola", "Grace Abiola", "second_signer", "partnership"),
    Somebody("helen-marsh", "Helen Marsh", "business_manager", "partnership"),
    Somebody("jonas-petrauskas", "Jonas Petrauskas", "administrator", "partnership"),
    Somebody("owen-tregarth", "Owen Tregarth", "scrutineer", "fenmoor"),
    Somebody("greta-lindqvist", "Greta Lindqvist", "peer_reader", "northmoor"),
    Somebody("farida-noor", "Farida Noor", "inspectorate", "inspectorate"),
    Somebody("stuart-blackwell", "Stuart Blackwell", "licensing_officer", "licensing"),
    Somebody("leanne-mcardle", "Leanne McArdle", "practitioner", "police"),
    Somebody("ravi-choudry", "Ravi Choudry", "team_manager", "police"),
    Somebody("alison-brough", "Alison Brough", "head_of_service", "police"),
    Somebody("bronagh-keane", "Bronagh Keane", "analyst", "police"),
    Somebody("esther-mwangi", "Esther Mwangi", "practitioner", "health"),
    Somebody("nadia-rehman", "Nadia Rehman", "team_manager", "health"),
    Somebody("paul-hargate", "Paul Hargate", "practitioner", "hill-road"),
    Somebody("yasmin-akhtar", "Yasmin Akhtar", "practitioner", "mere-bank"),
    Somebody("claire-dunstan", "Claire Dunstan", "practitioner", "saltergate"),
    Somebody("marcus-bright", "Marcus Bright", "practitioner", "lantern"),
    Somebody("dorota-lis", "Dorota Lis", "practitioner", "larch-house"),
)


DETAILS: dict[str, dict[str, list[str]]] = {
    "stuart-blackwell": {"plates": ["ZB12 OQI"], "employers": ["Sixhills Minicabs"]},
    "leanne-mcardle": {"phones": ["07700 900861"]},
    "ines-carvalho": {"phones": ["07700 900862"], "plates": ["ZB68 TEN"]},
}
"""What some of them gave, to be compared with reports. No phone, plate or firm here is anybody else's."""
TEAMS = (
    ("ruth-hallam", "social-care", "exploitation-team", "leads"),
    ("daniel-whitlow", "social-care", "exploitation-team", "works"),
    ("ines-carvalho", "social-care", "exploitation-team", "works"),
)
"""Who is in a team: sign-in name, agency, team, and what they do there."""
TRAINED = ("amira-sattar", "joseph-okafor")
"""Who was trained to answer children who write."""
READER, ROTA = "joseph-okafor", timedelta(days=4000)
"""Who reads the front door, and for how long from the beginning the invented rota goes on."""


def set_up(now: datetime) -> None:
    """Begin the record in this folder with the whole cast, both outside seats accepted, and the shipped law.

    The folder's origin must be a demonstration's (ClockRefused otherwise) and its tables must exist.
    """
    with playing(now):
        begin_record(origin(), PARTNERSHIP)
        for agency in AGENCIES:
            join_agency(*agency, now)
        adopt_shipped(now)
        for person in PEOPLE:
            take_up_role(*person, now.date(), now, f"{person.user}@example.org")
        for person in PEOPLE:
            viewer = viewer_of(person.user)
            if person.role in OUTSIDE_ROLES and viewer:
                accept_seat(viewer, person.role, now)
        for user, details in DETAILS.items():
            giver = viewer_of(user)
            if giver:
                record(
                    giver,
                    StaffDetailsGiven.heard({"user": user} | details),
                    uid=uuid5(NAMESPACE_URL, f"borough/details/{user}"),
                    now=now,
                )
        _join_teams(now)
        for user in TRAINED:
            _train(user, now)
        set_rota(READER, now, now + ROTA, now)


def _join_teams(now: datetime) -> None:
    """A manager puts people into a team."""
    manager = viewer_of("ruth-hallam")
    for user, agency, team, part in TEAMS:
        if manager:
            joined = TeamJoined(user=user, agency=agency, team=team, part=part)
            record(manager, joined, uid=uuid5(NAMESPACE_URL, f"borough/team/{user}"), now=now)


def _train(user: str, now: datetime) -> None:
    """A manager proposes that somebody is trained, and the second signer agrees."""
    uid, until = uuid5(NAMESPACE_URL, f"borough/training/{user}"), (now + timedelta(days=360)).date()
    fact = TrainingHeld(user=user, sort="answers_children", until=until, why="Two days of training in September.")
    manager, signer = viewer_of("ruth-hallam"), viewer_of("grace-abiola")
    if manager and signer:
        record(manager, fact, uid=uid, now=now)
        agreed = Seconded(why="I saw the certificate.")
        record(signer, agreed, uid=uuid5(uid, Seconded.kind), now=now, regarding=[uid])
