"""What was put right in a message to a child shows as it stands now: its first words may have to go from a phone."""

from typing import Any

import pytest

from onrecord.ledger.facts import Corrected
from onrecord.mailbox.gateway import pace
from tests.pages.browsing import signed_in, text
from tests.pages.mailbox.test_box import opened, shown
from tests.stages.mailbox.ground import child_of, told_by, trained, words_of, writes


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short beat; what it evens out is asked in a test of its own."""
    monkeypatch.setattr(pace, "BEAT", 0.001)


@pytest.mark.parametrize("read_before", [False, True])
def test_what_was_put_right_in_a_message_is_gone_from_the_phone(store: Any, read_before: bool) -> None:
    made = told_by()
    own, _ = words_of(made)
    trained(store)
    told = writes(store, made, words="We come to the cormorant clinic.").entry
    if read_before:
        assert "cormorant" in text(opened(own))
    about = [child_of(made)]
    store.say("front-door", Corrected(field="words", value='"We come on Friday."', why="No place."), told, about=about)
    page = text(opened(own))
    stands = ["cormorant", "We come on Friday.", "We put this message right."]
    assert [words in page for words in stands] == [False, True, True]
    store.say("front-door", Corrected(field="holds", value='["visits"]', why="It says when."), told, about=about)
    page = text(opened(own))
    assert ("Friday" in page.split("What else may")[0], "This message stays closed." in page) == (False, True)
    staff = text(signed_in("front-door").get(f"/messages/{made.id}"))
    assert ("cormorant" in staff, "Corrected. What was first written" in staff) == (True, True)


def test_a_message_that_was_put_right_to_stay_closed_is_not_noted_as_shown(store: Any) -> None:
    made = told_by()
    own, _ = words_of(made)
    trained(store)
    told = writes(store, made, words="Rae comes.").entry
    store.say("front-door", Corrected(field="holds", value='["names"]', why="It names."), told, about=[child_of(made)])
    opened(own)
    assert shown(made) == set()
