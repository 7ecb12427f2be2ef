"""Nobody puts another's words otherwise unseen: whoever said them agrees first, and is told of everything else."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from onrecord.access.actions import take_up_role
from onrecord.access.models import Role
from onrecord.access.rules import Denied
from onrecord.case.facts import ExploitationAssessed, MeetingHeld
from onrecord.duties.actions.challenge import may_dispute
from onrecord.duties.facts import DisagreementRaised
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, Fact, Seconded
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import corrected, size
from onrecord.notices.queries import to
from tests.partnership import ASSESSED, DECISION, PEOPLE, START, Store
from tests.stages.duties.test_record_file import run  # noqa: F401  # the door of a file

WHY = "It was put too strongly."
AGREED = Seconded(why="Yes, that is what I meant.")
UNMEANT = {"whose": "worker", "different": "It stays open.", "why": "She came with bruises."}
SIDE = {"level": "practitioner", "decided_by": "childrens_social_care"}
SAID: dict[str, tuple[Fact, str, Any]] = {
    "decision": (DecisionMade.heard(DECISION), "why", "Little is known."),
    "assessment": (ExploitationAssessed(level="serious", **ASSESSED), "judgement", "Nothing much."),
    "its rows": (ExploitationAssessed(level="serious", **ASSESSED), "could_happen", []),
    "the child's words": (ExploitationAssessed(level="serious", **ASSESSED), "child_says", "Nothing."),
}
"""What somebody of social care records, a field with words in it, and other words for it."""


def fix(field: str, value: Any) -> Corrected:
    return Corrected(field=field, value=json.dumps(value), why=WHY)


def stands(made: Entry) -> Fact:
    """What an entry says now."""
    return corrected([made], now())[made.id].entry.saying.fact


def said(store: Store, name: str, by: str = "front-door") -> tuple[Entry, Corrected]:
    """Something that somebody of social care recorded, and the same in other words."""
    fact, field, value = SAID[name]
    return store.say(by, fact, store.report()).entry, fix(field, value)


def lines_to(user: str) -> list[str]:
    return [one.line.partition(": ")[2] for one in to(user)]


@pytest.fixture
def spoken(store: Store) -> tuple[Entry, Entry]:
    """An assessment of the social worker, and the words that their manager proposes for it."""
    made, other = said(store, "assessment", by="social-worker")
    return made, store.say("team-manager", other, made).entry


@pytest.mark.parametrize("name", sorted(set(SAID) - {"its rows"}))
@pytest.mark.parametrize("by", ["team-manager", "head", "director"])
def test_no_manager_changes_the_words_of_their_own_people_alone(store: Store, by: str, name: str) -> None:
    made, other = said(store, name)
    waits = store.say(by, other, made).entry
    assert (waits.proposed, waits.saying.fact.author, stands(made)) == (True, "front-door", made.saying.fact)


def test_what_would_not_even_be_an_answer_is_refused_in_words(store: Store) -> None:
    made, other = said(store, "its rows")
    before = size()
    with pytest.raises(ValueError, match="feared"):
        store.say("team-manager", other, made)
    assert size() == before


def test_nor_the_words_of_a_disagreement(store: Store) -> None:
    made = store.report(by="front-door")
    raised = store.say("front-door", DisagreementRaised.heard(UNMEANT | SIDE | {"level": "front_door"}), made).entry
    waits = store.say("team-manager", fix("why", "She was tired."), raised).entry
    assert (waits.proposed, waits.saying.fact.author) == (True, "front-door")


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"social-worker", "scrutineer", "inspectorate"}))
def test_nobody_agrees_for_them(store: Store, spoken: tuple[Entry, Entry], user: str) -> None:
    made, waits = spoken
    before = size()
    with pytest.raises(Denied):
        store.say(user, AGREED, waits)
    assert (size(), stands(made)) == (before, made.saying.fact)


def test_nor_does_a_meeting(store: Store, spoken: tuple[Entry, Entry]) -> None:
    made, waits = spoken
    held = {"sort": "exploitation_panel", "group": "Panel", "present": ["G. Tarn"], "trusted_adult": "none_named"}
    came = MeetingHeld.heard(held | {"came": ["childrens_social_care", "health", "police"]})
    met = store.say("chair", came, about=list(made.mentions)).entry
    with pytest.raises(Denied):
        store.say("chair", Seconded(why="Agreed.", meeting=str(met.id)), waits)


@pytest.mark.parametrize("user", ["social-worker", "scrutineer", "inspectorate"])
def test_it_counts_when_they_agree_or_somebody_outside(store: Store, spoken: tuple[Entry, Entry], user: str) -> None:
    made, waits = spoken
    store.say(user, AGREED, waits)
    assert stands(made).judgement == "Nothing much."
    assert set(rebuild(check=True).values()) == {True}


def test_they_are_told_and_asked(store: Store, spoken: tuple[Entry, Entry]) -> None:
    told = "Somebody else proposes to put right what you said. Sign in to agree or disagree."
    assert (lines_to("social-worker"), lines_to("team-manager")) == ([told], [])


def test_who_is_asked_is_nothing_that_anybody_types(store: Store) -> None:
    made, other = said(store, "decision")
    typed = other.model_copy(update={"author": "director", "agrees": "police"})
    waits = store.say("team-manager", typed, made).entry.saying.fact
    assert (waits.author, waits.agrees) == ("front-door", None)
    assert store.say("front-door", typed, made).entry.saying.fact.author is None


def test_of_another_agency_it_is_the_person_too_and_no_colleague_of_theirs(store: Store) -> None:
    take_up_role("form-tutor", "Wren Ashdown", "practitioner", "school", date(2026, 1, 1), now())
    made = store.report()
    waits = store.say("front-door", fix("words", "A car waits."), made).entry
    assert (waits.saying.fact.author, waits.saying.fact.agrees) == ("teacher", "school")
    with pytest.raises(Denied):
        store.say("form-tutor", AGREED, waits)
    store.say("teacher", AGREED, waits)
    assert stands(made).words == "A car waits."


@pytest.mark.parametrize("by", ["team-manager", "form-tutor"])
def test_where_they_left_somebody_else_is_asked_and_their_manager_told(store: Store, by: str) -> None:
    take_up_role("form-tutor", "Wren Ashdown", "practitioner", "school", date(2026, 1, 1), now())
    take_up_role("deputy", "Maud Tunnicliff", "team_manager", "school", date(2026, 1, 1), now())
    made = store.report()
    Role.objects.filter(user="teacher").update(ended_seq=1)  # the only way here to leave without two signatures
    waits = store.say(by, fix("words", "A car waits."), made).entry
    asked, told = (("school", "deputy"), ["deputy"]) if by == "team-manager" else ((None, "signer"), ["deputy"])
    assert (waits.proposed, waits.saying.fact.author, waits.saying.fact.agrees) == (True, None, asked[0])
    assert [user for user in (*PEOPLE, "deputy", "form-tutor") if to(user)] == told
    with pytest.raises(Denied):
        store.say("nurse", AGREED, waits)
    store.say(asked[1], AGREED, waits)
    assert stands(made).words == "A car waits."


def test_what_is_no_word_of_theirs_is_put_right_by_a_colleague_and_they_are_told(store: Store) -> None:
    made, _ = said(store, "decision")
    assert store.say("team-manager", fix("crime_alleged", "yes"), made).entry.proposed is False
    assert stands(made).crime_alleged == "yes"
    told = "A colleague put right something you recorded. What you said stands beside it. "
    assert lines_to("front-door") == [f"{told}Sign in to read it, or to disagree."]


def test_what_would_lower_something_is_told_them_too(store: Store) -> None:
    made, _ = said(store, "assessment", by="social-worker")
    why = {"reason": "new_information", "words": "A second visit showed less."}
    assert store.say("team-manager", fix("level", "emerging"), made, lowering=why).entry.proposed
    (told,) = lines_to("social-worker")
    assert told.startswith("Somebody else proposes to put right something you recorded.")


def test_they_can_disagree_with_what_was_done(store: Store) -> None:
    made, _ = said(store, "decision")
    done = store.say("team-manager", fix("crime_alleged", "yes"), made).entry
    assert may_dispute(store.viewer("front-door"), done.id)


def test_ones_own_words_one_puts_right_alone_and_nobody_is_told(store: Store) -> None:
    made, other = said(store, "assessment", by="social-worker")
    assert store.say("social-worker", other, made).entry.proposed is False
    assert stands(made).judgement == "Nothing much."
    assert [user for user in PEOPLE if to(user)] == []


def test_what_a_child_said_is_not_put_otherwise_by_whoever_wrote_it_down(store: Store) -> None:
    made, other = said(store, "the child's words", by="social-worker")
    waits = store.say("social-worker", other, made).entry
    assert (waits.proposed, waits.saying.fact.author, stands(made).child_says) == (True, None, ASSESSED["child_says"])
    for user in ("social-worker", "team-manager", "nurse"):
        with pytest.raises(Denied):
            store.say(user, AGREED, waits)
    store.say("signer", AGREED, waits)
    assert stands(made).child_says == "Nothing."


def test_a_file_is_no_way_round(store: Store, run: Any) -> None:  # noqa: F811
    made, _ = said(store, "decision")
    line = {"kind": "ledger.corrected", "regarding": [str(made.id)]}
    body = {"field": "why", "value": '"Little is known."', "why": WHY, "author": "team-manager"}
    answer = run(line | {"body": body}, by="team-manager")
    assert (answer.exit_code, stands(made)) == (0, made.saying.fact)
    assert lines_to("front-door")[0].startswith("Somebody else proposes")


def test_said_again_it_is_one_proposal(store: Store) -> None:
    made, other = said(store, "decision")
    first = store.say("team-manager", other, made).entry
    with playing(START + timedelta(hours=1)):
        again = store.say("team-manager", other, made, uid=first.id, happened=first.saying.happened)
    assert again.entry == first
    assert len(lines_to("front-door")) == 1


def test_nor_is_who_saw_the_level_otherwise_taken_out_by_whoever_judged(store: Store) -> None:
    other = {"who": "Sam Whitlock", "sort": "police", "why": "I have seen the messages."}
    judged = ExploitationAssessed.heard(ASSESSED | {"level": "emerging", "disagrees": [other]})
    made = store.say("social-worker", judged, store.report()).entry
    for value in ([], [other | {"why": "I agree now."}]):
        assert store.say("social-worker", fix("disagrees", value), made).entry.proposed
    assert stands(made) == judged


@pytest.mark.parametrize(
    ("field", "value"), [("child", {"described": "A girl."}), ("setting", "home"), ("vehicles", [])]
)
def test_nor_is_what_somebody_told_us_of_the_child_or_the_place(store: Store, field: str, value: Any) -> None:
    made = store.report(by="front-door")
    waits = store.say("team-manager", fix(field, value), made).entry
    assert (waits.proposed, waits.saying.fact.author, stands(made)) == (True, "front-door", made.saying.fact)
    assert store.say("front-door", fix(field, value), made).entry.proposed is False
