"""Reading other people's files: whole, bounded, and without following anything the file asks for. Writing receipts."""

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from onrecord.exchange.rules import CensusRefused, Fault, Node

LARGEST = 128 * 1024 * 1024
"""Bytes. A census of ten thousand children is about twelve million."""


def read_xml(path: Path) -> Node:
    """The file's root element as plain values. Entities, doctypes and addresses are refused, never followed.

    Raises CensusRefused with one fault for a file that is no such XML, and OSError for one that cannot be read.
    """
    if path.stat().st_size > LARGEST:
        raise _refused(0, f"{path.stat().st_size} bytes", f"A file must not be larger than {LARGEST} bytes.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise _refused(error.lineno or 0, error.msg or "", "The file must be well-formed XML.") from None
    if _declares_a_type(root):
        raise _refused(1, "<!DOCTYPE>", "A census must not declare a document type or entities.")
    return _node(root)


def _declares_a_type(root: Any) -> bool:
    about = root.getroottree().docinfo
    return bool(about.doctype) or about.internalDTD is not None


def _node(element: Any) -> Node:
    """An lxml element as plain values. (Its published types know too little to say so here.)"""
    children = tuple(_node(child) for child in element)
    texts = [(element.text or "").strip(), *((child.tail or "").strip() for child in element)]
    text = "" if children else texts[0]
    stray = " ".join(part for part in texts if part) if children else ""
    return Node(etree.QName(element).localname, text, element.sourceline or 0, children, stray)


def _refused(line: int, value: str, rule: str) -> CensusRefused:
    return CensusRefused([Fault(0, line, "", value[:200], rule)])


@contextmanager
def receipts_beside(file: Path) -> Iterator[Callable[[Iterable[tuple[Any, ...]]], Path]]:
    """A place for receipts beside a file, opened before anything is recorded, so that none is recorded without.

    Given the rows, what is yielded writes them whole and answers where. OSError where nothing can be written.
    """
    path = file.with_name(f"{file.name}.receipts.csv")
    draft = path.with_name(f"{path.name}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as opened:

            def keep(rows: Iterable[tuple[Any, ...]]) -> Path:
                writer = csv.writer(opened)
                writer.writerow(("row", "reference", "report", "received_at", "receipt"))
                writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
                opened.flush()
                os.fsync(opened.fileno())
                draft.replace(path)
                return path

            yield keep
    finally:
        draft.unlink(missing_ok=True)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else cell
