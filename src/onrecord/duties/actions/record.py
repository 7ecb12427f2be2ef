"""Record: the door for everything staff say about a child after the report.

The state is folded before and after. What would lower something is refused without a reason, refused with a reason
that is never one, and with a good reason recorded as proposed: it takes effect when a second person, of another agency,
agrees.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from onrecord.access.rules import Viewer, check_record
from onrecord.duties.actions.allowed import Unanswerable, check_said
from onrecord.duties.actions.among import among
from onrecord.duties.actions.another import puts_back
from onrecord.duties.actions.challenged import follow_challenge
from onrecord.duties.actions.clashes import check_clashes
from onrecord.duties.actions.erasing import erase_agreed
from onrecord.duties.actions.in_order import check_judged, check_order
from onrecord.duties.actions.in_place import follow_in_place, in_place, unfilled
from onrecord.duties.actions.informed import as_before, check_conference, informed
from onrecord.duties.actions.instruction import compared, tell_outside
from onrecord.duties.actions.learnt import learnt
from onrecord.duties.actions.lowerings import took_effect
from onrecord.duties.actions.lowers import as_line, what_lowers
from onrecord.duties.actions.meetings import also_so, signed_for, tell_who_came
from onrecord.duties.actions.people import complete, follow, refuse_tampering, second_reason, tell_erased
from onrecord.duties.actions.restricting import tell_closed
from onrecord.duties.actions.since import check_since
from onrecord.duties.actions.singly import alone
from onrecord.duties.actions.unlocking import agreed_to
from onrecord.duties.facts import LoweringRefused
from onrecord.duties.queries.ended import ended_the_last
from onrecord.duties.rules import Lowered
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.actions import append, hold
from onrecord.ledger.facts import Corrected, Declined, Entry, Fact, Lowering, Saying, Seconded, When
from onrecord.ledger.facts.entry import LOWERING_REASONS, REFUSED_BECAUSE, REFUSED_REASONS
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.queries import entries, lines
from onrecord.ledger.rules.machine import machine_saying

NOT_ALONE = Lowering(
    reason="ended_the_last",
    words="Whoever ended an earlier report about this child without action does not decide the next one alone.",
)
"""Why a decision that lowers nothing waits for a second person all the same."""
PUT_BACK = Lowering(
    reason="takes_two",
    words="The child asked for somebody else. That they chose whoever answered before is not one person's word.",
)
"""Why somebody whom a child sent away is not put back at once."""


@dataclass(frozen=True)
class Recorded:
    """What was recorded, and what it would lower: if anything, it waits for a second signature."""

    entry: Entry
    lowers: tuple[Lowered, ...]


class NeedsReason(Exception):
    """It would lower something, so it needs a reason and then a second signature. Nothing was recorded."""

    def __init__(self, lowers: Sequence[Lowered]) -> None:
        """Keep what would be lowered, and say it."""
        super().__init__("This needs a reason, and a second person from another agency: " + _words(lowers))
        self.lowers = tuple(lowers)


class ReasonRefused(Exception):
    """The reason given is never a reason to lower anything. The attempt was recorded; nothing was lowered."""

    def __init__(self, reason: str) -> None:
        """Say which reason, and why not."""
        super().__init__(
            f"“{REFUSED_REASONS.words[reason]}” is never a reason to lower anything about a child. "
            f"{REFUSED_BECAUSE[reason]} "
            "Nothing was changed. That it was tried is on record, and somebody will ask about it."
        )


def record(
    viewer: Viewer,
    fact: Fact,
    *,
    uid: UUID,
    now: datetime,
    happened: When | None = None,
    about: Sequence[UUID] = (),
    regarding: Sequence[UUID] = (),
    lowering: dict[str, str] | None = None,
) -> Recorded:
    """Record a fact that somebody says, after asking what it would change.

    `lowering` is a reason code and words. Raises Denied, NeedsReason, ReasonRefused, Unanswerable, Refused, IdTaken.
    """
    seat = viewer.seat
    when = happened or next((made.saying.happened for made in entries([uid])), When.at(now))
    saying = Saying(uid, fact, viewer.user, seat.role, seat.agency, when, None, tuple(about), tuple(regarding))
    return record_all(viewer, [(saying, lowering)], now)[0]


def record_all(viewer: Viewer, said: Sequence[tuple[Saying, dict[str, str] | None]], now: datetime) -> list[Recorded]:
    """Record several facts, all or none."""
    refuse_tampering(viewer, (saying.fact for saying, _ in said), now)
    check_record(viewer)
    refused = next(((saying, never) for saying, why in said if (never := never_a_reason(saying.fact, why))), None)
    if refused:
        tried = _about_everybody(complete(refused[0], [], now))
        check_said(viewer, tried, now)
        _note_refused(tried, refused[1], now)
        raise ReasonRefused(refused[1]["reason"])
    if singly := alone(viewer, ((saying.id, saying.fact, saying.regarding) for saying, _ in said), now):
        raise Unanswerable(" ".join(dict.fromkeys(singly.values())))
    with transaction.atomic():
        hold()  # two people at once: the second is asked what it lowers after the first was recorded
        return [_record(viewer, saying, why, now) for saying, why in said]


def never_a_reason(fact: Fact, why: dict[str, str] | None) -> dict[str, str] | None:
    """What is given as a reason and never is one, also by a fact that puts something off or leaves somebody out: so it
    is where nothing is lowered. None where no such reason is given.
    """
    given = [why or {}]
    for reason, words in filter(None, (fact.puts_off, fact.leaves_out)):
        given.append({"reason": str(getattr(fact, reason)), "words": fact.spoken(words)})
    return next((one for one in given if one.get("reason") in REFUSED_REASONS.words), None)


def _record(viewer: Viewer, saying: Saying, why: dict[str, str] | None, now: datetime) -> Recorded:
    already = entries([saying.id])
    saying = _about_everybody(unfilled(signed_for(complete(saying, already, now)), already))
    if already:
        again = replace(as_before(saying, already[0]), lowering=already[0].saying.lowering)
        return Recorded(append([again])[0], ())
    check_said(viewer, saying, now)
    check_order(viewer, saying, now)
    check_since(saying, now)
    saying = compared(informed(viewer, saying, now))
    check_judged(viewer, saying, now)
    check_clashes(viewer, saying, now)
    if reason := second_reason(saying):
        made = append([replace(saying, lowering=reason)])[0]
        follow(made, now)
        return Recorded(made, (Lowered("people", "who may act, or how they are told, would change"),))
    answers = isinstance(saying.fact, Seconded | Declined)
    lowers = [] if answers else what_lowers(among(viewer, saying, now), saying, now)
    check_conference(viewer, saying, as_line(saying, now), lowers, now)
    if not lowers:
        return _lowers_nothing(viewer, saying, now)
    if saying.fact.puts_off:
        return _put_off(saying, lowers)
    if not why or not why.get("reason"):
        raise NeedsReason(lowers)
    made = append([replace(_asking(viewer, saying, lowers, now), lowering=_lowering(why))])[0]
    follow_in_place(made, now)
    return Recorded(made, tuple(lowers))


def _asking(viewer: Viewer, saying: Saying, lowers: Sequence[Lowered], now: datetime) -> Saying:
    """The same, with whoever said the words that it would put otherwise: where nothing else is lowered, they agree."""
    placed = in_place(viewer, saying, now) if {made.what for made in lowers} == {"warned"} else None
    if placed is None or not isinstance(placed.fact, Corrected):
        return saying
    return replace(saying, fact=placed.fact.model_copy(update={"agrees": None}))


def _put_off(saying: Saying, lowers: Sequence[Lowered]) -> Recorded:
    """What puts off says itself why, and waits for a second person."""
    words = saying.fact.spoken((saying.fact.puts_off or ("", ""))[1])
    return Recorded(append([replace(saying, lowering=Lowering(reason="put_off", words=words))])[0], tuple(lowers))


def _lowers_nothing(viewer: Viewer, saying: Saying, now: datetime) -> Recorded:
    """Record what lowers nothing: at once, unless it is said in somebody else's place or takes two by its author."""
    if placed := in_place(viewer, saying, now):
        made = append([placed])[0]
        follow_in_place(made, now)
        return Recorded(made, (Lowered("place", "it is said in somebody else's place"),))
    made = append([replace(saying, lowering=_two_all_the_same(saying, now))])[0]
    if isinstance(saying.fact, Seconded):
        agreed_to(made, now)
        tell_erased(erase_agreed(made, now), now)
        took_effect(made, now)
    tell_outside(made, now)
    tell_closed(made, now)
    follow_challenge(made, now)
    follow_in_place(made, now)
    tell_who_came(made, now)
    also_so(made, now)
    learnt(made, now)
    return Recorded(made, ())


def _two_all_the_same(saying: Saying, now: datetime) -> Lowering | None:
    """Why something that lowers nothing waits for a second person."""
    if puts_back(saying, now):
        return PUT_BACK
    return NOT_ALONE if not_alone(saying, now) else None


def not_alone(saying: Saying, now: datetime) -> bool:
    """Whether this is a decision on a child whose last report the same person ended: then it waits for a second one."""
    if not isinstance(saying.fact, DecisionMade):
        return False
    return any(ended_the_last(saying.by, report, now) for report in saying.regarding)


def _about_everybody(saying: Saying) -> Saying:
    """An answer is about everybody whom what it answers is about, so that leaving a child out hides nothing.

    Only what is said of one child of several, as a panel does, is not said of the others.
    """
    answered = [mention for line in lines(saying.regarding) for mention in line.mentions]
    if saying.fact.of_some and saying.about and set(saying.about) <= set(answered):
        return saying
    return replace(saying, about=tuple(dict.fromkeys((*saying.about, *answered))))


def _lowering(why: dict[str, str]) -> Lowering:
    reason, words = why.get("reason", ""), why.get("words", "").strip()
    faults = []
    if reason not in LOWERING_REASONS.offered:
        faults.append(Wrong("lowering.reason", reason, "Choose a reason from the list.", "known reason"))
    if not words:
        faults.append(Wrong("lowering.words", "", "Say in a sentence why it should be lower.", "must be answered"))
    if faults:
        raise Refused(tuple(faults))
    return Lowering(reason=reason, words=words)


def _note_refused(saying: Saying, why: dict[str, str], now: datetime) -> None:
    """The attempt is a fact of its own, on behalf of the one who tried."""
    code, words = why["reason"], why.get("words", "").strip() or "(no words given)"
    fact = LoweringRefused(reason=code, words=words, attempted=saying.fact.kind, because=REFUSED_BECAUSE[code])
    made = machine_saying(fact, now, uid=uuid4(), about=saying.about, regarding=saying.regarding)
    append([replace(made, agency=saying.agency, on_behalf=saying.by)])


def _words(lowers: Sequence[Lowered]) -> str:
    return "; ".join(made.words for made in lowers) + "."
