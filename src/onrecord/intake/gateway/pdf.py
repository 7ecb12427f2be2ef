"""The text of a PDF, within limits of pages, words and time. Pictures, forms, scripts and links are never touched."""

from io import BytesIO
from time import monotonic
from typing import Any

from pypdf import PasswordType, PdfReader

from onrecord.intake.rules.papers import LONGEST, Unreadable

MOST_PAGES = 200
SECONDS = 20.0


class _Enough(Exception):
    """The limit of time is reached."""


def pdf_text(data: bytes) -> str:
    """The words of a PDF; "" for one that holds only pictures. Raises Unreadable."""
    try:
        return _text(data, monotonic() + SECONDS)
    except _Enough:
        raise Unreadable(f"The PDF could not be read in {SECONDS:.0f} seconds.") from None
    except Unreadable:
        raise
    except Exception:  # a broken PDF can break its reader in any way, and none may stop a report
        raise Unreadable("The PDF is damaged, or no PDF, and could not be read.") from None


def _text(data: bytes, until: float) -> str:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Unreadable("The PDF is locked with a password.")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Unreadable(f"The PDF has {count} pages; at most {MOST_PAGES} are read.")

    def look_at_the_clock(*operand: Any) -> None:
        if monotonic() > until:
            raise _Enough

    said: list[str] = []
    for page in reader.pages:
        look_at_the_clock()
        said.append(page.extract_text(visitor_operand_before=look_at_the_clock).strip())
        if sum(map(len, said)) > LONGEST:
            break
    return "\n\n".join(part for part in said if part)
