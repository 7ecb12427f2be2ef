"""Whoever records something harmless under an id that can be worked out beforehand keeps nothing from being said."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from onrecord.duties.actions import tick
from onrecord.duties.actions.challenge import answering_side
from onrecord.duties.facts import DisagreementRaised, DisagreementSettled
from onrecord.duties.models import Beat
from onrecord.duties.rules.challenge import SETTLED, disputes
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import carry_out, name_agreed, name_witnesses
from onrecord.ledger.facts import Entry, Erasing, Seconded, WitnessesNamed
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.files import open_file
from onrecord.ledger.queries import entry, last_of, lines, thread, witness_file
from onrecord.mailbox.actions import (
    OWN,
    WATCHED,
    disagree,
    keep_none,
    not_safe,
    open_with,
    send_file,
    settle,
    words_for,
)
from onrecord.mailbox.actions import write as write_there
from onrecord.mailbox.actions.box import said_id
from onrecord.mailbox.facts import ChildWrote, FileSent, MayBeWatched, MessageRead, WordsGivenUp
from onrecord.mailbox.models import BoxWords
from tests.house.tree import ROOT, written
from tests.partnership import START, Store
from tests.stages.ledger.erasing import NOTE, machine, proposed, said
from tests.stages.mailbox.ground import told_by, trained, words_of, writes

ELSEWHERE = {
    ("notices/actions.py", "queue"): "a notice, and no entry",
    ("intake/actions/reporting.py", "_marks"): "its report's id is drawn by the page, and nobody else knows it",
    ("exchange/actions/mail.py", "_reported"): "it takes another id by itself",
    ("exchange/actions/paper.py", "draft"): "a draft, which somebody then sends",
}
"""Where an id is made from another and not asked about, and why."""


def taken(store: Store, uid: UUID) -> UUID:
    """Somebody recorded something harmless under an id before."""
    return store.report("nurse", uid=uid).id


def said_of(made: Entry, kind: str) -> list[tuple[UUID, ...]]:
    """What each entry of a kind regards, of those that follow an entry."""
    return [line.regarding for line in thread(made.id) if line.kind == kind]


def test_the_second_words_still_mark_that_somebody_may_be_watching(store: Store) -> None:
    made = told_by()
    _, second = words_of(made)
    taken(store, uuid5(made.id, f"{MayBeWatched.kind}/0"))
    assert [found and found[1] for found in (open_with(second, now()), open_with(second, now()))] == [WATCHED] * 2
    assert said_of(made, MayBeWatched.kind) == [(made.id,)]


def test_not_safe_to_write_here_is_still_said(store: Store) -> None:
    made = told_by()
    taken(store, uuid5(made.id, f"{MayBeWatched.kind}/0"))
    not_safe(made, now())
    assert said_of(made, MayBeWatched.kind) == [(made.id,)]


def test_the_own_words_still_open_the_box_and_note_what_was_shown(store: Store) -> None:
    made = told_by()
    own, _ = words_of(made)
    trained(store)
    message = writes(store, made).entry
    taken(store, uuid5(message.id, MessageRead.kind))
    assert [found and found[1] for found in (open_with(own, now()), open_with(own, now()))] == [OWN] * 2
    assert said_of(made, MessageRead.kind) == [(message.id,)]


def test_words_are_still_handed_out_and_still_given_up_for_good(store: Store) -> None:
    made = told_by()
    taken(store, uuid5(made.id, WordsGivenUp.kind))
    words_of(made)
    keep_none(made, "later", now())
    keep_none(made, "later", now())
    assert said_of(made, WordsGivenUp.kind) == [(made.id,)]
    assert (words_for(made.id), BoxWords.objects.filter(entry=made.id).exists()) == (None, False)


def test_what_a_child_writes_is_kept_once_and_answered_with_nothing_else(store: Store) -> None:
    made, fact = told_by(), ChildWrote(words="He is outside.", first="own")
    uid = taken(store, said_id(made, fact, "page"))
    first, again = (write_there(made, fact.words, "page", now()) for _ in range(2))
    assert (first.id, first.saying.fact) == (again.id, fact)
    assert first.id != uid


def test_a_file_that_a_child_sends_is_kept_under_the_id_of_its_own_entry(store: Store) -> None:
    made, piece = told_by(), Piece("voice.ogg", "audio/ogg", b"a voice")
    said_before = {"name": piece.name, "media_type": piece.media_type, "size": "7", "sha256": piece.digest}
    taken(store, said_id(made, FileSent.heard(said_before), ""))
    sent = send_file(made, piece, now())
    assert (sent.kind, open_file(sent.id)) == (FileSent.kind, b"a voice")


def test_that_a_child_says_it_is_settled_is_not_lost_to_somebody_who_said_the_same_of_their_own(store: Store) -> None:
    made, own = told_by(), store.report()
    raised = disagree(made, "Somebody talks to me.", "I was not asked.", "page", now())
    level, sort = answering_side(lines([own.id])[0])
    again = {"different": "Look again.", "why": "I saw more.", "whose": "worker", "level": level, "decided_by": sort}
    theirs = store.say("teacher", DisagreementRaised.heard(again), own).entry
    uid = uuid5(made.id, f"{DisagreementSettled.kind}/{raised.id}/{DisagreementSettled().model_dump_json()}")
    store.say("teacher", DisagreementSettled(), theirs, uid=uid)
    settle(made, now())
    settle(made, now())
    assert said_of(made, DisagreementSettled.kind) == [(raised.id,)]
    assert [one.state for one in disputes(thread(made.id), now())] == [SETTLED]


def test_an_erasure_agreed_to_is_carried_out_once(store: Store) -> None:
    made = store.report()
    asked = proposed(Erasing(entry=str(made.id), field="words"))
    taken(store, uuid5(asked.id, f"erased/{made.id}"))
    said(Seconded(why="It is so."), "head", "head_of_service", "school", asked.id)
    carried = carry_out(asked.id, now())
    assert [one.saying.regarding for one in carried] == [(asked.id, made.id)]
    assert entry(made.id).saying.fact.words == NOTE  # type: ignore[attr-defined]
    assert carry_out(asked.id, now()) == []


def test_witnesses_who_were_agreed_to_are_named(store: Store) -> None:
    asked = machine(WitnessesNamed(signers="nobody", digest="0" * 64, policy="quorum none\n", outside="less"))
    taken(store, uuid5(asked.id, "agreed"))
    named = name_agreed(asked.id, now())
    assert (named.kind, named.saying.regarding) == (WitnessesNamed.kind, (asked.id,))


def test_that_the_file_of_witnesses_agrees_again_is_said_and_nothing_stops_signing(
    store: Store, fresh_home: Path
) -> None:
    path = fresh_home / "witnesses.policy"
    path.write_text("quorum none\n")
    name_witnesses()
    path.unlink()
    name_witnesses()
    assert witness_file() == "gone"
    taken(store, uuid5(last_of(["ledger.witness_file_differs"], 1)[0].id, "agrees"))
    path.write_text("quorum none\n")
    name_witnesses()
    assert witness_file() == ""


def test_whatever_goes_wrong_while_signing_the_watch_goes_on_and_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = []

    def fails(using: str) -> Any:
        if using == "default":
            raise RuntimeError("Zephyrine")
        signed.append(using)

    watch = sys.modules[tick.__module__]
    monkeypatch.setattr(watch, "checkpoint", fails)
    monkeypatch.setattr(watch, "news", lambda using, now: True)
    done = tick(START)
    assert (signed, done.checkpoint) == (["reads"], True)
    assert done.frozen == Beat.objects.get(at=START).frozen
    assert ("RuntimeError" in done.frozen, "Zephyrine" in done.frozen) == (True, False)


def unasked(node: ast.AST, inside: str = "") -> Iterator[str]:
    """The functions in which an id is made from another, and not asked whether it is taken."""
    name = node.name if isinstance(node, ast.FunctionDef) else inside
    called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
    if called == "uuid5" and name:
        yield name
    if called != "untaken":
        for child in ast.iter_child_nodes(node):
            yield from unasked(child, name)


def test_no_action_makes_an_id_from_another_without_asking_whether_it_is_taken() -> None:
    home = ROOT / "src" / "onrecord"
    names = {path: path.relative_to(home).as_posix() for path in written("src/onrecord")}
    actions = {path: name for path, name in names.items() if "/actions" in name}
    found = {(name, one) for path, name in actions.items() for one in unasked(ast.parse(path.read_text("utf-8")))}
    assert found - ELSEWHERE.keys() == set()
    assert len(found) > 0
    assert list(unasked(ast.parse("def f():\n    append(said(uid=uuid5(uid, 'x')), untaken(uuid5(uid, 'y'), k))"))) == [
        "f"
    ]
