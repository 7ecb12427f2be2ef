"""What is learnt of a child after the decision: once it is known that the child is under 13 and sexual harm is alleged,
that is put right in the decision, so that what is owed then is owed, and only a conference lowers anything."""

import json
from datetime import datetime
from uuid import UUID, uuid5

from onrecord.access.rules import NOBODY
from onrecord.duties.actions.informed import born_on_record, people_of
from onrecord.duties.rules.singly import YOUNG
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Corrected, Entry, Known, Seconded
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import entries, threads_about, untaken
from onrecord.ledger.rules.effect import Line, standing
from onrecord.ledger.rules.machine import machine_saying
from onrecord.linkage.facts import LinkJudged

AGE, HARM, SAYS_SO = "under_13", "sexual_harm", "yes"
SO = "It follows from what was learnt of the child since."


def learnt(made: Entry, now: datetime) -> None:
    """Put right the newest decision on a child, where what was just said makes the rule for the very young hold."""
    said = entries(made.saying.regarding) if isinstance(made.saying.fact, Seconded) else [made]
    about = tuple(dict.fromkeys(one for told in said if _tells(told) for one in told.mentions))
    if made.proposed or not about:
        return
    counting = [line for line, _ in standing(threads_about(people_of(NOBODY, about)), now)]
    decisions = [line for line in counting if catalogue()[line.kind].only_by_conference]
    known = {AGE: _young(about, now), HARM: any(line.coded.get(HARM) == SAYS_SO for line in counting)}
    lacking = [_lacks(line) for line in decisions]
    if lacking and all(lacking) and all(known.values()):
        for name in lacking[-1]:
            _put_right(decisions[-1], name, made.id, now)


def _tells(made: Entry) -> bool:
    """Whether it may tell more of a child than was known: a birth date, who the child is, or that harm is sexual."""
    fact = made.saying.fact
    if isinstance(fact, Corrected):
        return fact.field == "child"
    if isinstance(fact, LinkJudged):
        return fact.verdict == "same"
    return not fact.only_by_conference and fact.coded().get(HARM) == SAYS_SO


def _young(about: tuple[UUID, ...], now: datetime) -> bool:
    age = Known(now.astimezone(HERE).date(), born=born_on_record(NOBODY, about, now)).age
    return age is not None and age < YOUNG


def _lacks(decision: Line) -> list[str]:
    """What a decision does not say of what has to hold for the rule."""
    wanted = catalogue()[decision.kind].only_by_conference
    return [name for name, code in wanted.items() if decision.coded.get(name) != code]


def _put_right(decision: Line, name: str, source: UUID, now: datetime) -> None:
    fix = Corrected(field=name, value=json.dumps(SAYS_SO), why=SO)
    uid = untaken(uuid5(source, f"{decision.id}/{name}"), Corrected.kind)
    append([machine_saying(fix, now, uid=uid, about=decision.mentions, regarding=(decision.id,))])
