"""What whoever reported says in the mailbox. Nobody signs in, nothing is refused for what it says, nothing is lost."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from onrecord.duties.actions.challenge import answering_side
from onrecord.duties.actions.challenged import follow_challenge
from onrecord.duties.facts import DisagreementRaised, DisagreementSettled
from onrecord.intake.actions import compare_again
from onrecord.intake.actions.routing import done
from onrecord.intake.facts import ReportReceived
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import append, receipt
from onrecord.ledger.facts import Entry, Fact
from onrecord.ledger.gateway.files import keep_file
from onrecord.ledger.queries import entries, lines, thread, untaken
from onrecord.ledger.rules.machine import SOMEBODY, unsigned_saying
from onrecord.mailbox.actions.words import mark_watched, note_read
from onrecord.mailbox.facts import AnotherReaderAsked, ChildWrote, FileSent, IdentityKept, ShownChosen
from onrecord.mailbox.queries import disputable, own_disputes
from onrecord.mailbox.rules import after_a_question

WHOSE = {"child": "child", "parent": "parent"}


def write(made: Entry, words: str, page: str, now: datetime, *, watched: bool = False) -> Entry:
    """Add something. Whether it was said unasked is kept with it. Raises Refused where nothing was written."""
    fact = ChildWrote.heard({"words": words, "first": who_first(made, watched=watched)})
    return _say(made, fact, page, now)


def who_first(made: Entry, *, watched: bool = False) -> str:
    """Whether what the child says next is said unasked, as a code."""
    return "watched" if watched else "asked" if after_a_question(thread(made.id)) else "own"


def send_file(made: Entry, piece: Piece, now: datetime, *, first: str = "own") -> Entry:
    """Keep a picture or a voice message: sealed and on disc before anything else. The same file again is the same."""
    said = {"name": piece.name.strip()[:300] or "no name", "media_type": piece.media_type[:300] or "not said"}
    said |= {"first": first}
    fact = FileSent.heard(said | {"size": str(len(piece.data)), "sha256": piece.digest})
    keep_file(said_id(made, fact, ""), piece.data)
    return _say(made, fact, "", now)


def ask_for_another(made: Entry, words: str, page: str, now: datetime, *, liked: str = "") -> Entry:
    """Ask that somebody else reads and answers: not whom `words` name, rather whom `liked` names."""
    said = {"words": words, "liked": liked}
    return _say(made, AnotherReaderAsked.heard({name: text for name, text in said.items() if text.strip()}), page, now)


def not_safe(made: Entry, now: datetime) -> None:
    """Say that it is not safe to write here: nobody does, until another way is found."""
    mark_watched(made, "told", now)


def choose_shown(made: Entry, shows: Sequence[str], page: str, now: datetime) -> Entry:
    """Choose what else may show in the mailbox. What shows from now on is noted as shown."""
    chosen = _say(made, ShownChosen.heard({"shows": list(shows)}), page, now)
    note_read(made, now)
    return chosen


def disagree(made: Entry, different: str, why: str, page: str, now: datetime) -> Entry:
    """Disagree with what was decided; while nothing was, with how the report is dealt with. It goes five stages."""
    fact = made.saying.fact
    said_by = fact.said_by if isinstance(fact, ReportReceived) else ""
    target = disputable(made.id)
    level, sort = answering_side(lines([target])[0])
    said = {"whose": WHOSE.get(said_by, "reporter"), "different": different, "why": why}
    raised = DisagreementRaised.heard(said | {"level": level, "decided_by": sort})
    return _say(made, raised, page, now, target)


def settle(made: Entry, now: datetime) -> None:
    """Say that it is settled: of every disagreement of theirs that is neither settled nor answered from outside."""
    for one in own_disputes(made, thread(made.id), now):
        _say(made, DisagreementSettled(), str(one.id), now, one.id)


def keep_identity(made: Entry, who: str, of: str, reach: str, page: UUID | str, now: datetime) -> Entry:
    """Keep who reported apart from the report, sealed. Raises Refused where no name was given."""
    said = {"who": who, "of": of, "reach": reach}
    return _say(made, IdentityKept.heard({name: words for name, words in said.items() if words.strip()}), page, now)


def proof(made: Entry) -> str:
    """The signed receipt of the report: proof of when it came, and that it stands unchanged. It says no word of it."""
    return receipt(made.id)


def said_id(made: Entry, fact: Fact, page: UUID | str) -> UUID:
    """The id of what is said on one page: sent twice it is one, with other words it is another.

    Whether it was asked for makes no other of it: what is sent a second time stands behind the first, which answered.
    What somebody who signs in recorded under it, of this kind or another, is stepped over and silences nobody.
    """
    uid = untaken(uuid5(made.id, f"{fact.kind}/{page}/{fact.model_dump_json(exclude={'first'})}"), fact.kind)
    while any(known.saying.by != SOMEBODY for known in entries([uid])):
        uid = untaken(uuid5(uid, "next"), fact.kind)
    return uid


def _say(made: Entry, fact: Fact, page: UUID | str, now: datetime, regarding: UUID | None = None) -> Entry:
    """Record it; the same words from the same page are said once. Who is named in it is compared at once, and what it
    challenges is set aside."""
    uid = said_id(made, fact, page)
    known = entries([uid])
    if known:
        return known[0]
    saying = unsigned_saying(fact, now, uid=uid, about=made.mentions, regarding=(regarding or made.id,))
    said = append([saying])[0]
    done(made.id, partial(compare_again, made.id, now))
    done(made.id, partial(follow_challenge, said, now))
    return said
