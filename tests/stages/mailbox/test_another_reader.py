"""“Someone else please”: whoever answered until then writes to the child no more, unless the child chooses them."""

from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable
from onrecord.ledger.facts import Corrected, Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.actions import ask_for_another
from onrecord.mailbox.facts import MessageWritten, ReaderChanged
from onrecord.mailbox.facts.another import stepped_aside
from tests.pages.browsing import sheet, signed_in, text
from tests.stages.mailbox.ground import told_by, trained, writes

NO_MORE = "The child asked for somebody else, and you answered before"
ASKED = ("mailbox.another_reader_asked", "somebody", {})


def wrote(by: str, kind: str = "mailbox.message_written") -> tuple[str, str, dict[str, Any]]:
    return kind, by, {}


def changed(how: str, reader: str) -> tuple[str, str, dict[str, Any]]:
    return ReaderChanged.kind, "manager", {"how": how, "reader": reader}


@pytest.mark.parametrize(
    ("said", "aside"),
    [
        ([wrote("a"), wrote("b")], set()),
        ([ASKED, wrote("a")], set()),
        ([wrote("a"), wrote("b"), ASKED, wrote("c")], {"a", "b"}),
        ([wrote("a"), ASKED, wrote("c"), ASKED], {"a", "c"}),
        ([wrote("a", "intake.report_acknowledged"), wrote("b", "intake.decision_made"), ASKED], {"b"}),
        ([wrote("a", "intake.report_acknowledged"), wrote("b"), ASKED], {"b"}),
        ([wrote("a"), ASKED, changed("changed", "a")], {"a"}),
        ([wrote("a"), ASKED, changed("chosen", "a")], set()),
    ],
)
def test_who_steps_aside(said: list[tuple[str, str, dict[str, Any]]], aside: set[str]) -> None:
    assert stepped_aside(said) == aside


def test_whoever_wrote_before_writes_no_more_and_another_does(store: Any) -> None:
    made = told_by()
    trained(store)
    trained(store, "team-manager")
    writes(store, made)
    asked = ask_for_another(made, "", "page", now())
    with pytest.raises(Denied, match=NO_MORE):
        writes(store, made)
    with pytest.raises(Denied, match=NO_MORE):
        writes(store, asked, made)
    assert isinstance(writes(store, made, by="team-manager").entry.saying.fact, MessageWritten)


def test_it_is_not_handed_back_to_whoever_stepped_aside_unless_the_child_chose_them(store: Any) -> None:
    made = told_by()
    trained(store)
    trained(store, "team-manager")
    writes(store, made)
    asked = ask_for_another(made, "", "page", now())
    back = ReaderChanged(how="changed", reader="front-door", words="There is nobody else.")
    with pytest.raises(Denied, match="the person you name answered before"):
        store.say("team-manager", back, asked)
    mine = ReaderChanged(how="chosen", reader="front-door", words="She said so.")
    with pytest.raises(Denied, match=NO_MORE):
        store.say("front-door", mine, asked)
    said = store.say("team-manager", mine, asked).entry
    with pytest.raises(Denied, match=NO_MORE):
        writes(store, made)
    store.say("signer", Seconded(why="She told me the same."), said)
    assert (said.proposed, type(writes(store, made).entry.saying.fact)) == (True, MessageWritten)


def test_nobody_is_put_back_by_putting_right_who_reads_now(store: Any) -> None:
    made = told_by()
    trained(store)
    trained(store, "team-manager")
    writes(store, made)
    asked = ask_for_another(made, "", "page", now())
    said = store.say("head", ReaderChanged(how="changed", reader="team-manager", words="She may."), asked).entry
    for field, value in (("how", "chosen"), ("reader", "front-door")):
        with pytest.raises(Unanswerable):
            store.say("head", Corrected(field=field, value=f'"{value}"', why="A slip."), said)
    with pytest.raises(Denied, match=NO_MORE):
        writes(store, made)


def test_that_the_child_chose_somebody_who_never_answered_is_taken_at_once(store: Any) -> None:
    made = told_by()
    trained(store)
    trained(store, "team-manager")
    writes(store, made)
    asked = ask_for_another(made, "", "page", now())
    chosen = ReaderChanged(how="chosen", reader="team-manager", words="She said so.")
    assert store.say("head", chosen, asked).entry.proposed is False


def test_the_page_says_so_and_names_only_others_who_are_trained(store: Any) -> None:
    made = told_by()
    trained(store)
    trained(store, "team-manager")
    writes(store, made)
    ask_for_another(made, "", "page", now())
    page = text(signed_in("front-door").get(f"/messages/{made.id}"))
    assert "you answered before. Another person who is trained writes now." in page
    assert 'id="form-write"' not in page
    manager = signed_in("team-manager")
    offered = text(manager.get(f"/messages/{made.id}"))
    assert ("Ruth Oyelaran</option>" in offered, "Asha Verne</option>" in offered) == (True, False)
    sent = sheet("reader", how="changed", reader="team-manager", words="She asked for a woman.")
    assert manager.post(f"/messages/{made.id}", sent).status_code == 302
