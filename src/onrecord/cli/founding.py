"""Founding a real record: one file names the partnership, its agencies and people, and who outside will hear it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import yaml
from django.core.management import call_command
from django.db import connections, transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from onrecord.access.actions import accept_seat, join_agency, take_up_role
from onrecord.access.facts import OUTSIDE_ROLES, ROLES, SORTS
from onrecord.access.queries import viewer_of
from onrecord.duties.actions import adopt_shipped, begin_record
from onrecord.ledger.gateway.roles import grant_role
from onrecord.ledger.rules.machine import PUBLIC, RESERVED

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,60}$")]


class PlanRefused(ValueError):
    """The founding file cannot be used as it stands. Says every fault."""


class Part(BaseModel):
    """A part of the plan; a field it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlannedAgency(Part):
    """An organisation that will take part."""

    id: Id
    name: str
    sort: Annotated[str, SORTS]


class PlannedPerson(Part):
    """Somebody with a role. Those outside say whether they have accepted."""

    user: Id
    name: str
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    role: Annotated[str, ROLES]
    agency: Id
    accepted: bool = False


class Plan(Part):
    """A founding plan. Both outside seats must be filled by people who have accepted them."""

    origin: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9./-]+$")]
    partnership: str
    agencies: tuple[PlannedAgency, ...]
    people: tuple[PlannedPerson, ...]

    @model_validator(mode="after")
    def _whole(self) -> "Plan":
        known = {agency.id: agency.sort for agency in self.agencies}
        if taken := RESERVED.intersection(person.user for person in self.people):
            raise ValueError(f"{', '.join(sorted(taken))}: nobody can sign in under this name")
        if PUBLIC in known:
            raise ValueError(f"{PUBLIC}: no organisation can have this id")
        for person in self.people:
            if person.agency not in known:
                raise ValueError(f"{person.user} works for {person.agency}, which is not among the agencies")
        for role in sorted(OUTSIDE_ROLES):
            held = [who for who in self.people if who.role == role and who.accepted and known[who.agency] == "outside"]
            if not held:
                raise ValueError(
                    f"nobody outside has accepted the seat of {role}: a person of an agency of sort “outside”, "
                    "with accepted: true"
                )
        if self.origin.startswith("demo."):
            raise ValueError("a real record's origin does not start with “demo.”")
        return self


def read_plan(path: Path) -> Plan:
    """A founding file (YAML); PlanRefused with every fault, in words."""
    try:
        return Plan.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PlanRefused(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise PlanRefused(f"{path} is not UTF-8 text.") from None
    except yaml.YAMLError as error:
        raise PlanRefused(f"{path} is not YAML: {error}") from None
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc'])) or 'the plan'}: {fault['msg']}" for fault in error.errors()]
        raise PlanRefused("\n".join(faults)) from None


def make_tables() -> None:
    """Make or bring up to date the tables of both databases, and on PostgreSQL the role that may only add."""
    for using in ("default", "reads"):
        call_command("migrate", database=using, verbosity=0, interactive=False)
        if connections[using].vendor == "postgresql":
            grant_role(using)


def found(plan: Plan, now: datetime) -> None:
    """Begin the record, all or nothing: keys and first entries, agencies, people, outside seats, the shipped law."""
    with transaction.atomic():
        begin_record(plan.origin, plan.partnership)
        for agency in plan.agencies:
            join_agency(agency.id, agency.name, agency.sort, now)
        adopt_shipped(now)  # before the seats are accepted, so that whoever sits there is asked each quarter
        for person in plan.people:
            take_up_role(person.user, person.name, person.role, person.agency, now.date(), now, person.email)
        for person in plan.people:
            viewer = viewer_of(person.user)
            if person.accepted and person.role in OUTSIDE_ROLES and viewer:
                accept_seat(viewer, person.role, now)
