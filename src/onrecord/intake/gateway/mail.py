"""E-mails, from single messages (.eml) and whole mailboxes (mbox), by the standard library's own reader."""

import mailbox
from collections.abc import Callable, Iterator
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import Path

from onrecord.intake.rules.papers import Paper, Piece, Unreadable, plain_text

MOST_PARTS = 200
DEEPEST = 5
LARGEST_MESSAGE = 50 * 1024 * 1024
"""Bytes. An attachment of 20 million bytes travels as 28 million."""
TAKEN = (".eml", ".mbox")


def messages_in(path: Path) -> Iterator[tuple[Path, int, Callable[[], bytes]]]:
    """Every message of a file, or of the files of a folder: where it stands, counted from 1, and how to read it.

    A file that is neither .eml nor .mbox is answered too, and refuses when it is read, so that none is passed over.
    """
    if not path.is_dir():
        yield from _in_file(path)
        return
    for one in sorted(path.iterdir()):
        if one.is_file() and not one.name.startswith("."):
            yield from _in_file(one) if one.suffix.lower() in TAKEN else [(one, 1, _no_mail)]


def read_message(raw: bytes, name: str) -> Paper:
    """An e-mail: the text as written, and the message and every attachment as files. Raises Unreadable."""
    if len(raw) > LARGEST_MESSAGE:
        raise Unreadable(f"The e-mail is larger than {LARGEST_MESSAGE // 1024 // 1024} megabytes.")
    message = BytesParser(policy=policy.default).parsebytes(raw)
    if not any(_head(message, head) for head in ("From", "Date", "Subject")):
        raise Unreadable("This is no e-mail: it begins without From, Date or Subject.")
    return Paper(
        words=_words(message, 0),
        pieces=(Piece(name, "message/rfc822", raw), *_attached(message)),
        sender=parseaddr(_head(message, "From"))[1] or _head(message, "From"),
        subject=_head(message, "Subject"),
        dated=_head(message, "Date"),
        number=_head(message, "Message-ID"),
    )


def _in_file(path: Path) -> Iterator[tuple[Path, int, Callable[[], bytes]]]:
    with path.open("rb") as file:
        begins = file.read(5)
    if path.suffix.lower() != ".mbox" and begins != b"From ":
        yield path, 1, path.read_bytes
        return
    box = mailbox.mbox(path, create=False)
    try:
        if not len(box):
            yield path, 1, _nothing
        for number, key in enumerate(box.keys(), start=1):
            yield path, number, lambda key=key: box.get_bytes(key)  # type: ignore[misc]
    finally:
        box.close()


def _nothing() -> bytes:
    raise Unreadable("No e-mail was found in it.")


def _no_mail() -> bytes:
    raise Unreadable("Its name ends in neither .eml nor .mbox, so it was left alone.")


def _head(message: EmailMessage, name: str) -> str:
    """A header in plain words on one line; as it stands where it cannot be decoded."""
    found = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
    value = _decoded(next(found, "").encode("utf-8", "surrogateescape"), None)
    try:
        said = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        said = value
    return clean(" ".join(said.split()))


def _words(message: EmailMessage, depth: int) -> str:
    """The text a person wrote; below it that of each message forwarded whole."""
    plain, markup = message.get_body(("plain",)), message.get_body(("html",))
    said = _text(plain) if plain is not None else ""
    if not said.strip() and markup is not None:
        said = plain_text(_text(markup))
    inside = [_forwarded(one, depth + 1) for one in _whole_messages(message)] if depth < DEEPEST else []
    return "\n\n".join(part for part in (said, *inside) if part.strip())


def _forwarded(message: EmailMessage, depth: int) -> str:
    heads = [(name, _head(message, name)) for name in ("From", "Date", "Subject")]
    lines = [f"{name}: {said}" for name, said in heads if said]
    return "\n".join(["Forwarded e-mail", *lines, "", _words(message, depth)])


def _whole_messages(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.iter_attachments():
        inside = part.get_payload() if part.get_content_type() == "message/rfc822" else []
        if isinstance(inside, list):
            yield from (one for one in inside if isinstance(one, EmailMessage))


def _text(part: Message) -> str:
    """A part's text, by the alphabet that it names, else by the usual ones. No sign is dropped."""
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    return clean(_decoded(data, part.get_content_charset())).replace("\r\n", "\n")


def _decoded(data: bytes, alphabet: str | None) -> str:
    for one in (alphabet, "utf-8", "cp1252"):
        try:
            return data.decode(one or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _attached(message: EmailMessage) -> Iterator[Piece]:
    """Every part that has a name or is no text of the message itself."""
    for count, part in enumerate(message.walk()):
        if count > MOST_PARTS:
            raise Unreadable(f"The e-mail has more than {MOST_PARTS} parts.")
        name, kind = clean(part.get_filename() or ""), part.get_content_type()
        if part.is_multipart() or (not name and kind in ("text/plain", "text/html")):
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            yield Piece(name or f"part {count}", kind, data)


def clean(text: str) -> str:
    """Text that can be kept: half a sign, which a broken file may hold, becomes a question mark, and a NUL goes."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
