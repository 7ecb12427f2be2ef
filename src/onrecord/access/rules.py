"""Who somebody is when they ask for something, and what each role may do."""

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from onrecord.access.facts import OUTSIDE_ROLES, TRUSTED
from onrecord.ledger.rules.machine import PUBLIC


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
    limits: bool = field(default=True, compare=False)
    """Whether any child's file may be restricted: where it is False, nobody has to ask of which children."""
    teamed: bool = field(default=False, compare=False)
    """Whether they are in any team."""

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


NOBODY = Viewer("", "", ())
"""Somebody for whom every wall is closed."""


@dataclass(frozen=True)
class TrustedAdult:
    """An adult whom one child trusts and who signs in for that child. They hold no role, so no other page knows them.

    The first argument of the queries that answer them. `source` is the entry that gave them the sign-in.
    """

    user: str
    name: str
    child: UUID
    source: UUID

    @property
    def speaks(self) -> Viewer:
        """As whom they say something: in no agency, so that it ties nobody to the child."""
        return Viewer(self.user, self.name, (Holding(TRUSTED, PUBLIC, PUBLIC),))


class Denied(Exception):
    """This person may not do this."""


SIGNERS = frozenset({"second_signer", "scrutineer", "inspectorate"})
"""Roles that may give the second signature: the joint daily list, and the people outside."""
PROPOSERS = frozenset({"team_manager", "head_of_service", "director", "business_manager"})
"""Roles that may propose who holds a role in their agency."""
LINKED_BY_TWO = SIGNERS | {"designated_officer", "director", "business_manager"}
"""Roles that no one person makes a link for, by which they could sign in as somebody who holds one."""
DECIDERS = frozenset({"front_door", "team_manager"})
WATCHERS = OUTSIDE_ROLES | {"business_manager"}
CASE_ROLES = frozenset(
    {"front_door", "practitioner", "team_manager", "head_of_service", "director", "panel_chair", "designated_officer"}
)


DECIDING = "childrens_social_care"
"""The sort of agency in which reports are decided."""


def can_decide(viewer: Viewer) -> bool:
    """Whether they sit at the front door of children's social care, where reports are decided."""
    return any(held.role in DECIDERS and held.sort == DECIDING for held in viewer.holdings)


def can_decide_sealed(viewer: Viewer) -> bool:
    """Whether they are the designated officer where reports are decided, and so decide on those that are sealed."""
    return any(held.role == "designated_officer" and held.sort == DECIDING for held in viewer.holdings)


def can_read_sealed(viewer: Viewer) -> bool:
    """Whether they may stand inside a wall at all: the designated officer who decides, and the people outside."""
    return can_decide_sealed(viewer) or bool(viewer.roles & OUTSIDE_ROLES)


def can_record(viewer: Viewer) -> bool:
    """Whether they may record facts about a child. An administrator runs the machine and cannot."""
    return bool(viewer.roles - {"administrator"})


def needs_second_step(viewer: Viewer) -> bool:
    """Whether they may read about children, and so prove in two ways who they are. An administrator reads no case."""
    return bool(viewer.roles - {"administrator"})


def may_propose(viewer: Viewer, agency: str) -> bool:
    """Whether they may propose who holds a role in this agency. An administrator, who runs the machine, cannot."""
    if "administrator" in viewer.roles:
        return False
    return any(
        (held.role in PROPOSERS and held.agency == agency)
        or (held.role == "business_manager" and held.sort == "partnership")
        for held in viewer.holdings
    )


def may_invite(viewer: Viewer, other: Viewer) -> bool:
    """Whether they may make a link by which somebody else sets their password: alone, or as the first of two.

    For somebody inside it is whoever may propose every role that they hold, for each comes with the link; for the
    business manager also a director. For somebody in an outside seat it is somebody else outside, and nobody inside:
    whoever holds the link could take the seat.
    """
    if viewer.user == other.user:
        return False
    if other.roles & OUTSIDE_ROLES:
        return bool(viewer.roles & OUTSIDE_ROLES)
    director = "director" in viewer.roles
    return all(
        may_propose(viewer, held.agency) or (director and held.role == "business_manager") for held in other.holdings
    )


def link_takes_two(other: Viewer) -> bool:
    """Whether a link for this person is made by two: who signs as them could overrule others, or be told for them."""
    return bool(other.roles & LINKED_BY_TWO)


def can_see_every_key(viewer: Viewer) -> bool:
    """Whether they see every key of another system: whoever runs the machine, and the office."""
    return bool(viewer.roles & {"administrator", "business_manager"})


def same_agency(viewer: Viewer, other: Viewer) -> bool:
    """Whether both work for one agency."""
    return bool({held.agency for held in viewer.holdings} & {held.agency for held in other.holdings})


def may_end_key(viewer: Viewer, other: Viewer | None) -> bool:
    """Whether they alone may take back a key that speaks for somebody: the person, or who leads in their agency.

    Of an outside body it is anybody of the same body. A key that speaks for nobody any more, whoever sees it.
    """
    if other is None or viewer.user == other.user:
        return True
    theirs = {held.agency for held in other.holdings}
    leads = PROPOSERS | OUTSIDE_ROLES
    return any(held.role in leads and held.agency in theirs for held in viewer.holdings)


def can_see_people(viewer: Viewer) -> bool:
    """Whether they see who holds what and what is proposed: those who propose, and those who sign."""
    return bool(viewer.roles & (PROPOSERS | SIGNERS)) and "administrator" not in viewer.roles


def can_set_rota(viewer: Viewer) -> bool:
    """Whether they say who reads the front door: a manager where reports are decided."""
    return any(held.role in PROPOSERS and held.sort == DECIDING for held in viewer.holdings)


def can_see_all_duties(viewer: Viewer) -> bool:
    """Whether they may list what is owed everywhere: the people outside, and the partnership's manager."""
    return bool(viewer.roles & WATCHERS)


LEADERS = PROPOSERS
"""Roles whose holders answer for what others of their agency do in time."""


def led_by(viewer: Viewer) -> frozenset[str]:
    """The agencies that somebody leads, and so sees who there owes what."""
    return frozenset(held.agency for held in viewer.holdings if held.role in LEADERS)


def check_lead(viewer: Viewer) -> None:
    """Raise Denied unless they lead an agency."""
    if not led_by(viewer):
        raise Denied("Only a manager sees what their agency owes.")


def check_see_all_duties(viewer: Viewer) -> None:
    """Raise Denied unless they watch over the whole record."""
    if not can_see_all_duties(viewer):
        raise Denied("Only people outside, and the partnership's business manager, see how the record stands.")


def can_work_case(viewer: Viewer, agency: str) -> bool:
    """Whether they work with children in this agency, and so read whom a duty of it is about."""
    return any(held.role in CASE_ROLES and held.agency == agency for held in viewer.holdings)


def can_work_cases(viewer: Viewer) -> bool:
    """Whether they work with children at all, and so may look for a child or ask to open a file."""
    return bool(viewer.roles & CASE_ROLES)


def can_see_reads(viewer: Viewer) -> bool:
    """Whether they see who read what: the partnership's business manager, who answers for the data, and nobody else."""
    return "business_manager" in viewer.roles


def check_decide(viewer: Viewer) -> None:
    """Raise Denied unless they sit at the deciding front door."""
    if not can_decide(viewer):
        raise Denied("Only the front door that decides can see this.")


def check_work_cases(viewer: Viewer) -> None:
    """Raise Denied unless they work with children."""
    if not can_work_cases(viewer):
        raise Denied("Only people who work with children can see this.")


def check_see_reads(viewer: Viewer) -> None:
    """Raise Denied unless they see who read what."""
    if not can_see_reads(viewer):
        raise Denied("Only the partnership's business manager sees who read what.")


def check_read_sealed(viewer: Viewer) -> None:
    """Raise Denied unless they may stand inside a wall at all."""
    if not can_read_sealed(viewer):
        raise Denied("Only the designated officer and one person outside can see this.")


def is_named(viewer_name: str, said: str) -> bool:
    """Whether what somebody wrote names this person: their name, alone or before a comma or a bracket."""
    name, given = (" ".join(one.split()).casefold() for one in (viewer_name, said))
    return bool(name) and (given == name or given.startswith((f"{name},", f"{name} (")))


def check_set_rota(viewer: Viewer) -> None:
    """Raise Denied unless they say who reads the front door."""
    if not can_set_rota(viewer):
        raise Denied("The rota is set by a manager of the front door that decides.")


def check_record(viewer: Viewer) -> None:
    """Raise Denied unless they may record facts about a child."""
    if not can_record(viewer):
        raise Denied("Your role runs the machine. It cannot record facts about a child.")
