"""Who writes to a child, what is owed to one who wrote, and what stops the writing."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.facts import TrainingHeld
from onrecord.access.rules import Denied
from onrecord.duties.facts import DisagreementRaised
from onrecord.duties.models import Owed
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import entries, lines, thread
from onrecord.mailbox.actions import ask_for_another, disagree, keep_none, not_safe, open_with, settle, write
from onrecord.mailbox.facts import (
    AnotherReaderAsked,
    ChildWrote,
    MayBeWatched,
    MessageRead,
    MessageWritten,
    OffenceClear,
    ReaderChanged,
    WayFound,
)
from onrecord.mailbox.facts.answers import HANDED_OVER, NO_WORDS, NOT_A_CHILD, WATCHED
from onrecord.mailbox.queries import box
from tests.partnership import DECISION
from tests.stages.mailbox.ground import told_by, trained, words_of, writes

CLEAR = {"first": "own", "words": "He makes me do things in his car."}


def state(opening: Any, rule: str) -> list[str]:
    return list(Owed.objects.filter(opening=opening.id, rule=rule).values_list("state", flat=True))


def test_somebody_trained_writes_and_it_acknowledges_the_report(store: Any) -> None:
    made = told_by()
    trained(store)
    writes(store, made)
    assert (state(made, "acknowledge-referral"), state(made, "tell-the-referrer")) == (["met"], ["open"])
    with pytest.raises(Refused, match="Nothing is decided on this report yet"):
        writes(store, made, says="decision", words="We start to look into it this week.")
    store.say("front-door", DecisionMade.heard(DECISION), made, about=[mention_of(made.id, "child")])
    writes(store, made, says="decision", words="We start to look into it this week, because of what you said.")
    assert state(made, "tell-the-referrer") == ["met"]


def test_nobody_else_writes(store: Any) -> None:
    made = told_by()
    with pytest.raises(Denied, match="trained to answer children"):
        writes(store, made)
    assert [line for line in thread(made.id) if line.kind == MessageWritten.kind] == []


def test_training_counts_only_when_two_agreed_and_until_its_day(store: Any) -> None:
    made = told_by()
    until = (now() + timedelta(days=30)).date()
    fact = TrainingHeld(user="front-door", sort="answers_children", until=until, why="Two days in September.")
    assert store.say("team-manager", fact).entry.proposed
    with pytest.raises(Denied):
        writes(store, made)
    trained(store, days=30)
    with playing(now() + timedelta(days=31)), pytest.raises(Denied):
        writes(store, made)
    writes(store, made)


@pytest.mark.parametrize(("by", "days"), [("front-door", 30), ("teacher", 30), ("team-manager", 400)])
def test_training_is_proposed_by_a_manager_and_for_a_year_at_most(store: Any, by: str, days: int) -> None:
    until = (now() + timedelta(days=days)).date()
    fact = TrainingHeld(user="front-door", sort="answers_children", until=until, why="Two days in September.")
    with pytest.raises((Denied, Refused)):
        store.say(by, fact)


def test_a_child_who_writes_again_is_owed_an_answer(store: Any) -> None:
    made = told_by()
    trained(store)
    again = write(made, "It happened again.", "page", now())
    assert state(again, "answer-the-child") == ["open"]
    writes(store, made, again)
    assert state(again, "answer-the-child") == ["met"]


def test_who_said_it_first_is_kept(store: Any) -> None:
    made = told_by()
    trained(store)
    first = write(made, "It happened again.", "one", now())
    writes(store, made, asks="tell", words="Tell me what happened.")
    second = write(made, "He drove me to the flat.", "two", now())
    third = write(made, "And he took my phone.", "three", now())
    said = [fact.first for one in (first, second, third) if isinstance(fact := one.saying.fact, ChildWrote)]
    assert said == ["own", "asked", "own"]


def test_the_same_page_sent_twice_is_said_once_and_other_words_are_never_lost(store: Any) -> None:
    made = told_by()
    once, again = (write(made, "It happened again.", "page", now()) for _ in range(2))
    other = write(made, "And he took my phone.", "page", now())
    assert (once.id == again.id, once.id == other.id) == (True, False)


def test_nothing_is_written_where_somebody_may_be_watching(store: Any) -> None:
    made = told_by()
    trained(store)
    not_safe(made, now())
    marked = next(line for line in thread(made.id) if line.kind == MayBeWatched.kind)
    assert list(Owed.objects.filter(opening=marked.id).values_list("rule", "state")) == [("safe-way-to-reach", "open")]
    with pytest.raises(Refused, match=WATCHED):
        writes(store, made)
    mark = entries([marked.id])[0]
    about = [mention_of(made.id, "child")]
    store.say("front-door", WayFound(how="not_yet", words="School is shut today."), mark, about=about)
    with pytest.raises(Refused, match=WATCHED):
        writes(store, made)
    store.say("front-door", WayFound(how="here_again", words="Her teacher asked her alone."), mark, about=about)
    assert state(mark, "safe-way-to-reach") == ["met"]
    writes(store, made)


def test_nobody_writes_where_nobody_could_read_it(store: Any) -> None:
    made = told_by()
    trained(store)
    keep_none(made, "sent", now())
    with pytest.raises(Refused, match=NO_WORDS[:30]):
        writes(store, made)
    assert state(made, "acknowledge-referral") == ["open"]


def test_only_a_child_is_written_to(store: Any) -> None:
    made = told_by("public")
    trained(store)
    with pytest.raises(Refused, match=NOT_A_CHILD[:30]):
        writes(store, made)
    with pytest.raises(Refused, match=NOT_A_CHILD[:30]):
        writes(store, store.report())
    assert state(made, "acknowledge-referral") == ["open"]


def test_once_an_offence_is_clear_nothing_more_is_asked_but_whether_she_is_safe(store: Any) -> None:
    made = told_by()
    trained(store)
    clear = store.say("front-door", OffenceClear.heard(CLEAR), made).entry
    with pytest.raises(Refused, match=HANDED_OVER[:30]):
        writes(store, made, asks="describe", words="Describe the car.")
    writes(store, made, asks="safety", words="Are you safe tonight?")
    writes(store, made, asks="nothing", words="A woman called Rae will talk with you, once.")
    assert state(clear, "offence-discussion") == ["open"]


def test_somebody_else_please_is_owed_by_a_manager(store: Any) -> None:
    made = told_by()
    asked = ask_for_another(made, "", "page", now())
    assert isinstance(asked.saying.fact, AnotherReaderAsked)
    assert list(Owed.objects.filter(opening=asked.id).values_list("rule", "role")) == [
        ("somebody-else-reads", "team_manager")
    ]
    changed = ReaderChanged(how="changed", reader="signer", words="Her reasons are her own.")
    with pytest.raises(Denied, match="trained to answer children"):
        store.say("team-manager", changed, asked)
    trained(store, "front-door")
    store.say("team-manager", changed.model_copy(update={"reader": "front-door"}), asked)
    assert state(asked, "somebody-else-reads") == ["met"]


def test_a_child_disagrees_with_the_decision_and_says_when_it_is_settled(store: Any) -> None:
    made = told_by()
    decided = store.decide(made).entry
    raised = disagree(made, "Come sooner.", "He waits every Friday.", "page", now())
    fact = raised.saying.fact
    assert isinstance(fact, DisagreementRaised)
    assert (fact.whose, fact.level, raised.saying.regarding) == ("child", "front_door", (decided.id,))
    assert state(raised, "disagreement-stage-1-front-door") == ["open"]
    settle(made, now())
    assert state(raised, "disagreement-stage-1-front-door") == ["met"]


def test_nobody_else_who_did_not_sign_in_settles_it(store: Any) -> None:
    hers, theirs = told_by(), told_by("public")
    both = [mention_of(made.id, "child") for made in (hers, theirs)]
    decided = store.say("front-door", DecisionMade.heard(DECISION), hers, theirs, about=both).entry
    raised = disagree(hers, "Come sooner.", "He waits every Friday.", "page", now())
    assert raised.saying.regarding == (decided.id,)
    settle(theirs, now())
    found = [state(raised, "disagreement-stage-1-front-door"), box(theirs, now()).disputed, box(hers, now()).disputed]
    assert found == [["open"], False, True]


def test_before_a_decision_a_child_disagrees_with_how_the_report_is_dealt_with(store: Any) -> None:
    made = told_by()
    raised = disagree(made, "Read it.", "(not said)", "page", now())
    assert raised.saying.regarding == (made.id,)
    assert [line.kind for line in lines([made.id])] != [DecisionMade.kind]


def test_a_message_is_noted_as_shown_when_the_box_is_opened(store: Any) -> None:
    made = told_by()
    trained(store)
    own, second = words_of(made)
    message = writes(store, made).entry
    open_with(second, now())
    assert [line for line in thread(made.id) if line.kind == MessageRead.kind] == []
    for _ in range(2):
        open_with(own, now())
    assert [line.regarding for line in thread(made.id) if line.kind == MessageRead.kind] == [(message.id,)]


def test_nobody_says_in_a_childs_name_what_a_child_says(store: Any) -> None:
    made = told_by()
    with pytest.raises(Denied, match="by nobody for them"):
        store.say("front-door", ChildWrote(words="I made it up.", first="own"), made)


def test_a_childs_report_is_owed_what_a_professionals_is(store: Any) -> None:
    owed = [
        list(Owed.objects.filter(opening=made.id).order_by("rule").values_list("rule", "role", "agency", "due_at"))
        for made in (told_by(), told_by("public"), store.report(child={"given_name": "Zephyrine"}))
    ]
    assert [rule for rule, *_ in owed[0]] == [
        "acknowledge-referral",
        "already-known",
        "decide-next-step",
        "tell-the-referrer",
    ]
    assert owed[0] == owed[1] == owed[2]
