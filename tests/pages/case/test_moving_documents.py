"""A document on the wrong child's file is moved by two: its bytes stay, and both files say so and name no child."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from onrecord.case.facts import DocumentMoved
from onrecord.duties.actions import record
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import entry, every
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import text
from tests.pages.case.test_documents import LETTER, kept, sent
from tests.pages.case.test_file import address

ODO = {"given_name": "Odo", "family_name": "Wren", "born": "2011-05-06"}
WHY = "The letter names another date of birth."


class Two:
    """Two children's files, and a letter that stands on the first and belongs on the second."""

    def __init__(self, store: Any, browser: Any) -> None:
        self.store, self.browser = store, browser
        self.wrong, self.right = store.report(), store.report(child=ODO)
        browser("teacher").post(f"{address(self.wrong)}/documents", sent())
        self.letter = kept()[0].id

    def move(self, by: str = "teacher", **changed: str) -> str:
        typed = {"id": str(uuid4()), "into": f"http://testserver{address(self.right)}", "why": WHY} | changed
        url = f"{address(self.wrong)}/documents/{self.letter}/move"
        return text(self.browser(by).post(url, typed, follow=True))

    def moves(self) -> list[Entry]:
        return [one for batch in every() for one in batch if one.kind == DocumentMoved.kind]

    def agree(self) -> None:
        self.store.say("signer", Seconded(why="I read the letter's date."), self.moves()[-1])

    def on(self, made: Entry, by: str = "teacher") -> bool:
        return f'href="/documents/{self.letter}"' in text(self.browser(by).get(f"{address(made)}/documents"))


@pytest.fixture
def two(store: Any, browser: Any) -> Two:
    return Two(store, browser)


def test_it_is_only_proposed_until_a_second_person_agrees(two: Two) -> None:
    page = two.move()
    assert "Nothing changes until a second person, from another agency, agrees." in page
    assert "Proposed: it belongs on another child&#x27;s file." in page.replace("'", "&#x27;")
    assert (two.on(two.wrong), two.on(two.right)) == (True, False)
    two.agree()
    assert (two.on(two.wrong), two.on(two.right)) == (False, True)
    assert set(rebuild(check=True).values()) == {True}


def test_the_bytes_stay_and_come_from_the_other_file(two: Two, fresh_home: Path) -> None:
    before = [one.read_bytes() for one in (fresh_home / "files").iterdir()]
    two.move()
    two.agree()
    answer = two.browser("teacher").get(f"/documents/{two.letter}")
    assert (answer.status_code, answer.content) == (200, LETTER)
    assert [one.read_bytes() for one in (fresh_home / "files").iterdir()] == before


def test_both_files_say_so_and_neither_names_the_other_child(two: Two) -> None:
    two.move()
    two.agree()
    for made, other in ((two.wrong, "Odo"), (two.right, "Zephyrine Quillfeather<")):
        page = text(two.browser("teacher").get(address(made)))
        assert f"put on another&#x27;s, where it belongs: {WHY}" in page.replace("another's", "another&#x27;s")
        assert other not in page.split("<main")[1]


def test_not_agreed_it_stays_and_can_be_proposed_again(two: Two) -> None:
    two.move()
    assert "It is proposed already to move it." in two.move()
    two.store.say("signer", Declined(answer="disagree", why="The dates agree."), two.moves()[0])
    assert (two.on(two.wrong), two.on(two.right)) == (True, False)
    two.move()
    two.agree()
    assert (two.on(two.wrong), two.on(two.right), len(two.moves())) == (False, True, 2)


def test_it_can_be_moved_back(two: Two) -> None:
    two.move()
    two.agree()
    typed = {"id": str(uuid4()), "into": address(two.wrong), "why": "It was right."}
    two.browser("teacher").post(f"{address(two.right)}/documents/{two.letter}/move", typed)
    two.agree()
    assert (two.on(two.wrong), two.on(two.right)) == (True, False)
    assert two.browser("teacher").get(f"/documents/{two.letter}").status_code == 200


def test_what_was_put_right_in_it_goes_with_it(two: Two) -> None:
    fix = Corrected(field="what", value='"The letter of the dentist"', why="Wrong.")
    two.store.say("teacher", fix, entry(two.letter))
    two.move()
    two.agree()
    page = text(two.browser("teacher").get(f"{address(two.right)}/documents"))
    assert "download>The letter of the dentist</a>" in page


def test_who_worked_only_with_the_first_child_gets_it_no_more(two: Two, store: Any, browser: Any) -> None:
    pair = [mention_of(made.id, "child") for made in (two.wrong, store.report(by="nurse"))]
    store.say("social-worker", LinkJudged(verdict="same", why="Same name."), about=pair)
    found = [browser("nurse").get(f"/documents/{two.letter}").status_code]
    two.move()
    two.agree()
    found.append(browser("nurse").get(f"/documents/{two.letter}").status_code)
    assert found == [200, 404]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"into": "the other one"}, "Copy the address of the other child"),
        ({"into": ""}, "Copy the address of the other child"),
        ({"into": f"/children/{UUID(int=5)}"}, "This is no such file."),
        ({"why": ""}, "Say in a sentence why it belongs there."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(changed: dict[str, str], said: str, two: Two) -> None:
    page = two.move(**changed)
    assert said in page
    assert ("http://testserver" in page or "into" in changed, WHY in page or "why" in changed) == (True, True)
    assert two.moves() == []


def test_nobody_puts_it_on_a_file_that_is_not_theirs_nor_where_it_stands(two: Two, store: Any) -> None:
    strange = store.report(by="nurse", child={"given_name": "Nessa", "family_name": "Loam"})
    assert "This is no such file." in two.move(into=address(strange))
    assert "This is the file on which it stands." in two.move(into=address(two.wrong))
    assert two.moves() == []


def test_who_does_not_work_with_the_child_finds_no_such_page(two: Two) -> None:
    url = f"{address(two.wrong)}/documents/{two.letter}/move"
    assert [two.browser(user).get(url).status_code for user in ("teacher", "nurse", "admin")] == [200, 404, 404]
    other = f"{address(two.right)}/documents/{two.letter}/move"
    assert two.browser("teacher").get(other).status_code == 404


def test_no_other_door_moves_one(two: Two, store: Any) -> None:
    fact = DocumentMoved(document=str(two.letter), into=str(mention_of(two.right.id, "child")), why=WHY)
    with pytest.raises(Exception, match="recorded by the machine"):
        record(store.viewer("teacher"), fact, uid=uuid4(), now=now(), about=[mention_of(two.wrong.id, "child")])
