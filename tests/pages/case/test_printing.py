"""A child's file on paper: everything that is on record, as text; nothing that is sealed; tagged; noted first."""

import io
import re
import unicodedata
from base64 import b64decode
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from onrecord.case.actions import parts
from onrecord.case.facts import ActionAgreed, ExploitationAssessed, MarkedSignificant, SafeContactSet
from onrecord.case.gateway import paper
from onrecord.case.gateway.paper import KNOWN, spelled
from onrecord.ledger.facts import Corrected
from onrecord.ledger.gateway.clock import now
from tests.pages.case.ground import ACTION, called, held, mention
from tests.pages.case.test_file import about, address, corrected, read_notes
from tests.partnership import ASSESSED, REPORT

HOSTILE = (
    '#import "x": y; $a^2$ \\ "quoted" *bold* _thin_ <lab> @ref // not a comment /* nor this */ `raw` = head #eval("1")'
)
SAFE = {
    "who": "Her aunt Ottilie",
    "how": "school",
    "when": "Before three",
    "judged": "child",
    "must_not_know": ["Her uncle Barnaby Oxbow"],
    "trusts": "Kemi of the youth project",
    "words": "Not at home.",
}
FOOT = re.compile(r"Child's file \S{8}\. Printed by.*?Page \d+ of \d+", re.DOTALL)
SEALED = ("ZZ9", "07700", "Nettle Row", "Ottilie", "Barnaby", "Before three", "Kemi", "Not at home")


def printed(browser: Any, user: str, made: Any) -> PdfReader:
    """A file, printed by somebody."""
    answer = browser(user).post(f"{address(made)}/print")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.content))


def words(pdf: PdfReader) -> str:
    """What a PDF says, in one line of words, without what stands at the foot of each page."""
    return " ".join(FOOT.sub("", " ".join(page.extract_text() for page in pdf.pages)).split())


def test_what_people_wrote_stands_as_they_wrote_it(store: Any, browser: Any) -> None:
    made = store.report(words=HOSTILE)
    said = words(printed(browser, "teacher", made))
    assert said.count(HOSTILE) == 1


def test_every_entry_stands_on_paper_once_and_in_order(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    for number in range(60):
        said = ASSESSED | {"judgement": f"Judgement {number:02d}."}
        store.say("social-worker", ExploitationAssessed(level="serious", **said), decided)
    said = words(printed(browser, "front-door", made))
    listed = said[said.index("Everything on record") :]
    found = [listed.index(f"Judgement {number:02d}.") for number in reversed(range(60))]
    assert found == sorted(found)
    assert listed.index("Decided: Assess") > found[-1]
    assert listed.index("marmalade") > listed.index("Decided: Assess")


def test_nothing_that_is_sealed_stands_on_paper(store: Any, browser: Any) -> None:
    child = REPORT["child"] | {"phone": "07700 900123"}
    made = store.report(child=child, place={"address": "7 Nettle Row"}, must_not_know="Her uncle Barnaby.")
    store.say("teacher", SafeContactSet.heard(SAFE), made, **about(made))
    page = browser("teacher").get(address(made)).content.decode()
    assert [said for said in ("Ottilie", "Barnaby", "Before three", "Kemi", "Not at home") if said not in page] == []
    said = words(printed(browser, "teacher", made))
    assert [one for one in SEALED if one in said] == []
    assert "Safe contact was set: (not on paper)" in said
    assert "Without sealed fields: no address, postcode or phone number" in said


def test_a_correction_stands_first_and_the_original_is_marked(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("teacher", corrected("words", "A lemon-coloured car waits."), made)
    store.say("teacher", corrected("child", REPORT["child"] | {"given_name": "Seraphina"}), made)
    said = words(printed(browser, "teacher", made))
    assert said.startswith("Seraphina Quillfeather")
    first = said.index("First written, and put right since: A worry about Zephyrine")
    assert said.index("lemon-coloured") < first < said.index("marmalade-coloured")


def test_it_says_who_printed_it_on_every_page_and_when(store: Any, browser: Any) -> None:
    made = store.report(words="She said so. " * 900)
    pdf = printed(browser, "teacher", made)
    by = "Printed by Nia Prosser, Practitioner, Hill School, 5 October 2026, 09:00. No sealed fields."
    assert len(pdf.pages) > 2
    assert [by in " ".join(page.extract_text().split()) for page in pdf.pages] == [True] * len(pdf.pages)


def test_it_is_tagged_titled_and_in_a_language(store: Any, browser: Any) -> None:
    made = store.report()
    pdf = printed(browser, "teacher", made)
    root: Any = pdf.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        True,
        "en-GB",
        True,
    )
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith("Child's file ")
    assert "Quillfeather" not in str(pdf.metadata.title)
    assert {"/H1", "/H2", "/H3", "/P"} <= tags(root["/StructTreeRoot"])
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data() or b"<pdfuaid:part>1<" in root["/Metadata"].get_data()


def tags(node: Any) -> set[str]:
    """Every tag in the structure of a PDF."""
    made = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(made, list):
        return {tag for one in made for tag in tags(one)}
    if not isinstance(made, dict):
        return set()
    return ({str(made["/S"])} if "/S" in made else set()) | tags(made.get("/K", []))


def test_plan_meetings_levels_and_significant_events_have_their_sections(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    assessed = ASSESSED | {"happening": ASSESSED["could_happen"]}
    del assessed["nothing_happening"]
    store.say("social-worker", ExploitationAssessed.heard({"level": "serious"} | assessed), decided)
    met = held(store, called(store, made))
    store.say("social-worker", ActionAgreed.heard(ACTION), met)
    store.say("teacher", MarkedSignificant(mark="in", why="The first sign."), made)
    said = words(printed(browser, "social-worker", made))
    parts = ("Level", "Happening", "Could happen", "Owed to the child", "Plan", "Meetings", "Significant events")
    places = [said.index(f" {part} ") for part in (*parts, "Everything on record, newest first")]
    assert places == sorted(places)
    assert "Assessed serious 5 October 2026, again by 5 January 2027." in said
    assert "Not done. Look for the marmalade-coloured car. Police, by 7 October 2026." in said
    assert "Marmalade group: Strategy discussion, 5 October 2026." in said
    assert said.count("A worry about Zephyrine Quillfeather") == 2


def test_to_print_is_one_read_of_its_own_before_it_is_handed_out(store: Any, browser: Any) -> None:
    made = store.report()
    printed(browser, "teacher", made)
    assert read_notes() == [("print", "teacher", None)]


def test_nobody_prints_a_file_that_they_cannot_open_nor_by_a_link(store: Any, browser: Any) -> None:
    made = store.report()
    found = {user: browser(user).post(f"{address(made)}/print").status_code for user in ("nurse", "admin", "manager")}
    assert found == {"nurse": 403, "admin": 403, "manager": 403}
    assert browser("teacher").get(f"{address(made)}/print").status_code == 405
    assert browser("teacher").post(f"/children/{uuid4()}/print").status_code == 403
    assert Client(enforce_csrf_checks=True).post(f"{address(made)}/print").status_code == 403
    assert read_notes() == []


def test_what_is_sealed_from_somebody_is_not_on_their_paper(store: Any, browser: Any) -> None:
    made = store.report()
    store.report(words="Asha Verne drives the quince-coloured car.")
    said = {user: "quince" in words(printed(browser, user, made)) for user in ("front-door", "social-worker")}
    assert said == {"front-door": False, "social-worker": False}


@pytest.mark.parametrize("sign", ["😀", "漢", "\u200b", "\ue000"])
def test_a_sign_that_no_letter_shows_is_spelled_out(store: Any, browser: Any, sign: str) -> None:
    made = store.report(words=f"She wrote {sign} to him.")
    said = words(printed(browser, "teacher", made))
    assert "She wrote" in said
    assert "to him." in said


def test_signs_are_spelled_by_their_name() -> None:
    assert spelled("Zoë 😀\nŁukasz") == "Zoë [grinning face]\nŁukasz"


def test_every_sign_that_is_not_spelled_out_can_be_shown_wherever_this_runs() -> None:
    every = [chr(code) for first, last in KNOWN for code in range(first, last + 1)]
    shown = "".join(one for one in every if spelled(one) == one and unicodedata.category(one) != "Cn")
    row = {"title": "", "text": shown, "by": "", "first": "", "state": ""}
    section = {"title": "Signs", "entries": [row], "empty": ""}
    said = {"title": "T", "by": "B", "child": "C", "head": [], "without": "W", "footer": "F", "sections": [section]}
    plain = words(PdfReader(io.BytesIO(paper(said, now()))))
    assert shown.count("[") == plain.count("[") == 1


def test_a_correction_of_nothing_sealed_is_no_way_to_paper(store: Any, browser: Any) -> None:
    made = store.report()
    contact = store.say("teacher", SafeContactSet.heard(SAFE), made, **about(made)).entry
    fix = Corrected(field="words", value='"Not in the mulberry lane."', why="She said it again.")
    store.say("teacher", fix, contact)
    said = words(printed(browser, "teacher", made))
    assert [one for one in (*SEALED, "mulberry") if one in said] == []


LINK = re.compile(r'href="data:application/pdf;base64,([^"]+)" download="([^"]+)"')


def test_a_long_file_says_how_far_it_is_and_ends_with_the_same_pdf(
    store: Any, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.report()
    plain = printed(browser, "front-door", made)
    monkeypatch.setattr(parts, "LONG", 0)
    before = len(read_notes())
    answer = browser("front-door").post(f"{address(made)}/print")
    assert (answer.streaming, "no-store" in answer["Cache-Control"], len(read_notes())) == (True, True, before + 1)
    first, last, after = [part.decode() for part in answer.streaming_content]
    assert "entries are open. They are being set on pages now." in first
    assert ("data:" in first, "</html>" in after) == (False, True)
    found = LINK.search(last)
    assert found
    assert found[2] == f"childs-file-{str(mention(made))[:8]}.pdf"
    pages = PdfReader(io.BytesIO(b64decode(found[1]))).pages
    assert [page.extract_text() for page in pages] == [page.extract_text() for page in plain.pages]


def test_the_first_part_is_there_before_a_page_is_set(
    store: Any, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, asked = store.report(), []
    monkeypatch.setattr(parts, "LONG", 0)
    monkeypatch.setattr(parts, "paper", lambda said, at: asked.append(said["by"]) or b"%PDF-")
    stream = iter(browser("front-door").post(f"{address(made)}/print").streaming_content)
    next(stream)
    assert asked == []
    next(stream)
    assert asked == ["Asha Verne"]


def test_to_whom_a_file_is_closed_a_long_one_is_closed_as_well(
    store: Any, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.report()
    monkeypatch.setattr(parts, "LONG", 0)
    before = len(read_notes())
    assert browser("officer").post(f"{address(made)}/print").status_code == 403
    assert len(read_notes()) == before
