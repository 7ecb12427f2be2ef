"""Other rules are brought, looked at with all that they would change, and proposed; each page to whom it is due."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onrecord.duties.actions.editions import bring
from onrecord.duties.models import Adoption, Owed
from onrecord.duties.queries import effects, rulebook_in_force
from onrecord.ledger.facts import Entry, Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import entry
from onrecord.rulebook.facts import Fault, Match, Rule, Rulebook, Term, Value
from onrecord.rulebook.gateway import RulebookRefused, read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from onrecord.rulebook.models import Edition
from tests.pages.browsing import text
from tests.partnership import PEOPLE, Store

MOST = 12
STRIP = re.compile(r'(\d+)</span> <span class="onr-counts__text">([^<]*)<')
RULES = {path.name: path.read_bytes() for path in sorted(shipped().glob("*.yaml"))}
LONG = Value.model_validate({"from": "2013-04-15", "term": {"working_days": 3}, "default": "ours", "why": "More time."})
NARROW = Match(kind="intake.report_received", where={"concern": ("missing",)})


def changed(how: Callable[[Rule], dict[str, Any]], name: str = "decide-next-step") -> Rulebook:
    """The shipped edition with one rule changed."""
    law = read(shipped())
    rules = [rule.model_copy(update=how(rule)) if rule.id == name else rule for rule in law.rules]
    return sealed(tuple(rules), law.calendar)


def longer() -> Rulebook:
    return changed(lambda rule: {"within": (LONG,)})


def narrower() -> Rulebook:
    return changed(lambda rule: {"opens": NARROW})


def shorter() -> Rulebook:
    return changed(lambda rule: {"within": (LONG.model_copy(update={"term": Term(hours=1)}),)})


def zipped(changes: dict[str, bytes]) -> SimpleUploadedFile:
    """The shipped rules as a zip, some files changed."""
    made = BytesIO()
    with ZipFile(made, "w") as folder:
        for name, data in (RULES | changes).items():
            folder.writestr(f"england/{name}", data)
    return SimpleUploadedFile("england.zip", made.getvalue())


def kept(store: Store, book: Rulebook) -> str:
    """The address of an edition that the director brought."""
    return f"/rulebook/editions/{bring(store.viewer('director'), book)}"


def counted(page: str) -> dict[str, str]:
    """The strip of counts, by its words."""
    return {words: number for number, words in STRIP.findall(page)}


TITLED = RULES["decide-next-step.yaml"].replace(b"title: ", b"title: Now ", 1)


def test_a_zip_is_read_kept_and_shown_and_nothing_is_proposed(store: Store, browser: Any) -> None:
    before = set(Edition.objects.values_list("digest", flat=True))
    sent = browser("manager").post("/rulebook/propose", {"file": zipped({"decide-next-step.yaml": TITLED})})
    (digest,) = set(Edition.objects.values_list("digest", flat=True)) - before
    assert (sent.status_code, sent["Location"]) == (302, f"/rulebook/editions/{digest}")
    assert Adoption.objects.filter(digest=digest).count() == 0
    page = text(browser("manager").get(sent["Location"]))
    assert "The title was “" in page
    assert "<strong>Somebody outside.</strong>" in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (dict, "Choose a file, or an edition that is kept here."),
        (lambda: {"file": SimpleUploadedFile("a.zip", b"no zip")}, "one fault, listed below"),
        (lambda: {"file": zipped({"a-rule.yaml": b"id: a-rule\n"})}, "faults, listed below"),
        (
            lambda: {
                "file": zipped({"decide-next-step.yaml": TITLED.replace(b"intake.decision_made", b"intake.gone")})
            },
            "listed below",
        ),
        (lambda: {"file": SimpleUploadedFile("a.zip", b"x" * 2_100_000)}, "The file is larger than 2 megabytes."),
        (lambda: {"kept": "f" * 64}, "Select a valid choice."),
    ],
    ids=["nothing", "no zip", "a broken rule", "a kind that no fact is of", "too large", "none that is kept"],
)
def test_what_cannot_be_adopted_is_refused_and_not_kept(
    store: Store, browser: Any, sent: Callable[[], dict[str, Any]], says: str
) -> None:
    before = Edition.objects.count()
    page = browser("director").post("/rulebook/propose", sent())
    assert (page.status_code, says in text(page), Edition.objects.count()) == (200, True, before)


def test_an_edition_that_is_kept_can_be_looked_at_again(store: Store, browser: Any) -> None:
    digest = bring(store.viewer("director"), longer())
    page = browser("director").get("/rulebook/propose")
    assert f"Edition {digest[:16]}: never adopted" in text(page)
    assert read(shipped()).digest not in text(page)
    sent = browser("director").post("/rulebook/propose", {"kept": digest})
    assert sent["Location"] == f"/rulebook/editions/{digest}"


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        (longer, {"would be due later": "2", "would be gone": "0"}),
        (narrower, {"would be due later": "0", "would be gone": "2"}),
        (shorter, {"would be due later": "0", "would be due sooner": "2"}),
    ],
)
def test_what_would_become_of_open_duties_is_counted_by_rule_and_agency(
    store: Store, browser: Any, book: Callable[[], Rulebook], expected: dict[str, str]
) -> None:
    store.report()
    store.report()
    page = text(browser("director").get(kept(store, book())))
    found = counted(page)
    assert {words: found[words] for words in expected} == expected
    assert found["open now"] == str(Owed.objects.filter(state="open").count())
    row = page.partition("<tbody")[2].partition("</tr>")[0]
    assert ("Decide" in row, "Northbrook Children&#x27;s Services" in row) == (True, True)


def test_duties_are_named_to_those_who_may_open_them(store: Store, browser: Any) -> None:
    made = store.report()
    key = str(Owed.objects.get(opening=made.id, rule="decide-next-step").key)
    address = kept(store, longer())
    links = {user: f"/duties/{key}" in text(browser(user).get(address)) for user in PEOPLE}
    assert {user for user, link in links.items() if link} == {"director", "manager", "scrutineer", "inspectorate"}
    told = {user for user in PEOPLE if "Duties that are open now" in text(browser(user).get(address))}
    assert told == {"director", "manager", "scrutineer", "inspectorate", "signer"}


@pytest.mark.parametrize("user", ["director", "manager", "signer"])
def test_a_sealed_report_moves_no_count_for_those_outside_its_wall(store: Store, browser: Any, user: str) -> None:
    store.report()
    address, found = kept(store, longer()), list[str]()
    for words in ("", "Piotr Lund picks her up."):
        if words:
            store.report(words=words)
        page = text(browser(user).get(address))
        found.append(page.partition("<main")[2].partition("<form")[0])
    assert found[0] == found[1]
    assert Owed.objects.exclude(wall=None).exists()


def proposed(store: Store, browser: Any, book: Rulebook) -> Entry:
    """An edition proposed by the director on its page."""
    sent = browser("director").post(kept(store, book), {"why": "It is safer."})
    assert (sent.status_code, sent["Location"]) == (302, "/rulebook")
    row = Adoption.objects.get(digest=book.digest)
    return entry(row.entry)


def test_what_lowers_is_proposed_and_the_second_person_sees_the_same(store: Store, browser: Any) -> None:
    before, book = rulebook_in_force(now()), longer()
    store.report()
    made = proposed(store, browser, book)
    assert (made.proposed, rulebook_in_force(now())) == (True, before)
    key = Owed.objects.get(opening=made.id, rule="outside-agrees-to-rules").key
    duty = text(browser("scrutineer").get(f"/duties/{key}"))
    assert f'href="/rulebook/editions/{book.digest}"' in duty
    address = f"/rulebook/editions/{book.digest}"
    seen, theirs = (text(browser(user).get(address)) for user in ("director", "scrutineer"))
    assert counted(seen) == counted(theirs)
    assert f'href="/duties/{key}"' in theirs
    assert "3 working days from 15 April 2013, was 1 working day." in theirs
    store.say("scrutineer", Seconded(why="I read both."), made)
    assert rulebook_in_force(now()) == book


def test_what_lowers_nothing_is_adopted_at_once(store: Store, browser: Any) -> None:
    book = shorter()
    page = text(browser("director").get(kept(store, book)))
    assert "<strong>Nobody else.</strong>" in page
    assert not proposed(store, browser, book).proposed
    assert rulebook_in_force(now()) == book
    assert "These rules are in force." in text(browser("director").get(f"/rulebook/editions/{book.digest}"))


def test_an_edition_is_proposed_once_and_what_was_typed_stays(store: Store, browser: Any) -> None:
    book = longer()
    proposed(store, browser, book)
    again = browser("manager").post(f"/rulebook/editions/{book.digest}", {"why": "A marmalade-coloured reason."})
    assert (again.status_code, Adoption.objects.filter(digest=book.digest).count()) == (200, 1)
    law = read(shipped()).digest
    in_force = browser("manager").post(f"/rulebook/editions/{law}", {"why": "A marmalade-coloured reason."})
    assert "This edition is in force already." in text(in_force)
    empty = browser("manager").post(kept(store, narrower()), {"why": " "})
    assert "Say why these rules should be adopted." in text(empty)
    long = browser("manager").post(kept(store, narrower()), {"why": "marmalade " * 2_100})
    assert ("marmalade marmalade" in text(long), Adoption.objects.count()) == (True, 2)


def test_nobody_else_brings_or_proposes(store: Store, browser: Any) -> None:
    address = kept(store, longer())
    for user in sorted(set(PEOPLE) - {"director", "manager"}):
        client: Client = browser(user)
        refused = [
            client.get("/rulebook/propose"),
            client.post("/rulebook/propose", {}),
            client.post(address, {"why": "x"}),
        ]
        assert [page.status_code for page in refused] == [403, 403, 403]
        assert "Propose these rules" not in text(client.get(address))
    assert browser("director").get(f"/rulebook/editions/{'f' * 64}").status_code == 404


def test_many_duties_are_compared_part_by_part_and_each_once(
    store: Store, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        store.report()
    address, client = kept(store, longer()), browser("director")
    whole = counted(text(client.get(address)))
    monkeypatch.setattr(effects, "AT_ONCE", 2)
    page, parts = client.get(address), 1
    assert "2 of 5 open duties compared so far." in text(page)
    assert "Propose these rules" not in text(page)
    while "Refresh" in page:
        assert page["Refresh"] == f"0; url={address}?on=1"
        page, parts = client.get(f"{address}?on=1"), parts + 1
    assert (parts, counted(text(page))) == (3, whole)
    assert whole["would be due later"] == "5"
    sent = client.post(address, {"why": ""})
    assert (counted(text(sent)), "Refresh" in sent) == (whole, False)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_pages_ask_no_more_with_more_duties(store: Store, browser: Any, rows: int) -> None:
    for _ in range(rows):
        store.report()
    client, addresses = (
        browser("director"),
        [kept(store, narrower()), "/rulebook/propose", "/rulebook/rules/assessment"],
    )
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connections["default"]) as asked:
            assert client.get(address).status_code == 200
        counted_queries = [one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(counted_queries) <= MOST, address


def test_where_the_edition_that_ships_is_refused_the_page_says_what_is_wrong(
    store: Store, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> Rulebook:
        raise RulebookRefused((Fault("action-done.yaml", "", "A rule has no ladder.", "Add one."),))

    kept = bring(store.viewer("director"), longer())
    monkeypatch.setattr("onrecord.duties.views.editions.shipped_edition", refused)
    client = browser("director")
    page = text(client.get("/rulebook/propose"))
    assert "The edition that comes with this version cannot be adopted" in page
    assert "A rule has no ladder." in page
    assert 'value=""' not in page.partition("Or one of the editions")[2].partition("</form>")[0]
    answer = client.post("/rulebook/propose", {"kept": kept})
    assert (answer.status_code, answer["Location"]) == (302, f"/rulebook/editions/{kept}")
