"""A quorate meeting as the second signature: what its chair may sign for it, and what the record of it must show."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from onrecord.access.queries import addresses, behind_wall, holders, seat_agency
from onrecord.access.rules import NOBODY, Denied, Viewer
from onrecord.duties.actions.in_place import hearing, one_of_each
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.duties.queries.meetings import covers
from onrecord.duties.rules.quorum import DISSENT, dissent_stands, fresh, not_later, sorts_met, vouched
from onrecord.intake.queries import hidden
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Corrected, Declined, Entry, Fact, Saying, Seconded
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import about, above, corrected, entries, threads, untaken
from onrecord.ledger.rules.effect import Line, standing
from onrecord.ledger.rules.machine import machine_saying
from onrecord.linkage.queries import clusters
from onrecord.notices.actions import queue
from onrecord.notices.rules import Item
from onrecord.rulebook.facts import OUTSIDE
from onrecord.rulebook.rules import matches

CHAIR, OVERSEER = "panel_chair", "scrutineer"
NO_MEETING = "There is no such meeting. Choose one of the last five working days that you chaired."
NOT_QUORATE = "This meeting was not quorate, so it is no second signature."
TOO_OLD = "The meeting was more than five working days ago. Meet again, or let the joint daily list sign."
DISSENTED = (
    "Somebody's dissent stands. First somebody answers it in writing who neither chaired the meeting nor proposed "
    "this, or whoever dissented says that it is settled. Where the answer is that it is decided again, another meeting "
    "signs it, held after that answer."
)
ANOTHER_CHAIR = "Whoever proposed it chaired the meeting. The joint daily list signs it."
NOT_VOUCHED = (
    "No other agency has checked yet who came, or one says that it is wrong. An agency that came, and neither wrote it "
    "down nor proposed this, does that under the meeting."
)
CAME = (
    "Your agency is said to have come to a meeting about children. Sign in, open the meeting, and say whether that is "
    "right. What the meeting agrees to lower counts only after another agency has said so."
)
THERE = (
    "{title}: your agency is said to have been there. Sign in, open Meetings, and say whether that is right, and "
    "whether that was decided."
)
SEALED = (
    "Agencies are said to have met about what is sealed. They cannot open it. Ask them, sign in, open "
    "/meetings/steps/{uid}, and say for them whether it is right."
)
AT_ONCE = "child_now"
WAITED_FOR = " What is owed to the child stays owed until another agency that was there has said so."
SO = "It follows from what was put right."
NOT_THEIRS = "The meeting was not about every child of this proposal."


def signed_for(saying: Saying) -> Saying:
    """A signature given for a meeting names the sorts of agency that came, as the record of the meeting has them."""
    fact = saying.fact
    if not isinstance(fact, Seconded | Declined):
        return saying
    found = _as_it_stands(UUID(fact.meeting)) if fact.meeting else None
    met = sorts_met(catalogue()[found.kind], found.coded) if found else ()
    return replace(saying, fact=fact.model_copy(update={"met": met}))


def check_meeting(viewer: Viewer, proposal: Line, fact: Seconded | Declined, now: datetime) -> None:
    """Raise Denied, in words, unless this person may answer this proposal for the meeting that they name."""
    meeting = _held(viewer, UUID(fact.meeting))
    if proposal.by in (viewer.user, meeting.by):
        raise Denied(ANOTHER_CHAIR)
    if not fact.met or sorts_met(catalogue()[meeting.kind], meeting.coded) != fact.met:
        raise Denied(NOT_QUORATE)
    made = rulebook_in_force(now)
    if made is None or not fresh(meeting.happened_at, now, made.calendar):
        raise Denied(TOO_OLD)
    people = clusters(proposal.mentions)
    if not proposal.mentions or not covers(meeting, proposal, people) or behind_wall(viewer, proposal.mentions):
        raise Denied(NOT_THEIRS)
    everybody = {one for found in people.values() for one in found} | set(proposal.mentions)
    said = threads([meeting.id, proposal.id, *proposal.regarding, *about(everybody, [DISSENT])])
    counting = [line for line, _ in standing(said, now)]
    if not vouched(counting, meeting, proposal):
        raise Denied(NOT_VOUCHED)
    if dissent_stands(counting, everybody, meeting, proposal):
        raise Denied(DISSENTED)


def tell_who_came(made: Entry, now: datetime) -> None:
    """Tell the agencies that are said to have come to a meeting that could sign, or to a step.

    Where something that cannot wait waits for their word they hear of it at once, else with the day's digest. Of what
    is sealed no agency hears, but the scrutineer, who says it in their place.
    """
    fact, alarms = made.saying.fact, _waiting_for_their_word(made, now)
    waits = bool(alarms)
    met = sorts_met(type(fact), fact.coded()) if fact.quorum is not None else _at_a_step(fact, waits=waits)
    if made.proposed or not met:
        return
    users = {user for agency in one_of_each(met) if agency != made.saying.agency for user in hearing(agency)}
    news = CAME if fact.quorum is not None else THERE.format(title=fact.title)
    if behind_wall(NOBODY, {*made.mentions, *(line.id for line in above(made.saying.regarding))}):
        users, news = set(holders(OVERSEER, seat_agency(OVERSEER, OUTSIDE) or "")), SEALED.format(uid=made.id)
    item = Item(str(made.id)[:8], "", made.saying.agency, "", news + (WAITED_FOR if waits else ""), "a meeting")
    known = addresses(users)
    for user in sorted(users - {made.saying.by}):
        queue(f"{made.id}/came", user, known.get(user, ""), item, now, now, single=AT_ONCE in alarms)


def also_so(made: Entry, now: datetime) -> None:
    """Put right what the record filled in of a meeting, where by what was just put right somebody was missing."""
    if made.proposed or not isinstance(made.saying.fact, Corrected | Seconded):
        return
    met = [line for line in above([made.id]) if catalogue()[line.kind].also_so is not Fact.also_so]
    for stands in corrected(entries(line.id for line in met), now).values() if met else ():
        entry, said = stands.entry, stands.entry.saying.fact.coded()
        for name, value in entry.saying.fact.also_so().items():
            if said.get(name) != value:
                fix = Corrected(field=name, value=json.dumps(value), why=SO)
                uid = untaken(uuid5(made.id, f"{entry.id}/{name}"), Corrected.kind)
                append([machine_saying(fix, now, uid=uid, about=entry.mentions, regarding=(entry.id,))])


def _waiting_for_their_word(made: Entry, now: datetime) -> set[str]:
    """The alarms of what it answers only once another agency that took part has said that it is so."""
    book, said = rulebook_in_force(now), made.saying.fact.coded()
    asked = [(rule, match) for rule in (book.rules if book else ()) for match in rule.discharged_by if match.vouched]
    return {rule.alarm for rule, match in asked if matches(match, made.kind, said, "in_effect")}


def _at_a_step(fact: Fact, *, waits: bool) -> tuple[str, ...]:
    """The sorts that came to a discussion or a conference. Of one at a meeting, the meeting's record tells, mostly."""
    told = bool(fact.attended) and (waits or not fact.coded().get("minuted"))
    return tuple(getattr(fact, fact.attended)) if told else ()


def _held(viewer: Viewer, uid: UUID) -> Line:
    """The record of a meeting that this person chaired, as it stands now."""
    found = _as_it_stands(uid) if CHAIR in viewer.roles and not hidden(viewer, [uid]) else None
    if found is None or found.by != viewer.user or catalogue()[found.kind].quorum is None:
        raise Denied(NO_MEETING)
    return found


def _as_it_stands(uid: UUID) -> Line | None:
    """An entry that counts, with what was put right in it; but never later than it was first said to have been."""
    said = threads([uid])
    first = next((line for line in said if line.id == uid), None)
    found = next((line for line, _ in standing(said, said[-1].recorded_at) if line.id == uid), None) if said else None
    return not_later(found, first) if found and first else None
