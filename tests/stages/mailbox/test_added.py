"""What is added to a report is owed a decision: a new one, or that it is worked on, or that two find nothing new."""

from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import Recorded, Unanswerable
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import at_the_door
from onrecord.intake.facts import DecisionMade, ReportSetAside
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.facts import Entry, Seconded, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.actions import send_file, write
from onrecord.mailbox.facts import AddedWeighed
from onrecord.mailbox.facts.added import NOT_WORKED_ON, UNDECIDED
from tests.partnership import DECISION
from tests.stages.mailbox.ground import told_by, trained, writes

ENDED = {"reason": "harm_not_found", "words": "Nobody was found where she said."}
NOTHING = {"comes": "nothing_new", "why": "She asks whether we read it."}
TOLD = {"comes": "worked_on", "why": "Devi Harrow, who works with her, was told on the phone at ten."}


def owed(opening: Entry, rule: str = "decide-on-what-was-added") -> list[str]:
    return list(Owed.objects.filter(opening=opening.id, rule=rule).values_list("state", flat=True))


def decides(store: Any, made: Entry, *more: Entry, outcome: str = "assess", **said: Any) -> Recorded:
    about = [mention_of(made.id, "child")]
    fact = DecisionMade.heard(DECISION | {"outcome": outcome})
    return store.say("front-door", fact, made, *more, about=about, **said)  # type: ignore[no-any-return]


def ended(store: Any, made: Entry, *more: Entry) -> Recorded:
    """No further action, as two people agree."""
    proposed = decides(store, made, *more, outcome="no_further_action", lowering=ENDED)
    assert proposed.entry.proposed
    store.say("signer", Seconded(why="I read it too."), proposed.entry)
    return proposed


def weighs(store: Any, made: Entry, *more: Entry, by: str = "front-door", **said: Any) -> Recorded:
    about = [mention_of(made.id, "child")]
    return store.say(by, AddedWeighed.heard(said), made, *more, about=about)  # type: ignore[no-any-return]


def test_what_is_said_after_the_end_is_owed_a_decision_that_no_message_meets(store: Any) -> None:
    made = told_by()
    trained(store)
    ended(store, made)
    again = write(made, "He came to the school gate.", "page", now())
    writes(store, made, again)
    assert (owed(again), owed(again, "answer-the-child")) == (["open"], ["met"])
    decides(store, made, again)
    assert owed(again) == ["met"]


def test_it_is_not_ended_again_by_one_person(store: Any) -> None:
    made = told_by()
    ended(store, made)
    again = write(made, "He came to the school gate.", "page", now())
    with pytest.raises(Exception, match="needs a reason, and a second person"):
        decides(store, made, again, outcome="no_further_action")
    assert owed(again) == ["open"]
    ended(store, made, again)
    assert owed(again) == ["met"]


def test_where_the_report_could_be_ended_by_one_what_was_added_takes_two(store: Any) -> None:
    made = told_by("public", concern="other")
    about = [mention_of(made.id, "child")]
    small = DecisionMade.heard(DECISION | {"outcome": "no_further_action", "concern": "other"})
    assert not store.say("front-door", small, made, about=about).entry.proposed
    again = write(made, "It is not about the noise. Men wait for her.", "page", now())
    with pytest.raises(Exception, match="needs a reason, and a second person"):
        store.say("front-door", small, made, again, about=about)


def test_that_it_says_nothing_new_takes_two_and_asks_no_other_reason(store: Any) -> None:
    made = told_by()
    ended(store, made)
    again = write(made, "Is anybody there?", "page", now())
    proposed = weighs(store, made, again, **NOTHING)
    assert (proposed.entry.proposed, owed(again)) == (True, ["open"])
    assert proposed.entry.saying.lowering is not None
    assert proposed.entry.saying.lowering.words == NOTHING["why"]
    with pytest.raises(Denied):
        store.say("team-manager", Seconded(why="Yes."), proposed.entry)
    store.say("signer", Seconded(why="It is a question, and was answered."), proposed.entry)
    assert owed(again) == ["met"]


def test_nobody_signs_that_it_ends_once_the_child_has_said_more(store: Any) -> None:
    made = told_by()
    proposed = decides(store, made, outcome="no_further_action", lowering=ENDED)
    write(made, "He came to the school gate.", "page", now())
    with pytest.raises(Unanswerable):
        store.say("signer", Seconded(why="I read it too."), proposed.entry)


def test_that_it_is_worked_on_is_taken_only_where_somebody_works(store: Any) -> None:
    made = told_by()
    early = write(made, "He came to the school gate.", "page", now())
    with pytest.raises(Refused) as refused:
        weighs(store, made, early, **TOLD)
    assert refused.value.faults[0].message == UNDECIDED
    ended(store, made, early)
    again = write(made, "He came again.", "page", now())
    with pytest.raises(Refused) as refused:
        weighs(store, made, again, **TOLD)
    assert refused.value.faults[0].message == NOT_WORKED_ON
    decides(store, made, again)
    third = write(made, "He came once more.", "page", now())
    assert not weighs(store, made, third, **TOLD).entry.proposed
    assert (owed(early), owed(again), owed(third)) == (["met"], ["met"], ["met"])


@pytest.mark.parametrize("by", ["teacher", "signer", "social-worker"])
def test_only_those_who_decide_on_reports_weigh_it(store: Any, by: str) -> None:
    made = told_by()
    decides(store, made)
    again = write(made, "He came again.", "page", now())
    with pytest.raises((Denied, Unanswerable)):
        weighs(store, made, again, by=by, **TOLD)
    assert owed(again) == ["open"]


def test_a_voice_message_is_owed_a_decision_and_an_answer(store: Any) -> None:
    made = told_by()
    trained(store)
    decides(store, made)
    sent = send_file(made, Piece("voice.m4a", "audio/mp4", b"not heard by anybody"), now())
    rules = ("decide-on-what-was-sent", "answer-the-child-file")
    assert [owed(sent, rule) for rule in rules] == [["open"], ["open"]]
    writes(store, made, sent)
    assert [owed(sent, rule) for rule in rules] == [["open"], ["met"]]
    weighs(store, made, sent, **TOLD)
    assert owed(sent, rules[0]) == ["met"]


def test_the_first_decision_answers_what_was_added_before_it_and_no_other(store: Any) -> None:
    made, other = told_by(), told_by("parent")
    early, apart = write(made, "One thing more.", "page", now()), write(other, "One thing more.", "page", now())
    decides(store, made, early)
    assert (owed(early), owed(apart)) == (["met"], ["open"])


def test_setting_the_report_aside_answers_it_when_two_agreed(store: Any) -> None:
    made = told_by("other")
    again = write(made, "Buy now.", "page", now())
    about = [mention_of(made.id, "child")]
    fact = ReportSetAside(because="advertising", why="It sells shoes.")
    proposed = store.say("front-door", fact, made, again, about=about)
    assert owed(again) == ["open"]
    store.say("signer", Seconded(why="It does."), proposed.entry)
    assert owed(again) == ["met"]


def test_the_front_door_sees_what_was_added_to_what_is_decided(store: Any) -> None:
    made, waits, quiet = told_by(), told_by("parent"), told_by("public")
    decides(store, made)
    decides(store, quiet)
    again = write(made, "He came again.", "page", now())
    write(waits, "One thing more.", "page", now())
    due = Owed.objects.get(opening=again.id, rule="decide-on-what-was-added").due_at
    waiting, added = at_the_door()
    assert ([uid for uid, _, _ in waiting], added) == ([waits.id], {made.id: due})
