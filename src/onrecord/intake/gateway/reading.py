"""A file that somebody hands in: told apart by what it is, read within limits."""

from collections.abc import Iterable
from dataclasses import replace

from onrecord.intake.gateway.mail import clean, read_message
from onrecord.intake.gateway.pdf import pdf_text
from onrecord.intake.gateway.word import word_text
from onrecord.intake.rules.papers import LARGEST, Paper, Piece, Unreadable, sniffed

MEDIA = {
    "eml": "message/rfc822",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
}
NO_WORDS = "No words were found in this file. It may be a scan, or hold only pictures."
WHICH = "It is neither a PDF, a Word file (.docx), an e-mail (.eml) nor plain text (.txt)."


def whole(data: bytes, name: str) -> Piece:
    """A file as it came, to be sealed before it is read. Raises Unreadable for one that is not taken at all."""
    if len(data) > LARGEST:
        raise Unreadable(f"The file is larger than {LARGEST // 1024 // 1024} megabytes.")
    if not data:
        raise Unreadable("The file is empty.")
    sort = sniffed(data, name)
    if sort not in MEDIA:
        raise Unreadable(WHICH)
    return Piece(name, MEDIA[sort], data)


def read_paper(data: bytes, name: str) -> Paper:
    """The words of a file and the file itself. A damaged or locked one is kept too, and says what the trouble is.

    Raises Unreadable for one that is not taken at all.
    """
    piece, sort = whole(data, name), sniffed(data, name)
    try:
        paper = read_message(data, name) if sort == "eml" else Paper(_words(sort, data), (piece,))
    except Unreadable as trouble:
        return Paper("", (piece,), trouble=str(trouble))
    return paper if paper.words.strip() else replace(paper, trouble=NO_WORDS)


def texts_in(pieces: Iterable[Piece]) -> list[str]:
    """What files say, with their names, to be compared and not kept; of one without words that can be read, the name.

    Who sent an e-mail is who reports, and is left out.
    """
    return [part for piece in pieces for part in (piece.name, *_said(piece)) if part.strip()]


def _said(piece: Piece) -> tuple[str, ...]:
    try:
        paper = read_paper(piece.data, piece.name)
    except Unreadable:
        return ()
    return paper.subject, paper.words


def _words(sort: str, data: bytes) -> str:
    if sort == "pdf":
        return clean(pdf_text(data))
    return clean(word_text(data) if sort == "docx" else _plain(data))


def _plain(data: bytes) -> str:
    for alphabet in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(alphabet).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1").replace("\r\n", "\n")
