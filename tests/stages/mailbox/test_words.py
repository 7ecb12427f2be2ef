"""Six words open a mailbox: shown once, kept as a keyed hash, and found again by nobody."""

import re
from itertools import combinations
from typing import Any

import pytest
from django.db import connection

from onrecord.cli.ills import ills
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import lines, thread
from onrecord.mailbox.actions import OWN, WATCHED, keep_none, open_with, words_for
from onrecord.mailbox.facts import MayBeWatched
from onrecord.mailbox.gateway import HOW_MANY, hashed, word_list
from onrecord.mailbox.models import BoxWords
from onrecord.mailbox.queries import changed_words
from tests.stages.mailbox.ground import told_by, words_of


def test_there_are_two_thousand_and_forty_eight_plain_words() -> None:
    assert len(set(word_list())) == len(word_list()) == 2048
    assert [word for word in word_list() if not re.fullmatch(r"[a-z]{3,8}", word)] == []


def test_no_two_words_differ_in_one_letter() -> None:
    near: dict[str, list[str]] = {}
    for word in word_list():
        for place in range(len(word)):
            near.setdefault(f"{word[:place]}_{word[place + 1 :]}", []).append(word)
    missing = {word[:place] + word[place + 1 :]: word for word in word_list() for place in range(len(word))}
    assert [found for found in near.values() if len(found) > 1] == []
    assert [(word, missing[word]) for word in word_list() if word in missing] == []


def test_the_words_open_the_mailbox_and_are_shown_once(store: Any) -> None:
    made = told_by()
    own, second = words_of(made)
    assert len(own.split()) == len(second.split()) == HOW_MANY
    assert words_for(made.id) is None
    found = open_with(own, now())
    assert found is not None
    assert (found[0].id, found[1]) == (made.id, OWN)


@pytest.mark.parametrize("how", ["{0}", "  {0}\n", "{upper}", "{commas}"])
def test_how_they_are_typed_makes_no_difference(store: Any, how: str) -> None:
    own, _ = words_of(told_by())
    typed = how.format(own, upper=own.upper(), commas=own.replace(" ", ", "))
    assert open_with(typed, now()) is not None


def test_other_words_open_nothing(store: Any) -> None:
    own, _ = words_of(told_by())
    first, *rest = own.split()
    for typed in (
        "",
        "marmalade",
        " ".join([*rest, first]) if rest[-1] != first else "",
        " ".join(rest),
        f"{own} {own}",
    ):
        assert open_with(typed, now()) is None


def test_nobody_opens_it_by_knowing_what_was_said(store: Any) -> None:
    made = told_by()
    words_of(made)
    known = ("A marmalade-coloured car waits for me.", "Zephyrine Quillfeather", str(made.id), str(made.id)[:8])
    assert [open_with(typed, now()) for typed in known] == [None] * 4


def test_only_a_keyed_hash_is_kept_and_no_word_of_it(store: Any) -> None:
    made = told_by()
    own, second = words_of(made)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mailbox_words")
        rows = cursor.fetchall()
    kept = repr(rows)
    assert len(rows) == 2
    assert hashed(tuple(own.split())) in kept
    assert [word for word in (*own.split(), *second.split()) if f"'{word}'" in kept or f" {word} " in kept] == []


def test_with_another_key_the_same_words_are_another_hash(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("apple",) * 6
    ours = hashed(words)
    monkeypatch.setattr("onrecord.mailbox.gateway.words.match_key", lambda: b"another key of thirty-two bytes.")
    assert hashed(words) != ours


def test_the_second_words_open_no_message_and_mark_the_report_once(store: Any) -> None:
    made = told_by()
    _, second = words_of(made)
    found = open_with(second, now())
    assert found is not None
    assert found[1] == WATCHED
    open_with(second, now())
    marked = [line for line in thread(made.id) if line.kind == MayBeWatched.kind]
    assert [line.coded["because"] for line in marked] == ["second_words"]


def test_words_that_were_given_up_open_nothing_and_the_report_stands(store: Any) -> None:
    made = told_by()
    own, second = words_of(made)
    keep_none(made, "later", now())
    assert words_for(made.id) is None
    assert (open_with(own, now()), open_with(second, now())) == (None, None)
    assert [line.id for line in lines([made.id])] == [made.id]


def test_two_mailboxes_never_share_words(store: Any) -> None:
    found = [words_of(told_by()) for _ in range(3)]
    every = [words for pair in found for words in pair]
    assert [pair for pair in combinations(every, 2) if pair[0] == pair[1]] == []
    assert BoxWords.objects.count() == 6


def test_words_open_no_mailbox_that_they_were_not_handed_out_for(store: Any) -> None:
    mine, theirs = told_by(), told_by()
    (own, second), other = words_of(mine), words_of(theirs)
    before = changed_words()
    BoxWords.objects.filter(hashed=hashed(tuple(own.split()))).update(entry=theirs.id)
    BoxWords.objects.filter(hashed=hashed(tuple(second.split()))).update(sort=OWN)
    assert [open_with(words, now()) for words in (own, second)] == [None, None]
    assert [made.id for made, _ in filter(None, [open_with(words, now()) for words in other])] == [theirs.id] * 2
    assert (before, changed_words(), any(words.startswith("2 rows of mailbox_words") for words in ills())) == (
        0,
        2,
        True,
    )
