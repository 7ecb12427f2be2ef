"""Who somebody is when they ask for something, and what each role may do."""

from dataclasses import dataclass
from typing import NamedTuple

from onrecord.access.facts import OUTSIDE_ROLES


class Holding(NamedTuple):
    """A role held in an agency, by its id and its sort."""

    role: str
    agency: str
    sort: str


@dataclass(frozen=True)
class Viewer:
    """The person who asks. The first argument of every query."""

    user: str
    name: str
    holdings: tuple[Holding, ...]

    @property
    def roles(self) -> frozenset[str]:
        """Every role held."""
        return frozenset(held.role for held in self.holdings)

    @property
    def seat(self) -> Holding:
        """The role and agency in which they speak: the first they took up."""
        return self.holdings[0]

    def holds(self, role: str, agency: str) -> bool:
        """Whether they hold this role in this agency."""
        return any(held.role == role and held.agency == agency for held in self.holdings)


class Denied(PermissionError):
    """This person may not do this."""


SIGNERS = frozenset({"second_signer", "scrutineer", "inspectorate"})
"""Roles that may give the second signature: the joint daily list, and the people outside."""
DECIDERS = frozenset({"front_door", "team_manager"})
WATCHERS = OUTSIDE_ROLES | {"business_manager"}
CASE_ROLES = frozenset(
    {"front_door", "practitioner", "team_manager", "head_of_service", "director", "panel_chair", "designated_officer"}
)


def can_decide(viewer: Viewer) -> bool:
    """Whether they sit at the front door of children's social care, where reports are decided."""
    return any(held.role in DECIDERS and held.sort == "childrens_social_care" for held in viewer.holdings)


def can_record(viewer: Viewer) -> bool:
    """Whether they may record facts about a child. An administrator runs the machine and cannot."""
    return bool(viewer.roles - {"administrator"})


def can_see_all_duties(viewer: Viewer) -> bool:
    """Whether they may list what is owed everywhere: the people outside, and the partnership's manager."""
    return bool(viewer.roles & WATCHERS)


def can_work_case(viewer: Viewer, agency: str) -> bool:
    """Whether they work with children in this agency, and so read whom a duty of it is about."""
    return any(held.role in CASE_ROLES and held.agency == agency for held in viewer.holdings)


def can_open_report(viewer: Viewer, by: str) -> bool:
    """Whether they may read a report: its author, and those who decide and work at the front door."""
    return viewer.user == by or can_decide(viewer)


def check_decide(viewer: Viewer) -> None:
    """Raise Denied unless they sit at the deciding front door."""
    if not can_decide(viewer):
        raise Denied("Only the front door that decides can see this.")


def check_record(viewer: Viewer) -> None:
    """Raise Denied unless they may record facts about a child."""
    if not can_record(viewer):
        raise Denied("Your role runs the machine. It cannot record facts about a child.")


def check_open_report(viewer: Viewer, by: str) -> None:
    """Raise Denied unless they may read this report."""
    if not can_open_report(viewer, by):
        raise Denied("Only the person who made this report and the front door can open it.")
