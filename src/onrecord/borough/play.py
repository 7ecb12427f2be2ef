"""A played story: a clock that is moved on, and the verbs of real use, said by the people of the cast.

Nothing here records anything by itself. Every verb calls the action that a page or the API would call.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from onrecord.access.facts import PEERS, SeatConfirmed, TrustedSignInGiven
from onrecord.access.queries import agencies, holders, outside_contacts, viewer_of
from onrecord.access.rules import Denied, Viewer
from onrecord.borough.raised import seat
from onrecord.borough.words import DAYS, SAID
from onrecord.case.actions import end_service
from onrecord.case.facts import LeadNamed, SafeContactSet, ServiceEnded, SupportOffered
from onrecord.duties.actions import NeedsReason, ReasonRefused, Unanswerable, record, tick
from onrecord.duties.facts import LoweringReread, LoweringTookEffect
from onrecord.duties.queries import mine, rulebook_in_force
from onrecord.duties.queries.looks import next_look
from onrecord.duties.queries.rereading import is_rereading
from onrecord.duties.rules.ladder import next_digest
from onrecord.intake.actions import known_before, report, report_unnamed
from onrecord.intake.facts import DecisionMade, ReferrerTold, ReportAcknowledged, ReportReceived
from onrecord.intake.facts.lists import EXPLOITATION, WORKED_ON
from onrecord.ledger.facts import Entry, Fact, Saying, When, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import answers as answered_by
from onrecord.ledger.queries import thread
from onrecord.linkage.actions import register
from onrecord.linkage.facts import ChildRegistered, KnownBeforeAnswered
from onrecord.linkage.queries import KnownBefore
from onrecord.rulebook.facts import OUTSIDE

FRONT_DOOR, WORKER, MANAGER = "amira-sattar", "ines-carvalho", "ruth-hallam"
INSTANT = timedelta(microseconds=1)
WEEK = timedelta(days=7)
LOOKED_UP = "To know whether somebody works with this child already."
REREADERS = ("scrutineer", *sorted(PEERS))
CONFIRMED = timedelta(days=77)


def on(answered: Entry | UUID, child: Entry | None = None) -> dict[str, Any]:
    """What a fact answers, and the entry that names the child it is about, as `Play.say` takes them."""
    return {"regarding": [answered], "about": [child] if child else []}


class NotRefused(AssertionError):
    """A story says that something is refused, and it was not."""


class Play:
    """One story being played. `at` is the time on its clock; `refused` holds what was tried and refused."""

    def __init__(self, name: str, start: datetime, *, often: bool = True) -> None:
        """Begin at `start` (aware). Ids follow from the name, so that the same story gives the same record.

        With `often` the watch also looks at the end of every wait, and finds what no due time brings up.
        """
        self.name, self.at, self.often = name, start, often
        self._confirmed = self._reread = start
        self.attended = True
        """Whether the people outside say, each quarter, that they are still there."""
        self.refused: list[tuple[datetime, str, str]] = []
        self._said = 0
        self._viewers: dict[str, Viewer] = {}

    def wait(self, *, days: int = 0, hours: int = 0) -> None:
        """Let time pass, while the watch looks."""
        self.until(self.at + timedelta(days=days, hours=hours))

    def until(self, moment: datetime) -> None:
        """Let time pass until `moment`.

        The watch looks whenever a step could be due, at each weekly digest, and at the end where the story asks.
        """
        made = rulebook_in_force(self.at)
        if made is None:
            raise LookupError("No rulebook has been adopted: nothing can be due.")
        while self.at < moment:
            digest = next_digest(self.at + INSTANT, made.calendar)
            following = min(digest, next_look(self.at) or digest, moment if self.often else digest)
            if following > moment:
                self.at = moment
                return
            self.at = following
            self.look(sign=False)

    def look(self, *, sign: bool = True) -> None:
        """The watch looks once. Before a quarter is over, the people outside have said that they are still there."""
        if self.attended and self.at - self._confirmed >= CONFIRMED:
            self._confirmed = self.at
            for user, role, _ in outside_contacts():
                self.people(user, SeatConfirmed(user=user, role=role))
        if self.attended and self.at - self._reread >= WEEK:
            self._reread = self.at
            self._read_again()
        with playing(self.at):
            tick(self.at, sign=sign)

    def _read_again(self) -> None:
        """Whoever owes it reads again what was drawn. A key says what that is, not the story."""
        outside = [agency for agency, sort in agencies().items() if sort == OUTSIDE]
        for user in (user for role in REREADERS for agency in outside for user in holders(role, agency)):
            drawn = [view for view in mine(self._viewer(user), self.at) if is_rereading(view)]
            for view in drawn:
                with playing(self.at):
                    fact = LoweringReread.heard(SAID[LoweringReread.kind])
                    uid = uuid5(NAMESPACE_URL, f"{self.name}/{view.opening}")
                    record(self._viewer(user), fact, uid=uid, now=self.at, regarding=[view.opening])

    def report(self, user: str, child: dict[str, Any], **answers: Any) -> Entry:
        """Somebody reports a worry about a child."""
        fact = ReportReceived.heard(SAID[ReportReceived.kind] | {"child": child} | answers)
        with playing(self.at):
            return report(self._viewer(user), fact, self.next_id(), When.at(self.at))[0]

    def tell(self, child: dict[str, Any], said_by: str = "child", **answers: Any) -> Entry:
        """Somebody reports who does not sign in: by default the child."""
        fact = ReportReceived.heard(SAID[ReportReceived.kind] | {"child": child, "said_by": said_by} | answers)
        with playing(self.at):
            return report_unnamed(fact, self.next_id(), self.at)

    def in_mailbox(self, verb: Callable[..., Any], reported: Entry, *said: Any) -> Any:
        """Whoever reported does something in the mailbox: one of its verbs, with what it takes."""
        with playing(self.at):
            return verb(reported, *said, self.at)

    def say(
        self,
        user: str,
        kind: type[Fact],
        /,
        *,
        regarding: Sequence[Entry | UUID] = (),
        about: Sequence[Entry | UUID] = (),
        lowering: dict[str, str] | None = None,
        happened: When | None = None,
        **answers: Any,
    ) -> Entry:
        """Somebody records a fact, through the guarded door.

        `regarding` are entries it answers; `about` are mentions, or entries that name the child it is about.
        """
        with playing(self.at):
            return record(
                self._viewer(user),
                kind.heard(self._usual(kind) | answers),
                uid=self.next_id(),
                now=self.at,
                happened=happened,
                about=[one if isinstance(one, UUID) else mention_of(one.id, "child") for one in about],
                regarding=[one if isinstance(one, UUID) else one.id for one in regarding],
                lowering=lowering,
            ).entry

    def tells(self, user: str, reported: Entry) -> Entry:
        """Whoever reported is told what was decided, also that it was ended."""
        ended = [line.id for line in thread(reported.id) if line.kind == LoweringTookEffect.kind]
        return self.say(user, ReferrerTold, regarding=[reported, *ended], about=[reported])

    def people(self, user: str, fact: Fact) -> Entry:
        """Somebody says something of people at work, through the guarded door."""
        with playing(self.at):
            return record(self._viewer(user), fact, uid=self.next_id(), now=self.at).entry

    def gives_sign_in(self, by: str, user: str, name: str, named: Entry, made: Entry) -> Entry:
        """Somebody proposes that an adult signs in whom the child of a report trusts."""
        fact = TrustedSignInGiven(user=user, name=name, why="“She should know when something happens.”")
        about = [mention_of(made.id, "child")]
        with playing(self.at):
            viewer, uid = self._viewer(by), self.next_id()
            return record(viewer, fact, uid=uid, now=self.at, about=about, regarding=[named.id]).entry

    def tries(self, user: str, kind: type[Fact], **said: Any) -> None:
        """Somebody tries to record what must be refused; the refusal is kept. NotRefused if it was let through."""
        try:
            self.say(user, kind, **said)
        except (Denied, NeedsReason, ReasonRefused, Refused, Unanswerable) as refusal:
            self.refused.append((self.at, user, str(refusal)))
            return
        raise NotRefused(f"{user} was let through with “{kind.title}”.")

    def answer(
        self,
        reported: Entry,
        *,
        leaving_out: Sequence[type[Fact]] = (),
        by: str = FRONT_DOOR,
        worker: str = WORKER,
        **decided: Any,
    ) -> Entry | None:
        """A report is answered in full, but for the kinds left out; the decision, if made.

        Contact is made safe, and where the worry is exploitation support is offered.
        """
        known = self.look_up(by, reported)
        answers: dict[type[Fact], dict[str, Any]] = {
            ReportAcknowledged: {},
            KnownBeforeAnswered: {"answer": "known" if known else "not_known"},
            DecisionMade: decided,
            ReferrerTold: {},
        }
        made = {
            kind: self.say(by, kind, regarding=[reported], about=[reported], **said)
            for kind, said in answers.items()
            if kind not in leaving_out
        }
        decision = made.get(DecisionMade)
        if decision and SafeContactSet not in leaving_out:
            self.say(worker, SafeContactSet, regarding=[decision], about=[reported])
        if decision and decided.get("concern") in EXPLOITATION:
            self._as_exploitation(decision, reported, worker, leaving_out)
        return decision

    def _as_exploitation(
        self, decision: Entry, reported: Entry, worker: str, leaving_out: Sequence[type[Fact]]
    ) -> None:
        """What is owed besides where a child may be exploited: support, and one manager who leads."""
        if SupportOffered not in leaving_out:
            self.say(worker, SupportOffered, regarding=[decision], about=[reported])
        if LeadNamed not in leaving_out and decision.saying.fact.coded()["outcome"] in WORKED_ON:
            self.say(MANAGER, LeadNamed, regarding=[decision], about=[reported])

    def end_service(self, user: str, **answers: Any) -> list[UUID]:
        """A service ends; what is asked about each child who trusted somebody there."""
        with playing(self.at):
            fact = ServiceEnded.heard(self._usual(ServiceEnded) | answers)
            return answered_by([end_service(self._viewer(user), fact, self.next_id(), self.at).id])

    def look_up(self, user: str, reported: Entry) -> list[KnownBefore]:
        """The front door asks whether a reported child was known before; the look-up is noted as a read."""
        with playing(self.at):
            return known_before(self._viewer(user), reported.id, self.at, LOOKED_UP)

    def register(self, children: Sequence[dict[str, Any]]) -> list[Entry]:
        """Another list is read into the register of known children: `ChildRegistered` bodies."""
        facts = [ChildRegistered.heard(child) for child in children]
        with playing(self.at):
            return register([self._registered(fact) for fact in facts])

    def seat(self, user: str, names: Mapping[str, str]) -> str:
        """The seat in which somebody speaks, in words."""
        held = self._viewer(user).seat
        return seat(held.role, held.agency, names)

    def next_id(self) -> UUID:
        """The id of the next thing said in this story."""
        self._said += 1
        return uuid5(NAMESPACE_URL, f"{self.name}/{self._said}")

    def _usual(self, kind: type[Fact]) -> dict[str, Any]:
        """What is said of a kind where the story does not say otherwise."""
        days = {name: (self.at + timedelta(days=n)).date().isoformat() for name, n in DAYS.get(kind.kind, {}).items()}
        return SAID.get(kind.kind, {}) | days

    def _registered(self, fact: ChildRegistered) -> Saying:
        return Saying(self.next_id(), fact, "onrecord", "machine", "social-care", When.at(self.at))

    def _viewer(self, user: str) -> Viewer:
        if user not in self._viewers:
            found = viewer_of(user)
            if found is None:
                raise LookupError(f"Nobody called {user} is in the cast.")
            self._viewers[user] = found
        return self._viewers[user]
