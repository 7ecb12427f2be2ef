"""What may be said about teams: who works in one, and who leads it."""

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from onrecord.ledger.facts import Door, Fact, Options, Say, Text
from onrecord.ledger.facts.held import STAFF_CODE

PARTS = Options({"works": "works in it", "leads": "leads it"})
SHORT = "In small letters, such as exploitation-team. Whoever is given the same name is in the same team."
Team = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40),
    Say(
        "Name of the team",
        SHORT,
        missing="Say which team.",
        wrong="Use small letters, digits and hyphens, such as exploitation-team.",
    ),
    STAFF_CODE,
]


class TeamJoined(Fact):
    """Somebody works in a team of their agency, or leads it, from here on.

    It opens nothing that their agency does not open to them. The team sees what its members owe, and what is owed to
    the children with whom they work.
    """

    kind: ClassVar = "access.team_joined"
    title: ClassVar = "Team joined"
    sentence: ClassVar = "{user} is in the team {team} of {agency}, and {part}."
    door: ClassVar = Door.PEOPLE

    user: Annotated[Text, Say("Sign-in name", missing="Choose who joins the team."), STAFF_CODE]
    agency: Annotated[Text, Say("Agency", missing="Choose an agency."), STAFF_CODE]
    team: Team
    part: Annotated[str, PARTS, Say("What they do there", missing="Choose what they do there."), STAFF_CODE]


class TeamLeft(Fact):
    """Somebody is no longer in a team. What they recorded stays with the team, and so do the children."""

    kind: ClassVar = "access.team_left"
    title: ClassVar = "Team left"
    sentence: ClassVar = "{user} left the team {team} of {agency}."
    door: ClassVar = Door.PEOPLE

    user: Annotated[Text, Say("Sign-in name", missing="Choose who leaves the team."), STAFF_CODE]
    agency: Annotated[Text, Say("Agency", missing="Choose an agency."), STAFF_CODE]
    team: Team
