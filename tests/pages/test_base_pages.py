"""The base of every page, and OnRecord's own components."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory
from lxml import html

from tests.pages.drawing import NOW, Kinds, drawn, faulty, page, part, text

HOSTILE = "<script>alert(1)</script>\"'>"


def base(**context: Any) -> html.HtmlElement:
    """A page made on the base, with everything on it."""
    nav = [("/", "My duties", "page", 3), ("/children", "Children", "", 0)]
    viewer = {"name": "Jo Okafor", "post": "front door"}
    given = {"partnership": "Ashcombe", "viewer": viewer, "nav": nav, "demo": True, "csrf_token": "tok"}
    return page("base", **(given | context))


def test_a_page_says_who_where_and_that_it_is_a_demonstration() -> None:
    seen = text(base().body)
    for said in ("Skip to main content", "OnRecord", "Ashcombe", "Jo Okafor, front door", "3 waiting"):
        assert said in seen
    assert "Demonstration. Everybody here is invented." in seen
    assert "Demonstration" not in text(base(demo=False).body)


def test_the_way_around_a_page_is_marked() -> None:
    tree = base()
    assert tree.xpath("//@lang") == ["en-GB"]
    assert tree.xpath("//a[@aria-current='page']/@href") == ["/"]
    assert tree.xpath(f"//main[@id='{tree.xpath('//a[contains(@class, $c)]/@href', c='skip')[0][1:]}']")
    assert [text(link) for link in tree.xpath("//footer//a")] == ["Accessibility", "How this works", "Record check"]


def test_signing_out_is_a_post_that_proves_where_it_came_from() -> None:
    (form,) = base().xpath("//header//form")
    assert (form.get("method"), form.xpath(".//input/@value")) == ("post", ["tok"])
    assert base(viewer=None).xpath("//header//form") == []


def test_a_page_with_faults_says_so_in_its_title_and_at_its_head() -> None:
    faults = base(form=faulty())
    assert faults.xpath("//title/text()")[0].startswith("Error: ")
    assert faults.xpath("//main/*")[0].get("data-module") == "govuk-error-summary"
    assert not base(form=Kinds()).xpath("//title/text()")[0].startswith("Error")


PAGES = [
    ("base", {"demo": True, "nav": [("/", "A", "page", 1)], "viewer": {"name": "Jo"}, "messages": ["Done"]}),
    ("public", {}),
    ("message", {"heading": "You may not open this", "lines": ["Ask."], "url": "/", "reference": "T-1"}),
    (
        "sign_in",
        {"form": Kinds(), "demo": True, "demo_users": [("Police", [{"username": "d", "name": "D", "post": "x"}])]},
    ),
]


@pytest.mark.parametrize(("name", "context"), PAGES)
def test_no_page_needs_a_script_or_a_style_of_its_own(name: str, context: dict[str, Any]) -> None:
    tree = page(name, **context)
    assert tree.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []
    outside = [one for one in tree.xpath("//link/@href | //script/@src | //img/@src") if not one.startswith("/static/")]
    assert outside == []
    told = tree.xpath("//meta[@name='htmx-config']/@content")
    assert told == ([] if name == "public" else ['{"includeIndicatorStyles":false,"allowEval":false}'])


@pytest.mark.parametrize(("name", "context"), PAGES)
def test_every_page_has_one_main_part_and_no_id_twice(name: str, context: dict[str, Any]) -> None:
    tree = page(name, **context)
    assert (len(tree.xpath("//main")), len(tree.xpath("//footer"))) == (1, 1)
    ids = tree.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))


def test_a_public_page_does_not_say_on_a_phone_what_it_is() -> None:
    tree = page("public", partnership="Ashcombe", nav=[("/", "Duties", True, 1)], viewer={"name": "Jo"})
    whole = html.tostring(tree, encoding="unicode")
    assert tree.xpath("//title/text()") == ["Messages"]
    assert tree.xpath("//link[@rel='icon']/@href") == ["/static/onrecord/plain.svg"]
    assert not [word for word in ("Ashcombe", "Duties", "Jo") if word in whole]
    assert "OnRecord" not in text(tree)
    assert tree.xpath("//a[contains(@class, 'govuk-exit-this-page__button')]/@href") == ["/m/0"]


def test_signing_in_takes_a_place_in_a_demonstration_only() -> None:
    people = [("Police", [{"username": "dee", "name": "Dee Wills", "post": "Practitioner"}])]
    shown = page("sign_in", form=Kinds(), demo=True, demo_users=people, csrf_token="tok", next="/x")
    (button,) = shown.xpath("//button[@name='user']")
    assert (button.get("value"), text(button)) == ("dee", "Dee Wills Practitioner")
    assert button.getparent().xpath("./input/@value") == ["tok", "/x"]
    assert page("sign_in", form=Kinds(), demo=False, demo_users=people).xpath("//button[@name='user']") == []


def listing(rows: int) -> dict[str, Any]:
    """A list of records of so many rows."""
    cells = [{"text": "A child", "url": "/c", "note": "3 reports", "flags": ["Sealed"]}, {"due": NOW}, "Plain"]
    return {"caption": "Waiting", "head": ["Child", "Due", "Why"], "rows": [cells] * rows, "empty": "Nothing waits."}


def test_a_list_names_each_cell_so_that_cards_on_a_phone_can_be_read() -> None:
    tree = part("rows", listing=listing(3))
    assert len(tree.xpath("//tbody/tr")) == 3
    first = tree.xpath("//tbody/tr")[0]
    assert text(first.xpath("./th[@scope='row']")[0]) == "A child 3 reports Sealed"
    assert [text(cell) for cell in first.xpath("./td")] == ["Due ● due today by 13:00", "Why Plain"]
    assert text(part("rows", listing=listing(0))) == "Nothing waits."


def test_a_correction_stands_first_and_the_original_is_struck_and_folded() -> None:
    item = {"when": "2 May", "title": "Assessed", "text": "Level: none", "correction": "Level: serious", "by": "Jo"}
    tree = part("timeline", items=[item, {"title": "Decision", "text": "None", "proposed": True}])
    assert text(tree.xpath("//details//del")[0]) == "Level: none"
    seen = text(tree)
    assert seen.index("Level: serious") < seen.index("Level: none")
    assert tree.xpath("//details[@open]") == []
    assert "Proposed, not yet in effect" in seen


def test_a_receipt_says_what_happens_next_and_what_can_be_copied() -> None:
    steps = [{"what": "A decision", "when": "by 14:02", "source": "The guidance", "url": "/r"}]
    receipt = {"title": "Received", "reference": "K7M", "steps": steps, "copy_text": HOSTILE, "proof_url": "/p"}
    tree = part("receipt", receipt=receipt)
    assert tree.xpath("//pre/text()") == [HOSTILE]
    assert tree.xpath("//a/@href") == ["/r", "/p"]
    assert tree.xpath("//button[@data-onr-copy='receipt-copy'][@hidden]")


def test_the_smaller_components_say_what_they_are_given() -> None:
    why = {
        "title": "Discussion",
        "meaning": "Decide",
        "source": "<Guidance>",
        "checked": "in May",
        "ladder": ["A", "B"],
    }
    folded = text(drawn('{% why why "Why?" %}', why=why | {"role": "", "source_url": ""}))
    asked = "Why? Discussion: Decide If it is not answered, we tell, in this order: "
    assert folded.removeprefix(asked).split() == ["AB", "<Guidance>.", "Checked", "in", "May"]
    assert text(part("person", name="Ana", age=14, flags=["Sealed"])) == "Ana 14 Sealed"
    counts = part(
        "counts", counts=[{"number": 0, "text": "late", "late": True}, {"number": 2, "text": "due", "url": "/"}]
    )
    assert text(counts) == "0 late 2 due"


def test_a_pager_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/list", {"q": "a&b", "page": "2"})
    tree = drawn("{% pager page %}", page=Paginator(range(100), 20).page(2), request=request)
    assert tree.xpath("//a[@rel='next']/@href") == ["?q=a%26b&page=3"]
    assert "21 to 40 of 100" in text(tree)
    assert text(drawn("{% pager page %}", page=Paginator(range(9), 20).page(1))) == ""
    two = drawn("{% pager page %}{% pager page 'others' 'what came to you' %}", page=Paginator(range(100), 20).page(2))
    assert two.xpath("//nav/@aria-label") == ["Pages of this list", "Pages of what came to you"]
