"""Welsh and Urdu at the doors: nothing is left in English, nothing is remembered, and what is typed survives."""

import ast
import gettext
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.actions import not_safe, write
from onrecord.mailbox.gateway import pace
from onrecord.web.languages import in_words
from tests.pages.doors import ANSWERS, WORDS, Child
from tests.pages.doors_said import messages, places
from tests.pages.test_doors import fact
from tests.partnership import Store
from tests.stages.mailbox.ground import told_by, words_of

OTHERS = ("cy", "ur")
PAGES = ("/", "/m/1", "/m/2", "/m/3", "/m/4", "/m/box")
SAME = {"English", "Cymraeg", ". Childline"}
"""What is called alike in any language."""
PLURAL = "one person at %(agency)s."


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short beat: how even it is is asked of the mailbox by itself."""
    monkeypatch.setattr(pace, "BEAT", 0.001)


def source(language: str) -> Path:
    """The file that translators write."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> dict[str, list[str]]:
    """Each message of that file with its translation, or with one for each plural form."""
    found: dict[str, list[str]] = {}
    for entry in source(language).read_text("utf-8").split("\n\n"):
        said = [(key, ast.literal_eval(text)) for key, text in re.findall(r'^(msg[^ ]*) (".*")$', entry, re.MULTILINE)]
        plain = dict(said)
        found[plain["msgid"]] = [text for key, text in said if key.startswith("msgstr")]
    return found


def texts(page: str) -> set[str]:
    """Every piece of text that a page shows or says aloud, but for what is marked as being in English."""
    tree = html.fromstring(page)
    for one in tree.xpath("//script | //style | //*[@lang='en-GB'][not(self::html)] | //*[@lang='en'] | //textarea"):
        one.drop_tree()
    said = tree.xpath("//text() | //@alt | //@aria-label")
    return {" ".join(str(one).split()) for one in said} - {""}


def compared(english: Any, other: Any) -> set[str]:
    """What two showings of a page have in common, but for what is the same in every language."""
    both = texts(english.content.decode()) & texts(other.content.decode())
    return {one for one in both if re.search(r"[A-Za-z]{2}", one)} - SAME


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_of_these_pages_is_translated_and_none_is_doubtful(language: str) -> None:
    found = read(language)
    assert messages() - set(found) == set()
    assert [said for said, words in found.items() if said and not all(words)] == []
    assert "fuzzy" not in source(language).read_text("utf-8")


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    other = {said: words for said, words in read(language).items() if said not in ("", PLURAL)}
    assert [said for said, words in other.items() if places(said) != places(words[0])] == []
    assert [said for said, words in other.items() if said.count("{}") != words[0].count("{}")] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_program_reads_is_what_the_translators_wrote(language: str) -> None:
    with source(language).with_suffix(".mo").open("rb") as file:
        made = gettext.GNUTranslations(file)
    kept: dict[Any, str] = made._catalog  # type: ignore[attr-defined]
    wanted = {said: words[0] for said, words in read(language).items() if said not in ("", PLURAL)}
    assert {said: words for said, words in kept.items() if said and isinstance(said, str)} == wanted
    assert [kept[PLURAL, form] for form in range(len(read(language)[PLURAL]))] == read(language)[PLURAL]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("page", PAGES)
def test_no_text_of_a_page_is_left_in_english(store: Store, language: str, page: str) -> None:
    made = Client().get(f"/{language}{page}")
    assert made.status_code == 200
    assert compared(Client().get(page), made) == set()
    tree = html.fromstring(made.content.decode())
    assert (tree.get("lang"), tree.get("dir")) == (language, "rtl" if language == "ur" else None)
    assert "awaiting a human translator" in tree.xpath("string(//*[@lang='en-GB'][not(self::html)])")


@pytest.mark.parametrize("language", OTHERS)
def test_from_the_first_question_to_the_receipt_it_is_said_in_that_language(store: Store, language: str) -> None:
    english, other = Child(), Child(door=f"/{language}/m/1")
    for at in ANSWERS:
        assert compared(english.page, other.page) == set()
        english.press(**ANSWERS[at])
        other.press(**ANSWERS[at])
    typed = {text for answers in ANSWERS.values() for text in answers.values()} | {"Zephyrine 13, Hill School"}
    assert compared(english.page, other.page) - typed == set()
    english.press("send")
    other.press("send")
    assert compared(english.page, other.page) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_the_mailbox_speaks_it_too_whatever_stands_in_it(store: Store, language: str) -> None:
    made = told_by()
    own, second = words_of(made)
    write(made, "ZZ", "page", now())
    for prepare in (lambda: None, lambda: not_safe(made, now())):
        prepare()
        for words in (own, second, "other words"):
            pages = [Client().post(f"{start}/m/box", {"words": words}) for start in ("", f"/{language}")]
            assert compared(*pages) - {"ZZ"} == set()
    other = told_by("public")
    own, _ = words_of(other)
    pages = [Client().post(f"{start}/m/box", {"words": own}) for start in ("", f"/{language}")]
    assert compared(*pages) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_fault_is_said_in_it_and_what_was_typed_stays(store: Store, language: str) -> None:
    sent = {"id": "7f6b5a2e-6f0c-4c55-9d13-9f6f0a7f8f11", "child-given_name": "Z" * 301}
    pages = [Client().post(f"{start}/m/3", sent) for start in ("", f"/{language}")]
    assert compared(*pages) == set()
    assert "Z" * 301 in pages[1].content.decode()
    for typed in ({"name": "N" * 301}, {"told_words": "N" * 20_001}):
        late = [Client().post(f"{start}/m/3", {"words": WORDS, **sent, **typed}) for start in ("", f"/{language}")]
        assert compared(*late) == set()


def test_another_language_can_be_chosen_on_the_way_and_nothing_typed_is_lost(store: Store) -> None:
    child = Child()
    while child.held("at") != "words":
        child.press(**ANSWERS[child.held("at")])
    child.door = "/ur/m/1"
    child.press("here", words=WORDS)
    assert (child.held("at"), WORDS in child.page.content.decode()) == ("words", True)
    child.answer().press("send")
    assert (fact().words, fact().must_not_know) == (WORDS, "My uncle Peregrine")


def test_what_is_recorded_is_the_same_in_every_language(store: Store) -> None:
    Child(door="/ur/m/1").answer({}).press("send")
    assert fact().child.spoken() == "A child who wrote here and gave no name"


def test_the_first_page_offers_each_language_in_its_own_name(store: Store) -> None:
    tree = html.fromstring(Client().get("/cy/").content.decode())
    offered = [(one.get("href"), one.get("lang"), one.text) for one in tree.xpath("//ul[@class='onr-languages']//a")]
    assert offered == [("/", "en-gb", "English"), ("/ur/", "ur", "اردو")]


def test_a_language_leaves_no_trace_and_the_browser_s_own_chooses_nothing(store: Store) -> None:
    client = Client(headers={"Accept-Language": "cy"})
    assert ("Messages" in client.get("/").content.decode(), "Negeseuon" in client.get("/cy/").content.decode()) == (
        True,
        True,
    )
    assert dict(client.cookies) == {}
    assert 'lang="en-GB"' in client.get("/accessibility").content.decode()
    assert client.get("/cy/ledger").status_code == 404


def test_numbers_and_the_words_of_the_receipt_are_read_from_the_left(store: Store) -> None:
    page = Child(door="/ur/m/1").answer().press("send").page.content.decode()
    tree = html.fromstring(page)
    assert {one.get("dir") for one in tree.xpath("//a[starts-with(@href, 'tel:')]")} == {"ltr"}
    assert [one.get("dir") for one in tree.xpath("//*[contains(@class, 'onr-door-words')]")] == ["ltr", "ltr"]


def test_days_are_said_in_the_language(store: Store) -> None:
    assert "diwedd dydd Mawrth 6 Hydref" in Child(door="/cy/m/1").answer().text
    assert "منگل 6 اکتوبر" in Child(door="/ur/m/1").answer().text


def test_a_fault_in_english_is_said_as_it_stands() -> None:
    assert in_words("Where: use 300 characters or fewer.") == "Where: use 300 characters or fewer."
