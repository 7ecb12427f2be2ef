"""A child of nine can read the child's door: measured by the Flesch-Kincaid grade.

The formula is that of Kincaid, Fishburne, Rogers and Chissom (1975): 0.39 words a sentence + 11.8 syllables a word
- 15.59. Grade 4 is school at nine to ten years. Syllables are counted by groups of vowels, without a silent ending. It
measures the English words of the program and nothing that a child or the rota says; whether a child understands them
is for children to say, and none was asked.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from lxml import html

from onrecord.mailbox.gateway import pace
from tests.pages.doors import ANSWERS, Child
from tests.partnership import Store

AT_NINE = 4.0
LONG, HARD = 6, 9.0
"""A sentence of so many words has no higher grade than this: shorter ones are too short for the formula."""
BLOCKS = (
    "//p | //h1 | //h2 | //li | //label | //legend | //button | //dt | //dd | //summary | //*[contains(@class, 'hint')]"
)
OTHERS = "//script | //style | //textarea | //pre | //head | //footer | //*[contains(@class, 'onr-words')]"
NOT_TEXT = f"{OTHERS} | //*[contains(@class, 'onr-door-words')] | //*[contains(@class, 'onr-languages')]"
DAY = re.compile(r"(?:the end of )?\w+day \d+ [A-Z]\w+(?: \d{4})?")
VOWELS, SILENT = re.compile("[aeiouy]+"), re.compile("(?<=[^aeiouy])(?:e|es|ed)$")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short beat: how even it is is asked of the mailbox by itself."""
    monkeypatch.setattr(pace, "BEAT", 0.001)


def syllables(word: str) -> int:
    """About how many syllables a word has."""
    plain = re.sub("[^a-z]", "", word.lower())
    if len(plain) <= 3:
        return 1
    spoken = plain if plain.endswith(("le", "les", "ted", "ded")) else SILENT.sub("", plain)
    return max(1, len(VOWELS.findall(spoken)))


def words_of(sentence: str) -> list[str]:
    return re.findall("[A-Za-z’']+", sentence)


def grade(sentences: list[str]) -> float:
    """The grade of some sentences taken together."""
    words = [word for one in sentences for word in words_of(one)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def said(page: Any) -> list[str]:
    """The sentences of a page, each once."""
    tree = html.fromstring(page.content.decode())
    for one in tree.xpath(NOT_TEXT):
        one.drop_tree()
    blocks = [one for one in tree.xpath(BLOCKS) if not one.xpath(".//p | .//li | .//label | .//h1")]
    texts = [DAY.sub("then", " ".join(one.text_content().split())) for one in blocks]
    found = [part for one in texts for part in re.split(r"(?<=[.?!:])\s+", one) if words_of(part)]
    return list(dict.fromkeys(found))


def pages() -> Iterator[tuple[str, Any]]:
    """Every page that a child sees on the way, and after."""
    yield "front", Client().get("/")
    yield "easy read", Client().get("/m/4")
    yield "words asked", Client().get("/m/box")
    child = Child()
    while (at := child.held("at")) != "check":
        yield at, child.page
        child.press(**ANSWERS[at])
    yield "before you send", child.page
    yield "sent", child.press("send").page
    six = html.fromstring(child.page.content.decode()).xpath("string((//*[contains(@class, 'onr-door-words')])[1])")
    yield "messages", Client().post("/m/box", {"words": six})


def test_each_page_of_a_child_can_be_read_at_nine(store: Store) -> None:
    grades = {name: round(grade(said(page)), 1) for name, page in pages()}
    assert len(grades) == 14
    assert {name: found for name, found in grades.items() if found > AT_NINE} == {}


def test_no_long_sentence_is_hard(store: Store) -> None:
    found = {one for _, page in pages() for one in said(page) if len(words_of(one)) >= LONG and grade([one]) > HARD}
    assert found == set()


def test_it_tells_hard_words_from_easy_ones() -> None:
    easy, hard = "We read what you wrote. We talk to you first.", "Notification of multidisciplinary representatives."
    assert grade([easy]) < AT_NINE < HARD < grade([hard])
    words = ("police", "wanted", "people", "safe", "anybody", "Are", "I'd")
    assert [syllables(word) for word in words] == [2, 2, 2, 1, 4, 1, 1]
