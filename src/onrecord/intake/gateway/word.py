"""The text of a Word file. Only the one part that holds it is unpacked, up to a limit, and nothing it asks is done."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from onrecord.intake.rules.papers import Unreadable

PART = "word/document.xml"
LARGEST_PART = 10 * 1024 * 1024
MOST_PARTS = 5_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}
COUNTED = (ZIP_STORED, ZIP_DEFLATED)
"""Ways of packing that are unpacked piece by piece, so that what comes out can be counted."""
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LISTED = b"PK\x01\x02"
"""What stands before each part in the list of parts."""
DAMAGED = "The Word file is damaged, or no Word file (.docx), and could not be read."


def word_text(data: bytes) -> str:
    """The words of a .docx file, a line for each paragraph; "" for one that holds none. Raises Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_unpacked(data), parser)
    except etree.XMLSyntaxError:
        raise Unreadable(DAMAGED) from None
    about: Any = root.getroottree().docinfo
    if about.doctype or about.internalDTD is not None:
        raise Unreadable(DAMAGED)
    lines = ["".join(_signs(paragraph)).strip() for paragraph in root.iter(f"{WORD}p")]
    return "\n".join(lines).strip()


def _unpacked(data: bytes) -> bytes:
    """The part with the text, counted while it is unpacked: what a file says of its own size is not believed."""
    if data.count(LISTED) > MOST_PARTS:
        raise Unreadable(DAMAGED)
    try:
        with ZipFile(BytesIO(data)) as folder:
            if folder.getinfo(PART).compress_type not in COUNTED:
                raise Unreadable(DAMAGED)
            with folder.open(PART) as part:
                found = part.read(LARGEST_PART + 1)
    except (BadZipFile, KeyError, OSError, EOFError, RuntimeError, ValueError, zlib.error):
        raise Unreadable(DAMAGED) from None
    if len(found) > LARGEST_PART:
        raise Unreadable("The Word file unpacks to more than can be read.")
    return found


def _signs(paragraph: Any) -> Iterator[str]:
    """Text, tabs and line ends of a paragraph, and of no other inside it, nor of what older programs show instead."""
    for one in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br", f"{WORD}cr"):
        run = one.getparent()
        if run.tag != f"{WORD}r" or next(one.iterancestors(f"{WORD}p")) is not paragraph:
            continue
        if next(one.iterancestors(FALLBACK), None) is None:
            yield SIGNS.get(one.tag, one.text or "")
