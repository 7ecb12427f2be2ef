"""A child's file on paper: a tagged PDF (PDF/UA-1), so that a screen reader reads it in order.

What people wrote goes in as data and is set as text, never as markup: nothing in it can change the page.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from unicodedata import category, name

import typst

SHEET = Path(__file__).with_name("paper.typ")
STANDARD: Final = "ua-1"
KNOWN = (
    (0x0020, 0x017F),  # Latin, with every accent of Europe
    (0x0391, 0x03CE),  # Greek
    (0x0410, 0x044F),  # Cyrillic
    (0x2013, 0x2026),  # dashes, quotation marks, dots
)
"""What the letters that travel with the printer can show, whatever stands on the machine."""
SHORT = 60


def paper(said: Mapping[str, Any], made_at: datetime) -> bytes:
    """The file as a PDF. Signs that no letter here can show are spelled out in square brackets."""
    try:
        return _set(json.dumps(said), made_at)
    except typst.TypstError:
        return _set(json.dumps(_spelled(said)), made_at)


def spelled(text: str) -> str:
    """A text in which every sign that may be missing here is named instead: a smile is "[grinning face]"."""
    return "".join(one if _known(one) else f"[{name(one, 'a sign').lower()[:SHORT]}]" for one in text)


def _known(one: str) -> bool:
    return one in "\n\t\u00a0€" or (category(one)[0] != "C" and any(first <= ord(one) <= last for first, last in KNOWN))


def _spelled(said: Any) -> Any:
    match said:
        case str():
            return spelled(said)
        case Mapping():
            return {key: _spelled(value) for key, value in said.items()}
        case list() | tuple():
            return [_spelled(value) for value in said]
    return said


def _set(said: str, made_at: datetime) -> bytes:
    at = made_at.replace(microsecond=0)  # a PDF knows no smaller unit
    made = typst.compile(SHEET.read_bytes(), sys_inputs={"file": said}, pdf_standards=[STANDARD], timestamp=at)
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one file.")
    return made
