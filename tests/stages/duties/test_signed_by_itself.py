"""What is signed by itself is signed by itself at every door; what may be signed together still may."""

import json
from uuid import UUID, uuid4

import pytest

from onrecord.duties.actions import Unanswerable, record_all
from onrecord.duties.actions.file import LinesRefused, record_lines
from onrecord.duties.rules.lines import read_lines
from onrecord.ledger.facts import Entry, Saying, Seconded, When, mention_of
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.linkage.facts import KnownBeforeAnswered
from tests.pages.test_joint_list_together import OLDER, propose, signatures
from tests.partnership import Store
from tests.stages.duties.test_lowering import GOOD, corrected

YOUNG = OLDER | {"born": "2014-01-03"}


def file_of(*proposals: Entry) -> bytes:
    lines = [{"kind": Seconded.kind, "regarding": [str(made.id)], "body": {"why": "Yes."}} for made in proposals]
    return "\n".join(map(json.dumps, lines)).encode()


def send(store: Store, *proposals: Entry) -> int:
    given = read_lines(file_of(*proposals), catalogue(), now(), HERE)
    return len(record_lines(store.viewer("signer"), given, now()))


def test_a_file_signs_several_ordinary_ones(store: Store) -> None:
    made = [propose(store), propose(store)]
    assert (send(store, *made), signatures()) == (2, 2)
    assert (send(store, *made), signatures()) == (2, 2)


def test_a_file_does_not_sign_with_others_what_is_signed_by_itself(store: Store) -> None:
    plain, young = propose(store), propose(store, child=YOUNG)
    with pytest.raises(LinesRefused) as refused:
        send(store, plain, young)
    assert [(fault.line, fault.rule, fault.message) for fault in refused.value.faults] == [
        (2, "signed by itself", "This is signed by itself, not with others at once: under 13.")
    ]
    assert signatures() == 0


@pytest.mark.parametrize(
    ("first", "field", "after", "why"),
    [
        ({"concern": "missing"}, "concern", "criminal_exploitation", "was missing"),
        ({"setting": "care_home"}, "setting", "home", "looked after"),
    ],
)
def test_whoever_puts_right_what_they_said_takes_no_reason_away(
    first: dict[str, str], field: str, after: str, why: str, store: Store
) -> None:
    report = store.report(child=OLDER, **first)
    store.say("front-door", KnownBeforeAnswered(answer="not_known"), report, about=[mention_of(report.id, "child")])
    concern = first.get("concern", "sexual_exploitation")
    reported = store.decide(report, lowering=GOOD, outcome="no_further_action", concern=concern).entry
    assert not store.say("teacher", corrected(field, after), report).entry.proposed
    with pytest.raises(LinesRefused) as refused:
        send(store, propose(store), reported)
    assert [fault.message for fault in refused.value.faults] == [
        f"This is signed by itself, not with others at once: {why}."
    ]


def test_alone_it_is_signed_by_a_file_too(store: Store) -> None:
    assert (send(store, propose(store, child=YOUNG)), signatures()) == (1, 1)


def test_nor_does_any_other_door(store: Store) -> None:
    made, viewer = [propose(store), propose(store, child=YOUNG)], store.viewer("signer")

    def said(uid: UUID) -> Saying:
        who = (viewer.user, viewer.seat.role, viewer.seat.agency)
        return Saying(uuid4(), Seconded(why="Yes."), *who, When.at(now()), regarding=(uid,))

    with pytest.raises(Unanswerable, match="under 13"):
        record_all(viewer, [(said(one.id), None) for one in made], now())
    assert signatures() == 0
