"""Whatever people say, in whatever order: no word of one person leaves less owed, counted or weighed, or lower."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.access.rules import Denied
from onrecord.case.facts import AssessmentCompleted, StrategyDiscussionHeld
from onrecord.duties.actions import NeedsReason, Recorded, Unanswerable
from onrecord.duties.actions.challenge import answering_side
from onrecord.duties.facts import DisagreementRaised, DisagreementSettled
from onrecord.duties.queries.adopted import law
from onrecord.duties.rules import State, fold
from onrecord.duties.rules.challenge import disputes
from onrecord.duties.rules.lowering import lowered, state_of
from onrecord.duties.rules.weighed import Weighed, less, of_child, weighed
from onrecord.ledger.facts import Corrected, CountsAgain, Declined, Entry, Seconded, SetAside, When, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import entries, lines, threads_about
from onrecord.ledger.rules.effect import Line, standing
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries import clusters
from tests.partnership import Store
from tests.stages.duties.test_disagreeing import answer
from tests.stages.duties.test_lowering import AGREED, GOOD, REFUSAL, assessed, corrected

AUTHORS = ("front-door", "social-worker", "team-manager", "officer", "teacher")
OF_TWO = frozenset({Seconded.kind, Declined.kind, SetAside.kind, CountsAgain.kind})
OUTCOMES = ("assess", "strategy_discussion", "no_further_action")
LEVELS = ("none", "emerging", "serious")
PUT_RIGHT = (
    ("outcome", "no_further_action"),
    ("outcome", "assess"),
    ("concern", "harm_at_home"),
    ("level", "none"),
    ("level", "serious"),
    ("sexual_harm", "no"),
)
TALKED = "case.strategy_discussion_held"
ALL = ("childrens_social_care", "police", "health")
CAME = (ALL, ALL[:1], ALL[:2], (*ALL, "school"))
AGO = (0, 0, 1, 2, 40)
"""How many days ago somebody says that they talked."""
ACTS = ("decide", "assess", "put right", "sign", "decline", "challenge", "settle", "answer", "judge", "talk", "end")
MOVES = st.lists(
    st.tuples(st.sampled_from(ACTS), st.sampled_from(AUTHORS), st.integers(0, 20)), min_size=3, max_size=12
)


class Played:
    """Two reports that were judged to be one child, one of them with a level, and everything said of them since."""

    def __init__(self, store: Store) -> None:
        self.store, self.reports = store, [store.report(), store.report(by="nurse")]
        self.mentions = [mention_of(made.id, "child") for made in self.reports]
        store.say("social-worker", assessed("serious"), self.reports[0])
        store.say("social-worker", LinkJudged(verdict="same", why="Compared."), about=self.mentions)

    def known(self) -> list[Line]:
        return threads_about(self.mentions)

    def pick(self, wanted: Callable[[Line], bool], number: int) -> Entry:
        """One of the entries meant; Unanswerable where there is none."""
        found = [line.id for line in self.known() if wanted(line)]
        if not found:
            raise Unanswerable("nothing to name")
        return entries([found[number % len(found)]])[0]

    def waiting(self) -> list[Entry]:
        """The proposals that nobody has answered."""
        known = self.known()
        answered = {target for line in known if line.kind in OF_TWO for target in line.regarding}
        return entries(line.id for line in known if line.proposed and line.id not in answered)

    def act(self, what: str, by: str, number: int) -> Recorded | Entry:
        """Say something: as somebody would who has a reason for all of it."""
        store, report = self.store, self.reports[number % 2]
        if what == "decide":
            return store.decide(report, lowering=GOOD, outcome=OUTCOMES[number % 3])
        if what == "assess":
            return store.say(by, assessed(LEVELS[number % 3]), report, lowering=GOOD)
        if what == "put right":
            of = self.pick(lambda line: line.kind.endswith(("decision_made", "exploitation_assessed")), number // 6)
            return store.say(by, corrected(*PUT_RIGHT[number % 6]), of, lowering=GOOD)
        if what in ("talk", "end"):
            return self.talk(what, by, number)
        if what in ("sign", "decline") and (waiting := self.waiting()):
            return store.say("signer", AGREED if what == "sign" else REFUSAL, waiting[number % len(waiting)])
        return self.dispute(what, by, number)

    def talk(self, what: str, by: str, number: int) -> Recorded | Entry:
        """Agencies, or one of them, talk now or are said to have; somebody says that it is put right, or the end."""
        talked = [line.id for line in self.known() if line.kind == TALKED]
        if what == "talk" and (number < 15 or not talked):
            of = self.pick(lambda line: line.kind.endswith("decision_made"), number)
            outcome = ("enquiry_together", "no_enquiry")[number % 2]
            fact = StrategyDiscussionHeld(present=CAME[number % 4], outcome=outcome, why="Now.")
            when = When.at(now() - timedelta(days=AGO[number % 5]))
            return self.store.say("team-manager", fact, of, happened=when)
        (of,) = entries([talked[number % len(talked)]]) if talked else [self.pick(lambda _: False, 0)]
        if what == "talk":
            return self.store.say(by, corrected("present", list(ALL)), of, lowering=GOOD)
        ended = AssessmentCompleted(outcome=("no_services", "services", "plan")[number % 3])
        return self.store.say(by, ended, of, lowering=GOOD)

    def dispute(self, what: str, by: str, number: int) -> Recorded | Entry:
        """Disagree, or say how that goes on; or say who is who."""
        store = self.store
        if what == "judge":
            verdict = LinkJudged(verdict=("same", "different", "unsure")[number % 3], why="Compared.")
            return store.say(by, verdict, about=self.mentions, lowering=GOOD)
        raised = [line.id for line in self.known() if line.kind == DisagreementRaised.kind]
        if what == "challenge" or not raised:
            of = self.pick(lambda line: line.by in AUTHORS or line.kind == Seconded.kind, number)
            level, sort = answering_side(lines([of.id])[0])
            said = {"whose": "worker", "different": "More.", "why": "It goes on.", "level": level, "decided_by": sort}
            return store.say(by, DisagreementRaised.heard(said), of)
        (made,) = entries([raised[number % len(raised)]])
        if what == "settle":
            return store.say(made.saying.by, DisagreementSettled(), made)
        (one,) = [one for one in disputes(self.known(), now()) if one.id == made.id]
        (last,) = entries([one.last])
        return answer(store, "team-manager", last, one.stage, ("agreed", "not_agreed")[number % 2])

    def child(self, mention: UUID) -> Weighed:
        """What is weighed for the child that a mention is judged to be."""
        people = clusters([mention])[mention]
        lines = of_child(self.known(), people)
        return weighed(lines, fold(lines, law(), now(), now()), people, None, now(), catalogue())


def state(known: Sequence[Line], but: Collection[UUID] = ()) -> State:
    """What is owed and counted, but for what was opened by some of the entries."""
    owed = [duty for duty in fold(known, law(), now(), now()) if duty.line.id not in but]
    return state_of(known, owed, now(), catalogue())


def set_aside(known: Sequence[Line]) -> set[UUID]:
    """The lowerings that a challenge set aside: what they opened goes with them, and what they ended stands again."""
    return {target for line in known if line.kind == SetAside.kind for target in line.regarding}


def without(known: Sequence[Line], person: str) -> list[Line]:
    """What would stand had one person said nothing but what two signed."""
    signed = {line.id for line, _ in standing(known, now()) if line.proposed}
    return [line for line in known if line.by != person or line.kind in OF_TWO or line.id in signed]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
@example([("decide", "front-door", 20), ("sign", "front-door", 0), ("decline", "front-door", 0)])
def test_whatever_is_said_nobody_lowers_anything_alone(store: Store, moves: list[tuple[str, str, int]]) -> None:
    mark = transaction.savepoint()
    try:
        _play(Played(store), moves)
    finally:
        transaction.savepoint_rollback(mark)


def _play(played: Played, moves: list[tuple[str, str, int]]) -> None:
    for what, by, number in moves:
        earlier, children = played.known(), [played.child(mention) for mention in played.mentions]
        with suppress(Denied, NeedsReason, Refused, Unanswerable):
            played.act(what, by, number)
        known = played.known()
        after = state(known)
        assert _met_wrongly(known) == []
        if what not in ("sign", "settle", "answer"):
            assert lowered(state(earlier, set_aside(known)), after) == []
            assert [less(one, played.child(m), only_more=False) for one, m in _each(children, played)] == [[], []]
        for person in AUTHORS:
            assert (person, [one.what for one in lowered(state(without(known, person)), after)]) == (person, [])


def _met_wrongly(known: Sequence[Line]) -> list[str]:
    """What was met by a discussion in which somebody was not there, or of another day; or ended by one person."""
    by_id, found = {line.id: line for line in known}, []
    signed = {line.id for line, _ in standing(known, now()) if line.proposed}
    for duty in fold(known, law(), now(), now()):
        done = by_id.get(duty.done_by) if duty.done_by else None
        fixes = [line for line in known if line.kind == Corrected.kind and line.id in signed]
        right = any(duty.done_by in line.regarding for line in fixes)
        if done and done.kind == TALKED and not _in_time(done, by_id[duty.opening], right=right):
            found.append(f"{duty.rule.id}: by one, or before")
        if done and duty.rule.id == "initial-conference" and done.id not in signed:
            found.append("initial-conference: by one")
    return found


def _in_time(done: Line, opening: Line, *, right: bool) -> bool:
    """Whether all came, as it was first said or as two put it right, and about when it was decided."""
    came = right or set(done.coded["present"]) >= set(ALL)
    return came and done.happened_at >= opening.happened_at - timedelta(days=2)


def _each(children: Sequence[Weighed], played: Played) -> list[tuple[Weighed, UUID]]:
    return list(zip(children, played.mentions, strict=True))
