"""What is read of an e-mail, a PDF, a Word file; and what is refused of a broken or a hostile one."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZIP_BZIP2

import pytest

from onrecord.intake.gateway import messages_in, pdf, read_message, read_paper, reading, word
from onrecord.intake.rules.papers import LARGEST, LONGEST, Paper, Unreadable, drafted, plain_text
from tests.stages.intake.papers import WORD_XML, WORDS, docx, html_only, message
from tests.stages.intake.papers import pdf as made_pdf

BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + WORD_XML.format(
    "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
)


def why(data: bytes, name: str) -> str:
    """Why a file is not taken, or, of one that is kept all the same, why it has no words."""
    try:
        return read_paper(data, name).trouble
    except Unreadable as refusal:
        return f"Refused. {refusal}"


def test_an_email_is_read_as_it_was_written() -> None:
    raw = message().as_bytes()
    paper = read_message(raw, "one.eml")
    assert (paper.words.strip(), paper.sender, paper.subject) == (WORDS, "nia@hill.example", "Worry about Zephyrine")
    assert (paper.number, paper.dated) == ("<one@hill.example>", "Mon, 05 Oct 2026 08:12:00 +0100")
    assert [(one.name, one.media_type, one.data) for one in paper.pieces] == [
        ("one.eml", "message/rfc822", raw),
        ("letter.pdf", "application/pdf", b"letter bytes"),
    ]


def test_of_html_the_words_are_kept_and_nothing_else() -> None:
    assert read_message(html_only().as_bytes(), "m").words == "She said & wrote:\n\nA car\nwaits."


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("a<td>b</td>c", "a b c"),
        (
            "words before <script> and words after a tag that never ends",
            "words before and words after a tag that never ends",
        ),
        ("&lt;b&gt; &pound;5", "<b> £5"),
        ("", ""),
    ],
)
def test_markup_becomes_words(markup: str, words: str) -> None:
    assert plain_text(markup) == words


def test_a_message_forwarded_whole_is_read_too() -> None:
    outer = EmailMessage()
    outer["From"] = "desk@northbrook.example"
    outer["Subject"] = "Fwd"
    outer.set_content("Please see below.")
    outer.add_attachment(message())
    words = read_message(outer.as_bytes(), "m").words
    assert words.startswith("Please see below.\n\n\nForwarded e-mail\nFrom: Nia Prosser <nia@hill.example>\n")
    assert WORDS in words


@pytest.mark.parametrize("alphabet", ["no-such-alphabet", "utf-8"])
def test_words_in_another_alphabet_than_named_are_not_lost(alphabet: str) -> None:
    head = f"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset={alphabet}\n\n"
    assert read_message(head.encode() + "caf\xe9 \x93quoted\x94".encode("latin-1"), "m").words == "café “quoted”"


def test_headers_in_any_spelling_are_read() -> None:
    raw = b"From: =?utf-8?q?Zo=C3=AB?= <zoe@hill.example>\nSubject: =?nonsense?q?x?= caf\xc3\xa9\nDate: yesterday\n\nx"
    paper = read_message(raw, "m")
    assert (paper.sender, paper.dated, "café" in paper.subject) == ("zoe@hill.example", "yesterday", True)


def test_what_is_no_email_is_refused() -> None:
    with pytest.raises(Unreadable, match="This is no e-mail"):
        read_message(b"\x00\x01\x02 nothing", "m.eml")


def test_a_mailbox_a_folder_and_what_is_neither(tmp_path: Path) -> None:
    box = b"From a@b Mon Oct  5 08:12:00 2026\n" + message("<1@x>").as_bytes()
    (tmp_path / "a.mbox").write_bytes(box + b"\n" + box.replace(b"<1@x>", b"<2@x>"))
    (tmp_path / "b.eml").write_bytes(message("<3@x>").as_bytes())
    (tmp_path / "c.doc").write_bytes(b"?")
    (tmp_path / "d.mbox").write_bytes(b"")
    (tmp_path / ".hidden").write_bytes(b"?")
    found: list[tuple[str, int, str]] = []
    for path, number, read in messages_in(tmp_path):
        found.append((path.name, number, _said(read)))
    assert found == [
        ("a.mbox", 1, "<1@x>"),
        ("a.mbox", 2, "<2@x>"),
        ("b.eml", 1, "<3@x>"),
        ("c.doc", 1, "Its name ends in neither .eml nor .mbox, so it was left alone."),
        ("d.mbox", 1, "No e-mail was found in it."),
    ]


def _said(read: Callable[[], bytes]) -> str:
    try:
        return read_message(read(), "m").number
    except Unreadable as refusal:
        return str(refusal)


def test_a_pdf_and_a_word_file_are_read() -> None:
    assert read_paper(made_pdf("A car waits", 2), "a.pdf").words == "A car waits\n\nA car waits"
    found = read_paper(docx("One.", "Two &amp; three."), "a.docx")
    assert (found.words, found.pieces[0].name) == ("One.\nTwo & three.", "a.docx")
    assert read_paper("caf\xe9".encode("cp1252"), "a.txt").words == "café"


def test_what_a_file_is_called_does_not_decide_what_it_is() -> None:
    assert read_paper(made_pdf("A car waits"), "letter.docx").words == "A car waits"


def test_a_pdf_of_pictures_has_no_words() -> None:
    found = read_paper(made_pdf(), "scan.pdf")
    assert (found.words, found.trouble, len(found.pieces)) == ("", reading.NO_WORDS, 1)


def test_word_text_boxes_are_read_once_and_deleted_words_not_at_all() -> None:
    inner = "<w:p><w:r><w:t>inside</w:t></w:r></w:p>"
    mark = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = f"<mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    box = f"<mc:AlternateContent {mark}>{twice}</mc:AlternateContent>"
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    body = f"<w:p><w:r><w:t>outside</w:t><w:tab/><w:t>on</w:t>{box}</w:r>{gone}</w:p>"
    lines = [line for line in word.word_text(docx(xml=WORD_XML.format(body))).split("\n") if line]
    assert lines == ["outside\ton", "inside"]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.pdf", "Refused. The file is empty."),
        (b"x" * (LARGEST + 1), "a.txt", "Refused. The file is larger than 20 megabytes."),
        (b"\x89PNG....", "a.png", f"Refused. {reading.WHICH}"),
        (b"no head", "a.eml", "This is no e-mail: it begins without From, Date or Subject."),
        (b"%PDF-1.7 broken", "a.pdf", "The PDF is damaged, or no PDF, and could not be read."),
        (made_pdf("x", pdf.MOST_PAGES + 1), "a.pdf", "The PDF has 201 pages; at most 200 are read."),
        (b"PK\x03\x04 broken", "a.docx", word.DAMAGED),
        (docx(xml="<w:document"), "a.docx", word.DAMAGED),
        (docx(xml=BOMB), "a.docx", word.DAMAGED),
        (docx("x") + word.LISTED * 5001, "a.docx", word.DAMAGED),
        (docx("x", packed=ZIP_BZIP2), "a.docx", word.DAMAGED),
        (docx(xml=" " * (word.LARGEST_PART + 1)), "a.docx", "The Word file unpacks to more than can be read."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, name: str, words: str) -> None:
    assert why(data, name) == words


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", -1.0)
    assert why(made_pdf("x"), "a.pdf") == "The PDF could not be read in -1 seconds."


def test_a_draft_says_nothing_that_nobody_said() -> None:
    assert drafted(Paper("He waits.\n", (), subject="A worry")) == {
        "child": {"described": "The child meant in “A worry”"},
        "words": "A worry\n\nHe waits.",
        "concern": "not_sure",
        "danger_now": "unknown",
        "positions": "unknown",
    }


def test_words_too_long_for_a_report_say_that_there_is_more() -> None:
    words = drafted(Paper("x" * 30_000, ()))["words"]
    assert len(words) == LONGEST
    assert words.endswith("x\n\n(The rest is in the original, which is kept sealed with this report.)")


def test_a_paper_without_words_says_so() -> None:
    assert drafted(Paper("  ", ()))["words"].startswith("(No words that a machine can read.")
