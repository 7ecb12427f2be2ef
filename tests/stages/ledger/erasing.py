"""Erasures carried out without any page: proposed by one agency, agreed to by another."""

from typing import Any
from uuid import UUID, uuid4

from onrecord.ledger.actions import append, carry_out
from onrecord.ledger.facts import Entry, Erasing, ErasureProposed, Lowering, Saying, Seconded, When
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.rules.machine import machine_saying

NOTE = "(erased on 5 October 2026 for Hill School, under UK GDPR article 16: it was filed about the wrong person)"


def said(fact: Any, by: str, role: str, agency: str, *regarding: UUID, **more: Any) -> Entry:
    """Something that somebody says, past every page."""
    uid, about, why = more.get("uid") or uuid4(), more.get("about", ()), more.get("why")
    return append([Saying(uid, fact, by, role, agency, When.at(now()), None, about, regarding, why)])[0]


def proposed(*parts: Erasing) -> Entry:
    """An erasure that the office proposes."""
    who = {"owner": "school", "owner_name": "Hill School"}
    fact = ErasureProposed(basis="wrongly_filed", parts=parts, why="Another child was meant.", **who)
    why = Lowering(reason="takes_two", words="Another child was meant.")
    return said(fact, "manager", "business_manager", "partnership", why=why)


def erased(*parts: tuple[Entry, str] | tuple[Entry, str, str]) -> list[Entry]:
    """Propose these, agree, and carry it out."""
    made = proposed(*(Erasing(entry=str(one[0].id), field=one[1], instead=(*one, None)[2]) for one in parts))
    said(Seconded(why="It is so."), "head", "head_of_service", "school", made.id)
    return carry_out(made.id, now())


def machine(fact: Any) -> Entry:
    """Something that the machine says."""
    return append([machine_saying(fact, now())])[0]
