"""The sorts of agency, and the roles that people hold in them."""

from onrecord.ledger.facts import Options

SORTS = Options(
    {
        "childrens_social_care": "Children's social care",
        "police": "Police",
        "health": "Health",
        "school": "School",
        "care_home": "Children's home",
        "youth_project": "Youth project",
        "licensing": "Licensing",
        "probation": "Probation",
        "voluntary": "Voluntary organisation",
        "council": "Council",
        "partnership": "Safeguarding partnership",
        "outside": "Outside body",
        "public": "Public",
    }
)

ROLES = Options(
    {
        "front_door": "Front door practitioner",
        "practitioner": "Practitioner",
        "team_manager": "Team manager",
        "head_of_service": "Head of service",
        "director": "Director",
        "panel_chair": "Chair of the exploitation panel",
        "licensing_officer": "Licensing officer",
        "analyst": "Analyst",
        "business_manager": "Partnership business manager",
        "second_signer": "Second signer of the joint daily list",
        "designated_officer": "Designated officer",
        "scrutineer": "Independent scrutineer",
        "inspectorate": "Inspectorate",
        "peer_reader": "Reader in a neighbouring area",
        "administrator": "Administrator",
    }
)

PEERS = frozenset({"peer_reader"})
"""Roles in an outside body that are no outside seat: two give them and take them, and they are told of nothing else."""
