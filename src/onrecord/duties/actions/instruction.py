"""An instruction not to report: it goes to somebody outside at once, and whoever is named in it never reads it."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from onrecord.access.queries import addresses, all_outside_among, holders, seat_agency
from onrecord.duties.facts import InstructionReported
from onrecord.intake.actions import compare_again
from onrecord.intake.actions.routing import done
from onrecord.intake.queries import named_staff, past_everybody, said_hashes
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Saying
from onrecord.ledger.queries import envelopes
from onrecord.ledger.rules.machine import SOMEBODY, unsigned_saying
from onrecord.ledger.rules.sentence import UNSAID
from onrecord.ledger.rules.shape import blank
from onrecord.notices.actions import queue
from onrecord.notices.rules import NOBODY_LEFT, Item
from onrecord.rulebook.facts import OUTSIDE

AT_ONCE = "A worker says that they were told not to report or not to record something. You alone can read it."
MATTER = "what only you can read"
MOST, WITHIN = 10, timedelta(days=1)
"""How many by people who did not sign in are told of singly; what comes beyond goes with the day's digest."""


def was_told(report: Entry, words: str, now: datetime) -> Entry:
    """Say, beside a report by somebody who did not sign in, that they were told not to report it.

    Sent twice it is said once. Whoever is named in it reads neither it nor the report. Raises Refused.
    """
    said = UNSAID if blank(words) else words
    fact = InstructionReported.heard(
        {"what": "silent", "words": said, "who": UNSAID, "with_report": str(report.id)[:8]}
    )
    before, uid = past_everybody(report.id)
    known = next((made for made in before if _same(made, fact)), None)
    if known is not None:
        return known
    made = append([compared(unsigned_saying(fact, now, uid=uid))])[0]
    done(report.id, partial(compare_again, report.id, now))
    done(report.id, partial(tell_outside, made, now))
    return made


def compared(saying: Saying) -> Saying:
    """The same, with everybody who works here and is named in it. Whoever says it may name themselves.

    Only what was said at a door came with a report.
    """
    if not isinstance(saying.fact, InstructionReported):
        return saying
    named = named_staff(saying, said_hashes(saying.fact, titled=True))
    beside = saying.fact.with_report if saying.by == SOMEBODY else None
    filled = {"against": named.users or None, "with_report": beside}
    return replace(saying, fact=saying.fact.model_copy(update=filled))


def tell_outside(made: Entry, now: datetime) -> None:
    """What is said past everybody inside is told to whoever outside reads it, at once and without a word of it."""
    if not isinstance(made.saying.fact, InstructionReported):
        return
    against = made.saying.fact.against or ()
    seats = ([user for user in _outside(role) if user not in against] for role in ("scrutineer", "inspectorate"))
    users, news = next(filter(None, seats), []), AT_ONCE
    if not users:
        users, news = all_outside_among(against), NOBODY_LEFT
    known = addresses(users)
    item = Item(str(made.id)[:8], "", "", "", news=news, matter=MATTER)
    single = made.saying.by != SOMEBODY or _unsigned_since(now - WITHIN) <= MOST
    for user in users:
        queue(str(made.id), user, known.get(user, ""), item, now, now, single=single)


def _unsigned_since(moment: datetime) -> int:
    """How many came by people who did not sign in; of very many, more than enough."""
    newest = envelopes([InstructionReported.kind], newest=4 * MOST)
    return sum(row.by == SOMEBODY and row.recorded_at > moment for row in newest)


def _outside(role: str) -> list[str]:
    return holders(role, seat_agency(role, OUTSIDE) or "")


def _same(made: Entry, fact: InstructionReported) -> bool:
    said = made.saying.fact
    return isinstance(said, InstructionReported) and said.words == fact.words
